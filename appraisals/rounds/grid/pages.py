"""The page of a grid: its rows, what came with the form, and what came of it."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, Final

from django.contrib import messages
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from appraisals.models import Stage
from appraisals.rounds.grid import actions
from appraisals.rounds.grid.forms import CommonForm
from appraisals.rounds.grid.place import Part
from appraisals.rounds.grid.sheet import Line
from appraisals.rounds.grid.typed import Sent, Verdict, entries, shown
from appraisals.rounds.pages import asked_of_many
from branches.pages import REFUSALS, words_of
from shell.lists import selected
from shell.pager import Pager, query_with
from workflow.moves import MoveNotAllowed

SIZE: Final = "100"
WRONG = (Verdict.WRONG, Verdict.CONFLICT)
WRITTEN = (Verdict.NEW, Verdict.CHANGED, Verdict.EMPTIED)


class GridPage(Part):
    """One page of the grid. `take` writes what was sent, all or nothing; else the page shows it with its faults."""

    status = 200
    faults = 0
    refused: Sequence[tuple[Line, str]] = ()
    asking = ""  # which of the ticked branches lack what

    def __init__(self, request: Any, stage: Any) -> None:
        super().__init__(request, stage)
        self.request = request
        self.form = CommonForm()
        self.picked: set[int] = set()

    @cached_property
    def pager(self) -> Pager:
        query: QueryDict = self.asked.copy()
        query.setdefault("size", SIZE)
        return Pager(query, self.rows)

    @cached_property
    def shown_lines(self) -> list[Line]:
        """The branches of this page."""
        return self.lines(self.pager.page.object_list)

    @property
    def query(self) -> str:
        """Place and narrowing, for the addresses of its file."""
        return query_with(self.asked, page=None, size=None, under=self.place.pk)

    @cached_property
    def tabs(self) -> list[Stage]:
        """All of the round, each with a grid of the same place."""
        return list(Stage.objects.visible_to(self.user).filter(round=self.stage.round_id))

    @property
    def seen(self) -> str:
        return shown(self.shown_lines)

    @property
    def narrowings(self) -> list[tuple[str, str, bool]]:
        """(words, address, is chosen) of what the rows can be narrowed by."""
        told = (("", _("All branches")), ("enter", _("To be entered for")), ("short", _("Lacking something")))
        return [(words, query_with(self.asked, only=key, page=None), self.only == key) for key, words in told]

    def take(self) -> bool:
        """Save the cells that were changed, and pass the stage for the ticked branches where that was pressed; False
        where something is to be shown on this page instead."""
        posted = self.request.POST
        self.picked, self.form = set(selected(self.request)), CommonForm(posted)
        sent = Sent.of(posted)
        if not self._save(sent):
            return False
        return posted.get("do") != "finish" or self._finish(sent)

    def _save(self, sent: Sent, again: bool = True) -> bool:
        is_valid, common = self.form.is_valid(), self.form.cleaned_data
        self._show(sent)
        found = sent.judged(self.shown_lines, may_empty=bool(common.get("note")))
        self.faults = sum(bool(cell.fault) for line in self.shown_lines for cell in line.cells)
        if self.faults or not is_valid:
            self.status = 409 if found[Verdict.CONFLICT] else 200
            return False
        try:
            n = actions.save(self.stage, entries(found, common), actor=self.user, note=common["note"])
        except MoveNotAllowed as refusal:  # between reading and writing somebody was faster: read it again, once
            return self._save(sent, False) if again and self.is_open else self._refuse(refusal)
        except REFUSALS as refusal:
            return self._refuse(refusal)
        said = ngettext("%d number saved.", "%d numbers saved.", n) % n if n else _("Nothing was changed.")
        if n or self.request.POST.get("do") != "finish":  # what is passed says so itself
            messages.success(self.request, said)
        return True

    def _refuse(self, refusal: Exception) -> bool:
        self.form.add_error(None, words_of(refusal))
        return False

    def _finish(self, sent: Sent) -> bool:
        picked = [line.row for line in self.shown_lines if line.row.pk in self.picked]
        if not picked:
            messages.warning(self.request, _("No branch is ticked: the stage was reported for none."))
            return True
        to_pass = [line.row for line in self.shown_lines if line.may_pass and line.row in picked]
        self.asking = "" if "sure" in self.request.POST else asked_of_many(to_pass, "report", self.user)
        if self.asking:
            self._show(sent)
            return False
        try:
            found = actions.finish(picked, actor=self.user)
        except REFUSALS as refusal:
            return self._refuse(refusal)
        if n := len(found.moved):
            said = ngettext("Passed for %d branch.", "Passed for %d branches.", n) % n
            messages.success(self.request, said)
        self._show(sent)
        self.refused = [
            (line, found.refused[key]) for line in self.shown_lines if (key := line.row.pk) in found.refused
        ]
        self.picked = {line.row.pk for line, _why in self.refused}
        return not self.refused

    def _show(self, sent: Sent) -> None:
        """The branches that were sent instead of those the address asks for: nobody's words are lost where these have
        changed meanwhile."""
        rows = self.all_rows.filter(organisation__in=sent.places) if sent.texts else self.pager.page.object_list
        self.shown_lines = self.lines(rows)
