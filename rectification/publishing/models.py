"""A publication 公开 of a branch and its lines, worded for its audience."""

from datetime import date
from types import SimpleNamespace
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from branches.models import Organisation, User
from branches.rights import Right
from branches.scope import NOTHING, OrganisationScoped
from rectification.problems.models import Problem
from rectification.problems.states import ProblemState
from rectification.publishing.audiences import BEYOND, WITHOUT_ACCOUNT, Audience
from rectification.publishing.states import ONCE_PUBLIC, PUBLICATION_MOVES, WORDED, PublicationState
from workflow.constraints import one_of
from workflow.moving import Moving


class PublicationQuerySet(OrganisationScoped):
    def visible_to(self, user: Any) -> Self:
        """Those of branches one holds an office in, and of all below an overseen organisation; while it
        is public, of one's branch, and of one's unit what is meant for more than the branch."""
        day = user.reach.day
        home = self.of_home(user)
        if home != NOTHING:
            home &= self._on(day)
        above = user.reach.paths_above
        unit = Q(self._on(day), audience__in=BEYOND, unit__path__in=above) if above else NOTHING
        return self.reached(self.of_oversight(user), self.of_office(user), home, unit)

    @staticmethod
    def _on(day: date) -> Q:
        return Q(state=PublicationState.PUBLIC, until__gte=day)

    def public_on(self, day: date) -> Self:
        """Those on the board on that day; after its last day one is shown no longer."""
        return self.filter(self._on(day))

    def once_public(self) -> Self:
        return self.filter(state__in=ONCE_PUBLIC)

    def living(self, day: date) -> Self:
        """Those neither void, taken down nor past their last day."""
        return self.exclude(state__in=[PublicationState.VOID, PublicationState.TAKEN_DOWN]).filter(
            ~Q(state=PublicationState.PUBLIC) | Q(until__gte=day)
        )

    def for_strangers(self, *audiences: str) -> Self:
        """Those of these audiences, whoever asks: public is what an approval has made so."""
        return self.filter(audience__in=[one for one in audiences if one in WITHOUT_ACCOUNT])

    def to_reword(self, user: Any) -> Self:
        """Returned to the branches whose records this person keeps."""
        return self.filter(self.of_office(user, Right.RECORD), state=PublicationState.RETURNED)

    def to_publish(self, user: Any) -> Self:
        """Approved and not yet made public, of the branches one leads."""
        return self.filter(self.of_office(user, Right.LEAD), state=PublicationState.APPROVED)

    def judged_by(self, user: Any) -> Self:
        """Those this person reviews 审核 or approves 审批 now: never who proposed it, nor who reviewed it the one who
        approves. Reviewed by the committee or a superior; approved by secretary or superior, for society by a superior
        alone."""
        key = user.reach.user_key
        reviewers = self.of_office(user, Right.WRITE_FOR_COMMITTEE) | self.of_oversight(user, Right.ACCEPT)
        above, here = self.of_oversight(user, Right.LEAD_ABOVE), self.of_office(user, Right.LEAD)
        approvers = above if here == NOTHING else above | here & ~Q(audience=Audience.SOCIETY)
        ways = NOTHING
        if reviewers != NOTHING:
            ways |= Q(reviewers, ~Q(proposed_by=key), state=PublicationState.PROPOSED)
        if approvers != NOTHING:
            ways |= Q(approvers, ~Q(proposed_by=key), ~Q(reviewed_by=key), state=PublicationState.REVIEWED)
        return self.filter(ways)

    def to_review(self, user: Any) -> Self:
        return self.judged_by(user).filter(state=PublicationState.PROPOSED)

    def to_approve(self, user: Any) -> Self:
        return self.judged_by(user).filter(state=PublicationState.REVIEWED)


def _actor(words: Any) -> Any:
    return models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=words)


def _day(words: Any) -> Any:
    return models.DateField(words, null=True, editable=False)


class Publication(Moving):
    """What a branch puts before an audience until a day. `unit`: the organisation above the branch, whose members and
    people are meant where it is more than the branch. `token`: the address of those who have no account."""

    State, MOVES = PublicationState, PUBLICATION_MOVES

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("Branch"))
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+", editable=False, verbose_name=_("Unit"))
    client_key = models.UUIDField(unique=True, editable=False)
    token = models.CharField(max_length=24, unique=True, editable=False)
    title = models.CharField(pgettext_lazy("publication", "Title"), max_length=100)
    intro = models.TextField(_("Foreword"), max_length=1000, blank=True)
    audience = models.CharField(_("Audience"), max_length=10, choices=Audience, default=Audience.BRANCH)
    until = models.DateField(_("Public until"))
    proposed_by, proposed_on = _actor(_("Proposed by")), _day(_("Proposed on"))
    reviewed_by, reviewed_on = _actor(_("Reviewed by")), _day(_("Reviewed on"))
    reviewed_words = models.TextField(_("Result of the review"), blank=True, editable=False)
    approved_by, approved_on = _actor(_("Approved by")), _day(_("Approved on"))
    published_on = _day(_("Public since"))

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("publication")
        indexes = [
            models.Index(fields=["organisation", "state", "until"], name="publication_by_branch"),
            models.Index(fields=["unit", "audience"], name="publication_by_unit", condition=Q(state="public")),
            models.Index(fields=["-until", "-id"], name="publication_in_list"),
        ]
        constraints = [
            one_of("publication", "audience", Audience),
            models.CheckConstraint(
                condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("proposed_by")), name="publication_reviewed_by_another"
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("proposed_by")) & ~Q(approved_by=F("reviewed_by")),
                name="publication_approved_by_a_third",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_audience_display()} · {self.until}"  # history keeps these words: nothing of what is said

    @property
    def may_change(self) -> bool:
        """True while its words may be changed."""
        return self.state in WORDED

    @property
    def has_ended(self) -> bool:
        """True once its last day is past."""
        return bool(self.until and self.state == PublicationState.PUBLIC and self.until < timezone.localdate())

    def is_verified_by(self, reach: Any) -> bool:
        """True if this person reviews or approves it now."""
        return Publication.objects.judged_by(SimpleNamespace(reach=reach)).filter(pk=self.pk).exists()


class PublicationLineQuerySet(OrganisationScoped):
    path_lookup = "publication__organisation__path"

    def visible_to(self, user: Any) -> Self:
        """Of the publications one sees."""
        return self.filter(publication__in=self.rows_of(Publication).visible_to(user))

    def standing(self) -> Self:
        """What its audience is shown: a problem made void meanwhile is left out."""
        return self.exclude(problem__state=ProblemState.VOID)


class PublicationLine(models.Model):
    """One problem as its audience reads it: posts, never persons."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="publication_lines")
    problem = models.ForeignKey(Problem, models.PROTECT, related_name="+", editable=False)
    position = models.PositiveSmallIntegerField(editable=False)
    text = models.TextField(_("Problem"), max_length=1000)
    measures = models.TextField(_("Measures"), max_length=2000)
    post = models.CharField(_("Responsible post"), max_length=80)
    due_on = models.DateField(_("To be put right by"), null=True, blank=True)
    so_far = models.TextField(_("How far it is"), max_length=1000, blank=True)

    objects = PublicationLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of a publication")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["publication", "problem"], name="publicationline_once"),
        ]

    @property
    def is_settled(self) -> bool:
        """True once its problem is closed."""
        return self.problem.state == ProblemState.CLOSED

    @property
    def state_words(self) -> Any:
        """Where its problem stands, in the one word that every page and every sheet of paper says."""
        return _("Put right") if self.is_settled else _("Being put right")

    @property
    def ledger_says(self) -> list[Any]:
        """What the ledger says now and what was approved does not, for those inside: its audience reads what was
        approved."""
        if self.problem.state == ProblemState.VOID:
            return [_("void; the public page leaves this line out")]
        found: list[Any] = []
        if self.is_settled and self.problem.closed_on >= self.publication.approved_on:
            told = {"day": self.problem.closed_on, "words": _("Being put right")}
            found.append(_("closed on %(day)s; a sheet printed before says “%(words)s”") % told)
        if self.problem.due_on != self.due_on:
            due = self.problem.due_on
            found.append(_("to be put right by %(day)s") % {"day": due} if due else _("no day to be put right by"))
        return found
