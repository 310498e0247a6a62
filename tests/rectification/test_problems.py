"""Writing problems down, changing them, R15, deadlines, second looks."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from branches.actions.rules import override_rule
from rectification.models import Measure, Problem, Recheck
from rectification.problems.actions import clock, entry, giving, steps
from rectification.problems.actions.entry import Behind, Entry
from rectification.problems.clear import CLEAR
from tests.rectification.rows import MEASURES, again, asked, facts, moved, of_member, problem
from workflow.actors import SYSTEM
from workflow.models import History
from workflow.moves import MoveNotAllowed, NoteRequired

DAY = timedelta(1)


@pytest.fixture
def today():
    return timezone.localdate()


def test_it_keeps_what_was_typed_with_its_measures(world, today):
    row = problem(world, ref="meetings.meeting:1")
    assert (row.state, row.year, row.first_due_on, row.version) == ("unclaimed", 2026, row.due_on, 1)
    assert [measure.text for measure in row.measures.all()] == list(MEASURES)
    assert row.origin_ref == "meetings.meeting:1"
    last = History.objects.of(row).last()
    assert (last.move, last.target, last.entered_for) == ("create", "unclaimed", "")


def test_the_year_is_that_of_the_round_else_the_day_it_was_found(world, today):
    assert problem(world).year == world.round.year
    assert problem(world, round=None, found_on=today - DAY * 400, due_on=None).year == (today - DAY * 400).year


def test_a_form_sent_twice_makes_one_and_with_other_words_none(world):
    key = uuid4()
    first = problem(world, key=key)
    assert problem(world, key=key) == first
    with pytest.raises(Behind):
        problem(world, key=key, text="Other words")
    assert Problem.objects.count() == 1


def test_a_members_own_problem_is_his_to_put_right(world):
    row = of_member(world, world.people[4], actor=world.member)
    assert row.responsible == row.member == world.people[4]
    with pytest.raises(IntegrityError), transaction.atomic():
        Problem.objects.filter(pk=row.pk).update(responsible=world.people[1])
    with pytest.raises(IntegrityError), transaction.atomic():
        Problem.objects.filter(pk=row.pk).update(member=None)


@pytest.mark.parametrize("told", [
    {"whose": "branch"}, {"whose": "member", "who": 1},
])  # fmt: skip
def test_a_member_writes_down_nobody_elses(world, told):
    who = {"member": world.people[1], "responsible": world.people[1]} if "who" in told else {}
    with pytest.raises(PermissionDenied):
        problem(world, actor=world.member, whose=told["whose"], **who)


def test_whoever_belongs_elsewhere_writes_nothing_down_here(world):
    with pytest.raises(PermissionDenied):
        of_member(world, world.siblings[1], actor=world.sibling)


@pytest.mark.parametrize("actor", ["supervisor", "liaison", "sibling", "committee_member", "group_leader", "stranger"])
def test_who_keeps_no_records_writes_down_none_of_the_branch(world, actor):
    with pytest.raises(PermissionDenied):
        problem(world, actor=getattr(world, actor))


def test_the_superior_writes_it_down_for_the_branch(world):
    row = problem(world, actor=world.officer)
    assert History.objects.of(row).last().entered_for == "First branch"


@pytest.mark.parametrize(("told", "word"), [
    ({"found": 1}, "found_on"), ({"due": -1}, "due_on"), ({"round": "planned"}, None), ({"text": ""}, "text"),
    ({"responsible": "sibling"}, None),
])  # fmt: skip
def test_what_cannot_be_is_refused_in_words(world, today, told, word):
    given = {
        "found": {"found_on": today + DAY}, "due": {"due_on": today - DAY, "found_on": today}, "text": {"text": ""},
        "round": {}, "responsible": {"responsible": world.siblings[0]},
    }[next(iter(told))]  # fmt: skip
    if "round" in told:
        world.round.roster_on = world.first.since - DAY  # it began before the branch was founded
        given = {"round": world.round}
    with pytest.raises(ValidationError) as refused:
        problem(world, **given)
    assert not word or word in refused.value.message_dict


def test_problems_are_those_of_branches(world):
    with pytest.raises(ValidationError):
        problem(world, branch=world.county, actor=world.officer, responsible=None, round=None)


def test_too_many_measures_and_too_long_ones_are_refused(world):
    problem(world, measures=["x" * 500] * 30)
    for measures in (["One"] * 31, ["x" * 501]):
        with pytest.raises(ValidationError):
            problem(world, measures=measures)


# --- R15 --------------------------------------------------------------------------------------------------------------
def test_the_yearly_notices_are_rules_of_a_place_that_stop_the_work():
    assert (CLEAR.code, CLEAR.level.value, CLEAR.severity.value) == ("R15", "local", "block")


@pytest.mark.parametrize("left_out", ["goal", "measures", "responsible", "due_on"])
def test_work_begins_only_where_four_things_are_clear(world, left_out):
    told = {"goal": {"goal": " "}, "measures": {"measures": ()}, "responsible": {"responsible": None},
            "due_on": {"due_on": None}}[left_out]  # fmt: skip
    row = problem(world, **told)
    with pytest.raises(ValidationError, match="R15") as refused:
        steps.move(row, "claim", actor=world.secretary)
    named = {"goal": "目标", "measures": "措施", "responsible": "责任人", "due_on": "时限"}
    (words,) = refused.value.messages
    assert words.startswith(f"尚未明确：{named[left_out]}。")
    assert again(row).state == "unclaimed"


def test_where_the_rule_is_lowered_work_begins_all_the_same(world):
    row = problem(world, goal="")
    override_rule(world.county, row.year, "R15", actor=world.officer, severity="warn", parameters={}, reason="Local")
    assert moved(row, "claim", actor=world.secretary).state == "underway"


def test_what_is_clear_stays_clear_once_it_is_claimed(world):
    row = moved(problem(world), "claim", actor=world.secretary)
    for told, measures in (({"goal": ""}, MEASURES), ({}, ())):
        with pytest.raises(ValidationError, match="R15"):
            entry.change(again(row), Entry(facts(world, **told), measures), actor=world.secretary, seen=1)
    assert again(row).goal == "GOAL-WORDS" and again(row).measures.count() == 2


# --- changing ---------------------------------------------------------------------------------------------------------
def test_before_it_is_claimed_everything_can_be_put_right(world, today):
    row = problem(world)
    told = facts(world, text="Other", whose="member", member=world.people[2], due_on=today + DAY, round=None)
    changed = entry.change(row, Entry(told, ("Only",)), actor=world.clerk, seen=1)
    found = again(changed)
    assert (found.text, found.responsible, found.due_on, found.first_due_on) == (
        "Other", world.people[2], today + DAY, today + DAY)  # fmt: skip
    assert (found.year, found.version) == (today.year, 2)
    assert [measure.text for measure in found.measures.all()] == ["Only"]


def test_once_claimed_what_was_found_stays(world, today):
    row = moved(problem(world), "claim", actor=world.secretary)
    other = {"text": "Other", "whose": "committee", "due_on": today + DAY, "responsible": world.people[0],
             "found_on": today - DAY, "round": None, "origin": "visit", "origin_words": "Other"}  # fmt: skip
    entry.change(row, Entry(facts(world, **other, goal="New goal"), MEASURES), actor=world.member, seen=1)
    found = again(row)
    assert found.goal == "New goal"
    assert (found.text, found.whose, found.due_on, found.responsible, found.round, found.origin) == (
        "PROBLEM-WORDS", "branch", today + DAY * 30, world.people[4], world.round, "self")  # fmt: skip


def test_who_was_slower_learns_it_and_changes_nothing(world):
    row = problem(world)
    entry.change(again(row), Entry(facts(world, goal="First"), MEASURES), actor=world.secretary, seen=1)
    with pytest.raises(Behind), transaction.atomic():
        entry.change(again(row), Entry(facts(world, goal="Second"), MEASURES), actor=world.clerk, seen=1)
    assert again(row).goal == "First"


@pytest.mark.parametrize("state", ["closing_requested", "closed", "standing", "void"])
def test_what_is_not_open_is_not_changed(world, state):
    row = asked(world, problem(world))
    marks = {"closed_on": timezone.localdate(), "verified_as": "superior"} if state == "closed" else {}
    Problem.objects.filter(pk=row.pk).update(state=state, **marks)
    with pytest.raises(MoveNotAllowed):
        entry.change(again(row), Entry(facts(world), MEASURES), actor=world.secretary, seen=1)


def test_a_measure_whose_words_stay_keeps_its_day(world, today):
    row = problem(world)
    entry.tell_progress(row, "Half", actor=world.member, done=[1], on=today - DAY)
    entry.change(again(row), Entry(facts(world), ("New", "First measure")), actor=world.secretary, seen=1)
    assert list(Measure.objects.filter(problem=row).values_list("text", "done_on")) == [
        ("New", None), ("First measure", today - DAY)]  # fmt: skip


def test_progress_is_told_until_it_is_closed(world, today):
    row = problem(world)
    entry.tell_progress(row, " Half ", actor=world.clerk, done=[1, 2], satisfied="yes")
    entry.tell_progress(again(row), "Half", actor=world.clerk, done=[2])
    found = again(row)
    assert (found.so_far, found.satisfied) == ("Half", "")
    assert list(found.measures.values_list("done_on", flat=True)) == [None, today]
    assert History.objects.of(row).filter(move="progress", note="Half").count() == 2
    Problem.objects.filter(pk=row.pk).update(state="void")
    with pytest.raises(MoveNotAllowed):
        entry.tell_progress(again(row), "More", actor=world.clerk)
    for actor in (world.committee_member, world.supervisor):
        with pytest.raises(PermissionDenied):
            entry.tell_progress(again(row), "More", actor=actor)


# --- giving, another day ----------------------------------------------------------------------------------------------
def test_problems_are_given_to_a_member_of_the_branch(world, today):
    rows = [problem(world, responsible=None, due_on=None), problem(world)]
    assert giving.assign(rows, world.people[1], actor=world.secretary, due_on=today + DAY) == 2
    first, second = (again(row) for row in rows)
    assert (first.responsible, first.due_on, first.first_due_on) == (world.people[1], today + DAY, today + DAY)
    assert (second.responsible, second.due_on) == (world.people[1], today + DAY * 30), "its day stays"
    assert (first.version, second.version) == (2, 2)
    told = History.objects.of(first).last()
    assert (told.note, told.entered_for) == ("乙委员", "")
    giving.assign([second], world.people[4], actor=world.officer, due_on=today)
    assert History.objects.of(second).last().entered_for == "First branch", "whoever leads from above did it for them"


def test_what_cannot_be_given_is_refused(world):
    row, own = problem(world), of_member(world, world.people[4])
    other = problem(world, branch=world.second, actor=world.officer, responsible=None)
    for rows, person in (
        ([own], world.people[1]),
        ([row], world.siblings[0]),
        ([row, other], world.people[1]),
        ([], None),
    ):
        with pytest.raises(ValidationError):
            giving.assign(rows, person, actor=world.officer)
    for actor in (world.clerk, world.member, world.supervisor):
        with pytest.raises(PermissionDenied):
            giving.assign([row], world.people[1], actor=actor)
    with pytest.raises(ValidationError, match="PROBLEM-WORDS"):
        giving.assign([asked(world, row)], world.people[1], actor=world.secretary)
    closed = [asked(world, problem(world, text=f"Closed {n}")) for n in range(6)]
    with pytest.raises(ValidationError) as refusal:
        giving.assign(closed, world.people[1], actor=world.secretary)
    assert [f"Closed {n}" in refusal.value.message for n in range(6)] == [True] * 5 + [False], "five names say it"


@pytest.mark.parametrize(("whose", "named", "stays"), [("member", 1, True), ("member", 0, False), ("branch", 1, False)])
def test_a_checker_is_of_another_members_problem_alone(world, whose, named, stays):
    row = of_member(world, world.siblings[1], branch=world.second, actor=world.sibling)
    giving.name_checker(row, world.siblings[0], actor=world.sibling)
    told = facts(world, whose=whose, member=world.siblings[named] if whose == "member" else None, responsible=None)
    entry.change(again(row), Entry(told, MEASURES), actor=world.sibling, seen=1)
    assert (again(row).checker is not None) is stays


def test_another_day_wants_a_reason_and_keeps_the_first(world, today):
    row = problem(world)
    with pytest.raises(NoteRequired):
        giving.extend([row], today + DAY * 60, actor=world.secretary, reason=" ")
    with pytest.raises(ValidationError):
        giving.extend([row], today - DAY, actor=world.secretary, reason="Because")
    for actor in (world.clerk, world.member, world.committee_member, world.supervisor):
        with pytest.raises(PermissionDenied):
            giving.extend([row], today + DAY, actor=actor, reason="Because")
    assert giving.extend([row], today + DAY * 60, actor=world.officer, reason=" Rain ") == 1
    found = again(row)
    assert (found.due_on, found.first_due_on, found.version) == (today + DAY * 60, today + DAY * 30, 2)
    told = History.objects.of(row).last()
    assert told.note == f"{today + DAY * 30} → {today + DAY * 60}：Rain" and told.entered_for == "First branch"
    giving.extend([found], today, actor=world.secretary, reason="Sooner")
    assert (again(row).due_on, History.objects.of(row).last().entered_for) == (today, "")


# --- second looks -----------------------------------------------------------------------------------------------------
def _closed(world):
    return moved(asked(world, problem(world)), "close", actor=world.officer, note="Seen")


def test_what_has_come_back_is_a_new_problem_that_follows(world, today):
    row = _closed(world)
    found = giving.recheck(row, actor=world.supervisor, holds=False, words="Again", checked_on=today)
    new = found.follow_up
    assert (new.follows, new.state, new.text, new.responsible, new.due_on) == (
        row, "unclaimed", "PROBLEM-WORDS", world.people[4], None)  # fmt: skip
    assert again(row).state == "closed"
    assert [entry.move for entry in History.objects.of(new)] == ["create"]
    assert new.origin == "inspection"
    with pytest.raises(ValidationError, match=f"№{new.pk}"):
        giving.recheck(row, actor=world.supervisor, holds=False, words="Twice", checked_on=today)
    moved(new, "void", actor=world.secretary)
    second = giving.recheck(row, actor=world.secretary, holds=False, words="W" * 121, checked_on=today).follow_up
    assert (again(second).origin_words, again(second).origin) == ("W" * 120, "self"), "the branch found it itself"


def test_what_has_held_makes_no_new_one(world, today):
    row = _closed(world)
    assert giving.recheck(row, actor=world.secretary, holds=True, words="Fine", checked_on=today).follow_up is None
    assert Problem.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Recheck.objects.update(holds=False)


def test_only_what_is_closed_is_looked_at_again_and_not_by_who_did_it(world, today):
    row = _closed(world)
    told = {"holds": True, "words": "Seen", "checked_on": today}
    for actor in (world.member, world.clerk, world.committee_member, world.liaison):
        with pytest.raises(PermissionDenied):
            giving.recheck(row, actor=actor, **told)
    for day in (today + DAY, today - DAY):
        with pytest.raises(ValidationError):
            giving.recheck(row, actor=world.officer, **told | {"checked_on": day})
    Problem.objects.filter(pk=row.pk).update(responsible=world.people[0])
    with pytest.raises(PermissionDenied):
        giving.recheck(again(row), actor=world.secretary, **told)
    with pytest.raises(MoveNotAllowed):
        giving.recheck(problem(world), actor=world.officer, **told)


# --- the clock --------------------------------------------------------------------------------------------------------
def test_the_clock_marks_what_is_overdue_and_takes_the_mark_back(world, today):
    late, waiting, fine = problem(world), asked(world, problem(world)), problem(world)
    Problem.objects.filter(pk__in=[late.pk, waiting.pk]).update(found_on=today - DAY * 3, due_on=today - DAY)
    assert clock.mark_late() == 1 and clock.mark_late() == 0
    assert [again(row).late_marked for row in (late, waiting, fine)] == [True, False, False]
    giving.extend([again(late)], today + DAY, actor=world.secretary, reason="Because")
    assert not again(late).late_marked
    Problem.objects.filter(pk=late.pk).update(due_on=today - DAY)
    clock.mark_late()
    Problem.objects.filter(pk=late.pk).update(due_on=today)
    assert clock.mark_late() == 1 and not again(late).late_marked
    with pytest.raises(PermissionDenied):
        clock.mark_late(actor=world.officer)
    assert SYSTEM.may("system", None)


def test_a_branch_on_paper_is_never_late(world, today):
    row = problem(world)
    Problem.objects.filter(pk=row.pk).update(found_on=today - DAY * 3, due_on=today - DAY)
    assert list(Problem.objects.overdue(today)) == [row] and not list(Problem.objects.overdue(today - DAY))
    type(world.first).objects.filter(pk=world.first.pk).update(mode="paper")
    assert not Problem.objects.overdue(today).exists()
