"""What people owe in a round: where each piece stands, not what it says."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Case, Count, F, Q, When
from django.utils.translation import gettext_lazy as _

from appraisals.materials.kinds import KINDS, Chain, MaterialKind, Reviewer, readers
from appraisals.materials.states import MATERIAL_MOVES, MaterialState
from appraisals.states import RoundState
from branches.models import Member, Organisation, committees
from branches.rights import Right
from branches.scope import NOTHING, OrganisationScoped
from workflow.constraints import one_of
from workflow.moving import Moving

ABOVE = {
    Reviewer.COMMITTEE: Right.LEAD_ABOVE,
    Reviewer.SUPERVISION: Right.SUPERVISE,
    Reviewer.ABOVE: Right.ACCEPT,
}


class MaterialQuerySet(OrganisationScoped):
    def visible_to(self, user: Any) -> Self:
        """One's own and the committee's; those of a branch one serves; those below an overseen organisation. The row,
        not the words."""
        own = self.of_own(user, "author"), self.of_committee(user)
        rows = self.reached(self.of_oversight(user), *own, self.of_office(user))
        return rows.exclude(state=MaterialState.VOID)

    def own(self, user: Any) -> Self:
        """Of what `visible_to` shows one's own, which asks for no office."""
        return self.filter(self.of_own(user, "author")).exclude(state=MaterialState.VOID)

    def owed_by(self, user: Any) -> Self:
        """What this person owes, and what he handed in and was given advice about."""
        mine = self.of_own(user, "author") | self.of_committee(user)
        return self.filter(self._open_until(date.max) | self._is_advised(), mine)

    def entered_for(self, user: Any) -> Self:
        """This person's own whose last version somebody else typed for him and he has not confirmed."""
        last = Q(versions__number=F("versions_count"), versions__entered_by__isnull=False, versions__confirmed_on=None)
        return self.filter(self.of_own(user, "author"), last)

    def advised(self) -> Self:
        """Handed in, in a round under way, with a suggestion about the version in hand that is not yet followed."""
        return self.filter(self._is_advised())

    @staticmethod
    def _is_advised() -> Q:
        return Q(state=MaterialState.SUBMITTED, remarked_on__isnull=False, round__state=RoundState.OPEN)

    def sent_back(self) -> Self:
        """To be rewritten, in a round under way."""
        waits = Q(state=MaterialState.RETURNED, remarked_on__isnull=False)
        return self.filter(waits, round__state=RoundState.OPEN)

    def of_committee(self, user: Any) -> Q:
        """What the committees write on which this person serves."""
        serving = self.of_office(user, Right.WRITE_FOR_COMMITTEE)
        return serving if serving == NOTHING else serving & Q(author=None)

    def by_committees(self, on: date) -> Self:
        """What committees write together, once for each who writes on it that day (`committees.MEMBER`)."""
        return self.filter(committees.serving(on), author=None)

    def awaiting(self, user: Any) -> Self:
        """What waits for this person's review; never one's own."""
        waiting = self.filter(self.of_reviewer(user), state=MaterialState.SUBMITTED)
        return waiting.exclude(self.of_own(user, "author"))

    def of_reviewer(self, user: Any) -> Q:
        """Those whose reader this person is at the step they have reached."""
        reader = self.of_office(user, Right.LEAD) & Q(reviewer=Reviewer.BRANCH)
        for step, right in ABOVE.items():
            reader |= self.of_oversight(user, right) & Q(reviewer=step)
        return reader

    def with_late(self, today: date) -> Self:
        """Each row with `late`: still owed after its day."""
        return self.annotate(late=Case(When(self._still_owed(today), then=True), default=False))

    def by_state(self) -> dict[str, int]:
        """How many in each state; states without any are 0."""
        counted = dict(self.order_by().values_list("state").annotate(n=Count("pk")))
        return {state: counted.get(state, 0) for state in MaterialState if state != MaterialState.VOID}

    def by_branch(self) -> list[tuple[int, str, str, int]]:
        """(key of the branch, its name, state, how many), branches in the order of the tree: one query."""
        rows = self.order_by("organisation__path").values_list("organisation_id", "organisation__name", "state")
        return list(rows.annotate(n=Count("pk")))

    def overdue(self, today: date) -> Self:
        """Still owed after their day; waiting for a reviewer is never the author's delay."""
        return self.filter(self._still_owed(today))

    @staticmethod
    def _still_owed(today: date) -> Q:
        return Q(state__in=[MaterialState.DRAFT, MaterialState.RETURNED], due_on__lt=today)

    def owed_until(self, last: date) -> Self:
        """Still owed in a round under way, and due on that day or before it."""
        return self.filter(self._open_until(last))

    @staticmethod
    def _open_until(last: date) -> Q:
        owed = Q(state__in=[MaterialState.DRAFT, MaterialState.RETURNED], round__state=RoundState.OPEN)
        return owed & Q(due_on__lte=last)


class Material(Moving):
    """One piece of writing owed by one author in one round: where it stands, not what it says."""

    State, MOVES = MaterialState, MATERIAL_MOVES

    round = models.ForeignKey("appraisals.Round", models.PROTECT, related_name="materials", verbose_name=_("Round"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="materials", verbose_name=_("Organisation")
    )
    author = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="materials", verbose_name=_("Author")
    )
    kind = models.CharField(_("Kind"), max_length=30, choices=MaterialKind)
    reviewer = models.CharField(_("Reviewed by"), max_length=12, choices=Reviewer)
    chain = models.CharField(max_length=10, choices=Chain, default=Chain.ONE, editable=False)
    is_leading = models.BooleanField(default=False)  # its author is a leading cadre (科级 or above): for the statistics
    is_chief = models.BooleanField(default=False)  # reviewed above whatever its chain: the secretary's, the committee's
    is_read_above = models.BooleanField(default=False)
    due_on = models.DateField(_("Due on"))
    versions_count = models.PositiveSmallIntegerField(_("Versions"), default=0, editable=False)
    remarked_on = models.DateField(null=True, editable=False)  # what the reviewer asked of the version in hand

    objects = MaterialQuerySet.as_manager()

    class Meta:
        verbose_name = _("material")
        indexes = [
            models.Index(fields=["organisation", "state"], name="material_by_organisation"),
            models.Index(fields=["author", "state"], name="material_by_author"),
            models.Index(fields=["due_on", "state"], name="material_by_due"),
            models.Index(fields=["due_on", "id"], name="material_in_list"),  # the order of the list page
        ]
        constraints = [
            one_of("material", "kind", MaterialKind),
            one_of("material", "reviewer", Reviewer),
            one_of("material", "chain", Chain),
            models.CheckConstraint(
                condition=Q(kind="committee_analysis") ^ Q(author__isnull=False),
                name="material_author_unless_committee",
            ),
            models.UniqueConstraint(fields=["round", "kind", "author"], name="material_once_per_author"),
            models.UniqueConstraint(
                fields=["round", "kind", "organisation"], condition=Q(author=None), name="material_once_per_committee"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}（{self.author or self.organisation}）"

    @property
    def owner_id(self) -> int | None:
        return self.author_id

    @property
    def reviewing_right(self) -> str:
        """The right that lets somebody review this author's work."""
        return ABOVE.get(Reviewer(self.reviewer), Right.LEAD)

    @property
    def readers(self) -> tuple[Reviewer, ...]:
        """Through whose hands it goes, in turn."""
        return readers(self.chain, is_above=self.is_chief)

    @property
    def next_reader(self) -> str:
        """Who reads it after the present reader; "" where he is the last."""
        steps = self.readers
        place = steps.index(Reviewer(self.reviewer)) if self.reviewer in steps else len(steps)
        return steps[place + 1] if place + 1 < len(steps) else ""

    @property
    def is_read_on(self) -> bool:
        """True while another reader follows."""
        return bool(self.next_reader)

    @property
    def is_at_last_reader(self) -> bool:
        """True once whoever passes it passes it for good."""
        return not self.next_reader

    @property
    def may_be_spoken(self) -> bool:
        """True if its author need not write: the branch notes what was said."""
        return KINDS[MaterialKind(self.kind)].may_be_spoken

    @property
    def writing_right(self) -> str:
        """The right that lets somebody write on it."""
        return Right.WRITE_FOR_COMMITTEE if self.author_id is None else Right.OWN

    @property
    def is_open(self) -> bool:
        """True while the author may write on it."""
        return self.state in (MaterialState.DRAFT, MaterialState.RETURNED)

    def is_overdue(self, today: date) -> bool:
        """Still owed after its day; waiting for a reviewer is never the author's delay."""
        return self.is_open and self.due_on < today
