"""A pledge 承诺 of a member or a branch, and the looks at it on the way 践诺."""

from types import SimpleNamespace
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from branches.models import Member, Organisation, User
from branches.scope import NOTHING, OrganisationScoped
from rectification.pledges.checklists import Period, Sort, Standing
from rectification.pledges.states import PLEDGE_MOVES, SHOWN_AT_HOME, PledgeState
from rectification.problems.kinds import Whose
from rectification.problems.models.readers import ReadByVerifier
from workflow.constraints import one_of
from workflow.moving import Moving

PROMISERS = (Whose.MEMBER, Whose.BRANCH)


class PledgeQuerySet(ReadByVerifier):
    names_checker = False

    def visible_to(self, user: Any) -> Self:
        """Those of branches one serves and of all below an overseen organisation; one's own; of one's branch what is
        published there."""
        own = [self.of_own(user, name) for name in ("member", "responsible")]
        home = self.of_home(user)
        if home != NOTHING:
            home &= Q(state__in=SHOWN_AT_HOME)
        return self.reached(self.of_oversight(user), self.of_office(user), home, *own)

    def in_figures(self) -> Self:
        """All but those made void."""
        return self.exclude(state=PledgeState.VOID)

    def to_look_over(self, user: Any) -> Self:
        """What this person has to look over 审诺."""
        return self.verifiable_by(user).filter(state=PledgeState.PROMISED)

    def to_rate(self, user: Any) -> Self:
        """What this person has to rate 评诺: its day has come."""
        return self.verifiable_by(user).filter(state=PledgeState.PUBLISHED, due_on__lte=user.reach.day)

    def at_work(self, user: Any) -> Self:
        """One's own that are being kept."""
        return self.filter(self.of_own(user, "responsible"), state=PledgeState.PUBLISHED)

    def to_reword(self, user: Any) -> Self:
        """One's own that were returned."""
        return self.filter(self.of_own(user, "responsible"), state=PledgeState.RETURNED)


class Pledge(Moving):
    """What somebody promises in front of the branch, and by when."""

    State, MOVES = PledgeState, PLEDGE_MOVES

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("Branch"))
    round = models.ForeignKey(
        "appraisals.Round", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Round")
    )
    year = models.PositiveSmallIntegerField(_("Year"))
    client_key = models.UUIDField(unique=True, editable=False)
    whose = models.CharField(_("Whose pledge"), max_length=10, choices=[(one.value, one.label) for one in PROMISERS])
    member = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Member")
    )
    responsible = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Responsible")
    )
    text = models.TextField(_("Pledge"), max_length=500)
    how = models.TextField(_("How it is kept"), max_length=1000, blank=True)
    sort = models.CharField(_("Sort of pledge"), max_length=10, choices=Sort, default=Sort.BASIC)
    due_on = models.DateField(_("To be kept by"))
    vote = models.ForeignKey(
        "appraisals.Vote", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Vote")
    )
    published_on = models.DateField(_("Published on"), null=True, editable=False)
    rated_on = models.DateField(_("Rated on"), null=True, editable=False)
    rated_words = models.TextField(_("What was said of it"), blank=True, editable=False)

    objects = PledgeQuerySet.as_manager()

    class Meta:
        verbose_name = _("pledge")
        indexes = [
            models.Index(fields=["organisation", "state", "due_on"], name="pledge_by_branch"),
            models.Index(fields=["responsible", "state"], name="pledge_by_responsible"),
            models.Index(fields=["-due_on", "-id"], name="pledge_in_list"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(whose__in=[*PROMISERS]), name="pledge_whose_known"),
            one_of("pledge", "sort", Sort),
            models.CheckConstraint(condition=Q(whose=Whose.MEMBER) ^ Q(member=None), name="pledge_member_by_whose"),
            models.CheckConstraint(
                condition=Q(member=None) | Q(responsible=F("member")), name="pledge_of_a_member_is_his"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_whose_display()} · {self.due_on}"  # history keeps these words: nothing of what is promised

    @property
    def short(self) -> str:
        """What stands for it in a line."""
        return self.text if len(self.text) <= 40 else f"{self.text[:39]}…"

    @property
    def owner_id(self) -> int | None:
        """Whose work it is: who is responsible."""
        return self.responsible_id

    @property
    def is_branchs(self) -> bool:
        return self.whose == Whose.BRANCH

    @property
    def may_change(self) -> bool:
        """True while its words may still be changed."""
        return self.state in (PledgeState.PROMISED, PledgeState.RETURNED)

    def is_verified_by(self, reach: Any) -> bool:
        """True if this person looks it over and rates it."""
        return Pledge.objects.verifiable_by(SimpleNamespace(reach=reach)).filter(pk=self.pk).exists()


class PledgeReviewQuerySet(OrganisationScoped):
    path_lookup = "pledge__organisation__path"

    def visible_to(self, user: Any) -> Self:
        """Of the pledges one sees."""
        return self.filter(pledge__in=self.rows_of(Pledge).visible_to(user))


class PledgeReview(models.Model):
    """One look at a pledge on the way: which lines of the checklist are met, how it stands, in words."""

    pledge = models.ForeignKey(Pledge, models.CASCADE, related_name="+")
    period = models.CharField(_("Period"), max_length=10, choices=Period)
    reviewed_on = models.DateField(_("Looked at on"), default=timezone.localdate)
    standing = models.CharField(_("How it stands"), max_length=10, choices=Standing, default=Standing.ON_TRACK)
    met = models.JSONField(_("Met"), default=list)  # codes of checklists.Line
    words = models.CharField(_("In words"), max_length=500, blank=True)
    reviewed_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)

    objects = PledgeReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("look at a pledge")
        ordering = ["reviewed_on", "pk"]
        constraints = [
            one_of("pledgereview", "period", Period),
            one_of("pledgereview", "standing", Standing),
            models.UniqueConstraint(fields=["pledge", "period"], name="pledgereview_once_a_period"),
        ]
