"""How many 优秀 a branch may have in a round, worked out from rosters and from what superiors have laid down (R10)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from appraisals.grades.chains import Level
from appraisals.grades.models import Grade, Grading
from appraisals.grades.quota import Scope, Size, Terms, formula, over
from appraisals.grades.rules import QUOTA, terms
from appraisals.rounds.models import RosterEntry
from branches.models import Organisation
from branches.models.members import Category
from branches.models.organisations import Kind
from branches.rules.sets import InForce, Remark, in_force
from branches.rules.table import Severity
from branches.tree import above, under

POOLS = {Scope.GENERAL_BRANCH: Kind.GENERAL_BRANCH, Scope.COMMITTEE: Kind.COMMITTEE}


@dataclass(frozen=True, slots=True)
class Limit:
    """What holds for one branch: the rule, its terms, over which place it is counted (the branch itself, or the pool),
    of how many, and how many are marked 优秀 in the branch and in the whole pool."""

    held: InForce
    terms: Terms
    place: Organisation
    persons: int
    share: int | None
    marked: int
    marked_in_pool: int

    @property
    def is_off(self) -> bool:
        return self.held.severity == Severity.OFF

    @property
    def is_pooled(self) -> bool:
        return self.terms.is_pooled

    @property
    def allowed(self) -> int:
        """Of the branch, or of the pool."""
        return self.terms.allowed(self.persons)

    @property
    def cap(self) -> int | None:
        """How many the branch may have; None for a pool out of which nothing was given to it yet."""
        return self.share if self.is_pooled else self.allowed

    @property
    def words(self) -> str:
        """The formula with its numbers."""
        return formula(self.terms, self.persons, self.place.label)

    @property
    def exceeded(self) -> str:
        """By how much there are too many, in words; empty where there are not."""
        if self.is_off:
            return ""
        if more := over(self.marked, self.cap):
            told = {"marked": self.marked, "cap": self.cap, "more": more}
            return _("%(marked)d are marked excellent, %(cap)d are allowed here: %(more)d too many.") % told
        if self.is_pooled and (more := over(self.marked_in_pool, self.allowed)):
            told = {"marked": self.marked_in_pool, "allowed": self.allowed, "more": more}
            words = _("%(marked)d are marked excellent in %(place)s, %(allowed)d are allowed: %(more)d too many.")
            return words % {**told, "place": self.place.label}
        return ""

    @property
    def remark(self) -> Remark | None:
        """A breach of rule R10; None where there is none."""
        return Remark(self.exceeded, self.held) if self.exceeded else None


def limit_of(grading: Grading) -> Limit:
    """The limit of one branch. Five queries."""
    branch, year = grading.organisation, grading.round.year
    held = in_force(QUOTA.code, [(branch.path, year)])[branch.path, year]
    asked = terms(held)
    place = pool_of(branch, asked)
    if place == branch:
        asked = replace(asked, scope=Scope.BRANCH)
    sizes = sizes_below(grading, place, asked)
    marked = marked_below(grading, place)
    return Limit(
        held=held, terms=asked, place=place, persons=sum(size.of(asked.base) for size in sizes.values()),
        share=grading.share, marked=marked.get(branch.pk, 0), marked_in_pool=sum(marked.values()),
    )  # fmt: skip


def pool_of(branch: Organisation, asked: Terms) -> Organisation:
    """The nearest organisation above over which it is counted, or the branch itself where there is none such."""
    kind = POOLS.get(asked.scope)
    if kind is None:
        return branch
    rows = Organisation.objects.filter(path__in=above(branch.path), kind=kind).order_by("-path")
    return rows.first() or branch


def sizes_below(grading: Grading, place: Organisation, asked: Terms) -> dict[int, Size]:
    """The roster of each branch there that is counted in the same pool, by its key. Two queries."""
    rows = RosterEntry.objects.filter(under(place.path, "organisation__path"), round=grading.round_id).order_by()
    formal, due = Q(category=Category.FORMAL), Q(is_due=True)
    counted = rows.values_list("organisation", "organisation__path").annotate(
        total=Count("pk"), formal=Count("pk", filter=formal), due=Count("pk", filter=due)
    )
    found = {(key, path): Size(*numbers) for key, path, *numbers in counted}
    if not asked.is_pooled:
        return {key: size for (key, _path), size in found.items()}
    rules = in_force(QUOTA.code, [(path, grading.round.year) for _key, path in found])
    return {
        key: size for (key, path), size in found.items()
        if terms(rules[path, grading.round.year]).scope == asked.scope
    }  # fmt: skip


def marked_below(grading: Grading, place: Organisation) -> dict[int, int]:
    """How many members of each branch there are marked 优秀, by key of the branch: numbers, nobody's name."""
    rows = Grade.objects.due().filter(under(place.path, "entry__organisation__path"), entry__round=grading.round_id)
    counted = rows.filter(level=Level.EXCELLENT).order_by().values_list("entry__organisation")
    return dict(counted.annotate(n=Count("pk")))


def below_pool(grading: Grading, limit: Limit, user: Any) -> Sequence[tuple[Grading, Size, int]]:
    """Each branch of the pool with its roster and how many are marked there, in set order, for whoever distributes."""
    sizes, marked = sizes_below(grading, limit.place, limit.terms), marked_below(grading, limit.place)
    rows = Grading.objects.visible_to(user).filter(round=grading.round_id, organisation__in=sizes)
    rows = rows.select_related("organisation", "round").order_by("organisation__path")
    return [(row, sizes[row.organisation_id], marked.get(row.organisation_id, 0)) for row in rows]
