"""The grid 代录汇总: what a cell becomes, all or nothing, nothing lost, and a stage passed for branches on paper (F1)."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from appraisals.models import Progress, Requirement
from appraisals.rounds.grid import actions
from appraisals.rounds.grid.sheet import Standing
from appraisals.rounds.grid.typed import Seen, Sent, Verdict, judge
from branches.actions import organisations
from branches.models import User
from figures.models import TypedTotal
from figures.registry import named
from reminders.todos import sections, waiting
from tests import cast
from workflow.models import History


@pytest.fixture
def grid(world, client):
    client.force_login(world.officer)
    stage = world.round.stages.get(position=1)
    return Grid(client, stage, reverse("grid_edit", args=[stage.pk]))


class Grid:
    """The page as a browser without script knows it."""

    def __init__(self, client, stage, address):
        self.client, self.stage, self.address = client, stage, address

    def get(self, query=""):
        return self.client.get(self.address + query)

    def fields(self, query=""):
        """What the form of the page would send, nothing touched."""
        page = self.get(query).context["page"]
        cells = {cell.name: cell.text for line in page.shown_lines for cell in line.cells}
        return {"source": "phone", "as_of": timezone.localdate().isoformat(), "note": "", "seen": page.seen, **cells}

    def save(self, data, **more):
        return self.client.post(self.address, {**data, **more})


def name(branch, slot=None):
    return f"t-{branch.pk}-{slot or named('materials.accepted').slot}"


def standing():
    rows = TypedTotal.objects.standing().order_by("organisation__path", "metric")
    return [(row.organisation.name, row.metric, row.told, row.source) for row in rows]


# --- what a cell becomes --------------------------------------------------------------------------------------------
STANDS = Standing(7, (340, "over"))


@pytest.mark.parametrize(
    ("text", "seen", "standing", "verdict"),
    [
        ("", Seen(), Standing(), Verdict.SAME),
        ("12", Seen(), Standing(), Verdict.NEW),
        ("340余", Seen(7, "340余"), STANDS, Verdict.SAME),
        ("340余人", Seen(7, "340余"), STANDS, Verdict.SAME),
        ("340", Seen(7, "340余"), STANDS, Verdict.CHANGED),
        ("", Seen(7, "340余"), STANDS, Verdict.EMPTIED),
        ("many", Seen(7, "340余"), STANDS, Verdict.WRONG),
        # Somebody else was there meanwhile.
        ("12", Seen(), STANDS, Verdict.CONFLICT),
        ("12", Seen(6, "11"), STANDS, Verdict.CONFLICT),
        ("", Seen(6, "11"), STANDS, Verdict.CONFLICT),
        ("11", Seen(6, "11"), STANDS, Verdict.SAME),  # untouched here
        ("340余", Seen(6, "11"), STANDS, Verdict.SAME),  # both say the same
        ("12", Seen(7, "340余"), Standing(), Verdict.CONFLICT),
    ],
)
def test_a_cell_is_judged_by_what_was_seen_and_what_stands(text, seen, standing, verdict):
    assert judge(text, seen, standing) is verdict


@pytest.mark.parametrize("told", ["", "[]", "{", '{"t-1-2": 3}', '{"t-1-2": ["7", "3"]}', '{"t-1-2": [7, "nonsense"]}'])
def test_what_a_browser_may_say_it_saw(told):
    sent = Sent.of({"t-1-2": " 5 ", "seen": told, "other": "9"})
    assert sent.seen.get("t-1-2", Seen()) == Seen() and sent.texts == {"t-1-2": "5"}


@pytest.mark.parametrize("name", ["t-1", "t-x-2", "t-x-y", "t-1-y", f"t-{10**30}-2", "t-1-2-3"])
def test_of_what_is_no_name_of_a_cell_there_is_no_branch(name):
    assert Sent.of({name: "5", "t-7-2": "5"}).places == {7}


def test_cells_come_one_by_one_or_all_in_one_and_neither_is_longer_than_a_number():
    long = "9" * 41
    sent = Sent.of({"t-1-2": long, "cells": json.dumps({"t-3-2": long, "t-4-2": " 8", "t-5-2": 8})})
    assert sent.texts == {"t-1-2": long[:40], "t-3-2": long[:40], "t-4-2": " 8"}


# --- the page -------------------------------------------------------------------------------------------------------
def test_rows_are_the_branches_in_set_order_and_columns_what_the_stage_asks_for(world, grid):
    page = grid.get().context["page"]
    assert [line.row.organisation.name for line in page.shown_lines] == ["First branch", "Second branch"]
    assert [column.metric.code for column in page.columns] == ["materials.accepted", "materials.owed"]
    assert page.shown_lines[0].is_short


def test_cells_are_saved_marked_and_shown_with_the_difference(world, grid):
    data = grid.fields()
    answer = grid.save({**data, name(world.first): "340余", name(world.second): "2", "note": "Called Ms Wang"})
    assert answer.status_code == 302
    assert standing() == [
        ("First branch", "materials.accepted", "340余份", "phone"),
        ("Second branch", "materials.accepted", "2份", "phone"),
    ]
    total = TypedTotal.objects.first()
    assert total.is_for_branch and total.note == "Called Ms Wang" and total.as_of == timezone.localdate()
    words = grid.get().content.decode()
    assert 'value="340余"' in words and ">+340<" in words


def test_unchanged_cells_write_nothing(world, grid):
    grid.save({**grid.fields(), name(world.first): "3"})
    rows, told = TypedTotal.objects.count(), History.objects.count()
    assert grid.save(grid.fields()).status_code == 302
    assert (TypedTotal.objects.count(), History.objects.count()) == (rows, told)


def test_a_new_number_keeps_the_old_one_as_replaced(world, grid):
    grid.save({**grid.fields(), name(world.first): "3"})
    grid.save({**grid.fields(), name(world.first): "4"})
    assert sorted(TypedTotal.objects.values_list("value", "state")) == [(3, "void"), (4, "typed")]


def test_one_bad_cell_keeps_all_of_them_and_writes_none(world, grid):
    answer = grid.save({**grid.fields(), name(world.first): "three", name(world.second): "2"})
    words = answer.content.decode()
    assert answer.status_code == 200 and not standing()
    assert 'value="three"' in words and 'value="2"' in words and "不是数字" in words


def test_what_is_wrong_above_the_grid_keeps_the_cells(world, grid):
    later = (timezone.localdate() + timedelta(1)).isoformat()
    answer = grid.save({**grid.fields(), name(world.first): "9"}, as_of=later)
    assert answer.status_code == 200 and not standing() and 'value="9"' in answer.content.decode()


def test_to_empty_a_cell_asks_for_a_reason_and_makes_the_total_void(world, grid):
    grid.save({**grid.fields(), name(world.first): "3"})
    answer = grid.save({**grid.fields(), name(world.first): ""})
    assert answer.status_code == 200 and len(standing()) == 1 and "作废" in answer.content.decode()
    grid.save({**grid.fields(), name(world.first): ""}, note="Reported by mistake")
    assert not standing() and History.objects.get(move="void").note == "Reported by mistake"


def test_whoever_comes_second_sees_both_and_loses_nothing(world, grid):
    before = grid.fields()
    grid.save({**before, name(world.first): "3"})
    answer = grid.save({**before, name(world.first): "5", name(world.second): "8"})
    words = answer.content.decode()
    assert answer.status_code == 409 and standing() == [("First branch", "materials.accepted", "3份", "phone")]
    assert 'value="5"' in words and 'value="8"' in words and "现为：3" in words
    seen = answer.context["page"].seen  # pressing once more is meant
    grid.save({**before, name(world.first): "5", name(world.second): "8", "seen": seen})
    assert [row[2] for row in standing()] == ["5份", "8份"]


def test_somebody_faster_between_reading_and_writing_is_told_as_well(world, grid, monkeypatch):
    real, data = actions.save, grid.fields()

    def save(*given, **named):
        monkeypatch.setattr(actions, "save", real)
        grid.save({**data, name(world.first): "1"})
        return real(*given, **named)

    monkeypatch.setattr(actions, "save", save)
    assert grid.save({**data, name(world.first): "2"}).status_code == 409
    assert [row[2] for row in standing()] == ["1份"]


def test_branches_elsewhere_are_nobody_s_to_type_for(world, grid):
    data = {**grid.fields(), name(world.third): "5"}
    assert grid.save(data).status_code == 302 and not standing()
    grid.client.force_login(world.stranger)
    assert grid.get().status_code == 404


def test_a_closed_round_is_only_read(world, grid):
    data = grid.fields()
    world.round.state = "closed"
    world.round.save()
    assert "readonly" in grid.get().content.decode()
    answer = grid.save({**data, name(world.first): "5"})
    assert answer.status_code == 200 and not standing() and 'value="5"' in answer.content.decode()


# --- narrowing ------------------------------------------------------------------------------------------------------
def shown(answer):
    return [line.row.organisation.name for line in answer.context["page"].shown_lines]


def test_only_those_that_wait_to_be_entered(world, grid):
    assert shown(grid.get("?only=enter")) == ["First branch", "Second branch"]  # nobody has ever signed in
    world.secretary.last_login = timezone.now()
    world.secretary.save()
    assert shown(grid.get("?only=enter")) == ["Second branch"]
    organisations.settle(world.first, mode="paper", actor=world.officer)
    assert shown(grid.get("?only=enter")) == ["First branch", "Second branch"]


def test_only_those_that_lack_something(world, grid):
    Requirement.objects.filter(stage=grid.stage).update(operator="at_least", value=2, base="")
    assert shown(grid.get("?only=short")) == ["First branch", "Second branch"]
    grid.save({**grid.fields(), name(world.first): "2"})
    assert shown(grid.get("?only=short")) == ["Second branch"]


def test_a_place_outside_the_round_is_not_found(world, grid):
    assert shown(grid.get(f"?under={world.second.pk}")) == ["Second branch"]
    assert grid.get(f"?under={world.third.pk}").status_code == 404
    assert grid.get("?under=x").status_code == 404


# --- passing the stage ----------------------------------------------------------------------------------------------
def at(world, position, branch):
    return Progress.objects.get(round=world.round, organisation=branch, stage__position=position)


def keys(world, position=1):
    return [at(world, position, branch).pk for branch in (world.first, world.second)]


def test_a_stage_with_consent_is_requested_and_passed_in_one_go_with_the_mark(world, grid):
    sent = {"do": "finish", "selected": keys(world)}
    asking = grid.save({**grid.fields(), name(world.first): "9"}, **sent)
    page = asking.context["page"]
    assert asking.status_code == 200 and page.asking.startswith("Second branch：未达到要求：")  # the first has 9
    assert at(world, 1, world.first).state == "working" and page.picked == set(keys(world))
    assert 'name="sure"' in asking.content.decode()
    assert grid.save(grid.fields(), **sent, sure="yes").status_code == 302
    for branch in (world.first, world.second):
        row = at(world, 1, branch)
        assert (row.state, row.is_marked, row.passed_on) == ("passed", True, timezone.localdate())
        assert at(world, 2, branch).state == "working"
    told = History.objects.filter(move="request").values_list("entered_for", flat=True)
    assert set(told) == {"First branch", "Second branch"}


def test_what_blocks_is_listed_branch_by_branch_and_the_others_pass(world, grid):
    Requirement.objects.filter(stage=grid.stage).update(operator="at_least", value=2, base="", severity="block")
    answer = grid.save({**grid.fields(), name(world.first): "2"}, do="finish", selected=keys(world))
    assert at(world, 1, world.first).state == "passed" and at(world, 1, world.second).state == "working"
    (line, why) = answer.context["page"].refused[0]
    assert line.row.organisation == world.second and "0" in why and why in answer.content.decode()


def test_nothing_passes_where_a_cell_is_wrong(world, grid):
    answer = grid.save({**grid.fields(), name(world.first): "x"}, do="finish", selected=keys(world))
    assert at(world, 1, world.second).state == "working"
    assert answer.content.decode().count(" checked") == 2


def test_a_stage_ahead_says_which_one_is_not_passed(world, grid):
    later = world.round.stages.get(position=2)
    other = Grid(grid.client, later, reverse("grid_edit", args=[later.pk]))
    (_line, why) = other.save(other.fields(), do="finish", selected=keys(world, 2)[:1]).context["page"].refused[0]
    assert "Writing" in why


def test_whoever_only_supervises_does_not_enter(world, client):
    stage = world.round.stages.get(position=1)
    for user, code in ((world.supervisor, 403), (world.liaison, 403), (world.secretary, 403), (world.auditor, 404)):
        client.force_login(user)
        assert client.get(reverse("grid_edit", args=[stage.pk])).status_code == code


# --- branches on paper ----------------------------------------------------------------------------------------------
def test_branches_on_paper_are_one_line_of_the_officer_and_stand_on_the_board(world, grid):
    def lines(user):
        return [
            str(item.text) for todo, _n in waiting(user) if todo.code == "stage_enter" for item in items(todo, user)
        ]

    def items(todo, user):
        return [item for item, _sign in todo.lines(todo.rows(user), timezone.localdate())]

    assert not lines(User.objects.get(pk=world.officer.pk))
    for branch in (world.first, world.second):
        organisations.settle(branch, mode="paper", actor=world.officer)
    officer = User.objects.get(pk=world.officer.pk)
    assert lines(officer) == ["Writing：2 个党支部待代录"] and sections(officer, 5)[0].count
    for user in (world.supervisor, world.secretary, world.stranger):
        assert not lines(User.objects.get(pk=user.pk))
    words = grid.client.get(reverse("progress_board", args=[world.round.pk])).content.decode()
    assert "待代录 2" in words and "逾期" not in words
    Progress.objects.update(due_on=timezone.localdate() - timedelta(3))
    assert "逾期" not in grid.client.get(reverse("progress_board", args=[world.round.pk])).content.decode()


@pytest.mark.parametrize("action", ["read", "save", "finish"])
def test_as_many_queries_for_a_hundred_branches_as_for_twenty(world, grid, action):
    def asked(n):
        with CaptureQueriesContext(connection) as queries:
            if action == "read":
                assert len(shown(grid.get())) >= n
            else:
                more = {"do": "finish", "selected": picked} if action == "finish" else {}
                assert grid.save({**fields, **dict.fromkeys(cells, str(n))}, **more).status_code == 302
        # SQLite takes so many values a statement and no more: rows go in by batches, and are no query a row.
        return [q["sql"][:300] for q in queries if not q["sql"].startswith(("INSERT", "SAVEPOINT", "RELEASE"))]

    found = []
    for n in (20, 98):
        add_branches(world, n)
        fields = grid.fields()
        cells = [key for key in fields if key.endswith(f"-{named('materials.accepted').slot}")]
        rows = Progress.objects.filter(stage=grid.stage, state="working")
        picked = list(rows.values_list("pk", flat=True))
        grid.save({**fields, **dict.fromkeys(cells, "1")})
        fields = grid.fields()
        found.append(asked(n))
    assert len(found[1]) <= len(found[0]) + (action == "finish"), found


def add_branches(world, n):
    stages = list(world.round.stages.all())
    for number in range(n - Progress.objects.filter(stage=stages[0]).count()):
        branch = cast.found(f"Branch {n}-{number}", "branch", world.county)
        for stage in stages:
            state = "working" if stage.position == 1 else "ahead"
            Progress.objects.create(
                round=world.round, stage=stage, organisation=branch, due_on=stage.ends_on, state=state
            )
