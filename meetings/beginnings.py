"""With what a new record begins: the ready agenda, or the last meeting of its kind; never attendance or words."""

from dataclasses import dataclass, field
from typing import Any

from branches.models import User
from meetings.agendas import READY, Agenda
from meetings.forms import guest_line
from meetings.kinds import KINDS
from meetings.models import Meeting
from meetings.states import PLANS, State
from meetings.years import appraised

THEMES, LOOKED_AT = 8, 30


@dataclass(frozen=True)
class Offers:
    """What the writing page offers: the last meeting of this kind, ready agendas, themes of the branch's last ones."""

    last: Meeting | None = None
    agendas: tuple[Agenda, ...] = ()
    themes: list[str] = field(default_factory=list)


def offers(meeting: Meeting, reader: User) -> Offers:
    """One query."""
    rows = Meeting.objects.told_to(reader).filter(organisation=meeting.organisation, form=meeting.form)
    rows = rows.filter(own_form=meeting.own_form_id)
    rows = rows.filter(group=meeting.group_id).exclude(pk=meeting.pk).exclude(state__in=[State.VOID, *PLANS])
    last = list(rows.order_by("-started_at", "-pk")[:LOOKED_AT])
    themes = list(dict.fromkeys(row.theme for row in last if row.theme))[:THEMES]
    return Offers(last[0] if last and not meeting.pk else None, READY.get(meeting.form, ()), themes)


def presumed(meeting: Meeting, reader: User, like: Meeting | None = None) -> dict[str, Any]:
    """The fields of a new record before anything is typed; those of `like` where one goes by the last meeting."""
    kind = KINDS[meeting.form]
    year = appraised(reader, meeting.organisation.path) if kind.appraises else None
    agenda = meeting.own_form.agenda if meeting.own_form else "\n".join(map(str, kind.agenda))
    begun = {"agenda": agenda, "theme": meeting.theme, "appraisal_year": year}
    return begun | (_taken_over(like) if like else {})


def _taken_over(last: Meeting) -> dict[str, Any]:

    return {
        "place": last.place,
        "host": last.host_id,
        "recorder": last.recorder_id,
        "minutes_original": last.minutes_original,
        "agenda": "\n".join(item.text for item in last.agenda.all()),
        "observers": "\n".join(guest_line(guest.name, guest.title, guest.kind) for guest in last.observers.all()),
    }
