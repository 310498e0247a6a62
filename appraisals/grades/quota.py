"""How many 优秀 there may be (R10, F16): pure arithmetic in whole persons, and the words that print it."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.db.models import IntegerChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class Scope(IntegerChoices):
    """Over whom it is counted; pooled ones are distributed in whole numbers by the superior."""

    BRANCH = 1, gettext_lazy("The branch")
    GENERAL_BRANCH = 2, gettext_lazy("The general branch, pooled")
    COMMITTEE = 3, gettext_lazy("The committee, pooled")


class Base(IntegerChoices):
    """Of whom it is a share."""

    TOTAL = 1, gettext_lazy("All members")
    FORMAL = 2, gettext_lazy("Full members")
    DUE = 3, gettext_lazy("Members to be appraised")


@dataclass(frozen=True, slots=True)
class Size:
    """The roster of one branch in a round, in persons: all, the full members, those to be appraised."""

    total: int
    formal: int
    due: int

    def of(self, base: Base) -> int:
        """The number a share is taken of."""
        return {Base.TOTAL: self.total, Base.FORMAL: self.formal, Base.DUE: self.due}[base]


@dataclass(frozen=True, slots=True)
class Terms:
    """The rule as it holds: a share of `part` in `of`, rounded down; `min_one`: never none where there is anybody."""

    scope: Scope = Scope.BRANCH
    base: Base = Base.TOTAL
    part: int = 1
    of: int = 3
    min_one: bool = False

    @property
    def is_pooled(self) -> bool:
        return self.scope != Scope.BRANCH

    @property
    def share(self) -> str:
        """The share as it is printed: 1/3."""
        return f"{self.part}/{self.of}"

    def exact(self, persons: int) -> Fraction:
        """The share of so many persons, not rounded."""
        return Fraction(persons * self.part, self.of)

    def allowed(self, persons: int) -> int:
        """How many of so many persons may be 优秀, never more than there are."""
        whole = min(persons, int(self.exact(persons)))
        return 1 if self.min_one and not whole and persons else whole

    def pooled(self, sizes: Iterable[Size]) -> int:
        """How many there may be in all these branches together."""
        return self.allowed(sum(size.of(self.base) for size in sizes))


def rounded(number: Fraction) -> str:
    """2.67, or 3 where it is whole."""
    exact = Decimal(number.numerator) / number.denominator
    return f"{exact.quantize(Decimal('0.01'), ROUND_HALF_UP).normalize():f}"


def formula(terms: Terms, persons: int, where: str) -> str:
    """The rule with its numbers, so that everybody can work it out again; `where` is the branch or the pool."""
    told = {"where": where, "base": terms.base.label, "n": persons, "share": terms.share}
    told |= {"exact": rounded(terms.exact(persons)), "allowed": terms.allowed(persons)}
    return _("%(where)s: %(base)s %(n)d, %(share)s of them are %(exact)s, taken as %(allowed)d.") % told


def over(marked: int, cap: int | None) -> int:
    """By how many the 优秀 exceed what is allowed; 0 where nothing is laid down."""
    return 0 if cap is None else max(0, marked - cap)
