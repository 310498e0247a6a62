"""What is asked of talks, as rules that superiors set otherwise for a year.

Sources: the Regulation on branches (支部工作条例, 2018), article 19; the notices on 组织生活会 since 2017, which ask
that committee members talk with one another before it.
"""

from datetime import date

from django.utils.translation import gettext_lazy as _

from branches.rules.facts import months_later
from branches.rules.sets import InForce, RuleSet
from branches.rules.table import Level, Parameter, Rule, Severity, register

PAIRS = register(
    Rule(
        "R08",
        _("Talks among the committee before the organisational life meeting"),
        _(
            "Regulation on branches, article 19, and the yearly notices on organisational life meetings: every two "
            "committee members talk with one another beforehand."
        ),
        Level.NATIONAL,
        Severity.WARN,
    )
)
WITH_SECRETARY = register(
    Rule(
        "F12-1",
        _("Every member talks with the secretary"),
        _("Regulation on branches, article 19 asks for a talk with any committee member; some superiors ask for more."),
        Level.LOCAL,
        Severity.OFF,
    )
)
YEAR = register(
    Rule(
        "F12-2",
        _("The year of talks"),
        _(
            "Regulation on branches, article 19: normally at least once a year. From January on it is the calendar "
            "year; a later month follows the year of appraisal."
        ),
        Level.LOCAL,
        Severity.REMIND,
        (Parameter("month", _("First month"), 1, 1, 12),),
    )
)
CONTENT = register(
    Rule(
        "F12-3",
        _("Contents of talks are written down"),
        _("As on the paper sheet only people, day, place and class are kept, unless a superior applies this rule."),
        Level.ADVICE,
        Severity.OFF,
    )
)
SUGGESTIONS = register(
    Rule(
        "F12-4",
        _("Next talks are suggested to the secretary"),
        _("Good advice, seen by the secretary only; a talk held because a list asks for it is worth little."),
        Level.ADVICE,
        Severity.OFF,
    )
)


def is_applied(held: InForce) -> bool:
    """True where a rule that can be switched on is."""
    return held.severity != Severity.OFF


def takes_content(path: str, day: date) -> bool:
    """True where contents of talks held on that day may be written down."""
    return is_applied(RuleSet(path, day.year).of(CONTENT.code))


def first_day(rules: RuleSet, year: int) -> date:
    """The day on which the year of talks begins there."""
    return date(year, rules.of(YEAR.code).numbers["month"], 1)


def last_day(rules: RuleSet, year: int) -> date:
    """Its last day."""
    return months_later(first_day(rules, year), 12) - date.resolution
