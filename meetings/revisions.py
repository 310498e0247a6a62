"""Corrections of filed records: what a record said before one, and what the correction changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.decisions.kinds import Business, Ground, Method
from meetings.decisions.rows import decisions_of, left_out_of
from meetings.decisions.votes import Outcome, Vote, told
from meetings.kinds import Form
from meetings.models import GuestKind, Meeting, Observer, Original, Status, Way
from shell.formats import moment
from workflow.models import History


def snapshot(meeting: Meeting) -> dict[str, Any]:
    """The record but its minutes, as values that mean the same in ten years."""
    came = meeting.attendances.select_related("member")
    return {
        "also": meeting.forms[1:],
        "theme": meeting.theme,
        "started_at": _moment(meeting.started_at),
        "ended_at": _moment(meeting.ended_at),
        "place": meeting.place,
        "host": str(meeting.host or ""),
        "recorder": str(meeting.recorder or ""),
        "appraisal_year": str(meeting.appraisal_year or ""),
        "minutes_original": meeting.minutes_original,
        "book_number": meeting.book_number,
        "book_pages": meeting.book_pages,
        "agenda": [item.text for item in meeting.agenda.all()],
        "observers": [[guest.name, guest.title, guest.kind] for guest in meeting.observers.all()],
        "decisions": [_decision(row) for row in decisions_of(meeting)],
        "left_out": [
            [
                one.member_id,
                one.member.name,
                one.ground,
                one.consent_by,
                str(one.consent_on or ""),
                one.reference,
                one.resolution,
            ]
            for one in left_out_of(meeting)
        ],
        "attendance": [[row.member_id, row.member.name, row.status, row.reason, row.way] for row in came],
    }


def _decision(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("subject", "method", "outcome", *Vote.__dataclass_fields__)}


def _moment(value: Any) -> str:
    return moment(timezone.localtime(value)) if value else ""


@dataclass(frozen=True)
class Change:
    """One line of a correction: what stood there, and what stands there now."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Correction:
    """One correction as its page shows it."""

    number: int
    entry: History | None
    changes: list[Change]


def corrections(meeting: Meeting, revisions: Any, minutes: str, *, reasons: bool) -> list[Correction]:
    """The corrections of a record, newest first, from its `revisions` this person may read; `reasons` of absence only
    where he reads those of the record too."""
    kept = [(row.filed, row.words) for row in revisions]
    if not kept:
        return []
    after = [*kept[1:], (snapshot(meeting), minutes)]
    entries = list(History.objects.of(meeting).filter(move="revise"))
    pairs = zip(revisions, kept, after, entries, strict=False)
    found = [Correction(row.number, entry, list(_changes(old, new, reasons))) for row, old, new, entry in pairs]
    return found[::-1]


def _changes(old: tuple[dict[str, Any], str], new: tuple[dict[str, Any], str], reasons: bool) -> Iterator[Change]:
    before, after = _texts(*old, reasons), _texts(*new, reasons)
    for label, text in before.items():
        if text != after[label]:
            yield Change(label, text, after[label])


def _texts(filed: dict[str, Any], minutes: str, reasons: bool) -> dict[str, str]:
    """By label what a reader of the record sees."""
    field = Meeting._meta.get_field
    original = filed.get("minutes_original", Original.SYSTEM)
    facts = ("theme", "started_at", "ended_at", "place", "host", "recorder", "appraisal_year")
    return {
        _("Also counts as"): "、".join(str(Form(form).label) for form in filed.get("also", [])),
        **{str(field(name).verbose_name): filed[name] for name in facts},  # type: ignore[union-attr]
        str(field("minutes_original").verbose_name): str(Original(original).label),  # type: ignore[union-attr]
        **{str(field(name).verbose_name): filed.get(name, "") for name in ("book_number", "book_pages")},  # type: ignore[union-attr]
        _("Agenda"): "\n".join(f"{number}. {text}" for number, text in enumerate(filed["agenda"], 1)),
        _("Guests"): "\n".join(_guest(*guest) for guest in filed["observers"]),
        _("Decisions"): "\n".join(_decided(row) for row in filed.get("decisions", ())),
        _("Left out of those due"): "\n".join(_left_out(row) for row in filed.get("left_out", ()) if reasons),
        _("Attendance"): "\n".join(_attendance(row, reasons) for row in filed["attendance"]),
        _("Minutes"): minutes.replace("\r\n", "\n"),
    }


def _decided(row: dict[str, Any]) -> str:
    """Matter, kind, method, arithmetic and outcome; older records hold none."""
    vote = Vote(**{name: row[name] for name in Vote.__dataclass_fields__})
    parts = (row["subject"], Business(row["business"]).label, Method(row["method"]).label, told(vote),
             Outcome(row["outcome"]).label)  # fmt: skip
    return " · ".join(str(part) for part in parts if part)


def _left_out(row: list[Any]) -> str:
    _key, name, ground, *rest = row
    return " · ".join(part for part in (name, str(Ground(ground).label), *rest) if part)


def _guest(name: str, title: str, kind: str = GuestKind.OBSERVER) -> str:
    return str(Observer(name=name, title=title, kind=kind))


def _attendance(row: list[Any], reasons: bool) -> str:
    _key, name, status, reason, *way = row
    words = [name, str(Status(status).label), *(str(Way(one).label) for one in way if one), reason if reasons else ""]
    return " ".join(filter(None, words))
