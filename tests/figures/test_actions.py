"""Numbers equal their rows after every action, and typed totals stand beside them."""

import re
from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from appraisals.materials import actions as writing
from appraisals.materials.states import MaterialState
from appraisals.metrics import CODES
from appraisals.models import Material
from figures import actions, totals
from figures.models import Summary, TypedTotal
from figures.registry import SLOTS, Metric, Period, named, register, registered
from figures.units import Unit, read, told
from workflow import checking
from workflow.actors import SYSTEM
from workflow.models import History
from workflow.moves import MoveNotAllowed, NoteRequired

FOUND = ("figures.counted", "figures.summarised", "figures.known", "figures.of_branch")


@pytest.fixture
def period(world):
    return Period(round_key=world.round.pk)


def lines(user, place, period):
    return {line.metric.code: line for line in totals.lines(user, place.path, period, registered())}


def type_(world, value, *, actor=None, code="materials.accepted", branch=None, **facts):
    given = actions.Told(value, as_of=timezone.localdate(), **facts)
    place = branch or world.first
    return actions.type_total(place, code, Period(round_key=world.round.pk), given, actor=actor or world.officer)


# --- rows -----------------------------------------------------------------------------------------------------------
def test_a_round_opened_counts_what_each_branch_owes(world, period):
    for branch in (world.first, world.second):
        owed = Material.objects.filter(round=world.round, organisation=branch).count()
        assert owed and lines(world.officer, branch, period)["materials.owed"].rows == owed
    whole = Material.objects.filter(round=world.round).count()
    assert lines(world.officer, world.county, period)["materials.owed"].rows == whole


def test_each_step_of_a_material_moves_the_numbers(world, period):
    before = lines(world.secretary, world.first, period)
    writing.move_material(world.material, "accept", actor=world.secretary)
    after = lines(world.secretary, world.first, period)
    changed = {code: after[code].rows - before[code].rows for code in after}
    assert changed == {**dict.fromkeys(changed, 0), "materials.waiting": -1, "materials.accepted": 1}


def test_what_is_rolled_back_leaves_the_numbers(world, period):
    before = lines(world.secretary, world.first, period)["materials.accepted"].rows
    with pytest.raises(RuntimeError), transaction.atomic():
        writing.move_material(world.material, "accept", actor=world.secretary)
        raise RuntimeError
    assert lines(world.secretary, world.first, period)["materials.accepted"].rows == before


def test_verify_finds_a_number_that_is_not_its_rows(world, period):
    assert [finding.count for finding in checking.run(FOUND)] == [0, 0, 0, 0]
    Summary.objects.filter(organisation=world.first).of(period).update(n20=999)
    counted = next(checking.run(["figures.counted"]))
    assert counted.count == 1 and counted.keys[0].endswith("materials.owed")


def test_verify_finds_rows_without_a_summary_and_rebuild_mends_both(world, period):
    Summary.objects.filter(organisation=world.second).delete()
    Summary.objects.filter(organisation=world.first).update(n21=5)
    assert next(checking.run(["figures.summarised"])).count == 5  # owed, versions; due, formal; taking part
    actions.rebuild(actor=SYSTEM)
    assert [finding.count for finding in checking.run(FOUND)] == [0, 0, 0, 0]


def test_only_the_system_rebuilds(world):
    with pytest.raises(PermissionDenied):
        actions.rebuild(actor=world.officer)


@pytest.mark.postgres
def test_two_at_once_are_both_counted(committed):
    from tests import cast as people

    world = people.add_rows(people.build(), timezone.localdate())
    materials = list(Material.objects.filter(round=world.round, organisation=world.first, state="draft")[:2])
    period, gate, faults = Period(round_key=world.round.pk), Barrier(2), []

    def hand_in(material):
        try:
            with transaction.atomic():
                Material.objects.filter(pk=material.pk).update(state=MaterialState.SUBMITTED)
                gate.wait(10)  # both have written before either counts
                actions.recount([world.first.pk], period, CODES, actor=SYSTEM)
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [Thread(target=hand_in, args=[material]) for material in materials]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert not faults
    waiting = Material.objects.filter(round=world.round, organisation=world.first, state="submitted").count()
    assert lines(world.officer, world.first, period)["materials.waiting"].rows == waiting


# --- typed totals -----------------------------------------------------------------------------------------------------
def test_a_total_stands_for_the_rows_of_its_branch_and_the_difference_is_shown(world, period):
    writing.move_material(world.material, "accept", actor=world.secretary)
    type_(world, 7)
    line = lines(world.officer, world.county, period)["materials.accepted"]
    assert (line.rows, line.typed, line.covered, line.total, line.difference) == (1, 7, 1, 7, 6)
    second = lines(world.officer, world.second, period)["materials.accepted"]
    assert (second.total, second.difference) == (0, None)


def test_totals_and_rows_of_several_branches_add_up_to_the_county(world, period):
    writing.move_material(world.material, "accept", actor=world.secretary)
    type_(world, 5, branch=world.second)
    line = lines(world.officer, world.county, period)["materials.accepted"]
    assert (line.rows, line.typed, line.total, line.difference) == (1, 5, 6, 5)
    children = totals.by_child(
        world.officer, [world.first.path, world.second.path], period, [named("materials.accepted")]
    )
    assert [child["materials.accepted"].total for child in children.values()] == [1, 5]


def test_the_second_total_replaces_the_first(world, period):
    first = type_(world, 7)
    second = type_(world, 9)
    assert TypedTotal.objects.standing().get() == second
    first.refresh_from_db()
    assert first.state == "void"
    assert [entry.move for entry in History.objects.of(first)] == ["type_total", "replace"]


def test_this_stage_and_to_date_are_never_added(world, period):
    type_(world, 75)
    type_(world, 315, span="to_date")
    line = lines(world.officer, world.first, period)["materials.accepted"]
    assert (line.typed, line.branches) == (75, 1)
    assert TypedTotal.objects.standing().count() == 2


def test_an_approximate_total_stays_one(world, period):
    assert type_(world, 340, approx="over").told.startswith("340余")
    assert lines(world.officer, world.first, period)["materials.accepted"].approx != "exact"
    type_(world, 75)
    assert lines(world.officer, world.first, period)["materials.accepted"].approx == "exact"
    assert [told(340, word) for word in ("exact", "over", "many", "nearly", "about")] == [
        "340", "340余", "340多", "近340", "约340"]  # fmt: skip


def test_above_branches_a_total_is_of_to_date_only(world, period):
    """One of this stage would be added to the rows of the branches that it sums up."""
    with pytest.raises(ValidationError):
        type_(world, 40, branch=world.county)
    type_(world, 40, branch=world.county, span="to_date")
    line = lines(world.officer, world.county, period)["materials.accepted"]
    assert (line.typed, line.branches) == (0, 0)


def test_a_superior_types_for_the_branch_and_says_so(world):
    total = type_(world, 7, actor=world.officer)
    assert total.is_for_branch
    assert History.objects.of(total).last().entered_for == str(world.first)
    actions.move(total, "confirm", actor=world.secretary)
    assert total.state == "confirmed"
    own = type_(world, 8, actor=world.clerk)
    assert not own.is_for_branch


@pytest.mark.parametrize("who", ["member", "supervisor", "sibling", "stranger", "committee_member", "auditor"])
def test_nobody_else_types_totals(world, who):
    with pytest.raises(PermissionDenied):
        type_(world, 7, actor=getattr(world, who))


def test_a_total_of_the_future_or_of_a_year_is_refused(world):
    tomorrow = actions.Told(7, as_of=timezone.localdate() + timedelta(1))
    with pytest.raises(ValidationError):
        actions.type_total(
            world.first, "materials.accepted", Period(round_key=world.round.pk), tomorrow, actor=world.officer
        )
    today = actions.Told(7, as_of=timezone.localdate())
    with pytest.raises(ValidationError):
        actions.type_total(world.first, "materials.accepted", Period(year=2026), today, actor=world.officer)


# --- who reads, and the registry ------------------------------------------------------------------------------------
def test_a_reader_adds_up_only_what_he_sees(world, period):
    whole = lines(world.officer, world.county, period)["materials.owed"].rows
    first = lines(world.officer, world.first, period)["materials.owed"].rows
    assert lines(world.secretary, world.county, period)["materials.owed"].rows == first < whole
    assert lines(world.member, world.county, period)["materials.owed"].rows == 0
    assert lines(world.stranger, world.county, period)["materials.owed"].rows == 0


def test_lines_cost_three_queries_whatever_their_number(world, period, django_assert_num_queries):
    world.officer.reach  # noqa: B018  computed before
    with django_assert_num_queries(2):
        lines(world.officer, world.county, period)
    type_(world, 7)
    with django_assert_num_queries(3):
        lines(world.officer, world.county, period)


@pytest.mark.parametrize("slot", [0, SLOTS + 1, 20])
def test_a_column_is_given_once_and_exists(slot):
    with pytest.raises(ValueError, match="slot"):
        register(Metric("test.other", slot, "Other", Unit.ITEMS, rows=Material.objects.all, round="round_id"))


def test_a_number_is_of_a_round_or_of_a_year():
    with pytest.raises(ValueError, match="a round or a year"):
        register(Metric("test.other", 48, "Other", Unit.ITEMS, rows=Material.objects.all))
    with pytest.raises(ValueError, match="a round or a year"):
        Period(round_key=1, year=2026)


# --- many at once, and how people write numbers -------------------------------------------------------------------------
def entries(world, period, *values, over=None):
    places = (world.first, world.second)
    told = [None if v is None else actions.Told(v, as_of=timezone.localdate()) for v in values]
    return [
        actions.Entry(place, "materials.accepted", period, one, over)
        for place, one in zip(places, told, strict=False)
    ]  # fmt: skip


def standing():
    rows = TypedTotal.objects.standing().order_by("organisation__path")
    return [(row.organisation.name, row.value, row.is_for_branch) for row in rows]


def test_many_are_typed_at_once_replaced_and_made_void(world, period):
    actions.type_totals(entries(world, period, 4, 5), actor=world.officer)
    assert standing() == [("First branch", 4, True), ("Second branch", 5, True)]
    with pytest.raises(NoteRequired):
        actions.type_totals(entries(world, period, 6, None), actor=world.officer)
    assert standing() == [("First branch", 4, True), ("Second branch", 5, True)]
    actions.type_totals(entries(world, period, 6, None), actor=world.officer, note="Twice reported")
    assert standing() == [("First branch", 6, True)]
    history = History.objects.filter(move="type_total").order_by("pk").last()
    assert (history.entered_for, history.target) == ("First branch", "typed")
    assert History.objects.filter(move="void", note="Twice reported").count() == 1
    assert TypedTotal.objects.count() == 3


def test_a_total_that_is_no_longer_the_one_seen_stops_all(world, period):
    first, second = actions.type_totals(entries(world, period, 4, 5), actor=world.officer)
    seen = entries(world, period, 8, over=first.pk)
    type_(world, 7)
    for given in (seen, entries(world, period, 8, over=0), entries(world, period, 8, 9, over=second.pk)):
        with pytest.raises(MoveNotAllowed):
            actions.type_totals(given, actor=world.officer)
    assert standing() == [("First branch", 7, True), ("Second branch", 5, True)]


def test_of_several_branches_one_that_is_not_ones_own_stops_all(world, period):
    with pytest.raises(PermissionDenied):
        actions.type_totals(entries(world, period, 4, 5), actor=world.secretary)
    given = entries(world, period, 4)
    actions.type_totals(given, actor=world.secretary)
    assert standing() == [("First branch", 4, False)]
    with pytest.raises(ValidationError):
        actions.type_totals([replace(given[0], period=Period(year=2026))], actor=world.secretary)


def test_as_many_statements_for_two_as_for_one(world, period):
    counts = []
    for values in ((4,), (5, 6), (7, 8)):
        with CaptureQueriesContext(connection) as asked:
            actions.type_totals(entries(world, period, *values), actor=world.officer)
        counts.append(len(asked))
    assert counts[2] <= counts[1] + 1


@pytest.mark.parametrize(
    ("text", "value", "approx"),
    [
        ("340", 340, "exact"), (" 1,286 ", 1286, "exact"), ("１２", 12, "exact"), ("340余", 340, "over"),
        ("340余人次", 340, "over"), ("300多", 300, "many"), ("近340", 340, "nearly"), ("约 20 份", 20, "about"),
        ("大约20", 20, "about"), ("20左右", 20, "about"), ("0", 0, "exact"), ("99999999", 99_999_999, "exact"),
    ],
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(text, value, approx):
    assert read(text) == (value, approx)


@pytest.mark.parametrize("text", ["", "  ", "—", "--", "未报"])
def test_an_empty_cell_says_nothing(text):
    assert read(text) is None


@pytest.mark.parametrize("text", ["三百", "-3", "3.5", "近340余", "340人340", "100000000", "余", "=1+1", "12a"])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(ValueError, match=re.escape(text)):
        read(text)
