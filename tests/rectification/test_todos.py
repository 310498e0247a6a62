"""What waits for whom, notices of a day, numbers, and what keeps a branch from being merged."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from branches.unfinished import refuse_unfinished
from figures.actions import rebuild
from figures.models import Summary
from figures.registry import Period, named
from rectification.models import Problem
from rectification.problems.actions import entry, giving, steps
from rectification.problems.actions.entry import Entry
from reminders import rules, todos
from tests.rectification.rows import MEASURES, again, asked, facts, moved, of_member, problem
from workflow.actors import SYSTEM


def waiting(user):
    found = type(user).objects.get(pk=user.pk)  # as another request would load him
    return {todo.code: number for todo, number in todos.waiting(found) if todo.code.startswith("problem_")}


def test_each_waits_for_whom_it_is_to_do(world):
    row = problem(world)
    assert waiting(world.member) == {"problem_claim": 1} and waiting(world.secretary) == {"problem_claim": 1}
    assert waiting(world.clerk) == waiting(world.officer) == {}
    row = moved(row, "claim", actor=world.member)
    assert waiting(world.member) == {"problem_work": 1} and waiting(world.secretary) == {}
    moved(row, "request", actor=world.member)
    assert waiting(world.member) == {} and waiting(world.officer) == {"problem_verify": 1}
    asked(world, of_member(world, world.people[4]))
    assert waiting(world.secretary) == waiting(world.committee_member) == {"problem_verify": 1}
    sent = moved(again(row), "send_back", actor=world.officer)
    assert waiting(world.member) == {"problem_work": 1}
    lines = [section.lines for section in todos.sections(type(world.member).objects.get(pk=world.member.pk), 7)
             if section.todo.code == "problem_work"]  # fmt: skip
    assert "PROBLEM-WORDS" in lines[0][0][0].text and sent.state == "returned"


def test_who_is_responsible_is_reminded_of_the_day_until_he_asks_to_close_it(world):
    today = timezone.localdate()
    rule = rules.find("problem_due")
    row = problem(world, due_on=today + timedelta(3))
    problem(world, due_on=today + timedelta(4))
    problem(world, due_on=today + timedelta(1), responsible=None)
    (owed,) = rule.owed(today)
    assert (owed.pk, owed.owed_recipient, owed.owed_label) == (row.pk, world.people[4].pk, f"№{row.pk}")
    assert rule.owed(today + timedelta(9)).count() == 2, "what is overdue is told too"
    asked(world, row)
    assert not rule.owed(today).exists()


def numbers(world, branch=None):
    """The columns of the branch that count problems: in the round, in the year."""
    told = {}
    for period in (Period(round_key=world.round.pk), Period(year=world.round.year)):
        found = Summary.objects.of(period).filter(organisation=branch or world.first).first()
        codes = ("in_round", "measures_in_round", "closed_in_round", "late_in_round") if period.round_key else (
            "in_year", "closed_in_year", "late_in_year")  # fmt: skip
        told |= {code: getattr(found, named(f"problems.{code}").column) if found else 0 for code in codes}
    return told


def test_the_numbers_of_a_branch_follow_each_deed(world):
    row, other = problem(world), problem(world, round=None, measures=("One",))
    of_round = {"in_round": 1, "measures_in_round": 2, "closed_in_round": 0, "late_in_round": 0}
    of_year = {"in_year": 2, "closed_in_year": 0, "late_in_year": 0}
    assert numbers(world) == of_round | of_year
    entry.change(row, Entry(facts(world), ("Only",)), actor=world.secretary, seen=1)
    assert numbers(world)["measures_in_round"] == 1
    row = moved(asked(world, again(row)), "close", actor=world.officer)
    assert numbers(world) == of_round | of_year | {"measures_in_round": 1, "closed_in_round": 1, "closed_in_year": 1}
    steps.void_each([other], actor=world.secretary, note="Twice")
    assert numbers(world)["in_year"] == 1
    giving.recheck(row, actor=world.officer, holds=False, words="Back", checked_on=timezone.localdate())
    assert (numbers(world)["in_round"], numbers(world)["in_year"]) == (2, 2)
    before = numbers(world)
    rebuild(actor=SYSTEM)
    assert numbers(world) == before


def test_a_problem_that_moves_to_another_round_or_year_leaves_the_old_number(world):
    row = problem(world)
    told = facts(world, round=None, found_on=timezone.localdate() - timedelta(800), due_on=None)
    entry.change(row, Entry(told, MEASURES), actor=world.secretary, seen=1)
    assert (numbers(world)["in_round"], numbers(world)["in_year"]) == (0, 0)
    old = Summary.objects.get(organisation=world.first, year=again(row).year)
    assert getattr(old, named("problems.in_year").column) == 1


def test_what_is_overdue_enters_figures_with_the_clock(world):
    from rectification.problems.actions.clock import mark_late

    row = problem(world)
    Problem.objects.filter(pk=row.pk).update(found_on="2020-01-01", due_on="2020-02-01")
    mark_late()
    assert (numbers(world)["late_in_round"], numbers(world)["late_in_year"]) == (1, 1)
    asked(world, again(row))
    assert (numbers(world)["late_in_round"], numbers(world)["late_in_year"]) == (0, 0)
    assert not again(row).late_marked


def test_each_number_opens_the_rows_it_counts(world, client):
    late, closed = problem(world), moved(asked(world, problem(world)), "close", actor=world.officer)
    problem(world, branch=world.second, actor=world.officer, responsible=None)
    moved(problem(world), "void", actor=world.secretary)
    Problem.objects.filter(pk=late.pk).update(late_marked=True)
    client.force_login(world.officer)

    def opened(code, period):
        return set(client.get(named(f"problems.{code}").opens(world.first.pk, period)).context["page"].objects)

    for codes, period in ((("in_round", "closed_in_round", "late_in_round"), Period(round_key=world.round.pk)),
                          (("in_year", "closed_in_year", "late_in_year"), Period(year=world.round.year))):  # fmt: skip
        found = [opened(code, period) for code in codes]
        assert found == [{late, closed}, {closed}, {late}]
    assert opened("measures_in_round", Period(round_key=world.round.pk)) == {late, closed}


def test_a_branch_is_merged_only_once_its_problems_are_done(world):
    row = problem(world, text="A problem that nobody could finish")
    with pytest.raises(ValidationError, match="nobody could finish"):
        refuse_unfinished(world.first)
    before = Problem.objects.living().count()
    moved(row, "void", actor=world.secretary)
    assert before == 1 and not Problem.objects.living().exists()
