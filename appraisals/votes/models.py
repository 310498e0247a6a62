"""One vote of one organisation, and which line of its ballot is about whom."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import CharField, Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from appraisals.votes.names import OF_MEMBERS
from appraisals.votes.states import BEFORE_OPENING, VOTE_MOVES, VoteState
from ballots.models import Line, Poll
from branches.models import Member, Organisation, User
from branches.rights import Right
from branches.scope import NOTHING, OrganisationScoped
from meetings.models import Meeting
from workflow.constraints import one_of
from workflow.models import History
from workflow.moving import Moving


class Way(models.TextChoices):
    PAPER = "paper", _("On paper")
    SLIPS = "slips", _("Slips with a QR code, on one's own telephone")
    TABLET = "tablet", _("Slips, on a shared device")


class VoteQuerySet(OrganisationScoped):
    def visible_to(self, user: Any) -> Self:
        """Those of branches one serves, those one counts, and of all below an overseen organisation; of one's own
        branch that it is held, once it is no longer being prepared. A branch that votes along sees it as its own."""
        begun = ~Q(state=VoteState.PREPARED)
        home = self.of_home(user) & begun if user.reach.home_path else NOTHING
        voting = self._along(user.reach.home_path) & begun if user.reach.home_path else NOTHING
        kept = self._along(*user.reach.office_paths(Right.READ_BRANCH))
        return self.reached(self.of_oversight(user), self.of_office(user), self._tells(user), home, kept, voting)

    def _along(self, *paths: str) -> Q:
        """Those in which a branch at one of these paths votes along."""
        rows = self.rows_of(Partner).filter(organisation__path__in=paths)
        return Q(pk__in=rows.values("vote")) if paths else NOTHING

    def standing(self) -> Self:
        """All but those made void."""
        return self.exclude(state=VoteState.VOID)

    def exportable_by(self, user: Any) -> Self:
        """Those of branches one leads, and of all below an oversight that exports."""
        return self.filter(self.of_office(user, Right.EXPORT) | self.of_oversight(user, Right.EXPORT))

    def unfinished(self, user: Any) -> Self:
        """Votes that this person is to close or to count: boxes of a hall, and what its last day has passed over."""
        day = user.reach.day
        over = Q(until=None, held_on__lt=day) | Q(until__lt=day)
        waits = Q(state__in=BEFORE_OPENING) & over | Q(state=VoteState.OPEN) & (Q(until=None) | Q(until__lte=day))
        return self.filter(
            waits | Q(state=VoteState.CLOSED), self.of_office(user, Right.KEEP_REGISTER) | self._tells(user)
        )

    def awaiting(self, user: Any) -> Self:
        """Counts that this person is to confirm: of the two who count the one who did not type or open them; where no
        such one has an account the secretary, by the signed report, or the superior who typed them for the branch."""
        counted = self.rows_of(History).filter(subject_key=_subject_key(), move="count").order_by("-pk")
        rows = self.filter(state=VoteState.COUNTED).annotate(counted_by=Subquery(counted.values("actor_key")[:1]))
        tellers = Q(member=OuterRef("scrutineer")) | Q(member=OuterRef("teller"))
        others = self.rows_of(User).filter(tellers, is_active=True).annotate(key=_key_of("user:", "pk"))
        rows = rows.annotate(has_other=Exists(others.exclude(key=OuterRef("counted_by"))))
        proxy = self.of_oversight(user, Right.ENTER_FOR) & Q(counted_by=user.actor_key)
        signed = Q(has_other=False) & (self.of_office(user, Right.LEAD) | proxy)
        return rows.filter(self._tells(user) & ~Q(counted_by=user.actor_key) | signed)

    def _tells(self, user: Any) -> Q:
        return self.of_own(user, "scrutineer") | self.of_own(user, "teller")


def _subject_key() -> Concat:
    """Under which the history speaks of the vote around it."""
    return _key_of("appraisals.vote:", OuterRef("pk"))


def _key_of(prefix: str, key: Any) -> Concat:
    return Concat(Value(prefix), Cast(key, CharField()))


class Vote(Moving):
    """测评: sheets, the way they are filled, how many vote, and the two who count.

    Scrutineer 监票人 and teller 计票人 are members of the register, of another branch too, or a name.
    """

    State, MOVES = VoteState, VOTE_MOVES

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="votes", verbose_name=_("Organisation"))
    round = models.ForeignKey(
        "appraisals.Round", models.PROTECT, null=True, blank=True, related_name="votes", verbose_name=_("Round")
    )
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="votes", verbose_name=_("Meeting")
    )
    poll = models.OneToOneField(Poll, models.PROTECT, related_name="held_vote", editable=False)
    repeats = models.OneToOneField("self", models.PROTECT, null=True, related_name="repeated", editable=False)
    title = models.CharField(_("Title of the vote"), max_length=80)
    held_on = models.DateField(_("Day of the vote"))
    # Only outside a meeting: the last day on which forms come back.
    until = models.DateField(_("Until"), null=True, blank=True)
    way = models.CharField(_("Way of the ballot"), max_length=10, choices=Way, default=Way.PAPER)
    voters = models.PositiveIntegerField(_("Voters"))
    scrutineer = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Scrutineer")
    )
    scrutineer_name = models.CharField(_("Scrutineer from elsewhere"), max_length=80, blank=True)
    teller = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Teller")
    )
    teller_name = models.CharField(_("Teller from elsewhere"), max_length=80, blank=True)

    objects = VoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("vote")
        indexes = [
            models.Index(fields=["organisation", "-held_on"], name="vote_by_branch"),
            models.Index(fields=["state", "organisation"], name="vote_by_state"),
        ]
        constraints = [
            one_of("vote", "way", Way),
            models.CheckConstraint(condition=Q(voters__gte=1), name="vote_has_voters"),
            models.CheckConstraint(condition=Q(until=None) | Q(meeting=None), name="vote_outside_has_no_meeting"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("held_on")), name="vote_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(scrutineer=None) | Q(teller=None) | ~Q(scrutineer=F("teller")), name="vote_two_tellers"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_paper(self) -> bool:
        return self.way == Way.PAPER

    @property
    def is_electronic(self) -> bool:
        return self.way != Way.PAPER

    @property
    def is_outside(self) -> bool:
        """Whether it is held outside a meeting, over days, its forms handed out at sites (F24)."""
        return self.until is not None

    @property
    def last_day(self) -> date:
        """The day on which it ends."""
        return self.until or self.held_on

    @property
    def most_slips(self) -> int:
        """How many slips may be out at a time: one for each voter, and a fifth or 5 in place of spoilt or lost ones."""
        return self.voters + max(5, self.voters // 5)

    @property
    def has_tellers(self) -> bool:
        """Whether two people are named who count."""
        return bool(self.scrutineer_words and self.teller_words)

    @property
    def scrutineer_words(self) -> str:
        return self.scrutineer_name or (str(self.scrutineer) if self.scrutineer else "")

    @property
    def teller_words(self) -> str:
        return self.teller_name or (str(self.teller) if self.teller else "")

    @property
    def teller_keys(self) -> set[int]:
        """The members who count."""
        return {key for key in (self.scrutineer_id, self.teller_id) if key}

    @property
    def is_small(self) -> bool:
        """Whether so few vote that secrecy cannot be promised (F4)."""
        return self.voters < self.poll.min_show


class Partner(models.Model):
    """A branch that votes along in the vote of another one of the same superior: one box, one ballot (F4)."""

    vote = models.ForeignKey(Vote, models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("branch voting along")
        ordering = ["organisation__path"]
        constraints = [models.UniqueConstraint(fields=["vote", "organisation"], name="partner_once_a_vote")]

    def __str__(self) -> str:
        return str(self.organisation)


class SubjectQuerySet(OrganisationScoped):
    path_lookup = "vote__organisation__path"

    def visible_to(self, user: Any) -> Self:
        """Of the votes one sees."""
        return self.filter(vote__in=self.rows_of(Vote).visible_to(user))

    def graded(self) -> Self:
        """Those of the sheet on which each member is marked once: 优秀, 合格, 基本合格, 不合格."""
        return self.filter(line__sheet__title=OF_MEMBERS)


class Subject(models.Model):
    """The member a line of a ballot is about, and the branch among whose members he is rated: what the ballot itself
    does not know. Rated by aspects he has a line for each."""

    line = models.OneToOneField(Line, models.CASCADE, primary_key=True, related_name="named_subject")
    vote = models.ForeignKey(Vote, models.CASCADE, related_name="subjects")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    branch = models.ForeignKey(Organisation, models.PROTECT, related_name="+")

    objects = SubjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("person on a ballot")
        indexes = [models.Index(fields=["vote", "member"], name="subject_by_member")]


class VoteSite(models.Model):
    """场所: where forms of a vote outside a meeting were handed out, how many, and how many came back.

    Under slips the box alone knows how many came back, and `collected` stays empty.
    """

    vote = models.ForeignKey(Vote, models.CASCADE, related_name="sites")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("Site"), max_length=80)
    issued = models.PositiveIntegerField(_("Issued"))
    collected = models.PositiveIntegerField(_("Collected"), null=True, blank=True)

    class Meta:
        verbose_name = _("site of a vote")
        ordering = ["vote", "position"]
        constraints = [
            models.UniqueConstraint(fields=["vote", "position"], name="vote_site_position_once"),
            models.CheckConstraint(
                condition=Q(collected=None) | Q(collected__lte=F("issued")), name="vote_site_collected_at_most_issued"
            ),
        ]

    def __str__(self) -> str:
        return self.name
