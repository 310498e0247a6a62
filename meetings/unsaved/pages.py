"""Between the fields of the writing page and what is kept of them."""

import re
from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

from meetings.forms import MeetingForm
from meetings.models import Meeting, Unsaved

MOST = 150_000  # characters of one page
OF_FORMS = re.compile(r"(?:minutes|way)_[a-z_]{1,30}")
OF_MATTERS = re.compile(r"(?:motions|left_out)-(?:[A-Z_]{1,20}|\d{1,2}-[a-z_]{1,20})")
READY_IN_ROWS = re.compile(r".*(?:_FORMS|-business|-method)")
OF_ATTENDANCE = re.compile(r"away|(?:status|reason)_\d{1,18}")
OWN_MARKS = ("version", "revision")
BEGUN = ("started_at", "minutes_original", "appraisal_year", *OWN_MARKS)  # stands there before anything is typed


def typed(data: QueryDict) -> dict[str, Any]:
    """The fields of the page that hold something, as they stand; of other names nothing."""
    found = {name: str(data[name]) for name in data if _is_field(name)}
    values: dict[str, Any] = {name: text for name, text in found.items() if text.strip()}
    return values | {"also": data.getlist("also")} if "also" in data else values


def _is_field(name: str) -> bool:
    known = name in MeetingForm.base_fields or any(of.fullmatch(name) for of in (OF_FORMS, OF_ATTENDANCE, OF_MATTERS))
    return bool(known) and name != "revision"


def says_something(values: Mapping[str, Any]) -> bool:
    """True if more than the page began with was typed."""
    return any(name not in BEGUN and not READY_IN_ROWS.fullmatch(name) for name in values)


def is_too_long(values: Mapping[str, Any]) -> bool:
    return sum(map(len, values.values())) > MOST


def kept(meeting: Meeting, user: Any) -> Unsaved | None:
    """What is kept of this record that its reader goes on with."""
    return Unsaved.objects.visible_to(user).of(meeting, user.actor_key).first()


def fields(unsaved: Unsaved) -> dict[str, Any]:
    """By name what the page shows: also what was emptied, so that nothing saved before comes back."""
    blank = dict.fromkeys((name for name in MeetingForm.base_fields if name not in OWN_MARKS), "")
    return {**blank, **unsaved.values, "revision": unsaved.revision}


def posted(unsaved: Unsaved) -> QueryDict:
    """As the page would post it."""
    data = QueryDict(mutable=True)
    for name, value in unsaved.values.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def compared(values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[int, tuple[str, str]]]:
    """Fields and ticks as meetings.conflicts compares them."""
    found = {name: int(text) if name in ("host", "recorder") and str(text).isdecimal() else text
             for name, text in values.items()}  # fmt: skip
    keys = {int(name.partition("_")[2]) for name in values if OF_ATTENDANCE.fullmatch(name) and name != "away"}
    return found, {key: (values.get(f"status_{key}", ""), values.get(f"reason_{key}", "")) for key in keys}
