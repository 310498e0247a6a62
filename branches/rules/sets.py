"""What holds at one place in one year: the rules as shipped, as the nearest superior has set them.

Two things no nearer organisation can undo: a national rule is never milder than shipped, and what a superior has set to
block stays so for all below.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from branches.models.rule_sets import RuleOverride
from branches.rules.table import Rule, Severity, find, registered
from branches.tree import above


@dataclass(frozen=True)
class InForce:
    """One rule as it holds: how strict, with which numbers, and the setting of the nearest superior, if any."""

    rule: Rule
    severity: Severity
    numbers: dict[str, int]
    override: RuleOverride | None
    floor: Severity  # the mildest that a setting right here may choose

    @property
    def told_setting(self) -> str:
        """What was set otherwise than the rule is shipped, with whose setting it is; empty where nothing was."""
        if self.override is None:
            return ""
        numbers = _("; ").join(f"{label} {number}" for label, number in self.told_numbers)
        who, year, reason = self.override.organisation, self.override.year, self.override.reason
        told: dict[str, Any] = {"what": numbers or self.severity.label, "who": who, "year": year, "reason": reason}
        return _("Set for here: %(what)s (%(who)s, %(year)s: %(reason)s)") % told

    @property
    def told_numbers(self) -> list[tuple[str, str]]:
        """(label, number or what it stands for) of each parameter."""
        return [(str(p.label), p.told(self.numbers[p.name])) for p in self.rule.parameters]


@dataclass(frozen=True)
class Remark:
    """A breach in words, beside the rule and its clause."""

    words: str
    held: InForce

    @property
    def blocks(self) -> bool:
        return self.held.severity == Severity.BLOCK

    @property
    def with_clause(self) -> str:
        """The breach and where the rule stands, for the question before a step."""
        told = {"words": self.words, "code": self.held.rule.code, "clause": self.held.rule.clause}
        return _("%(words)s (%(code)s: %(clause)s)") % told

    @property
    def refusal(self) -> str:
        """What a deed that it stops is told: the breach, the rule with its clause, and whose setting it is."""
        rule, override = self.held.rule, self.held.override
        told: dict[str, Any] = {"words": self.words, "code": rule.code, "name": rule.name, "clause": rule.clause}
        if override is None:
            return _("%(words)s This stops the step: rule %(code)s, %(name)s (%(clause)s).") % told
        told |= {"who": override.organisation, "year": override.year, "reason": override.reason}
        return _("%(words)s This stops the step: rule %(code)s, %(name)s (%(clause)s), set to “block” by %(who)s for "
                 "%(year)s: %(reason)s") % told  # fmt: skip


def in_force(code: str, places: Collection[tuple[str, int]]) -> dict[tuple[str, int], InForce]:
    """One rule as it holds at each of many places, given as (path, year), in one query. Raises KeyError."""
    rule = find(code)
    if rule is None:
        raise KeyError(code)
    years = {year for _path, year in places}
    rows = RuleOverride.objects.standing().filter(code=code, year__in=years).select_related("organisation")
    set_at = {(row.organisation.path, row.year): row for row in rows}
    return {
        (path, year): _in_force(path, rule, [set_at[up, year] for up in above(path) if (up, year) in set_at])
        for path, year in places
    }


class RuleSet:
    """All rules in force at the organisation with that path in that year; read in one query."""

    def __init__(self, path: str, year: int) -> None:
        rows = RuleOverride.objects.standing().filter(organisation__path__in=above(path), year=year)
        overrides = list(rows.select_related("organisation").order_by("organisation__path"))  # from the root down
        self._held = {rule.code: _in_force(path, rule, overrides) for rule in registered()}

    def __iter__(self) -> Any:
        return iter(self._held.values())

    def of(self, code: str) -> InForce:
        """The rule of that code as it holds here. Raises KeyError for one that no room knows."""
        return self._held[code]

    def remark(self, code: str, words: str) -> Remark | None:
        """A breach of that rule; None where the rule is not applied here."""
        held = self._held[code]
        return Remark(words, held) if words and held.severity != Severity.OFF else None


def _in_force(path: str, rule: Rule, overrides: Iterable[RuleOverride]) -> InForce:
    """The rule at that path; `overrides` from the root down."""
    severity, numbers, nearest = rule.severity, rule.defaults, None
    floor = rule.mildest()
    for override in (row for row in overrides if row.code == rule.code):
        nearest, asked = override, Severity(override.severity)
        severity = max(asked, floor, key=lambda word: word.rank)
        known = {name: override.parameters[name] for name in rule.defaults if name in override.parameters}
        numbers = rule.defaults | ({} if rule.out_of_bounds(rule.defaults | known) else known)
        if severity == Severity.BLOCK and override.organisation.path != path:
            floor = Severity.BLOCK
    return InForce(rule, severity, numbers, nearest, floor)
