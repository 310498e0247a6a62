"""What a check found, for people: the first rows of each list for the page, and all of them as a sheet."""

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Final

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from branches.models import RosterImport
from branches.models.members import Category, Education, Employment, Gender, PostKind
from branches.roster.columns import BY_KEY
from branches.roster.plan import Change, Plan
from branches.roster.register import Known
from sheets.layout import Column, Layout
from sheets.writer import write as write_sheet

SHOWN: Final = 100  # rows of each list on the page; the sheet holds all
CHOICES: Final[dict[str, Any]] = {
    "gender": Gender, "education": Education, "employment": Employment, "category": Category, "post": PostKind,
}  # fmt: skip


def told(plan: Plan) -> dict[str, Any]:
    """The lists of the page, ready to be kept as JSON."""
    faults = sorted(plan.faults.kept, key=lambda fault: (fault.is_note, fault.row))
    return {
        "faults": [[f.row, f.column, f.value, str(f.words), f.is_note] for f in faults[:SHOWN]],
        "questions": [[q.row, q.name, q.branch, q.answers] for q in plan.questions[:SHOWN]],
        "new": [list(row) for row in islice(_new(plan), SHOWN)],
        "changed": [list(row) for row in islice(_changed(plan), SHOWN)],
        "missing": [list(row) for row in islice(_missing(plan), SHOWN)],
    }


def write(
    out: Path, sent: RosterImport, plan: Plan, tick: Callable[[int, int | None], None] | None = None
) -> None:  # fmt: skip
    """Everything that was found as a sheet: what is to be corrected first, then notes, then the lists."""
    columns = [
        Column(_("Row"), 8, "int"), Column(_("Kind"), 16), Column(_("Branch"), 30), Column(_("Name"), 12),
        Column(_("Column"), 16), Column(_("What stands there"), 26), Column(_("What to do"), 60),
    ]  # fmt: skip
    title = _("Check of a roster")
    notes = ((_("File"), sent.file_name), (_("Checked at"), f"{timezone.localtime():%Y-%m-%d %H:%M}"))
    layout = Layout(title, columns, sent.organisation.name, footer=False, notes=notes)
    write_sheet(out, layout, _rows(plan), tick=tick)


def _rows(plan: Plan) -> Iterator[tuple[object, ...]]:
    for fault in sorted(plan.faults.kept, key=lambda fault: (fault.is_note, fault.row)):
        kind = _("For information") if fault.is_note else _("To be corrected")
        yield fault.row, kind, "", "", fault.column, fault.value, str(fault.words)
    for asked in plan.questions:
        words = _("Same name. Please decide on the page of the import.")
        yield asked.row, _("To be decided"), asked.branch, asked.name, "", "", words
    lists = ((_("New"), _new(plan)), (_("Changed"), _changed(plan)), (_("Missing, perhaps left"), _missing(plan)))
    for kind, rows in lists:
        yield from ((row or None, kind, branch, name, "", what, "") for row, name, branch, what in rows)


def _new(plan: Plan) -> Iterator[tuple[int, str, str, str]]:
    for line, branch in plan.new:
        born = _("born %(born)s, joined %(joined)s") % {"born": line.born or "--", "joined": line.joined or "--"}
        yield line.row, line.name, plan.branches[branch].name, born


def _changed(plan: Plan) -> Iterator[tuple[int, str, str, str]]:
    for change in plan.changed:
        yield change.line.row, change.known.name, plan.branches[change.known.branch].name, "；".join(_facts(change))


def _missing(plan: Plan) -> Iterator[tuple[int, str, str, str]]:
    for one in plan.missing:
        yield 0, one.name, plan.branches[one.branch].name, _place(one)


def _place(one: Known) -> str:
    return _("in the register since %(since)s") % {"since": one.since}


def _facts(change: Change) -> Iterator[str]:
    """“手机：138… → 139…” for each field."""
    for key, (old, new) in change.fields.items():
        yield f"{BY_KEY[key].label}：{_worded(key, old)} → {_worded(key, new)}"


def _worded(key: str, value: str) -> str | Promise:
    if not value:
        return "--"
    words: Any = dict(CHOICES[key].choices) if key in CHOICES else {}
    return "、".join(str(words.get(part, part)) for part in value.split("、"))
