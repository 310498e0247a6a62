"""The registry of metrics: which column is whose for good, what a period is, and what is refused."""

import re

import pytest

from appraisals import actions as rounds
from appraisals.models import Material
from figures import registry
from figures.models import Summary
from figures.registry import SLOTS, Metric, Period, register
from figures.totals import Line, by_child, lines
from figures.units import Unit

TOLD, COUNTED = True, False  # may a total be typed beside the rows?
# A column once used is never given to another number. Code, column, unit, what it is asked of.
SHIPPED = {
    "meetings.general_meeting": ("n01", "times", "year", TOLD),
    "meetings.committee_meeting": ("n02", "times", "year", TOLD),
    "meetings.group_meeting": ("n03", "times", "year", TOLD),
    "meetings.party_lecture": ("n04", "times", "year", TOLD),
    "meetings.theme_day": ("n05", "times", "year", TOLD),
    "meetings.org_life": ("n06", "times", "year", TOLD),
    "meetings.study": ("n07", "times", "year", TOLD),
    "talks.held": ("n08", "times", "year", TOLD),
    "talks.persons": ("n09", "attendances", "year", TOLD),
    "visits.in_round": ("n10", "times", "round", COUNTED),
    "visits.in_year": ("n11", "times", "year", COUNTED),
    "meetings.due": ("n12", "attendances", "year", TOLD),
    "meetings.present": ("n13", "attendances", "year", TOLD),
    "grades.decided": ("n14", "persons", "round", TOLD),
    "grades.fed_back": ("n15", "persons", "round", TOLD),
    "grades.excellent": ("n16", "persons", "round", TOLD),
    "roster.due": ("n17", "persons", "round", COUNTED),
    "roster.formal": ("n18", "persons", "round", COUNTED),
    "roster.probationary": ("n19", "persons", "round", COUNTED),
    "materials.owed": ("n20", "copies", "round", TOLD),
    "materials.waiting": ("n21", "copies", "round", TOLD),
    "materials.accepted": ("n22", "copies", "round", TOLD),
    "materials.versions": ("n23", "pieces", "round", TOLD),
    "opinions.received": ("n24", "mentions", "round", TOLD),
    "opinions.forms_issued": ("n25", "copies", "round", TOLD),
    "opinions.forms_returned": ("n26", "copies", "round", TOLD),
    "opinions.boxes": ("n27", "boxes", "round", TOLD),
    "opinions.hotlines": ("n28", "telephones", "round", TOLD),
    "opinions.fed_back": ("n29", "items", "round", TOLD),
    "opinions.acknowledged": ("n30", "items", "round", TOLD),
    "grades.qualified": ("n31", "persons", "round", TOLD),
    "materials.leading": ("n32", "copies", "round", TOLD),
    "materials.ordinary": ("n33", "copies", "round", TOLD),
    "materials.handed_in": ("n34", "copies", "round", TOLD),
    "materials.entered": ("n35", "pieces", "round", COUNTED),
    "materials.return_reasons": ("n36", "mentions", "round", COUNTED),
    "grades.basically_qualified": ("n37", "persons", "round", TOLD),
    "grades.unqualified": ("n38", "persons", "round", TOLD),
    "progress.branches": ("n40", "branches", "round", COUNTED),
    **{f"progress.passed_{n}": (f"n{40 + n}", "branches", "round", COUNTED) for n in range(1, 9)},
    "problems.in_round": ("n49", "items", "round", TOLD),
    "problems.measures_in_round": ("n50", "items", "round", TOLD),
    "problems.closed_in_round": ("n51", "items", "round", TOLD),
    "problems.late_in_round": ("n52", "items", "round", COUNTED),
    "problems.in_year": ("n53", "items", "year", TOLD),
    "problems.closed_in_year": ("n54", "items", "year", TOLD),
    "problems.late_in_year": ("n55", "items", "year", COUNTED),
    "pledges.in_year": ("n56", "items", "year", TOLD),
    "pledges.kept_in_year": ("n57", "items", "year", TOLD),
}


def metric(slot, code="test.other", **facts):
    return Metric(code, slot, "Other", Unit.ITEMS, rows=Material.objects.all, **(facts or {"round": "round_id"}))


def test_each_number_keeps_its_column_its_unit_and_its_period():
    found = {one.code: (one.column, one.unit.value, "round" if one.round else "year", one.typable)
             for one in registry.registered()}  # fmt: skip
    assert found == SHIPPED


def test_the_summary_has_a_column_for_every_slot():
    columns = [field.name for field in Summary._meta.fields if re.fullmatch(r"n\d\d", field.name)]
    assert columns == [f"n{slot:02}" for slot in range(1, 65)]
    assert SLOTS == 64, "a further one is a migration"


@pytest.mark.parametrize("slot", [1, 64])
def test_the_first_and_the_last_column_can_be_given(monkeypatch, slot):
    kept = {code: one for code, one in registry._metrics.items() if one.slot != slot}
    monkeypatch.setattr(registry, "_metrics", kept)
    assert register(metric(slot)).column == f"n{slot:02}"
    with pytest.raises(ValueError, match="given already"):
        register(metric(slot, "test.one_more"))
    with pytest.raises(ValueError, match="given already"):
        register(metric(40, "test.other"))


def test_a_number_is_of_rounds_or_of_years():
    assert Period(round_key=7).query == "round=7" and Period(year=2026).query == "year=2026"
    of_rounds, of_years = metric(1, round="round_id"), metric(1, year="started_at__year")
    assert (of_rounds.period, of_years.period) == ("round_id", "started_at__year")
    assert [of_rounds.belongs_to(period) for period in (Period(7), Period(year=2026))] == [True, False]
    assert [of_years.belongs_to(period) for period in (Period(7), Period(year=2026))] == [False, True]


def test_what_is_laid_down_for_a_branch_is_told_apart_from_what_it_does():
    assert [one.code for one in registry.registered() if one.is_given] == [
        "roster.due", "roster.formal", "roster.probationary", "materials.owed"]  # fmt: skip


def test_of_a_number_that_keeps_rows_back_a_gate_opens_those_it_counts():
    kept = registry.Reserve(lambda user: Material.objects.none(), Material.objects.none, "&shared=yes")
    facts = {"round": "round_id", "opens": lambda place, period: f"/rows/?at={place}&{period.query}"}
    with_, without = metric(1, **facts, reserve=kept), metric(1, **facts)
    assert with_.opens_shared(7, Period(3)) == "/rows/?at=7&round=3&shared=yes"
    assert without.opens_shared(7, Period(3)) == "/rows/?at=7&round=3"
    assert metric(1, round="round_id", reserve=kept).opens_shared(7, Period(3)) == "", "no page shows them"


def test_one_value_counts_the_rows_of_one_branch_and_period(world):
    rounds.move_round(world.planned, "open", actor=world.officer)
    Material.objects.filter(round=world.planned, organisation=world.first).first().delete()
    owed = registry.named("materials.owed")
    for round_ in (world.round, world.planned):
        for branch in (world.first, world.second):
            rows = Material.objects.filter(round=round_, organisation=branch)
            assert [one["counted"] for one in owed.number(branch.pk, round_.pk)] == [rows.count()]


def test_where_nothing_is_counted_and_nothing_typed_there_is_nothing(world, django_assert_num_queries):
    period = Period(round_key=world.round.pk)
    found = lines(world.stranger, world.other.path, period, registry.registered())
    assert len(found) == sum(bool(metric.round) for metric in registry.registered())
    assert {(line.rows, line.typed, line.approx == "exact", line.difference) for line in found} == {(0, 0, True, None)}
    owed = registry.named("materials.owed")
    none = by_child(world.stranger, [world.third.path], period, [owed])
    assert none == {world.third.path: {owed.code: Line(owed)}} and none[world.third.path][owed.code].total == 0
    with django_assert_num_queries(0):
        assert by_child(world.officer, [], period, [owed]) == {}
        other = by_child(world.officer, [world.first.path], Period(year=2026), [owed])
        assert other[world.first.path][owed.code].total == 0
