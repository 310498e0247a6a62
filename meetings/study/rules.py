"""How many hours of study are asked for, and what a meeting counts: data of the year, with their clauses."""

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from typing import Protocol

from django.utils.translation import gettext_lazy as _

from branches.models.members import COMMITTEE_POSTS
from branches.rules.sets import InForce
from branches.rules.table import Level, Parameter, Rule, Severity, register
from meetings.kinds import Form
from meetings.models import Manner, StudyKind


class Held(Protocol):
    """Rules as they hold at a place in a year: a RuleSet, or those of study alone."""

    def of(self, code: str) -> InForce: ...


NATIONAL = register(
    Rule(
        "R17",
        _("Hours of collective study"),
        _(
            "Work plan on the education of members: normally no less than 32 hours of collective study a year, for "
            "secretaries and committee members 56. Own study does not count."
        ),
        Level.NATIONAL,
        Severity.REMIND,
        (Parameter("members", _("Members"), 32, 32, 200), Parameter("leaders", _("Secretary, committee"), 56, 56, 200)),
    )
)
CAMPAIGN = register(
    Rule(
        "F29-1",
        _("Hours of study in a campaign"),
        _("Some campaigns ask for 40 hours, collective and own study together. Applied where a superior says so."),
        Level.LOCAL,
        Severity.OFF,
        (Parameter("hours", _("Hours, both kinds"), 40, 1, 200),),
    )
)
NONE, BY_LENGTH, BY_HALF_DAYS = 0, 1, 2
STUDIED = {  # as shipped: what is study, and by which measure
    Form.GENERAL_MEETING: BY_LENGTH,
    Form.COMMITTEE_MEETING: NONE,
    Form.GROUP_MEETING: BY_LENGTH,
    Form.PARTY_LECTURE: BY_LENGTH,
    Form.THEME_DAY: BY_LENGTH,
    Form.ORG_LIFE_MEETING: NONE,
    Form.OTHER: NONE,
}
CONVERSION = register(
    Rule(
        "F29-2",
        _("What a meeting counts as study"),
        _(
            "Local practice: 0 does not count; 1 counts an hour for an hour; 2 counts 4 hours for half a day and 8 for "
            "a whole one."
        ),
        Level.LOCAL,
        Severity.REMIND,
        tuple(Parameter(form.value, form.label, how, NONE, BY_HALF_DAYS) for form, how in STUDIED.items()),
    )
)
NOT, AS_OWN, AS_COLLECTIVE = 0, 1, 2
AFTERWARDS = {  # as shipped: who studied with others did so collectively, who got papers studied by himself
    Manner.ALONE: AS_OWN,
    Manner.TOGETHER: AS_COLLECTIVE,
    Manner.AT_HOME: AS_COLLECTIVE,
    Manner.BY_POST: AS_OWN,
    Manner.BY_PHONE: NOT,
}
AWAY = register(
    Rule(
        "F29-3",
        _("What counts as study of those who were not there"),
        _(
            "Local practice on study taken home, papers sent and study made up for: 0 does not count; 1 counts the "
            "hours of the meeting as own study; 2 counts them as collective study."
        ),
        Level.LOCAL,
        Severity.REMIND,
        tuple(Parameter(way.value, way.label, how, NOT, AS_COLLECTIVE) for way, how in AFTERWARDS.items()),
    )
)
HALF_HOUR = timedelta(minutes=30)
WHOLE_DAY = timedelta(hours=6)  # from here on a day is a whole one
FULL, HALF = Decimal(8), Decimal(4)


def credit(forms: Iterable[str], length: timedelta, rules: Held) -> Decimal:
    """The hours that a meeting of these forms and that length counts: by the form that counts best, 8 at most."""
    measures = rules.of(CONVERSION.code).numbers
    how = max((measures[form] for form in forms), default=NONE)
    if how == NONE:
        return Decimal(0)
    if how == BY_HALF_DAYS:
        return FULL if length >= WHOLE_DAY else HALF
    return min(FULL, Decimal(length // HALF_HOUR) / 2)


def kind_away(way: str, rules: Held) -> StudyKind | None:
    """The column in which study of that way counts for somebody who was not there; None where it does not."""
    how = rules.of(AWAY.code).numbers[way]
    return {AS_OWN: StudyKind.OWN, AS_COLLECTIVE: StudyKind.COLLECTIVE}.get(how)


def asked_of(post: str, rules: Held) -> int:
    """The hours of collective study that the year asks of somebody with that post, or none."""
    return rules.of(NATIONAL.code).numbers["leaders" if post in COMMITTEE_POSTS else "members"]


def campaign(rules: Held) -> int | None:
    """The hours of both kinds that a campaign asks for; None where none is applied."""
    held = rules.of(CAMPAIGN.code)
    return held.numbers["hours"] if held.severity != Severity.OFF else None
