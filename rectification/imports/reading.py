"""From the rows of a sheet to problems: each cell read once, each fault kept with its row and heading."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from branches.roster.reading import FORMULA, HIDDEN, TOTAL
from rectification.imports import cells
from rectification.imports.cells import Unreadable
from rectification.imports.columns import BY_KEY
from rectification.imports.people import Branch, Branches
from rectification.problems.kinds import Category, Origin, Whose
from rectification.problems.states import ProblemState
from sheets.faults import Fault, shown
from sheets.template import EXAMPLE

MOST_FAULTS: Final = 1000  # beyond this nobody corrects by list
LONGEST: Final = {"text": 1000, "cause": 1000, "goal": 1000, "so_far": 1000, "leader": 80}
SIGNATURES: Final = "党组织负责人"
NO_BRANCH = gettext_lazy("No branch of this place has this name. Please write its full or its short name.")
NOT_HERE = gettext_lazy("This name is not in the register of the branch.")
NO_CATEGORY = gettext_lazy("No such category: kept as “other”.")
NO_CLOSED_ON = gettext_lazy("What is closed has a day on which it was closed: please fill it in.")
SAME_VERIFIER = gettext_lazy("Who verified it is who is responsible: please correct one of them.")
CLOSED_DAY = gettext_lazy("It is closed after it was found, and not ahead: please check the day.")
AHEAD = gettext_lazy("This day has not come yet.")
MONTH_END = gettext_lazy("No day is told: taken as the last day.")


@dataclass(slots=True)
class Line:
    """One problem as the ledger tells it."""

    row: int
    branch: Branch
    facts: dict[str, Any]
    measures: tuple[str, ...]
    state: str = ProblemState.UNCLAIMED
    closed_on: date | None = None
    verifier: str = ""

    @property
    def state_words(self) -> str:
        """The state in which it would be written."""
        return str(ProblemState(self.state).label)

    @property
    def is_clear(self) -> bool:
        """True where goal, measures, who and by when are told."""
        facts = self.facts
        return bool(facts["goal"] and self.measures and facts["responsible"] and facts["due_on"])


@dataclass
class Reading:
    """One pass over a sheet. `mapping` names the column (from 0) of each field, `headings` what stands above them."""

    mapping: Mapping[str, int]
    headings: Sequence[str]
    heading_row: int
    branches: Branches
    found_on: date
    today: date
    hidden: frozenset[int] = frozenset()
    formulas: Mapping[int, Sequence[tuple[int, int]]] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def __post_init__(self) -> None:
        with override("zh-hans"):
            self._categories = {str(code.label): str(code) for code in Category}
            self._origins = {str(code.label): str(code) for code in Origin}

    @property
    def errors(self) -> list[Fault]:
        return [fault for fault in self.faults if not fault.is_note]

    def take(self, rows: Iterable[list[Any]]) -> None:
        """Read some rows, in the order of the sheet."""
        for row in rows:
            if row[0] > self.heading_row and not self._is_left_out(row):
                self._read(row)

    def _cell(self, row: list[Any], key: str) -> Any:
        at = self.mapping.get(key)
        return row[at + 1] if at is not None and at + 1 < len(row) else None

    def _is_left_out(self, row: list[Any]) -> bool:
        """True for rows that tell of no problem: empty, totals, the example of the template, the signatures."""
        told = [shown(cell).strip() for cell in row[1:] if shown(cell).strip()]
        if not told or TOTAL.match(told[0]) or told[0].startswith(SIGNATURES) or told[0] == EXAMPLE:
            return True
        if self._formulas_in(row):
            return False
        return len(set(told)) == 1 and not cells.text(self._cell(row, "text"))  # a heading of a part, merged or not

    def _read(self, row: list[Any]) -> None:
        number, before = row[0], len(self.errors)
        self._look_at_marks(row)
        text = cells.text(self._cell(row, "text"))
        if not text:
            return self._add(number, "text", "", _("There is no problem in this row."))
        branch = self._branch(row)
        if branch is None:
            return None
        facts = {key: self._short(row, key) for key in LONGEST}
        facts |= {"category": self._category(row)}
        facts["origin"], more = cells.origin(self._cell(row, "origin"), self._origins)
        facts["origin_words"] = more[:120]
        self._people(row, branch, facts)
        line = Line(number, branch, facts, self._measures(row))
        self._days(row, line)
        self._state(row, line)
        if len(self.errors) == before:
            self.lines.append(line)
        return None

    def _category(self, row: list[Any]) -> str:
        words = cells.text(self._cell(row, "category"))
        found = cells.category(words, self._categories)
        if words and found == Category.OTHER and words not in self._categories:
            self._add(row[0], "category", words, NO_CATEGORY, is_note=True)
        return found

    def _branch(self, row: list[Any]) -> Branch | None:
        """The branch of a row: that of the place, by its own column, or by the head of whose problem it is."""
        told = cells.text(self._cell(row, "branch"))
        branch = self.branches.of(told, cells.text(self._cell(row, "whose")))
        if branch is None:
            self._add(row[0], "branch" if "branch" in self.mapping else "whose", told, NO_BRANCH)
        return branch

    def _people(self, row: list[Any], branch: Branch, facts: dict[str, Any]) -> None:
        told, names = branch.rest(cells.text(self._cell(row, "whose"))), cells.names(self._cell(row, "responsible"))
        first = names[0] if names else ""
        facts |= {"helpers": "、".join(names[1:])[:200], "member": None, "responsible": branch.people.get(first)}
        if "班子" in told or "支委" in told:
            facts["whose"] = Whose.COMMITTEE
        elif told in branch.people or "个人" in told or told in ("党员", "本人"):
            facts["whose"] = Whose.MEMBER
            who = told if told in branch.people else first
            facts["member"] = facts["responsible"] = branch.people.get(who)
            if facts["member"] is None:
                self._add(row[0], "responsible", who, NOT_HERE)
        else:
            facts["whose"] = Whose.BRANCH
            if told and "支部" not in told and "单位" not in told:
                self._add(row[0], "whose", told, NOT_HERE)
        if first and facts["responsible"] is None and facts["whose"] != Whose.MEMBER:
            facts["leader"] = "、".join(filter(None, (facts["leader"], first)))[:80]
            self._add(row[0], "responsible", first, _("Not in the register of the branch: kept as leader in charge."),
                      is_note=True)  # fmt: skip

    def _measures(self, row: list[Any]) -> tuple[str, ...]:
        found = cells.measures(self._cell(row, "measures"))
        if len(found) > 30 or any(len(words) > 500 for words in found):
            self._add(
                row[0], "measures", "", _("At most %(most)d measures, each of at most 500 characters.") % {"most": 30}
            )
        return found

    def _days(self, row: list[Any], line: Line) -> None:
        words = cells.text(self._cell(row, "due_on")).replace(" ", "")
        facts = line.facts
        facts["at_once"] = any(sign in words for sign in cells.AT_ONCE)
        if any(sign in words for sign in cells.FOR_GOOD):
            line.state, facts["due_on"] = ProblemState.STANDING, None
        elif facts["at_once"]:
            facts["due_on"] = None
        else:
            facts["due_on"] = self._day(row, "due_on", ends=True)
        facts["found_on"] = self._day(row, "found_on", ends=False) or min(
            self.found_on, facts["due_on"] or self.found_on
        )
        line.closed_on = self._day(row, "closed_on", ends=True)
        if facts["found_on"] > self.today:
            self._add(row[0], "found_on", self._cell(row, "found_on"), AHEAD)
        if facts["due_on"] and facts["due_on"] < facts["found_on"]:
            told = _("It cannot be put right before it was found: please check the day.")
            self._add(row[0], "due_on", self._cell(row, "due_on"), told)

    def _day(self, row: list[Any], key: str, *, ends: bool) -> date | None:
        cell = self._cell(row, key)
        try:
            day, whole = cells.day(cell, ends=ends)
        except Unreadable as bad:
            self._add(row[0], key, cell, bad.words)
            return None
        if day and not whole and ends:
            self._add(row[0], key, cell, MONTH_END, is_note=True)
        return day

    def _state(self, row: list[Any], line: Line) -> None:
        try:
            told = cells.state(self._cell(row, "done"))
        except Unreadable as bad:
            return self._add(row[0], "done", self._cell(row, "done"), bad.words)
        line.state = told or line.state
        line.verifier = cells.text(self._cell(row, "verifier"))[:80]
        if line.state == ProblemState.UNDERWAY and not line.is_clear:
            line.state = ProblemState.UNCLAIMED  # R15: work begins once four things are clear
        if line.state != ProblemState.CLOSED:
            line.closed_on = None
        elif line.closed_on is None:
            self._add(row[0], "closed_on", "", NO_CLOSED_ON)
        elif line.closed_on > self.today or line.closed_on < line.facts["found_on"]:
            self._add(row[0], "closed_on", self._cell(row, "closed_on"), CLOSED_DAY)
        responsible = line.facts["responsible"]
        if line.verifier and responsible and line.branch.people.get(line.verifier) == responsible:
            self._add(row[0], "verifier", line.verifier, SAME_VERIFIER)
        return None

    def _short(self, row: list[Any], key: str) -> str:
        words = cells.text(self._cell(row, key))
        most = {"limit_value": LONGEST[key]}
        if len(words) > LONGEST[key]:
            self._add(row[0], key, words, _("At most %(limit_value)d characters, please shorten.") % most)
        return words

    def _look_at_marks(self, row: list[Any]) -> None:
        number = row[0]
        if number in self.hidden:
            self._add(number, "text", self._cell(row, "text"), HIDDEN, is_note=True)
        for key in self._formulas_in(row):
            self._add(number, key, self._cell(row, key), FORMULA)

    def _formulas_in(self, row: list[Any]) -> list[str]:
        """The fields whose cell in this row is calculated; the number puts in order, and is no fact."""
        number, found = row[0], self.formulas
        told = ((key, found.get(at, ())) for key, at in self.mapping.items() if key != "number")
        return [key for key, runs in told if any(first <= number <= last for first, last in runs)]

    def _add(self, row: int, key: str, cell: Any, words: str | Promise, *, is_note: bool = False) -> None:
        at = self.mapping.get(key)
        title = self.headings[at] if at is not None and at < len(self.headings) else BY_KEY[key].title
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(Fault(row, title, shown(cell), str(words), is_note))
