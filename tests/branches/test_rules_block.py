"""A rule set to “block” stops every deed that breaks it, and says which rule, which clause and whose setting it is."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from branches.actions import corrections, leaving, members, organisations, rules, secretaries, structure, transfers
from branches.models import Election, Post, Relation, Standing, User
from branches.rules import gate
from branches.rules.counting import facts_on
from branches.rules.table import find
from tests.cast import SINCE, enrol

TODAY = timezone.localdate()
DAY = timedelta(1)


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def block(cast, code, place=None, **numbers):
    numbers = {**find(code).defaults, **numbers}
    return rules.override_rule(
        place or cast.county, TODAY.year, code, actor=fresh(cast.officer), severity="block", parameters=numbers,
        reason="County order 7",
    )  # fmt: skip


def leave(cast):
    leaving.leave(cast.people[4], actor=cast.secretary, until=TODAY - DAY, ending="moved_out", destination="Away")


def transfer(cast):
    offered = transfers.offer(cast.people[4], actor=cast.secretary, to=cast.second, since=TODAY, reason="Moved")
    transfers.move(offered, "take_over", actor=cast.sibling)


def split(cast):
    keys = [person.pk for person in cast.people[3:]]
    told = {"name": "New", "since": TODAY, "members": keys, "branch_kind": "single"}
    structure.split(fresh(cast.first), actor=cast.officer, **told)


def probation(cast):
    corrections.set_standing(cast.people[4], actor=cast.secretary, category="probationary", since=TODAY)


def enter(cast):
    members.enter(cast.first, actor=cast.secretary, name="新同志", since=TODAY, category="formal")


def merge(cast):
    structure.merge(fresh(cast.second), actor=cast.officer, into=cast.first, since=TODAY)


def name(cast):
    corrections.name_to(cast.people[4], actor=cast.secretary, kind="publicity", since=TODAY)


def change(cast):
    secretaries.change_secretary(cast.first, actor=cast.officer, member=cast.people[4], since=TODAY)


def dismiss(cast):
    post = Post.objects.get(member=cast.people[0])
    corrections.dismiss(cast.people[0], actor=cast.officer, post=post, until=TODAY - DAY)


def regroup(cast):
    corrections.regroup(cast.people[4], actor=cast.secretary, since=TODAY, group=None)


def guest(cast):
    leaving.enter_guest(cast.temporary, actor=cast.officer, name="客同志", since=TODAY, reason="Elsewhere")


STOPPED = [
    ("A1-1", 5, leave), ("A1-1", 5, transfer), ("A1-1", 5, split), ("A1-1", 5, probation),
    ("A1-2", 5, enter), ("A1-2", 5, merge), ("A1-3b", None, name), ("A1-3a", None, dismiss), ("A1-5", 2, regroup),
    ("A1-4", None, name), ("A1-4", None, change), ("A1-6", None, guest),
]  # fmt: skip


@pytest.fixture
def near(cast, monkeypatch):
    """The first branch with five members as if five were the limit of the rules about size."""
    cast.temporary = organisations.found(
        "Works", actor=cast.officer, kind="branch", branch_kind="temporary", since=SINCE, parent=fresh(cast.county)
    )
    return cast


@pytest.mark.parametrize(("code", "limit", "deed"), STOPPED, ids=[f"{c} {d.__name__}" for c, _l, d in STOPPED])
def test_every_deed_that_breaks_it_is_stopped_with_rule_clause_and_setter(near, monkeypatch, code, limit, deed):
    rule = find(code)
    if limit:  # the shipped numbers of a national rule are fixed: a smaller branch stands for a larger one
        parameters = tuple(type(p)(p.name, p.label, limit, limit, limit) for p in rule.parameters)
        changed = type(rule)(rule.code, rule.name, rule.clause, rule.level, rule.severity, parameters)
        monkeypatch.setitem(__import__("branches.rules.table", fromlist=["_rules"])._rules, code, changed)
    before = (
        list(Relation.objects.values_list()),
        list(Post.objects.values_list()),
        list(Standing.objects.values_list()),
    )
    block(near, code)
    with pytest.raises(ValidationError) as refusal:
        deed(near)
    words = "".join(refusal.value.messages)
    assert code in words and str(rule.clause) in words and str(rule.name) in words
    assert near.county.name in words and "County order 7" in words
    after = list(Relation.objects.values_list()), list(Post.objects.values_list()), list(Standing.objects.values_list())
    assert before == after
    monkeypatch.undo()


def test_a_breach_that_was_there_stops_nothing_that_makes_it_smaller(cast):
    Relation.objects.filter(member=cast.siblings[1]).update(until=TODAY - DAY, ending="left")
    block(cast, "A1-1")
    members.enter(cast.second, actor=cast.sibling, name="新同志", since=TODAY, category="formal")  # the second of three
    corrections.correct(cast.siblings[0], actor=cast.sibling, name="己书记", phone="13900000000")
    with pytest.raises(ValidationError):
        corrections.set_standing(cast.siblings[0], actor=cast.sibling, category="probationary", since=TODAY)


def test_only_what_is_new_or_larger_has_grown():
    before, after = {"A1-1": ("two", 2), "A1-2": ("one", 1)}, {"A1-1": ("two", 2), "A1-2": ("more", 3)}
    assert gate.grown(before, after) == ["more"]
    assert gate.grown({}, after) == ["two", "more"]
    assert gate.grown(after, before) == gate.grown(after, {}) == []


def test_the_last_election_up_to_a_day_is_a_fact_of_it(cast):
    for days in (-400, -2, 3):
        Election.objects.create(organisation=cast.first, held_on=TODAY + timedelta(days))
    assert [facts_on(cast.first, TODAY + timedelta(days)).elected for days in (-401, 0, 3)] == [
        None, TODAY - timedelta(2), TODAY + timedelta(3),
    ]  # fmt: skip


def test_a_death_is_entered_whatever_becomes_of_the_branch(cast):
    block(cast, "A1-1")
    for person in cast.people[2:]:
        leaving.leave(person, actor=fresh(cast.secretary), until=TODAY, ending="died")
    assert facts_on(cast.first, TODAY + DAY).formal == 2


def test_what_a_superior_counts_stops_what_happens_below(cast):
    block(cast, "A1-9", least=7)
    with pytest.raises(ValidationError, match="A1-9"):
        leave(cast)
    enrol("辛同志", fresh(cast.second))
    leave(cast)


def test_without_such_a_setting_the_gate_counts_nothing(cast, django_assert_num_queries):
    with django_assert_num_queries(1), gate.passed(cast.first, on=TODAY):
        pass
    assert User.objects.exists()
