"""Rounds a superior opens for its subtree, and the written material people owe in them; last, what their own packages
add to this room."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Case, Count, Q, When
from django.utils.translation import gettext_lazy as _

from appraisals.states import MATERIAL_MOVES, ROUND_MOVES, MaterialState, RoundState
from branches.models import Member, Organisation, committees
from branches.rights import Right
from branches.scope import NOTHING, OrganisationScoped
from branches.tree import above
from shell.asked import asked
from workflow.constraints import one_of
from workflow.moving import Moving


class RoundQuerySet(OrganisationScoped):
    def visible_to(self, user: Any) -> Self:
        """Rounds laid down for one's own organisations, and those of the organisations one oversees."""
        below = self.of_superior(user) & ~Q(state=RoundState.DRAFT)
        return self.filter(below | self.of_oversight(user))

    def held_at(self, path: str) -> Self:
        """Rounds of the organisation at `path` and of those above it, newest first; those in preparation left out."""
        return self.filter(organisation__path__in=above(path)).exclude(state=RoundState.DRAFT)

    def under_way(self, path: str) -> Self:
        """Rounds open at the organisation at `path`, laid down there or above it."""
        return self.filter(state=RoundState.OPEN, organisation__path__in=above(path))


class Round(Moving):
    """活动: a year's campaign for all branches below one organisation."""

    State, MOVES = RoundState, ROUND_MOVES

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="rounds", verbose_name=_("Organisation")
    )
    name = models.CharField(_("Round name"), max_length=120)
    year = models.PositiveSmallIntegerField(_("Appraisal year"))
    reference = models.CharField(_("Notice number"), max_length=60, blank=True)
    roster_on = models.DateField(_("Roster as of"))
    due_on = models.DateField(_("Materials due on"))

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("round")
        ordering = ["-year", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "year", "name"], name="round_name_once_a_year"),
        ]

    def __str__(self) -> str:
        return self.name

    def headings(self) -> list[tuple[str, str]]:
        """(key, title) of this year's aspects in order; the key names the section of a draft."""
        return [
            (str(position), title)
            for position, title in asked(Aspect).filter(round=self.pk).values_list("position", "title")
        ]


class Aspect(models.Model):
    """One heading under which this year's materials are written."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="aspects")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("Aspect"), max_length=80)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["round", "position"], name="aspect_position_once")]

    def __str__(self) -> str:
        return self.title


class MaterialKind(models.TextChoices):
    COMMITTEE_ANALYSIS = "committee_analysis", _("Committee's self-analysis")
    SELF_ANALYSIS = "self_analysis", _("Self-analysis")
    SPEECH_OUTLINE = "speech_outline", _("Speech outline")


class Reviewer(models.TextChoices):
    """Who reviews follows from the author (F3): the branch secretary, or the superior for the secretary's own."""

    BRANCH = "branch", _("Branch secretary")
    ABOVE = "above", _("Superior organisation")


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
        branch = self.of_office(user, Right.LEAD) & Q(reviewer=Reviewer.BRANCH)
        above = self.of_oversight(user, Right.ACCEPT) & Q(reviewer=Reviewer.ABOVE)
        waiting = self.filter(branch | above, state=MaterialState.SUBMITTED)
        return waiting.exclude(self.of_own(user, "author"))

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

    round = models.ForeignKey(Round, models.PROTECT, related_name="materials", verbose_name=_("Round"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="materials", verbose_name=_("Organisation")
    )
    author = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="materials", verbose_name=_("Author")
    )
    kind = models.CharField(_("Kind"), max_length=30, choices=MaterialKind)
    reviewer = models.CharField(_("Reviewed by"), max_length=10, choices=Reviewer)
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
        return Right.ACCEPT if self.reviewer == Reviewer.ABOVE else Right.LEAD

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


class DraftQuerySet(OrganisationScoped):
    path_lookup = "material__organisation__path"

    def visible_to(self, user: Any) -> Self:
        """Nobody's but the author's (I9); what the committee writes is that of its members."""
        committee = Q(material__author=None) & self.of_office(user, Right.WRITE_FOR_COMMITTEE)
        return self.filter(self.of_own(user, "material__author") | committee)


class Draft(models.Model):
    """What is being written: `sections` maps an aspect's key to its text. Nobody but its writers ever reads it."""

    material = models.OneToOneField(Material, models.CASCADE, primary_key=True, related_name="draft")
    sections = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(auto_now=True)

    objects = DraftQuerySet.as_manager()


class VersionQuerySet(OrganisationScoped):
    path_lookup = "material__organisation__path"

    def visible_to(self, user: Any) -> Self:
        """The author's own, or the committee's; for the branch secretary; above, those of the secretary, of the
        committee's members and of the committee (F3).

        What its author has taken back is nobody else's to read until it is handed in anew; what was sent back is dark
        for superiors as well, who read what stands.
        """
        committee = Q(material__author=None) & self.of_office(user, Right.WRITE_FOR_COMMITTEE)
        mine = self.of_own(user, "material__author") | committee
        above = self.of_oversight(user) & Q(material__is_read_above=True) & ~Q(material__state=MaterialState.RETURNED)
        others = (self.of_office(user, Right.LEAD) | above) & ~Q(material__state=MaterialState.DRAFT)
        return self.filter(mine | others)


class Version(models.Model):
    """What was handed in: `sections` is a list of [title, text]. Never changed."""

    material = models.ForeignKey(Material, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    sections = models.JSONField()
    submitted_at = models.DateTimeField(_("Submitted"), auto_now_add=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["material", "number"], name="version_number_once")]


from appraisals.opinions.models import ChannelCount, Digest, DigestText, Opinion, OpinionText, SealedOpinion  # noqa: E402

__all__ = [
    "Aspect", "ChannelCount", "Digest", "DigestText", "Draft", "Material", "MaterialKind", "MaterialQuerySet",
    "Opinion", "OpinionText", "Reviewer", "Round", "SealedOpinion", "Version",
]  # fmt: skip
