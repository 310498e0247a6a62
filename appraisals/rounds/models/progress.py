"""How far a branch is in a stage, and what it has to make up for."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Case, Count, Exists, OuterRef, Q, When
from django.utils.translation import gettext_lazy as _

from appraisals.rounds.states import AT_WORK, LEFT, MAKEUP_MOVES, OUT, PROGRESS_MOVES, Gate, MakeupState, ProgressState
from appraisals.states import RoundState
from branches.models import Grant, Member, Organisation
from branches.models.organisations import Mode
from branches.rights import Right
from branches.scope import OrganisationScoped
from branches.tree import under
from workflow.moving import Moving

ON_PAPER = Q(state__in=AT_WORK, round__state=RoundState.OPEN, organisation__mode=Mode.PAPER)


class ProgressQuerySet(OrganisationScoped):
    def visible_to(self, user: Any) -> Self:
        """Of the branches one serves, and of all below an overseen organisation."""
        return self.reached(self.of_oversight(user), self.of_office(user))

    def taking_part(self) -> Self:
        """Neither exempt nor merged into another branch."""
        return self.exclude(state__in=OUT)

    def with_late(self, today: date) -> Self:
        """Each row with `late`: still at work after its day."""
        return self.annotate(late=Case(When(self._behind_time(today), then=True), default=False))

    def overdue(self, today: date) -> Self:
        """At work after their day. Waiting for the superior is never the branch's delay, and a branch on paper is not
        late because nobody signed in: it waits to be entered (F1, F13)."""
        return self.filter(self._behind_time(today))

    @staticmethod
    def _behind_time(today: date) -> Q:
        at_work = Q(state__in=AT_WORK, due_on__lt=today, round__state=RoundState.OPEN)
        return at_work & Q(organisation__mode=Mode.ONLINE)

    def to_enter(self) -> Self:
        """At work in branches that keep their papers: 待代录 for the superior (F1)."""
        return self.filter(ON_PAPER)

    def entered_by(self, user: Any) -> Self:
        """Those that wait for this person to enter for them."""
        return self.to_enter().filter(self.of_oversight(user, Right.ENTER_FOR))

    def unattended(self) -> Self:
        """Of branches that keep their papers, and of those where nobody in office has ever signed in (F1)."""
        signed_in = Grant.objects.filter(organisation=OuterRef("organisation"), user__last_login__isnull=False)
        return self.filter(Q(organisation__mode=Mode.PAPER) | ~Exists(signed_in.filter(revoked_at=None)))

    def awaiting(self, user: Any) -> Self:
        """Requests that wait for this person's consent."""
        waiting = Q(state=ProgressState.REQUESTED, round__state=RoundState.OPEN)
        return self.filter(waiting & self.of_oversight(user, Right.ACCEPT))

    def standing_below(self, path: str) -> tuple[dict[str, int], int]:
        """Of the organisation at `path` and below: how many rows are in each state, and how many of them wait to be
        entered for branches that keep their papers (`to_enter`). One query."""
        rows = self.filter(under(path, self.path_lookup)).order_by().values_list("state")
        found = list(rows.annotate(n=Count("pk"), waiting=Count("pk", filter=ON_PAPER)))
        return {state: n for state, n, _waiting in found}, sum(waiting for *_state, waiting in found)

    def at_work(self, user: Any) -> Self:
        """The stages that the branches this person leads are in."""
        return self.filter(self.of_office(user, Right.LEAD), state__in=AT_WORK, round__state=RoundState.OPEN)


class Progress(Moving):
    """One branch in one stage. Its life says who may do what; `revision` is the plan it is judged by."""

    State, MOVES = ProgressState, PROGRESS_MOVES

    round = models.ForeignKey("appraisals.Round", models.CASCADE, related_name="progress")
    stage = models.ForeignKey("appraisals.Stage", models.PROTECT, related_name="progress", verbose_name=_("Stage"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="progress", verbose_name=_("Organisation")
    )
    due_on = models.DateField(_("Due on"))
    revision = models.PositiveSmallIntegerField(default=1, editable=False)
    requested_on = models.DateField(_("Requested on"), null=True, editable=False)
    answer_by = models.DateField(_("Answer expected by"), null=True, editable=False)  # of the superior
    passed_on = models.DateField(_("Passed on"), null=True, editable=False)
    lacking = models.PositiveSmallIntegerField(_("Not met"), default=0, editable=False)  # when it was asked or reported
    # Then also: on typed totals, or by a superior for the branch, the mark 代录 (F1).
    is_entered_for = models.BooleanField(_("Entered for"), default=False, editable=False)

    objects = ProgressQuerySet.as_manager()

    class Meta:
        verbose_name = _("progress")
        indexes = [
            models.Index(fields=["stage", "state"], name="progress_by_stage"),
            models.Index(fields=["organisation", "round"], name="progress_by_branch"),
            models.Index(fields=["due_on", "id"], name="progress_in_list"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["stage", "organisation"], name="progress_once_a_stage"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation.label} · {self.stage}"

    @property
    def asks_approval(self) -> bool:
        return self.stage.gate == Gate.APPROVAL

    @property
    def is_reported(self) -> bool:
        return self.stage.gate == Gate.REPORT

    @property
    def has_no_gate(self) -> bool:
        return self.stage.gate == Gate.NONE

    @property
    def is_marked(self) -> bool:
        """True if it shows the mark 代录: it has left the stage so, and was not given back."""
        return self.is_entered_for and self.state in LEFT

    @property
    def has_successor(self) -> bool:
        """True if its branch was merged into another."""
        return self.organisation.successor_id is not None


class MakeupItemQuerySet(OrganisationScoped):
    def visible_to(self, user: Any) -> Self:
        """Of the branches one serves, of all below an overseen organisation, and those one is named in."""
        return self.reached(self.of_oversight(user), self.of_office(user), self.of_own(user, "member"))

    def standing(self) -> Self:
        """Neither closed nor void."""
        return self.filter(state__in=[MakeupState.OPEN, MakeupState.DONE])

    def with_late(self, today: date) -> Self:
        """Each row with `late`: not made up on its day."""
        return self.annotate(late=Case(When(state=MakeupState.OPEN, due_on__lt=today, then=True), default=False))

    def owed(self, user: Any) -> Self:
        """What the branches this person leads still have to make up."""
        return self.filter(self.of_office(user, Right.LEAD), state=MakeupState.OPEN, round__state=RoundState.OPEN)

    def to_see(self, user: Any) -> Self:
        """What waits for this person's second look."""
        waiting = Q(state=MakeupState.DONE, round__state=RoundState.OPEN)
        return self.filter(waiting & self.of_oversight(user, Right.ACCEPT))


class MakeupItem(Moving):
    """补课事项: what, by whom, by when, on what ground; closed by evidence and a second look (F22)."""

    State, MOVES, NOUN = MakeupState, MAKEUP_MOVES, "makeup"

    round = models.ForeignKey("appraisals.Round", models.CASCADE, related_name="makeup_items")
    stage = models.ForeignKey("appraisals.Stage", models.PROTECT, related_name="makeup_items", verbose_name=_("Stage"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="makeup_items", verbose_name=_("Organisation")
    )
    member = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="makeup_items", verbose_name=_("Who")
    )
    what = models.CharField(_("What is to be made up"), max_length=300)
    clause = models.CharField(_("Source"), max_length=120, blank=True)
    due_on = models.DateField(_("Due on"))

    objects = MakeupItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("item to make up")
        indexes = [
            models.Index(fields=["organisation", "state"], name="makeup_by_branch"),
            models.Index(fields=["due_on", "id"], name="makeup_in_list"),
        ]

    def __str__(self) -> str:
        return self.what
