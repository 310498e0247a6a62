"""Where a grade stands, and the grades of one branch together. What is said of it: words.py."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, Min, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from appraisals.grades.chains import CHAINS, Approval, Body, Chain, Level, wants_approval
from appraisals.grades.states import (
    ABOVE,
    GRADE_MOVES,
    GRADED,
    GRADING_MOVES,
    SHOWN,
    TOLD,
    UNDECIDED,
    UNTOLD,
    WEIGHED,
    GradeState,
    GradingState,
)
from appraisals.rounds.models import Progress, Requirement, RosterEntry
from appraisals.rounds.states import AT_WORK
from appraisals.states import RoundState
from branches.models import Organisation
from branches.models.members import Category
from branches.models.organisations import Mode
from branches.rights import Right
from branches.scope import NOTHING, OrganisationScoped
from workflow.constraints import one_of
from workflow.moving import Moving

ASKED = "grades.decided"  # a stage that requires this number is the one in which members are graded
HERE = {"round": OuterRef("round"), "organisation": OuterRef("organisation")}
OF_BRANCH = {"entry__round": OuterRef("round"), "entry__organisation": OuterRef("organisation")}
FEWEST = 5  # graded: in a smaller branch the numbers below 优秀 would tell each member the grade of the others (F2, F4)
RUNNING = Q(entry__is_due=True, entry__round__state=RoundState.OPEN)


class GradeQuerySet(OrganisationScoped):
    path_lookup = "entry__organisation__path"

    def visible_to(self, user: Any) -> Self:
        """Those of the branch for its committee (F2): no clerk, no liaison; for the superior once the branch has
        decided, before that what is his to weigh and what he enters for a branch on paper; one's own once shown."""
        own = self.of_own(user, "entry__member")
        shown = own & Q(state__in=SHOWN) if own != NOTHING else NOTHING
        rows = self.reached(self._read_above(user), self.of_office(user, Right.WRITE_FOR_COMMITTEE), shown)
        return rows if own == NOTHING else rows.exclude(own, ~Q(state__in=SHOWN))

    def _read_above(self, user: Any) -> Q:
        reads, leads = (self.of_oversight(user, right) for right in (Right.ACCEPT, Right.LEAD_ABOVE))
        told = reads & ~Q(state__in=UNDECIDED) if reads != NOTHING else NOTHING
        own_work = Q(body=Body.SUPERIOR) | Q(entry__organisation__mode=Mode.PAPER)
        return told | (leads & own_work) if leads != NOTHING else told

    def due(self) -> Self:
        """Of members who are still to be appraised."""
        return self.filter(entry__is_due=True)

    def awaiting(self, user: Any) -> Self:
        """What waits for this person as a superior: consent, an answer, and whom he weighs himself; never his own."""
        waiting = Q(state__in=ABOVE) | Q(body=Body.SUPERIOR, state__in=UNTOLD)
        return self._not_own(self.filter(RUNNING, waiting, self.of_oversight(user, Right.LEAD_ABOVE)), user)

    def at_work(self, user: Any) -> Self:
        """What the superior has returned, and objections, for the committee."""
        waiting = Q(state__in=[GradeState.RETURNED, GradeState.OBJECTED])
        committee = self.of_office(user, Right.WRITE_FOR_COMMITTEE)
        mine = committee & ~Q(body=Body.SUPERIOR) if committee != NOTHING else NOTHING
        return self._not_own(self.filter(RUNNING, waiting, mine), user)

    def owed(self, user: Any) -> Self:
        """One's own, fed back and waiting for a word."""
        return self.filter(RUNNING, self.of_own(user, "entry__member"), state=GradeState.FED_BACK)

    def _not_own(self, rows: Any, user: Any) -> Any:
        own = self.of_own(user, "entry__member")
        return rows if own == NOTHING else rows.exclude(own)


class Grade(Moving):
    """评定等次 of one member of a roster; its chain is the one in force when it was first weighed.

    The database refuses one of a probationary member (R11, triggers); a member has one a round, for his entry is one.
    """

    State, MOVES = GradeState, GRADE_MOVES

    entry = models.OneToOneField(RosterEntry, models.PROTECT, related_name="graded_as", verbose_name=_("Member"))
    level = models.CharField(_("Grade"), max_length=20, choices=Level, blank=True)
    first = models.CharField(_("First opinion"), max_length=20, choices=Level, blank=True, editable=False)
    chain = models.CharField(_("Chain"), max_length=10, choices=Chain, editable=False)
    approval = models.CharField(_("Approval"), max_length=10, choices=Approval, editable=False)
    body = models.CharField(_("Graded by"), max_length=10, choices=Body, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)  # of grade and words, for two who write at once
    met_on = models.DateField(_("Met on"), null=True, editable=False)
    decided_on = models.DateField(_("Decided on"), null=True, editable=False)
    submitted_on = models.DateField(_("Submitted on"), null=True, editable=False)
    answer_by = models.DateField(_("Answer expected by"), null=True, editable=False)  # of the superior
    fed_back_on = models.DateField(_("Fed back on"), null=True, editable=False)

    objects = GradeQuerySet.as_manager()

    class Meta:
        verbose_name = _("grade")
        indexes = [models.Index(fields=["state", "body"], name="grade_by_state")]
        constraints = [
            one_of("grade", "level", Level, empty=True),
            one_of("grade", "first", Level, empty=True),
            one_of("grade", "chain", Chain),
            one_of("grade", "approval", Approval),
            one_of("grade", "body", Body),
            models.CheckConstraint(
                condition=Q(state="draft") | ~Q(level=""), name="grade_has_a_level_once_it_is_given"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[str(state) for state in TOLD]) | Q(fed_back_on__isnull=False),
                name="grade_told_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return str(self.entry.member)  # history keeps these words: no level

    @property
    def organisation(self) -> Organisation:
        return self.entry.organisation

    @property
    def organisation_id(self) -> int:
        return self.entry.organisation_id

    @property
    def owner_id(self) -> int:
        """Whose grade it is: Right.OWN is asked of him, and he settles nothing about it."""
        return self.entry.member_id

    @property
    def meets(self) -> bool:
        """True if the person is met with the first opinion."""
        return CHAINS[Chain(self.chain)].meets

    @property
    def is_simple(self) -> bool:
        return not self.meets

    @property
    def is_voted(self) -> bool:
        """True if the assembly votes on it."""
        return CHAINS[Chain(self.chain)].votes

    @property
    def is_not_voted(self) -> bool:
        return not self.is_voted

    @property
    def is_met_only(self) -> bool:
        """True if the person is met and nobody votes."""
        return self.meets and not self.is_voted

    @property
    def wants_approval(self) -> bool:
        """True if it waits for the superior before it is fed back."""
        return wants_approval(self.chain, self.approval, self.body, self.level)

    @property
    def needs_no_approval(self) -> bool:
        return not self.wants_approval

    @property
    def is_by_superior(self) -> bool:
        """True if the superior takes the steps of the committee: of the secretary of a branch without one (F4)."""
        return self.body == Body.SUPERIOR

    @property
    def is_of_branch(self) -> bool:
        return not self.is_by_superior

    @property
    def is_to_report(self) -> bool:
        """True if the superior learns of it only by a report 报备."""
        return self.is_of_branch and self.needs_no_approval

    @property
    def is_weighed(self) -> bool:
        """True while grade and words may be changed."""
        return self.state in WEIGHED

    @property
    def is_graded(self) -> bool:
        return self.state in GRADED

    @property
    def is_told(self) -> bool:
        """True once it has been fed back."""
        return self.state in TOLD

    def is_late_above(self, today: date) -> bool:
        """True if the superior has not answered in time: 待上级, never the branch's delay."""
        return self.waits_above and self.answer_by is not None and self.answer_by < today

    @property
    def waits_above(self) -> bool:
        """True while the superior has something to answer."""
        return self.state in ABOVE


class GradingQuerySet(OrganisationScoped):
    def visible_to(self, user: Any) -> Self:
        """Of the branches one serves and of all below an overseen organisation; of the own branch once announced."""
        home = self.of_home(user)
        told = home & Q(state=GradingState.ANNOUNCED) if home != NOTHING else NOTHING
        return self.reached(
            self.of_oversight(user), self.of_office(user), self.of_office(user, Right.WRITE_FOR_COMMITTEE), told
        )

    def announced(self) -> Self:
        return self.filter(state=GradingState.ANNOUNCED)

    def of_few(self) -> Self:
        """Announced ones of branches in which so few are graded that numbers by grade would name them."""
        graded = F("excellent") + F("qualified") + F("basically_qualified") + F("unqualified")
        return self.announced().alias(graded=graded).filter(graded__lt=FEWEST)

    def open_to_all(self) -> Self:
        """What gates count of the grades announced: not those of few."""
        return self.exclude(pk__in=self.rows_of(self.model).of_few().values("pk"))

    def of_few_kept_from(self, user: Any) -> Self:
        """Those of the branches this person serves without overseeing them: his figures leave their grades out."""
        served, over = self.of_office(user), self.of_oversight(user)
        few = self.of_few().filter(served)
        return few.exclude(over) if over != NOTHING else few

    def owed_by(self, user: Any) -> Self:
        """Of branches on whose committee this person serves and that are in a stage that asks for grades, with members
        who have none yet; each with `due_on`, the day of that stage."""
        asks = self.rows_of(Requirement).filter(stage=OuterRef("stage"), metric=ASKED, dropped_in=0)
        stages = self.rows_of(Progress).filter(Exists(asks), state__in=AT_WORK, **HERE)
        due = self.rows_of(RosterEntry).due().filter(category=Category.FORMAL, **HERE)
        lacking = due.exclude(graded_as__state__in=GRADED)
        rows = self._served(user).filter(Exists(stages), Exists(lacking))
        return rows.annotate(due_on=Subquery(stages.order_by("due_on").values("due_on")[:1]))

    def at_work(self, user: Any) -> Self:
        """Of one's branches those in which a grade was returned, or an objection waits for an answer."""
        return self._served(user).filter(Exists(self.rows_of(Grade).at_work(user).filter(**OF_BRANCH)))

    def awaiting(self, user: Any) -> Self:
        """Those in which something waits for this person as a superior; each with `due_on`, the first day on which an
        answer is expected."""
        waiting = self.rows_of(Grade).awaiting(user).filter(**OF_BRANCH)
        by = waiting.order_by().values("entry__round").annotate(day=Min("answer_by")).values("day")
        return self.visible_to(user).filter(Exists(waiting)).annotate(due_on=Subquery(by))

    def _served(self, user: Any) -> Self:
        return self.filter(self.of_office(user, Right.WRITE_FOR_COMMITTEE), round__state=RoundState.OPEN)


class Grading(Moving):
    """评定工作: the grades of one branch in one round; what it announces is kept as it stood on that day.

    `share`: how many 优秀 the superior has given this branch out of a pool; None where none was given.
    """

    State, MOVES = GradingState, GRADING_MOVES

    round = models.ForeignKey("appraisals.Round", models.CASCADE, related_name="gradings", verbose_name=_("Round"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="gradings", verbose_name=_("Organisation")
    )
    share = models.PositiveSmallIntegerField(_("Excellent members allowed"), null=True, blank=True)
    announced_on = models.DateField(_("Announced on"), null=True, editable=False)
    excellent = models.PositiveIntegerField(default=0, editable=False)
    qualified = models.PositiveIntegerField(default=0, editable=False)
    basically_qualified = models.PositiveIntegerField(default=0, editable=False)
    unqualified = models.PositiveIntegerField(default=0, editable=False)
    names = models.JSONField(default=list, editable=False)  # of the excellent, as announced; of nobody else

    objects = GradingQuerySet.as_manager()

    class Meta:
        verbose_name = _("grading of a branch")
        indexes = [models.Index(fields=["organisation", "round"], name="grading_by_branch")]
        constraints = [
            models.UniqueConstraint(fields=["round", "organisation"], name="grading_once_a_round"),
            models.CheckConstraint(
                condition=Q(state="open") | Q(announced_on__isnull=False), name="grading_announced_on_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation.label} · {self.round}"

    @property
    def is_announced(self) -> bool:
        return self.state == GradingState.ANNOUNCED

    @property
    def numbers(self) -> list[tuple[str, int]]:
        """(grade in words, how many) of what was announced; zeros stand there. Of few members 优秀 and the rest."""
        numbers = [(str(level.label), int(getattr(self, level.value))) for level in Level]
        if not self.is_of_few:
            return numbers
        best, *others = numbers
        return [best, ("、".join(words for words, _n in others), sum(n for _words, n in others))]

    @property
    def is_of_few(self) -> bool:
        """True where so few are graded that numbers by grade would name them."""
        return sum(getattr(self, level.value) for level in Level) < FEWEST
