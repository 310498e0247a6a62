"""What the rules about organisations ask of one organisation on a day."""

from dataclasses import dataclass
from datetime import date

from branches.models.members import COMMITTEE_POSTS
from branches.models.organisations import BranchKind, Kind

TAKING_PART = frozenset({BranchKind.TEMPORARY, BranchKind.FUNCTIONAL})


@dataclass(frozen=True)
class Facts:
    """What these rules ask of one organisation on a day: numbers in persons, posts as (kind, since), groups as (name,
    members), the day of the last election that is recorded."""

    kind: str
    branch_kind: str
    since: date
    day: date
    formal: int
    total: int
    post_days: tuple[tuple[str, date], ...] = ()
    group_sizes: tuple[tuple[str, int], ...] = ()
    elected: date | None = None

    @property
    def is_branch(self) -> bool:
        """A branch in the full sense: with members of its own, a committee and a term."""
        return self.kind == Kind.BRANCH and self.branch_kind not in TAKING_PART

    @property
    def held(self) -> list[str]:
        """The committee posts that are held."""
        return [kind for kind, _since in self.post_days if kind in COMMITTEE_POSTS]


def years_later(day: date, years: int) -> date:
    """The same day that many years on; 29 February becomes 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def months_later(day: date, months: int) -> date:
    """The same day of the month that many months on, or the first of the next where there is none."""
    place = day.year * 12 + day.month - 1 + months
    try:
        return day.replace(year=place // 12, month=place % 12 + 1)
    except ValueError:
        return date(place // 12, place % 12 + 2, 1)  # after a short month the year goes on
