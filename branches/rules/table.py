"""The table of rules: what each says, the clause it comes from, how strict it is.

Rooms add theirs from AppConfig.ready(). A code is stable and stands in the database; the wording stands here. What a
superior lays down otherwise for a year is a RuleOverride (branches/models/rule_sets.py); what then holds at a place,
branches/rules/sets.py works out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workflow import words


class Level(TextChoices):
    """Where a rule comes from: a central document, a local practice, or good advice."""

    NATIONAL = "national", _("National")
    LOCAL = "local", _("Local")
    ADVICE = "advice", _("Advice")


class Severity(TextChoices):
    """What a breach does, the mildest first: nothing, a line to read, a warning, or a step that is not possible."""

    OFF = "off", _("Not applied")
    REMIND = "remind", _("Remind")
    WARN = "warn", _("Warn")
    BLOCK = "block", _("Block")

    @property
    def rank(self) -> int:
        """0 for the mildest."""
        return list(Severity).index(self)


TONES = {Severity.OFF: "neutral", Severity.REMIND: "active", Severity.WARN: "waiting", Severity.BLOCK: "alarm"}


@dataclass(frozen=True)
class Parameter:
    """One number of a rule and the bounds within which it may be set; of a national rule, those its clause leaves.

    `words`: what each number stands for, from `least` on, where it is a choice and no amount.
    """

    name: str
    label: str | Promise
    default: int
    least: int
    most: int
    words: tuple[str | Promise, ...] = ()

    @property
    def choices(self) -> list[tuple[int, str]]:
        """Each number with what it stands for; empty for an amount."""
        return [(number, str(words)) for number, words in enumerate(self.words, self.least)]

    def told(self, number: int) -> str:
        """The number, or what it stands for."""
        return dict(self.choices).get(number, f"{number:,}")

    @property
    def is_fixed(self) -> bool:
        return self.least == self.most


@dataclass(frozen=True)
class Rule:
    """One rule as shipped. Not `is_computed`: the facts it asks for are not recorded, so a person looks."""

    code: str
    name: str | Promise
    clause: str | Promise
    level: Level
    severity: Severity
    parameters: tuple[Parameter, ...] = field(default=())
    is_computed: bool = True

    @property
    def defaults(self) -> dict[str, int]:
        """The numbers as shipped, by name."""
        return {parameter.name: parameter.default for parameter in self.parameters}

    def mildest(self) -> Severity:
        """What it may at most be lowered to: a national rule is made stricter, never milder."""
        return self.severity if self.level == Level.NATIONAL else Severity.OFF

    def out_of_bounds(self, numbers: Mapping[str, int]) -> list[Parameter]:
        """The parameters whose number in `numbers` is missing or not allowed."""
        return [p for p in self.parameters if p.name not in numbers or not p.least <= numbers[p.name] <= p.most]


words.add({"override_rule": _("Set otherwise"), "withdraw_rule": _("Taken back")})
words.add({"lay_down_day": _("Day laid down"), "withdraw_day": _("Taken back")})

_rules: dict[str, Rule] = {}


def register(rule: Rule) -> Rule:
    """Add a rule; registering the same code again replaces it."""
    _rules[rule.code] = rule
    return rule


def registered() -> list[Rule]:
    """All rules in the order in which the rooms named them."""
    return list(_rules.values())


def find(code: str) -> Rule | None:
    """The rule of that code; None where no room knows it."""
    return _rules.get(code)
