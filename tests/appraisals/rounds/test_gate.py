"""The gate of a stage, computed from figures, and what happens to a branch on its way (users.md F1, F13)."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from appraisals import actions as appraisals
from appraisals.materials.states import MaterialState
from appraisals.models import MakeupItem, Material, Progress, Requirement, RosterEntry
from appraisals.rounds.actions import gate, makeup, plan
from appraisals.rounds.gate import Finding, findings, typed_codes
from branches.actions import structure
from branches.models import DayOff, Organisation, User
from figures import actions as figures
from figures.models import Summary
from figures.registry import Period
from figures.totals import Number
from meetings import actions as meetings
from reminders import todos
from workflow.models import History
from workflow.moves import MoveNotAllowed, NoteRequired

PARTS = ("stage", "organisation", "organisation__successor", "round", "round__organisation")


def at(world, position, branch=None):
    rows = Progress.objects.select_related(*PARTS)
    return rows.get(round=world.round, organisation=branch or world.first, stage__position=position)


def states(world, branch=None):
    rows = Progress.objects.filter(round=world.round, organisation=branch or world.first).order_by("stage__position")
    return list(rows.values_list("state", flat=True))


def numbers(world, branch=None):
    """(taking part, first passed, second passed) as the summary keeps them."""
    row = Summary.objects.of(Period(round_key=world.round.pk)).get(organisation=branch or world.first)
    return row.n40, row.n41, row.n42


def pass_first(world):
    gate.move(at(world, 1), "request", actor=world.secretary)
    gate.move(at(world, 1), "pass_on", actor=world.officer)


def test_opening_puts_every_branch_at_the_first_stage(world):
    assert states(world) == states(world, world.second) == ["working", "ahead"]
    assert numbers(world) == (1, 0, 0)
    assert not Progress.objects.filter(organisation=world.third).exists()


def test_the_roster_is_the_register_of_its_day_each_member_once(world):
    rows = RosterEntry.objects.filter(round=world.round)
    assert {row.member.name: row.organisation_id for row in rows.select_related("member")} == {
        **dict.fromkeys(["甲书记", "乙委员", "丙干事", "丁组长", "戊同志"], world.first.pk),
        **dict.fromkeys(["己书记", "庚同志"], world.second.pk),
    }
    row = Summary.objects.of(Period(round_key=world.round.pk)).get(organisation=world.first)
    assert (row.n17, row.n18, row.n19) == (5, 5, 0)


def test_what_is_missing_is_told_with_its_numbers_and_goes_along(world):
    first = at(world, 1)
    (found,) = findings([first], world.secretary)[first.pk]
    assert (found.number.value, found.needed, found.missing, found.is_met, found.blocks) == (0, 6, 6, False, False)
    gate.move(first, "request", actor=world.secretary)
    assert (at(world, 1).lacking, at(world, 1).requested_on) == (1, timezone.localdate())


def test_each_row_is_asked_what_its_own_stage_requires_now(world):
    rows = [at(world, 1), at(world, 2), at(world, 1, world.second)]
    asked = findings(rows, world.officer)
    assert [[one.requirement.metric for one in asked[row.pk]] for row in rows] == [
        ["materials.accepted"], ["meetings.org_life"], ["materials.accepted"]]  # fmt: skip
    (one,) = asked[rows[1].pk]
    assert (one.number.value, one.needed, one.missing, one.is_met) == (0, 1, 1, False)
    Requirement.objects.filter(metric="meetings.org_life").update(severity="off")
    assert findings(rows, world.officer)[rows[1].pk] == []


def test_each_row_is_judged_by_the_figures_of_its_own_round(world):
    plan.copy_plan(world.planned, world.round, actor=world.officer)
    appraisals.move_round(world.planned, "open", actor=world.officer)
    Material.objects.filter(round=world.round, organisation=world.first).exclude(author=None)[0].delete()
    figures.recount([world.first.pk], Period(round_key=world.round.pk), ["materials.owed"], actor=world.officer)
    first = Progress.objects.filter(organisation=world.first, stage__position=1).select_related(*PARTS)
    alone = {row.pk: findings([row], world.officer)[row.pk] for row in first}
    assert findings(first, world.officer) == alone
    assert len({found[0].base.value for found in alone.values()}) == 2  # and the rounds do differ


def test_totals_are_typed_of_what_may_be_told_and_never_of_what_is_only_counted():
    asked = [
        Requirement(metric="materials.accepted", base="materials.owed", operator="share", value=80),
        Requirement(metric="visits.in_round", value=1),
        Requirement(metric="materials.owed", value=1),
    ]
    assert typed_codes(asked) == ["materials.accepted", "materials.owed"]


@pytest.mark.parametrize(("counted", "missing"), [(0, 5), (2, 3), (5, 0), (7, 0)])
def test_how_much_is_missing(counted, missing):
    found = Finding(Requirement(metric="talks.held", value=5), 1, 1, 2026, Number(counted), Number())
    assert (found.missing, found.is_met) == (missing, missing == 0)


@pytest.mark.parametrize(
    ("base", "met", "lacks", "nobody"),
    [
        ("opinions.forms_issued", False, True, False),  # nobody has issued a form: nothing done meets nothing
        ("meetings.general_meeting", False, True, False),
        ("materials.owed", True, False, True),  # the round asks nothing of anybody here
        ("roster.due", True, False, True),
    ],
)
def test_a_share_of_nothing_is_met_only_where_nobody_owes_anything(base, met, lacks, nobody):
    share = Requirement(metric="materials.accepted", base=base, operator="share", value=80)
    found = Finding(share, 1, 1, 2026, Number(), Number())
    assert (found.is_met, found.lacks_base, found.nobody_owes, found.missing) == (met, lacks, nobody, 0)
    some = Finding(share, 1, 1, 2026, Number(0), Number(1))
    assert (some.is_met, some.lacks_base, some.nobody_owes, some.missing) == (False, False, False, 1)


def test_a_share_of_nothing_says_so_in_words(client, world):
    stage = at(world, 1).stage
    share = {"metric": "opinions.forms_returned", "base": "opinions.forms_issued", "operator": "share"}
    Requirement.objects.create(stage=stage, position=9, value=60, severity="block", **share)
    with pytest.raises(ValidationError, match="暂无可计数的对象，“征求意见表发出”为0"):
        gate.move(at(world, 1), "request", actor=world.secretary)
    Requirement.objects.filter(metric="materials.accepted").update(metric="roster.formal", base="roster.probationary")
    client.force_login(world.secretary)
    page = client.get(at(world, 1).get_absolute_url()).content.decode()
    assert "暂无可计数的对象" in page and "已达到：本支部无应完成对象" in page


def test_a_share_is_rounded_up():
    assert Requirement(operator="share", value=100, base="x").needs(200) == 200
    assert [Requirement(operator="share", value=66, base="x").needs(n) for n in (0, 1, 3, 50)] == [0, 1, 2, 33]
    assert Requirement(operator="at_least", value=2).needs(99) == 2


def test_a_typed_total_counts_in_place_of_rows_and_says_so(world):
    told = figures.Told(6, as_of=timezone.localdate())
    figures.type_total(world.first, "materials.accepted", Period(round_key=world.round.pk), told, actor=world.officer)
    first = at(world, 1)
    (found,) = findings([first], world.officer)[first.pk]
    assert (found.number.rows, found.number.typed, found.is_met, found.is_typed) == (0, 6, True, True)


def test_what_blocks_refuses_and_says_what_is_missing(world):
    pass_first(world)
    with pytest.raises(ValidationError, match="0"):
        gate.move(at(world, 2), "report", actor=world.secretary)
    assert states(world) == ["passed", "working"]
    meetings.move(world.meeting, "accept", actor=world.officer)
    assert Summary.objects.of(Period(year=2025)).get(organisation=world.first).n06 == 1
    world.round.year = 2025
    world.round.save()
    gate.move(at(world, 2), "report", actor=world.secretary)
    assert states(world) == ["passed", "passed"] and numbers(world) == (1, 1, 1)


def test_a_stage_waits_for_the_one_before(world):
    Progress.objects.filter(pk=at(world, 2).pk).update(state="working")
    with pytest.raises(ValidationError, match="Writing"):
        gate.move(at(world, 2), "report", actor=world.secretary)


def test_passing_begins_the_next_stage_and_leaves_out_an_exempt_one(world):
    gate.move(at(world, 2), "exempt", actor=world.officer, note="Flood")
    pass_first(world)
    assert states(world) == ["passed", "exempt"]
    pass_second = at(world, 1, world.second)
    gate.move(pass_second, "request", actor=world.sibling)
    gate.move(pass_second, "pass_on", actor=world.supervisor)
    assert states(world, world.second) == ["passed", "working"]
    assert [row.move for row in History.objects.of(at(world, 2, world.second))] == ["begin"]


def test_the_day_is_kept_on_which_a_stage_is_behind_the_branch(world):
    gate.move(at(world, 1), "request", actor=world.secretary)
    assert at(world, 1).passed_on is None
    gate.move(at(world, 1), "pass_on", actor=world.officer)
    assert at(world, 1).passed_on == timezone.localdate()


def test_exempt_from_the_stage_at_hand_goes_on_to_the_next(world):
    gate.move(at(world, 1), "exempt", actor=world.officer, note="New branch")
    assert states(world) == ["exempt", "working"] and numbers(world) == (0, 0, 0)


def test_a_spoken_consent_says_whose_and_waits_for_no_click(world):
    gate.move(at(world, 1), "request", actor=world.secretary)
    with pytest.raises(NoteRequired):
        gate.move(at(world, 1), "consent", actor=world.secretary)
    gate.move(at(world, 1), "consent", actor=world.secretary, note="The officer, today, by telephone")
    assert states(world) == ["passed", "working"]


def test_waiting_for_the_superior_and_paper_branches_are_never_late(world):
    late = timezone.localdate() + timedelta(60)
    assert {row.organisation_id for row in Progress.objects.overdue(late)} == {world.first.pk, world.second.pk}
    gate.move(at(world, 1), "request", actor=world.secretary)
    Organisation.objects.filter(pk=world.second.pk).update(mode="paper")
    assert not Progress.objects.overdue(late).exists()
    assert [row.organisation_id for row in Progress.objects.to_enter()] == [world.second.pk]


@time_machine.travel("2026-09-29 09:00+08:00", tick=False)
def test_a_superior_who_has_not_answered_after_three_working_days_is_overdue_and_not_the_branch(world):
    for day in (1, 2):
        DayOff.objects.create(organisation=world.county, day=date(2026, 10, day), kind="free", name="National day")
    gate.move(at(world, 1), "request", actor=world.secretary)
    row = at(world, 1)
    assert row.answer_by == date(2026, 10, 6)  # Wednesday, and after two free days and a week-end Monday, Tuesday
    for day, told in ((6, "今天截止"), (8, "逾期 2 天")):
        with time_machine.travel(f"2026-10-0{day} 09:00+08:00", tick=False):
            sections = todos.sections(User.objects.get(pk=world.officer.pk), 9)
            assert [told in str(s.lines) for s in sections if s.todo.code == "gate_decide"] == [True]
    gate.move(row, "pass_on", actor=world.officer)
    Requirement.objects.all().delete()
    gate.move(at(world, 2), "report", actor=world.secretary)
    assert at(world, 2).answer_by is None  # nobody's answer is waited for


def test_the_superior_gives_back_with_items_that_are_closed_by_a_second_look(world):
    gate.move(at(world, 1), "request", actor=world.secretary)
    until = timezone.localdate() + timedelta(7)
    gate.give_back(at(world, 1), ["Two more talks", "One aspect"], until, actor=world.supervisor, note="Too thin")
    assert states(world)[0] == "returned" and numbers(world) == (1, 0, 0)
    items = list(MakeupItem.objects.order_by("pk").select_related("organisation"))
    assert [(item.what, item.due_on, item.state) for item in items] == [
        ("Two more talks", until, "open"), ("One aspect", until, "open")]  # fmt: skip
    with pytest.raises(PermissionDenied):
        makeup.move(items[0], "make_up", actor=world.clerk, note="Done")
    makeup.move(items[0], "make_up", actor=world.secretary, note="Held, see the talks of today")
    with pytest.raises(PermissionDenied):
        makeup.move(items[0], "close", actor=world.secretary)
    makeup.move(items[0], "close", actor=world.supervisor)
    gate.move(at(world, 1), "request", actor=world.secretary)
    assert states(world)[0] == "requested"


def test_more_time_ends_later_and_says_why(world):
    first = at(world, 1)
    with pytest.raises(ValidationError):
        gate.extend(first, first.due_on, actor=world.officer, note="Flood")
    with pytest.raises(ValidationError):
        gate.extend(first, first.due_on + timedelta(1), actor=world.officer, note=" ")
    gate.extend(first, first.due_on + timedelta(9), actor=world.officer, note="Flood")
    assert at(world, 1).due_on == first.due_on + timedelta(9)
    with pytest.raises(PermissionDenied):
        gate.extend(first, first.due_on + timedelta(20), actor=world.secretary, note="Flood")


def test_nothing_moves_in_a_closed_round_and_strangers_are_not_told(world):
    appraisals.move_round(world.round, "close", actor=world.officer)
    with pytest.raises(MoveNotAllowed):
        gate.move(at(world, 1), "request", actor=world.secretary)
    for name, user in (("request", world.sibling), ("request", world.supervisor), ("pass_on", world.secretary)):
        with pytest.raises(PermissionDenied):  # who may make other moves is not told either
            gate.move(at(world, 1), name, actor=user)


def test_one_deed_for_many_tells_each_branch_and_what_refused(world, django_assert_max_num_queries):
    rows = list(Progress.objects.filter(stage__position=1, round=world.round).select_related(*PARTS))
    gate.move(rows[0], "request", actor=world.secretary)
    with django_assert_max_num_queries(45):
        found = gate.move_many(rows, "request", actor=world.officer)
    assert ([row.organisation_id for row in found.moved], list(found.refused)) == ([world.second.pk], [rows[0].pk])
    entry = History.objects.of(at(world, 1, world.second)).last()
    assert (entry.move, entry.source, entry.target, entry.entered_for) == (
        "request", "working", "requested", "Second branch")  # fmt: skip
    assert gate.move_many(list(Progress.objects.filter(stage__position=1).select_related(*PARTS)), "pass_on",
                          actor=world.officer).refused == {}  # fmt: skip
    assert states(world) == states(world, world.second) == ["passed", "working"]
    assert numbers(world, world.second) == (1, 1, 0)


def test_nobody_moves_many_whom_he_may_not_move_one_by_one(world):
    rows = list(Progress.objects.filter(stage__position=1, round=world.round).select_related(*PARTS))
    found = gate.move_many(rows, "request", actor=world.secretary)
    assert [row.organisation_id for row in found.moved] == [world.first.pk] and len(found.refused) == 1


def test_a_merged_branch_is_closed_and_its_members_are_counted_once(world):
    Material.objects.filter(organisation=world.second).update(state=MaterialState.ACCEPTED)
    Material.objects.filter(organisation=world.first).update(state=MaterialState.ACCEPTED)
    with pytest.raises(MoveNotAllowed):
        gate.move(at(world, 1, world.second), "merge", actor=world.officer)
    structure.merge(world.second, actor=world.officer, into=world.first, since=timezone.localdate())
    gate.move(at(world, 1, world.second), "merge", actor=world.officer)
    assert states(world, world.second) == ["merged", "merged"]
    rows = RosterEntry.objects.filter(round=world.round)
    assert (rows.filter(organisation=world.first).count(), rows.count()) == (7, 7)
    first = Summary.objects.of(Period(round_key=world.round.pk)).get(organisation=world.first)
    second = Summary.objects.of(Period(round_key=world.round.pk)).get(organisation=world.second)
    assert (first.n17, second.n17, second.n40) == (7, 0, 0)


def test_a_stage_left_on_totals_or_for_the_branch_carries_the_mark(world, client):
    told = figures.Told(6, as_of=timezone.localdate())
    period = Period(round_key=world.round.pk)
    gate.move(at(world, 1, world.second), "request", actor=world.sibling)
    assert not at(world, 1, world.second).is_marked
    figures.type_total(world.first, "materials.accepted", period, told, actor=world.secretary)
    gate.move(at(world, 1), "request", actor=world.secretary)
    assert at(world, 1).is_marked
    client.force_login(world.officer)
    assert "代录" in client.get(at(world, 1).get_absolute_url()).content.decode()
    gate.move(at(world, 1), "give_back", actor=world.officer, note="Too thin")
    assert at(world, 1).is_entered_for and not at(world, 1).is_marked
    gate.move(at(world, 1, world.second), "take_back", actor=world.sibling)
    gate.move_many([at(world, 1, world.second)], "request", actor=world.officer)
    assert at(world, 1, world.second).is_marked
