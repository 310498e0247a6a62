"""A problem 问题, its measures 措施, and looking at it again 回头看."""

from datetime import date
from functools import cached_property
from types import SimpleNamespace
from typing import Any, Self
from uuid import uuid4

from django.db import models
from django.db.models import Case, F, Q, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from branches.models import Member, Organisation, Post, User
from branches.models.members import COMMITTEE_POSTS, PostKind
from branches.models.organisations import Mode
from branches.rights import Right
from branches.scope import NOTHING, OrganisationScoped
from rectification.problems.kinds import Category, Difficulty, Origin, Priority, Satisfied, Verified, Whose
from rectification.problems.models.steps import WithSteps
from rectification.problems.states import LIVING, OWED, PROBLEM_MOVES, ProblemState
from workflow.constraints import one_of
from workflow.moving import Moving

LONGEST = 1000
SHOWN = 40  # characters of a problem that stand for it in a line


class ProblemQuerySet(WithSteps):
    def visible_to(self, user: Any) -> Self:
        """Those of branches one serves and of all below an overseen organisation; one's own, those one is responsible
        for and those one is named to check."""
        own = [self.of_own(user, name) for name in ("member", "responsible", "checker")]
        return self.reached(self.of_oversight(user), self.of_office(user), *own)

    def in_figures(self) -> Self:
        """All but those made void."""
        return self.exclude(state=ProblemState.VOID)

    def living(self) -> Self:
        """Neither closed nor void."""
        return self.filter(state__in=LIVING)

    def with_signs(self, today: date, soon: date) -> Self:
        """Each row with `late` 逾期, not put right on its day, and `near` 临期, due by `soon`."""
        near = Q(state__in=OWED, due_on__gte=today, due_on__lte=soon)
        late = Case(When(self._behind_time(today), then=True), default=False)
        return self.annotate(late=late, near=Case(When(near, then=True), default=False))

    def overdue(self, today: date) -> Self:
        """Not put right on their day. What waits for a verifier is never late, nor is a branch on paper (F1, F5)."""
        return self.filter(self._behind_time(today))

    @staticmethod
    def _behind_time(today: date) -> Q:
        return Q(state__in=OWED, due_on__lt=today, organisation__mode=Mode.ONLINE)

    def awaiting(self, user: Any) -> Self:
        """Those whose closing this person has to verify."""
        return self.verifiable_by(user).filter(state=ProblemState.CLOSING_REQUESTED)

    def to_claim(self, user: Any) -> Self:
        """Not yet claimed: one's own, and those of the branches one leads."""
        mine = self.of_own(user, "responsible"), self.of_office(user, Right.LEAD)
        return self.filter(state=ProblemState.UNCLAIMED).reached(NOTHING, *mine)

    def at_work(self, user: Any) -> Self:
        """Those this person is responsible for and has set to work on."""
        return self.filter(self.of_own(user, "responsible"), state__in=OWED).exclude(state=ProblemState.UNCLAIMED)

    def exportable_by(self, user: Any) -> Self:
        """What stands of the branches one leads and of those one oversees."""
        return self.in_figures().filter(self.of_office(user, Right.EXPORT) | self.of_oversight(user, Right.EXPORT))


class Problem(Moving):
    """One problem of a branch. `responsible` does the work; `follows` is the closed one that was looked at again.

    Where it came from is told by `origin` and the name under which history speaks of that row, never by a foreign key:
    whoever reads the problem need not be able to open it.
    """

    State, MOVES = ProblemState, PROBLEM_MOVES

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("Branch"))
    round = models.ForeignKey(
        "appraisals.Round", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Round")
    )
    year = models.PositiveSmallIntegerField(_("Year"))
    client_key = models.UUIDField(default=uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    whose = models.CharField(_("Whose problem"), max_length=10, choices=Whose)
    member = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Member")
    )
    text = models.TextField(_("Problem"), max_length=LONGEST)
    category = models.CharField(_("Category of problem"), max_length=20, choices=Category, default=Category.OTHER)
    origin = models.CharField(_("Came to light by"), max_length=20, choices=Origin, default=Origin.SELF)
    origin_ref = models.CharField(max_length=60, blank=True, editable=False)  # as history speaks of a row
    origin_words = models.CharField(_("More on where it came from"), max_length=120, blank=True)
    found_on = models.DateField(_("Found on"), default=timezone.localdate)
    cause = models.TextField(_("Cause"), max_length=LONGEST, blank=True)
    goal = models.TextField(_("Goal"), max_length=LONGEST, blank=True)
    leader = models.CharField(_("Leader in charge"), max_length=80, blank=True)
    responsible = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Responsible")
    )
    helpers = models.CharField(_("Also taking part"), max_length=200, blank=True)
    due_on = models.DateField(_("To be put right by"), null=True, blank=True)
    first_due_on = models.DateField(_("First deadline"), null=True, editable=False)
    priority = models.CharField(_("Priority"), max_length=10, choices=Priority, default=Priority.NORMAL)
    difficulty = models.CharField(_("Difficulty"), max_length=10, choices=Difficulty, default=Difficulty.MIDDLING)
    at_once = models.BooleanField(_("To be put right at once"), default=False)
    so_far = models.TextField(_("How far it is"), max_length=LONGEST, blank=True)
    evidence = models.TextField(_("Evidence"), blank=True, editable=False)
    satisfied = models.CharField(_("What the people say"), max_length=10, choices=Satisfied, blank=True)
    checker = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Checker")
    )
    requested_on = models.DateField(_("Closing requested on"), null=True, editable=False)
    closed_on = models.DateField(_("Closed on"), null=True, editable=False)
    verified_as = models.CharField(_("Verified by"), max_length=10, choices=Verified, blank=True, editable=False)
    verifier = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    verifier_member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+", editable=False)
    verified_words = models.TextField(_("Result of the verification"), blank=True, editable=False)
    follows = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", editable=False)
    common = models.ForeignKey(
        "rectification.CommonProblem", models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    late_marked = models.BooleanField(default=False, editable=False)  # overdue when the clock last looked

    objects = ProblemQuerySet.as_manager()

    class Meta:
        verbose_name = _("problem")
        indexes = [
            models.Index(fields=["organisation", "state", "due_on"], name="problem_by_branch"),
            models.Index(fields=["responsible", "state"], name="problem_by_responsible"),
            models.Index(fields=["member"], name="problem_by_member"),
            models.Index(fields=["round", "organisation"], name="problem_by_round"),
            models.Index(fields=["origin_ref"], name="problem_by_origin", condition=~Q(origin_ref="")),
            models.Index(fields=["-found_on", "-id"], name="problem_in_list"),
            models.Index(fields=["due_on", "id"], name="problem_by_day", condition=Q(state__in=OWED)),
        ]
        constraints = [
            one_of("problem", "whose", Whose),
            one_of("problem", "category", Category),
            one_of("problem", "origin", Origin),
            one_of("problem", "priority", Priority),
            one_of("problem", "difficulty", Difficulty),
            one_of("problem", "satisfied", Satisfied, empty=True),
            one_of("problem", "verified_as", Verified, empty=True),
            models.CheckConstraint(condition=Q(whose=Whose.MEMBER) ^ Q(member=None), name="problem_member_by_whose"),
            models.CheckConstraint(
                condition=Q(member=None) | Q(responsible=F("member")), name="problem_of_a_member_is_his"
            ),
            models.CheckConstraint(
                condition=~Q(state=ProblemState.CLOSED)
                | (Q(closed_on__isnull=False) & ~Q(verified_as="") & ~Q(evidence="")),
                name="problem_closed_on_evidence",
            ),
            models.CheckConstraint(
                condition=Q(verifier_member=None) | Q(responsible=None) | ~Q(verifier_member=F("responsible")),
                name="problem_verified_by_another",
            ),
            models.CheckConstraint(
                condition=Q(checker=None) | Q(responsible=None) | ~Q(checker=F("responsible")),
                name="problem_checked_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_whose_display()} · {self.found_on}"  # history keeps these words: nothing of what was found

    @property
    def short(self) -> str:
        """What stands for it in a line."""
        return self.text if len(self.text) <= SHOWN else f"{self.text[: SHOWN - 1]}…"

    @property
    def owner_id(self) -> int | None:
        """Whose work it is: who is responsible."""
        return self.responsible_id

    @property
    def is_open(self) -> bool:
        """True while it may still be changed."""
        return self.state in OWED

    @property
    def is_imported(self) -> bool:
        """True where a ledger told that it was closed and nobody has verified it here."""
        return self.verified_as == Verified.IMPORTED

    @property
    def is_verified(self) -> bool:
        return not self.is_imported

    @cached_property
    def was_standing(self) -> bool:
        """True where it was kept up for good when its closing was asked for: withdrawn, it is so again."""
        asked = self.history.filter(move="request").last()
        return asked is not None and asked.source == ProblemState.STANDING

    @property
    def was_underway(self) -> bool:
        return not self.was_standing

    @property
    def takes_deeds(self) -> bool:
        """True where something can be done with it among others: it is open, or came in as closed."""
        return self.is_open or (self.state == ProblemState.CLOSED and self.is_imported)

    @property
    def has_checker(self) -> bool:
        return self.checker_id is not None

    @property
    def may_close_at_once(self) -> bool:
        """立行立改: by the secretary with a line of evidence; what is the committee's its superior verifies."""
        return self.at_once and self.whose != Whose.COMMITTEE

    @property
    def may_go_to_assembly(self) -> bool:
        """Of the branch the general meeting may verify; of a member where there is no committee (F4)."""
        return self.whose == Whose.BRANCH or (self.whose == Whose.MEMBER and self.is_without_committee)

    @cached_property
    def is_without_committee(self) -> bool:
        """True where nobody holds a post in the committee beside the secretary today."""
        posts = Post.objects.filter(organisation=self.organisation_id, kind__in=COMMITTEE_POSTS - {PostKind.SECRETARY})
        return not posts.on(timezone.localdate()).exists()

    def is_verified_by(self, reach: Any) -> bool:
        """True if this person verifies it."""
        return Problem.objects.verifiable_by(SimpleNamespace(reach=reach)).filter(pk=self.pk).exists()


class Measure(models.Model):
    """One of the measures against a problem, and the day it was carried out."""

    problem = models.ForeignKey(Problem, models.CASCADE, related_name="measures")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(_("Measure"), max_length=500)
    done_on = models.DateField(_("Carried out on"), null=True, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["problem", "position"], name="measure_position_once")]

    def __str__(self) -> str:
        return self.text


class RecheckQuerySet(OrganisationScoped):
    path_lookup = "problem__organisation__path"

    def visible_to(self, user: Any) -> Self:
        """Of the problems one sees."""
        return self.filter(problem__in=self.rows_of(Problem).visible_to(user))


class Recheck(models.Model):
    """回头看: a closed problem looked at again. What has come back is a new problem, which `follows` the old one."""

    problem = models.ForeignKey(Problem, models.PROTECT, related_name="+")
    checked_on = models.DateField(_("Looked at again on"), default=timezone.localdate)
    holds = models.BooleanField(_("It has stayed put right"), default=True)
    words = models.CharField(_("What was seen"), max_length=500)
    checked_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    follow_up = models.OneToOneField(Problem, models.PROTECT, null=True, related_name="+", editable=False)

    objects = RecheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("second look")
        ordering = ["checked_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(holds=True) ^ Q(follow_up__isnull=False), name="recheck_follow_up"),
        ]
