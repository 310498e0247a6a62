"""The gate, computed: what the figures of a branch say about what its stage requires (users.md F13)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from appraisals.rounds.models import Progress, Requirement
from branches.rules.table import Severity
from figures.registry import Period, named
from figures.totals import Number, of_branches

NONE = Number()  # of a branch of which nothing is counted


@dataclass(frozen=True, slots=True)
class Finding:
    """One requirement at one branch: what the figure stands at, and what it must reach."""

    requirement: Requirement
    organisation_id: int
    round_id: int
    year: int
    number: Number
    base: Number

    @property
    def needed(self) -> int:
        return self.requirement.needs(self.base.value)

    @property
    def lacks_base(self) -> bool:
        """True for a share of nothing: nobody has done yet what it is a share of."""
        return self._is_of_nothing and not named(self.requirement.base).is_given

    @property
    def nobody_owes(self) -> bool:
        """True for a share of nothing where the round lays nothing down for this branch."""
        return self._is_of_nothing and named(self.requirement.base).is_given

    @property
    def _is_of_nothing(self) -> bool:
        return bool(self.requirement.base) and not self.base.value

    @property
    def is_met(self) -> bool:
        return not self.lacks_base and self.number.value >= self.needed

    @property
    def missing(self) -> int:
        """How much is missing; 0 where it is met."""
        return max(0, self.needed - self.number.value)

    @property
    def is_typed(self) -> bool:
        """True where a typed total counts in place of rows: the mark 代录 (F1)."""
        return self.number.typed is not None or self.base.typed is not None

    @property
    def blocks(self) -> bool:
        return not self.is_met and self.requirement.severity == Severity.BLOCK

    @property
    def words(self) -> str:
        """What is missing, for a message."""
        if self.lacks_base:
            words = _("%(what)s: nothing to count yet, “%(base)s” stands at 0")
            return words % {"what": self.requirement.figure.label, "base": named(self.requirement.base).label}
        told = {"what": self.requirement.figure.label, "n": self.number.value, "needed": self.needed}
        return _("%(what)s: %(n)d of %(needed)d") % told

    @property
    def leaves_out(self) -> bool:
        """True if its figure has rows that some who read it may not open: the gate counts none of those."""
        return any(metric.reserve for metric in self.requirement.metrics)

    @property
    def opens(self) -> str:
        """The address of the rows behind the number."""
        metric = self.requirement.figure
        return metric.opens_shared(self.organisation_id, self.requirement.period_of(metric, self.round_id, self.year))


def findings(rows: Iterable[Progress], user: Any) -> dict[int, list[Finding]]:
    """What each branch's figures say in its stage, by the key of the progress; in three queries, however many rows,
    and one for each figure with rows that are not everybody's.

    Each row with its `round`; requirements set to 关闭 are not asked for. The numbers are those that everybody may
    count who reads the branch's figures: were they the reader's own, a gate met here and not there would tell the
    branch what is kept from it (decision 21).
    """
    rows = list(rows)
    laid_down = Requirement.objects.visible_to(user).filter(stage__in={row.stage_id for row in rows})
    asked = list(laid_down.exclude(severity=Severity.OFF))
    metrics = {metric.code: metric for requirement in asked for metric in requirement.metrics}
    periods = {r.period_of(m, row.round_id, row.round.year) for row in rows for r in asked for m in r.metrics}
    numbers = of_branches(user, {row.organisation_id for row in rows}, periods, metrics.values(), shared=True)
    return {row.pk: [_finding(row, r, numbers) for r in asked if _is_asked(r, row)] for row in rows}


def _is_asked(requirement: Requirement, row: Progress) -> bool:
    return requirement.stage_id == row.stage_id and requirement.holds_in(row.revision)


def _finding(row: Progress, requirement: Requirement, numbers: Mapping[tuple[int, Period, str], Number]) -> Finding:
    place, of = row.organisation_id, (row.round_id, row.round.year)
    number, *others = (
        numbers.get((place, requirement.period_of(metric, *of), metric.code), NONE) for metric in requirement.metrics
    )
    return Finding(requirement, place, *of, number, others[0] if others else NONE)


def unmet(found: Iterable[Finding]) -> list[Finding]:
    """Those that are not met, in their order."""
    return [finding for finding in found if not finding.is_met]


def typed_codes(requirements: Iterable[Requirement]) -> list[str]:
    """The figures that may be typed as totals to meet these requirements, each once, in order."""
    codes = dict.fromkeys(metric.code for requirement in requirements for metric in requirement.metrics)
    return [code for code in codes if named(code).typable]


def told_of(lacking: Iterable[Finding]) -> str:
    """What is not met, in one sentence for a question or the history; empty for nothing."""
    words = "；".join(finding.words for finding in lacking)
    return _("Not yet met: %s.") % words if words else ""
