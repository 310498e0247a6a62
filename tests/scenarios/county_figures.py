"""What the pages and files of the case county say: numbers that open their rows, totals beside them, and how fast."""

import time
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO

from django.db import connection
from django.urls import reverse
from openpyxl import load_workbook

from appraisals.opinions.channels import Target
from tests.scenarios import county as case
from tests.scenarios.visits import Visitor, exported, ledger, plain


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds on the wall and of this process, and queries."""

    seconds: float
    busy: float
    queries: int = 0

    def __str__(self):
        return f"{self.seconds:8.2f} s{self.busy:8.2f} s CPU{self.queries or '':>6}"


class Clock:
    """How long each page, file and part of the story took. A page or file is asked for `times` times, and the quickest
    counts: the first fills what is kept, and others use the machine, too."""

    def __init__(self, times=3):
        self.times, self.pages, self.files, self.parts = times, {}, {}, {}

    def of_page(self, name, act):
        return self._quickest(self.pages, name, act)

    def of_file(self, name, act):
        return self._quickest(self.files, name, act)

    @contextmanager
    def of_part(self, name):
        began = time.perf_counter(), time.process_time()
        yield
        self.parts[name] = Took(time.perf_counter() - began[0], time.process_time() - began[1])

    def _quickest(self, seen, name, act):
        for _again in range(self.times):
            queries = []
            with connection.execute_wrapper(lambda execute, *told, to=queries: (to.append(told[0]), execute(*told))[1]):
                began = time.perf_counter(), time.process_time()
                found = act()
                took = Took(time.perf_counter() - began[0], time.process_time() - began[1], len(queries))
            seen[name] = min(took, seen.get(name, took), key=lambda one: one.seconds)
        return found

    def __str__(self):
        return "\n".join(f"{name:44}{took}" for name, took in (self.parts | self.pages | self.files).items())


class Figures:
    """Everything that one visitor is shown of the county, beside what was reported of it."""

    def __init__(self, work, visitor, clock):
        self.work, self.size, self.visitor, self.clock = work, work.size, visitor, clock
        self.round, self.top = work.round, work.county.top

    def page(self, name, *arguments, **query):
        label = " ".join([name, *query])
        return self.clock.of_page(label, lambda: self.visitor.get(name, *arguments, **query))

    def opens(self, address):
        """How many rows the list holds to which a number leads."""
        shown = self.visitor.client.get(address)
        assert shown.status_code == 200, address
        return shown.context["page"].total

    # --- the board -----------------------------------------------------------------------------------------------------
    def board(self, *passed):
        """How many branches have passed each stage, altogether and in each township; each number opens those rows."""
        page = self.page("progress_board", self.round.pk)
        board = page.context["board"]
        every = self.size.all_branches
        assert [cell.words for cell in board.whole.cells] == [f"{n} / {every}" for n in passed]
        assert [self.opens(cell.url) for cell in board.whole.cells] == list(passed)
        assert len(board.rows) == self.size.townships
        for n in range(len(passed)):
            assert sum(int(row.cells[n].words.split(" / ")[0]) for row in board.rows) == passed[n]
        return board

    def board_of_town(self, town, *passed):
        """The township itself: each of its branches in each stage, in words."""
        board = self.page("progress_board", self.round.pk, under=town.pk).context["board"]
        assert [cell.words for cell in board.whole.cells] == [f"{n} / {self.size.branches}" for n in passed]
        assert [self.opens(cell.url) for cell in board.whole.cells] == list(passed)
        states = [[row.cells[n].words.split(" ")[0] for row in board.rows] for n in range(len(passed))]
        assert [column.count("已转段") for column in states] == list(passed)

    # --- opinions ------------------------------------------------------------------------------------------------------
    def opinions(self):
        """By target with sums, and how they were asked for; each number opens exactly its rows."""
        page = self.page("opinion_figures", round=self.round.pk)
        board = page.context["board"]
        *of_target, together = board.lines
        assert [(line["label"], line["total"]) for line in of_target] == [
            (target.label, self.size.opinions[target]) for target in Target
        ]
        assert together["total"] == self.size.received == sum(line["total"] for line in of_target)
        for line in (*of_target, together):
            assert self.opens(line["url"]) == line["total"] == sum(number for _label, number, _url in line["cells"])
            for _label, number, url in line["cells"]:
                assert self.opens(url) == number
        assert [line["issued"] for line in board.ways] == [
            f"{n:,}" for n in (self.size.forms, self.size.boxes, self.size.hotlines)
        ]
        words = page.content.decode()
        assert all(f">{n:,}<" in words for n in (*self.size.opinions.values(), self.size.received, self.size.forms))

    # --- figures -------------------------------------------------------------------------------------------------------
    def figures(self):
        """From rows, as typed, together and the difference; what comes from rows opens that many."""
        page = self.page("figure_list", round=self.round.pk, under=self.top.pk)
        lines = {one.line.metric.code: one for one in page.context["board"].lines}
        size, (leading, ordinary) = self.size, self.size.told
        told = {
            code: (one.line.rows, one.line.typed, one.line.total, one.line.difference) for code, one in lines.items()
        }
        expected = {
            "materials.owed": size.members, "materials.accepted": size.members, "materials.handed_in": size.members,
            "materials.waiting": 0, "materials.versions": size.versions, "materials.return_reasons": size.returns,
            "opinions.received": size.received, "opinions.forms_issued": size.forms, "opinions.boxes": size.boxes,
            "opinions.hotlines": size.hotlines, "roster.due": size.members, "progress.branches": size.all_branches,
        }  # fmt: skip
        for code, number in expected.items():
            assert told[code] == (number, 0, number, None), code
        assert told["materials.leading"] == (size.leading, leading, leading, leading - size.leading)
        assert told["materials.ordinary"] == (size.ordinary, ordinary, ordinary, ordinary - size.ordinary)
        opened = {
            "materials.owed", "materials.accepted", "materials.handed_in", "materials.leading", "materials.ordinary",
            "opinions.received", "roster.due", "progress.branches",
        }  # fmt: skip
        for code in opened:
            assert self.opens(lines[code].opens) == lines[code].line.rows, code
        assert self.visitor.client.get(lines["materials.ordinary"].typed_at).context["page"].total == size.all_branches
        self._broken_down("materials.ordinary", size.ordinary, ordinary)
        return page

    def _broken_down(self, code, rows, typed):
        """The same number by township: the lines below add up to the one above."""
        page = self.page("figure_list", round=self.round.pk, under=self.top.pk, metric=code)
        below = [one.line for one in page.context["board"].children]
        assert len(below) == self.size.townships
        assert (sum(line.rows for line in below), sum(line.typed for line in below)) == (rows, typed)
        assert [line.difference for line in below] == case.spread(typed - rows, self.size.townships)

    def classes(self):
        """The page of the round keeps both: the classes added up, and what was counted; and says by how much."""
        page = self.page("round_detail", self.round.pk)
        classes, words = page.context["classes"], plain(page.content.decode())
        assert (classes.computed, classes.told) == (sum(self.size.told), self.size.members)
        assert classes.difference == self.size.difference == sum(self.size.told) - self.size.members
        for number in (*self.size.told, classes.computed, classes.told):
            assert f"<dd>{number:,}</dd>" in words
        assert f"差额 +{self.size.difference}。" in words

    # --- lists and the first page ----------------------------------------------------------------------------------------
    def lists(self):
        """The long lists of the county are whole, and open at once."""
        place = self.top.pk
        for name, total in (
            ("material_list", self.size.members), ("opinion_list", self.size.received + 1),
            ("progress_list", len(case.STAGES) * self.size.all_branches), ("meeting_list", self.size.all_branches),
            ("visit_list", self.size.groups), ("total_list", 2 * self.size.all_branches),
            ("supervision_list", self.size.all_branches), ("member_list", self.size.members),
            ("makeup_list", 1),
        ):  # fmt: skip
            assert self.page(name).context["page"].total == total, name
        self.page("dashboard")
        self.page("organisation_list")
        self.page("organisation_detail", place)

    def first_pages(self):
        """What each begins the day with, from the township down to a member."""
        county = self.work.county
        town, branch = county.towns[-1], county.all_branches[-1]
        for name, user in (
            ("township", county.secretaries[town.pk]), ("supervisor", county.supervisor_of(town)),
            ("secretary", branch.secretary), ("clerk", branch.clerk), ("member", branch.folk[-1]),
        ):  # fmt: skip
            visitor = Visitor(user)
            self.clock.of_page(f"dashboard of a {name}", lambda visitor=visitor: visitor.get("dashboard"))

    # --- files ---------------------------------------------------------------------------------------------------------
    def meetings(self):
        """All that were held from the 8th to the 13th: due, present and on leave, on average 98.5 %."""
        first, last = case.MEETINGS[0], case.MEETINGS[-1]
        read = lambda: ledger(self.visitor, held_after=first, held_before=last)  # noqa: E731
        rows, total = self.clock.of_file("meeting ledger, whole county", read)
        size = self.size
        assert len(rows) == size.all_branches
        assert total[9:13] == [size.members, size.members - size.away, size.away, 0]
        assert round(100 * total[10] / total[9], 1) == case.ATTENDANCE
        assert {row[4].date() for row in rows} <= set(case.MEETINGS)

    def visits(self, done):
        """One visit a group; what fell short, and that it was made up."""
        sheet = self.clock.of_file(
            "summary of supervision, whole county", lambda: exported(self.visitor, "visit_ledger")
        )
        rows = [row for row in sheet if isinstance(row[0], int | float) and row[0]]
        assert len(rows) == self.size.groups and len({row[1] for row in rows}) == self.size.groups
        short = [row for row in rows if row[6]]
        assert [(plain(case.SHORT_WORDS) in row[6], row[9]) for row in short] == [(True, done)]

    def roster(self):
        sheet = self.clock.of_file(
            "roster, whole county", lambda: exported(self.visitor, "member_roster", "member_list")
        )
        assert sum(isinstance(row[0], int | float) and row[0] > 0 for row in sheet) == self.size.members

    def grid(self):
        """One row a branch for the whole county: what rows say, what was typed, and the difference."""
        size = self.size
        asked = self._columns(1)
        assert [self._sums(asked, n) for n in range(2)] == [(size.received, 0, 0), (size.forms, 0, 0)]
        written = self._columns(2)
        accepted, owed, leading, ordinary = (self._sums(written, n) for n in range(4))
        assert accepted == owed == (size.members, 0, 0)
        assert leading == (size.leading, size.told[0], size.told[0] - size.leading)
        assert ordinary == (size.ordinary, size.told[1], size.told[1] - size.ordinary)
        assert self._sums(self._columns(3), 0) == (size.all_branches, 0, 0)

    def _columns(self, position):
        address = reverse("grid_export", args=[self.work.stage(position).pk]) + f"?under={self.top.pk}"
        sent = self.clock.of_file(f"grid of stage {position}, whole county", lambda: self.visitor.client.get(address))
        rows = load_workbook(BytesIO(sent.content)).active.iter_rows(values_only=True)
        found = [row for row in rows if str(row[2]).endswith("村党支部")]
        assert len(found) == self.size.all_branches
        return found

    @staticmethod
    def _sums(rows, place):
        """明细, 汇总数, 差额 of one figure over all branches."""
        return tuple(sum(row[4 + 3 * place + n] or 0 for row in rows) for n in range(3))
