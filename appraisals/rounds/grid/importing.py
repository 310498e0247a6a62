"""The pages of a file: what it would do to the grid as it is now, and doing it.

Between the two nothing is kept: the page that shows what would be done carries the changed cells, each with what it was
compared to, and confirming it is the save of the grid itself. Whoever sends the same file again changes nothing.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from appraisals.rounds.grid import actions
from appraisals.rounds.grid.forms import CommonForm, UploadForm
from appraisals.rounds.grid.intake import Found, intake
from appraisals.rounds.grid.place import MOST, TOO_MUCH, Part
from appraisals.rounds.grid.sheet import Cell, Line
from appraisals.rounds.grid.typed import Seen, Sent, Verdict, entries
from branches.pages import REFUSALS, words_of
from sheets.faults import Fault, write_faults
from shell.pager import query_with

SHOWN: Final = 100  # rows of each list on the page; the sheet of faults holds all
DONE = (Verdict.NEW, Verdict.CHANGED)


@dataclass(frozen=True, slots=True)
class Change:
    """One cell that the file says otherwise: where in the file, of what, and both numbers."""

    address: str
    cell: Cell
    before: str


class ImportPage(Part):
    """A form for the file; then what it would do, to be confirmed."""

    status = 200
    found: Found | None = None
    judged: Mapping[Verdict, Sequence[Cell]] = {}

    def __init__(self, request: Any, stage: Any) -> None:
        super().__init__(request, stage)
        self.request = request
        self.form: CommonForm = UploadForm()

    @cached_property
    def lines_here(self) -> list[Line]:
        """Every branch of the place, whatever the grid is narrowed to."""
        return self.lines(self.all_rows[:MOST])

    @property
    def back(self) -> str:
        """The query of the grid this file belongs to."""
        return query_with(self.asked)

    def take(self) -> bool:
        """Read the file, or write what was confirmed; True once it is written."""
        if self.is_too_much:
            self.form.add_error(None, TOO_MUCH)
            return False
        return self._confirm() if "cells" in self.request.POST else self._read()

    def _read(self) -> bool:
        self.form = UploadForm(self.request.POST, self.request.FILES)
        if self.form.is_valid():
            try:
                self.found = intake(self.form.cleaned_data["file"], self.lines_here, self.columns)
            except ValidationError as refusal:
                self.form.add_error("file", refusal)
            else:
                self._judge(Sent(self.found.texts, self._seen_now()))
        return False

    def _seen_now(self) -> dict[str, Seen]:
        cells = (cell for line in self.lines_here for cell in line.cells)
        return {cell.name: Seen(cell.standing.key, cell.standing.text) for cell in cells}

    def _judge(self, sent: Sent) -> None:
        self.judged = sent.judged(self.lines_here, may_empty=False)

    def _confirm(self) -> bool:
        posted = self.request.POST
        self.form, sent = CommonForm(posted), Sent.of(posted)
        self._judge(sent)
        wrong = [
            cell for verdict in (Verdict.CONFLICT, Verdict.WRONG, Verdict.EMPTIED) for cell in self.judged[verdict]
        ]
        if wrong or not self.form.is_valid():
            self.found, self.status = Found(dict(sent.texts)), 409
            return False
        common = self.form.cleaned_data
        try:
            n = actions.save(self.stage, entries(self.judged, common), actor=self.user, note=common["note"])
        except REFUSALS as refusal:
            self.form.add_error(None, words_of(refusal))
            self.found = Found(dict(sent.texts))
            return False
        said = ngettext("%d number saved.", "%d numbers saved.", n) % n if n else _("Nothing was changed.")
        messages.success(self.request, said)
        return True

    # --- what the page prints -------------------------------------------------------------------------------------
    @property
    def counts(self) -> list[tuple[int, str]]:
        """How many cells are new, changed, the same, and to be corrected."""
        of = {verdict: len(cells) for verdict, cells in self.judged.items()}
        wrong = len(self.found.errors) if self.found else 0
        return [
            (of.get(Verdict.NEW, 0), _("New")), (of.get(Verdict.CHANGED, 0), _("Changed")),
            (of.get(Verdict.SAME, 0), _("Unchanged")), (wrong, _("To be corrected")),
        ]  # fmt: skip

    @property
    def changes(self) -> list[Change]:
        """What would be written, in the order of the grid; those that somebody else has changed meanwhile as well."""
        kinds = {id(cell): verdict for verdict, cells in self.judged.items() for cell in cells}
        wanted = (*DONE, Verdict.CONFLICT)
        at = self.found.addresses if self.found else {}
        return [
            Change(at.get(cell.name, ""), cell, cell.standing.text)
            for line in self.lines_here for cell in line.cells if kinds.get(id(cell)) in wanted
        ]  # fmt: skip

    @property
    def few_changes(self) -> list[Change]:
        return self.changes[:SHOWN]

    @property
    def may_write(self) -> bool:
        """True where something would be written, and nothing is to be corrected first."""
        return bool(self.changes) and not (self.found and self.found.errors)

    @property
    def common(self) -> list[Any]:
        """Source, day and note as they came with the file."""
        return [self.form[name] for name in ("source", "as_of", "note")]

    @property
    def cells(self) -> str:
        """The changed cells, for the form that confirms them."""
        return _as_json({change.cell.name: change.cell.text for change in self.changes})

    @property
    def seen(self) -> str:
        """What each of them is compared to: pressing once more after a conflict is meant."""
        return _as_json({c.cell.name: [c.cell.standing.key, c.cell.standing.text] for c in self.changes})

    @property
    def few_faults(self) -> list[Fault]:
        return (self.found.faults if self.found else [])[:SHOWN]

    @property
    def faults(self) -> str:
        """All faults, for the sheet of them."""
        rows = self.found.faults if self.found else []
        return _as_json([[f.row, f.column, f.value, str(f.words), f.is_note] for f in rows])


def sheet_of_faults(posted: str) -> bytes:
    """The faults of a file, as its page told them, as a sheet to work from; words that are none are left out."""
    with TemporaryDirectory() as scratch:
        path = Path(scratch) / "faults.xlsx"
        write_faults(path, _("To be corrected, and notes"), _faults(posted))
        return path.read_bytes()


def _faults(posted: str) -> list[Fault]:
    try:
        told = json.loads(posted)
    except ValueError:
        return []
    found = []
    for one in told if isinstance(told, list) else []:
        match one:
            case [int(row), str(column), str(value), str(words), bool(is_note)]:
                found.append(Fault(row, column, value, words, is_note))
    return found


def _as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
