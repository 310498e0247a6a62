"""What the pages about criticism show, to each only what is his."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from branches.models import User
from branches.namesakes import told_apart
from branches.retention.kinds import registered
from branches.rights import Right
from branches.rules.sets import RuleSet
from branches.rules.table import Severity
from meetings.criticism.actions import COMMITTEE
from meetings.criticism.rules import takes_words
from meetings.models import Claim, CriticismCount, Meeting, SpokenRemark
from meetings.states import WORDED, State

KEPT = ("F34-criticism", "F34-comment", "F34-claim")


@dataclass(frozen=True)
class Mine:
    """On the page of a meeting: how many criticisms were made of me, my list, and whether I may write it; and whether
    I may open what is kept about everybody."""

    number: int
    claim: Claim | None
    may_claim: bool
    reads_all: bool


def records(meeting: Meeting, user: User) -> bool:
    """Whoever writes the record, while it is one."""
    return meeting.criticises and meeting.state != State.VOID and user.may(Right.RECORD, meeting)


def reads_all(meeting: Meeting, user: User) -> bool:
    """The committee, the superior who accepts records once this one is handed in, and whoever writes it."""
    above = meeting.state in WORDED and user.may(Right.ACCEPT, meeting)
    return above or user.may(Right.WRITE_FOR_COMMITTEE, meeting) or user.may(Right.RECORD, meeting)


def mine(meeting: Meeting, user: User) -> Mine | None:
    """None where nothing is to be told to this person."""
    if meeting.is_plan or not meeting.criticises:
        return None
    key, handed_in = user.reach.member_key or 0, meeting.state in WORDED
    is_listed = handed_in and meeting.attendances.filter(member=key).exists()
    everything = reads_all(meeting, user)
    if not (is_listed or everything):
        return None
    about = {"meeting": meeting, "member": key}
    number = CriticismCount.objects.visible_to(user).filter(**about).first() if is_listed else None
    claim = Claim.objects.visible_to(user).filter(**about).first() if is_listed else None
    return Mine(number.number if number else 0, claim, is_listed, everything)


def people(meeting: Meeting, user: User) -> dict[int, str]:
    """Whoever stands in the attendance list: by key what the list calls him."""
    lines = meeting.attendances.select_related("member")
    return told_apart(((row.member_id, row.member.name) for row in lines), user)


def numbers(meeting: Meeting, user: User) -> dict[int, int]:
    """How many criticisms were made of each, by the key of the member or COMMITTEE."""
    rows = CriticismCount.objects.visible_to(user).filter(meeting=meeting)
    return {row.member_id or COMMITTEE: row.number for row in rows}


def shown(meeting: Meeting, user: User) -> dict[str, Any]:
    """Everything kept beside this meeting that this person may read."""
    called, counted = people(meeting, user), numbers(meeting, user)
    claims = {row.member_id: row for row in Claim.objects.visible_to(user).filter(meeting=meeting)}
    remarks = SpokenRemark.objects.visible_to(user).filter(meeting=meeting)
    named = {COMMITTEE: _("Committee together"), **called}
    kept_of, may = counted.keys() | claims.keys(), records(meeting, user)
    return {
        "meeting": meeting,
        "rows": [(name, counted.get(key, 0), claims.get(key)) for key, name in named.items() if key in kept_of],
        "remarks": [
            (row, named.get(row.member_id or COMMITTEE, ""), called.get(row.speaker_id or 0, "")) for row in remarks
        ],
        "takes_words": takes_words(meeting.organisation.path, meeting.held_on),
        "may_record": may,
        "reads_claims": user.may(Right.WRITE_FOR_COMMITTEE, meeting) or user.may(Right.ACCEPT, meeting),
        "kept": kept(meeting),
    }


def kept(meeting: Meeting) -> list[tuple[str, str]]:
    """(what, how long) of the texts beside this meeting."""
    rules = RuleSet(meeting.organisation.path, meeting.held_on.year)
    found = []
    for kind in registered():
        if kind.code in KEPT:
            held = rules.of(kind.code)
            days = _("%(days)d days") % held.numbers
            found.append((str(kind.name), _("For good") if held.severity == Severity.OFF else days))
    return found
