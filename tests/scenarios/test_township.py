"""A county of 300 branches of which 40 never sign in: the officer finishes their round by one page and one sheet (F1)."""

import json
from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from appraisals import actions as appraisals
from appraisals.models import Progress, Requirement, Stage
from appraisals.rounds.actions import plan
from branches.actions import organisations
from branches.models import Grant, Organisation, User
from branches.models.organisations import Mode
from figures.actions import rebuild
from meetings.models import CountedAs, Meeting
from tests.scenarios.visits import Visitor, on, serving
from workflow import checking
from workflow.actors import SYSTEM

pytestmark = pytest.mark.django_db

SINCE, TODAY, YEAR = date(2015, 7, 1), date(2026, 12, 3), 2026
TOWNSHIPS, BRANCHES = 10, 30
SILENT = 40  # the whole tenth township, and the last ten branches of the ninth
FINISH = {"do": "finish", "sure": "yes"}  # what is still lacking was read


class County:
    """Ten townships of thirty branches; all but forty of them sign in and have held their meeting."""

    def __init__(self):
        self.top = organisations.found("中共云溪县委员会", actor=SYSTEM, kind="committee", branch_kind="", since=SINCE)
        self.officer = serving("county", since=SINCE, office="officer", organisation=self.top)
        self.towns = [self._found(f"云溪县第{n}镇党总支", "general_branch", self.top) for n in range(1, TOWNSHIPS + 1)]
        branches = self._branches()
        self.heard, self.silent = branches[:-SILENT], branches[-SILENT:]
        # Half of the silent keep their papers by decision; of the others nobody has ever signed in.
        Organisation.objects.filter(pk__in=[b.pk for b in self.silent[::2]]).update(mode=Mode.PAPER)
        self._secretaries(branches)
        self.round = self._open_round()
        self._meetings()

    @staticmethod
    def _found(name, kind, parent):
        branch_kind = "single" if kind == "branch" else ""
        return organisations.found(name, actor=SYSTEM, kind=kind, branch_kind=branch_kind, since=SINCE, parent=parent)

    def _branches(self):
        """Thirty below each township, all at once: founded one by one they would take longer than the story."""
        rows = [
            Organisation(name=f"第{t}镇第{n}村党支部", kind="branch", branch_kind="single", since=SINCE, depth=town.depth + 1,
                         path=Organisation._get_path(town.path, town.depth + 1, n))
            for t, town in enumerate(self.towns, 1) for n in range(1, BRANCHES + 1)
        ]  # fmt: skip
        Organisation.objects.filter(pk__in=[town.pk for town in self.towns]).update(numchild=BRANCHES)
        return Organisation.objects.bulk_create(rows)

    def _secretaries(self, branches):
        heard = {branch.pk for branch in self.heard}
        users = User.objects.bulk_create(
            User(username=f"s{b.pk}", name="书记", last_login=timezone.now() if b.pk in heard else None)
            for b in branches
        )
        Grant.objects.bulk_create(
            Grant(user=user, organisation=branch, office="secretary", since=SINCE)
            for user, branch in zip(users, branches, strict=True)
        )

    def _open_round(self):
        round_ = appraisals.prepare_round(
            self.top, actor=self.officer, aspects=("理想信念",), name="2026年度组织生活会", year=YEAR,
            roster_on=TODAY - timedelta(20), due_on=TODAY + timedelta(20),
        )  # fmt: skip
        for name, gate, needs in (("召开组织生活会", "approval", ("meetings.org_life", 1, "block")),
                                  ("谈心谈话", "report", ("talks.held", 3, "warn"))):  # fmt: skip
            stage = Stage(
                round=round_, name=name, gate=gate, starts_on=TODAY - timedelta(9), ends_on=TODAY + timedelta(9)
            )
            stage = plan.save_stage(stage, actor=self.officer)
            metric, value, severity = needs
            need = Requirement(stage=stage, metric=metric, value=value, severity=severity)
            plan.save_requirement(need, actor=self.officer)
        appraisals.move_round(round_, "open", actor=self.officer)
        return round_

    def _meetings(self):
        began = timezone.make_aware(datetime(2026, 12, 1, 9, 0))
        held = Meeting.objects.bulk_create(
            Meeting(organisation=branch, form="org_life_meeting", theme="组织生活会", appraisal_year=YEAR,
                    started_at=began, state="filed")
            for branch in self.heard
        )  # fmt: skip
        CountedAs.objects.bulk_create(CountedAs(meeting=one, form=one.form, position=0) for one in held)
        rebuild(actor=SYSTEM)

    def stage(self, position):
        return self.round.stages.get(position=position)


@pytest.fixture
def county(db):
    with on(TODAY):
        county = County()
        county.visitor = Visitor(county.officer)
        yield county


def fields_of(page, text=""):
    """What the form of a page of the grid sends: every cell as it stands, or `text` in the first figure."""
    cells = {line.cells[0].name: text or line.cells[0].text for line in page.shown_lines}
    return {"source": "phone", "as_of": str(TODAY), "note": "", "seen": page.seen, **cells}


def picked(page):
    return [line.row.pk for line in page.shown_lines if line.may_pass]


def states(county, position):
    rows = Progress.objects.filter(stage=county.stage(position), organisation__in=county.silent)
    return set(rows.values_list("state", "is_entered_for"))


def by_grid(county, position, town, text):
    """The tenth township on one page: type, save, report and pass."""
    stage, query = county.stage(position), f"?under={town.pk}&only=enter"
    page = county.visitor.client.get(reverse("grid_edit", args=[stage.pk]) + query).context["page"]
    assert len(page.shown_lines) == BRANCHES
    data = fields_of(page, text) | FINISH | {"selected": picked(page)}
    left_out = page.shown_lines[4].cells[0].name
    shown = county.visitor.post("grid_edit", stage.pk, query=query, **{**data, left_out: ""})
    if position == 1:  # nothing was reported for one: its meeting blocks, and it alone stays
        (line, why) = shown.context["page"].refused[0]
        assert len(shown.context["page"].refused) == 1 and "已有 0，应有 1" in why
        assert f"{line.row.organisation.label}</a>：{why}" in shown.content.decode()
        page = county.visitor.client.get(reverse("grid_edit", args=[stage.pk]) + query).context["page"]
        assert [line.row.organisation.name for line in page.shown_lines] == ["第10镇第5村党支部"]
        data = fields_of(page, text) | FINISH | {"selected": picked(page)}
        county.visitor.post("grid_edit", stage.pk, query=query, **data)


def by_sheet(county, position, town, text):
    """The last ten of the ninth: the sheet goes out, is filled in and sent back, then they pass."""
    stage, query = county.stage(position), f"?under={town.pk}&only=enter"
    sent = county.visitor.client.get(reverse("grid_export", args=[stage.pk]) + query)
    book = load_workbook(BytesIO(sent.content))
    rows = [row for row in book.active.iter_rows() if str(row[2].value).endswith("村党支部")]
    assert len(rows) == SILENT - BRANCHES
    for row in rows:
        row[5].value = text
    out = BytesIO()
    book.save(out)
    told = {"source": "paper", "as_of": str(TODAY), "note": "汇总表一份"}
    for again in (False, True):
        file = SimpleUploadedFile("township.xlsx", out.getvalue())
        found = county.visitor.post("grid_import", stage.pk, query=query, file=file, **told).context["page"]
        assert [n for n, _words in found.counts] == ([0, 0, len(rows), 0] if again else [len(rows), 0, 0, 0])
        if not again:
            assert len(json.loads(found.cells)) == len(rows)
            county.visitor.post("grid_import", stage.pk, query=query, cells=found.cells, seen=found.seen, **told)
    page = county.visitor.client.get(reverse("grid_edit", args=[stage.pk]) + query).context["page"]
    county.visitor.post("grid_edit", stage.pk, query=query, selected=picked(page), **fields_of(page), **FINISH)


def test_the_officer_finishes_the_round_of_forty_branches_that_never_sign_in(county):
    first = county.visitor.get("dashboard").content.decode()
    assert "召开组织生活会：20 个党支部待代录" in first and first.count("待代录") < 5
    *_others, ninth, tenth = county.towns
    by_grid(county, 1, tenth, "1")
    by_sheet(county, 1, ninth, 1)
    assert states(county, 1) == {("passed", True)}
    by_grid(county, 2, tenth, "5余")
    by_sheet(county, 2, ninth, "近4")
    assert states(county, 2) == {("passed", True)}
    assert "待代录" not in county.visitor.get("dashboard").content.decode()

    # County totals: rows and totals, each apart, and together.
    page = county.visitor.get("figure_list", under=county.top.pk, year=YEAR)
    line = next(one.line for one in page.context["board"].lines if one.line.metric.code == "meetings.org_life")
    assert (line.rows, line.typed, line.branches, line.total, line.difference) == (260, 40, 40, 300, 40)
    town = next(one.line for one in page.context["board"].lines if one.line.metric.code == "talks.held")
    assert (town.rows, town.typed, town.approx == "exact") == (0, 29 * 5 + 10 * 4, False)
    assert ">260<" in page.content.decode() and ">300<" in page.content.decode()
    board = county.visitor.get("progress_board", county.round.pk).content.decode()
    assert "40 / 300" in board and "逾期" not in board

    # The same in the file of the county: one row a branch, what rows say and what was typed side by side.
    sent = county.visitor.client.get(reverse("grid_export", args=[county.stage(1).pk]) + f"?under={county.top.pk}")
    rows = [row for row in load_workbook(BytesIO(sent.content)).active.iter_rows(values_only=True)
            if str(row[2]).endswith("村党支部")]  # fmt: skip
    assert len(rows) == 300 and sum(row[4] for row in rows) == 260 and sum(row[5] or 0 for row in rows) == 40
    assert [row[2] for row in rows[:2]] == ["第1镇第1村党支部", "第1镇第2村党支部"]
    assert [
        found for found in checking.run(("figures.counted", "figures.of_branch", "rounds.dated")) if found.count
    ] == []
