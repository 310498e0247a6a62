"""Whether what was said about somebody is written down at all."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from branches.rules.sets import RuleSet
from branches.rules.table import Level, Rule, Severity, register

WORDS = register(
    Rule(
        "F34-1",
        _("Criticism and comments are written down word by word"),
        _(
            "Good advice: only how many criticisms were made of each member is recorded, and what he makes his own, "
            "unless a superior applies this rule. Raw words are destroyed after their days."
        ),
        Level.ADVICE,
        Severity.OFF,
    )
)


def takes_words(path: str, day: date) -> bool:
    """True where raw words of a meeting of that day may be written down."""
    return RuleSet(path, day.year).of(WORDS.code).severity != Severity.OFF
