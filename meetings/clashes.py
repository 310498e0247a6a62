"""Times that cannot be or hardly are: two meetings at once, a very long one, one held before there was a branch."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Min, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from branches.models import Organisation, Relation
from branches.rules.sets import Remark, RuleSet
from branches.rules.table import Level, Parameter, Rule, Severity, register
from meetings.kinds import Form
from meetings.models import Meeting
from meetings.states import PLANS, State
from shell.formats import moment

CLASH = register(
    Rule(
        "R05",
        gettext_lazy("Two meetings at once"),
        gettext_lazy(
            "Good practice: nobody chairs or records two meetings at one time, and the same members sit in one. What "
            "takes place within a theme day stands beside it."
        ),
        Level.ADVICE,
        Severity.WARN,
    )
)
LENGTH = register(
    Rule(
        "R05a",
        gettext_lazy("Length of a meeting"),
        gettext_lazy("Good practice: so long a meeting is most often a wrong day or hour."),
        Level.ADVICE,
        Severity.WARN,
        (Parameter("hours", gettext_lazy("Hours at most"), 12, 1, 24),),
    )
)
BEFORE = register(
    Rule(
        "R05b",
        gettext_lazy("Meetings before the branch and its register"),
        gettext_lazy(
            "A branch meets from the day of its founding on, and its register must say who was due: the numbers of an "
            "earlier meeting cannot be true."
        ),
        Level.ADVICE,
        Severity.BLOCK,
    )
)
NARROW = (Form.GROUP_MEETING, Form.COMMITTEE_MEETING)


def remarks(meeting: Meeting, rules: RuleSet, others: Any) -> list[Remark]:
    """What is doubtful about the times of a record; `others` are the records its reader may be told of. At most three
    queries."""
    found = [(CLASH.code, words) for words in _clashes(meeting, others)]
    found += [(LENGTH.code, words) for words in _length(meeting, rules.of(LENGTH.code).numbers["hours"])]
    found += [(BEFORE.code, words) for words in _before(meeting)]
    return [remark for code, words in found if (remark := rules.remark(code, words))]


def _clashes(meeting: Meeting, others: Any) -> Iterator[str]:
    begins = meeting.started_at
    ends = meeting.ended_at or begins + timedelta(minutes=1)
    at_once = Q(started_at__lt=ends) & (Q(ended_at__gt=begins) | Q(ended_at=None, started_at__gte=begins))
    rows = others.filter(at_once, organisation=meeting.organisation_id).exclude(pk=meeting.pk)
    for other in rows.exclude(state__in=[State.VOID, *PLANS]).order_by("started_at", "pk"):
        if (other.form == Form.THEME_DAY) != (meeting.form == Form.THEME_DAY):
            continue
        told = {"form": other.get_form_display(), "begins": moment(other.started_at), "ends": moment(other.ended_at)}
        names = "、".join(_same_people(meeting, other))
        if names:
            told["names"] = names
            yield _("%(names)s: chairs or records “%(form)s” at the same time (%(begins)s – %(ends)s).") % told
        elif _same_circle(meeting, other):
            yield _("“%(form)s” of this branch is recorded for the same time (%(begins)s – %(ends)s).") % told


def _same_people(meeting: Meeting, other: Meeting) -> list[str]:
    theirs = {other.host_id, other.recorder_id}
    mine = {meeting.host_id: meeting.host, meeting.recorder_id: meeting.recorder}
    return [person.name for key, person in mine.items() if person and key in theirs]


def _same_circle(meeting: Meeting, other: Meeting) -> bool:
    """True if somebody is due at both: the whole branch at one, or the same group or committee at each."""
    if meeting.form in NARROW and other.form in NARROW:
        return (meeting.form, meeting.group_id) == (other.form, other.group_id)
    return True


def _length(meeting: Meeting, hours: int) -> Iterator[str]:
    if meeting.ended_at and meeting.ended_at - meeting.started_at > timedelta(hours=hours):
        length = round((meeting.ended_at - meeting.started_at) / timedelta(hours=1), 1)
        yield _("The meeting takes %(length)s hours: please check day and time.") % {"length": f"{length:g}"}


def _before(meeting: Meeting) -> Iterator[str]:
    day = meeting.held_on
    if day < meeting.organisation.since:
        told = {"day": day, "since": meeting.organisation.since}
        yield _("Held on %(day)s, before the branch was founded (%(since)s): please check the date.") % told
    elif (first := _first_entry(meeting.organisation)) and day < first:
        words = _(
            "Held on %(day)s, before the first entry of the register (%(since)s): please check the date, or enter the "
            "members from that time on."
        )
        yield words % {"day": day, "since": first}


def _first_entry(organisation: Organisation) -> date | None:
    """The day on which the register of a branch begins."""
    found: date | None = Relation.objects.filter(organisation=organisation).homes().aggregate(day=Min("since"))["day"]
    return found
