"""`register(on=date)` against a second statement of the same rules in plain Python, over random histories."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from branches.models import Exemption, Member, Post, Relation, RightsLimit, Standing
from branches.models.members import COMMITTEE_POSTS, PostKind
from tests.cast import found

DAY0 = date(2026, 1, 1)
LAST = 12
OPEN = None
POSTS_IN_ORDER = ("secretary", "deputy", "organisation", "publicity", "discipline", "group_leader")


def on(number):
    return DAY0 + timedelta(days=number)


def days(fact):
    """Every day on which a fact holds, written out; both of its days count."""
    first, last = fact[:2]
    return set(range(first, (LAST + 5 if last is OPEN else last) + 1))


# A fact is (first day, last day or OPEN, …).
spans = st.integers(0, LAST).flatmap(
    lambda first: st.tuples(st.just(first), st.one_of(st.just(OPEN), st.integers(first, LAST + 2)))
)


def facts(*more, unique=None, most=3):
    return st.lists(st.tuples(spans, *more).map(lambda fact: fact[0] + fact[1:]), max_size=most, unique_by=unique)


def one_open(rows):
    """The database holds at most one open fact of a kind; later ones are closed on their first day."""
    kept, seen = [], False
    for row in rows:
        if row[1] is OPEN:
            row = (row[0], row[0], *row[2:]) if seen else row
            seen = True
        kept.append(row)
    return kept


def apart(rows):
    """Formal relations never share a day (a trigger holds it): the earlier one in the list stands."""
    taken, kept = set(), []
    for row in rows:
        if row[3] != "formal":
            kept.append(row)
        elif not taken & days(row):
            taken |= days(row)
            kept.append(row)
    return kept


people = st.fixed_dictionaries(
    {
        # organisation, kind, position
        "relations": facts(
            st.integers(0, 1), st.sampled_from(["formal", "formal", "taking_part"]), st.integers(0, 3)
        ).map(apart),
        "standings": facts(st.sampled_from(["formal", "probationary"]), unique=lambda fact: fact[0]).map(one_open),
        "posts": facts(st.integers(0, 1), st.sampled_from(POSTS_IN_ORDER)),
        "exemptions": facts(most=2),
        "limits": facts(most=2),
    }
)


def expected(histories, day):
    """The register of a day as the requirement reads: member, organisation, category, exempt, votes, post; in order."""
    rows = []
    for number, person in enumerate(histories):
        standing = sorted((s for s in person["standings"] if day in days(s)), key=lambda s: s[0])
        category = standing[-1][2] if standing else None
        exempt = any(day in days(fact) for fact in person["exemptions"])
        limited = any(day in days(fact) for fact in person["limits"])
        for key, (*span, branch, kind, position) in person["keyed"]:
            if kind != "formal" or day not in days(span):
                continue
            held = {post[3] for post in person["posts"] if post[2] == branch and day in days(post)}
            first = next((word for word in POSTS_IN_ORDER if word in held), None)
            rank = POSTS_IN_ORDER.index(first) if first else len(POSTS_IN_ORDER)
            row = (number, branch, category, exempt, category == "formal" and not limited, first)
            rows.append(((branch, rank, position, key), row))
    return [row for _, row in sorted(rows)]


def store(histories, branches):
    """The histories as rows; each relation keeps its key, which is the last word in the order of the register."""
    for model in (Post, RightsLimit, Exemption, Standing, Relation, Member):
        model._base_manager.all()._raw_delete("default")
    members = Member.objects.bulk_create(Member(name=f"Person {number}") for number in range(len(histories)))
    for member, person in zip(members, histories, strict=True):
        relations = [
            dated(Relation, member, fact, organisation=branches[fact[2]], kind=fact[3], position=fact[4])
            for fact in person["relations"]
        ]
        Relation.objects.bulk_create(relations)
        person["keyed"] = [(row.pk, fact) for row, fact in zip(relations, person["relations"], strict=True)]
        Standing.objects.bulk_create(dated(Standing, member, fact, category=fact[2]) for fact in person["standings"])
        posts = (dated(Post, member, fact, organisation=branches[fact[2]], kind=fact[3]) for fact in person["posts"])
        Post.objects.bulk_create(posts)
        freed = {"reason": "Illness", "approved_by": "Branch"}
        Exemption.objects.bulk_create(dated(Exemption, member, fact, **freed) for fact in person["exemptions"])
        RightsLimit.objects.bulk_create(
            dated(RightsLimit, member, fact, reason="Sanction") for fact in person["limits"]
        )
    return [member.pk for member in members]


def dated(model, member, fact, **told):
    first, last = fact[:2]
    return model(member=member, since=on(first), until=None if last is OPEN else on(last), **told)


@pytest.fixture
def branches(db):
    return [found("First", "branch"), found("Second", "branch")]


@settings(max_examples=30, deadline=None, suppress_health_check=HealthCheck)
@given(histories=st.lists(people, min_size=1, max_size=4))
def test_the_register_of_every_day(branches, histories):
    keys = store(histories, branches)
    numbers = {branch.pk: number for number, branch in enumerate(branches)}
    for day in range(-1, LAST + 4):
        rows = [
            (
                keys.index(row.member_id),
                numbers[row.organisation_id],
                row.category,
                row.is_exempt,
                bool(row.may_vote),
                row.post,
            )
            for row in Relation.objects.register(on=on(day))
        ]
        assert rows == expected(histories, day), f"day {day}"


def test_the_order_of_posts_is_the_one_lists_use():
    assert tuple(PostKind.values) == POSTS_IN_ORDER
    assert set(POSTS_IN_ORDER) - set(COMMITTEE_POSTS) == {"group_leader"}


def transfer(member, there, day):
    """A member moves: the last day here is the day before the first day there."""
    Relation.objects.filter(member=member, until=None).update(until=on(day - 1))
    Relation.objects.create(member=member, organisation=there, since=on(day))


def test_a_transfer_counts_each_day_once(cast):
    member = cast.people[4]
    transfer(member, cast.second, 10)
    for day, branch in ((0, cast.first), (9, cast.first), (10, cast.second), (11, cast.second)):
        here = Relation.objects.register(on=on(day)).filter(member=member)
        assert [row.organisation_id for row in here] == [branch.pk]


def test_both_days_of_a_fact_count(cast):
    member = cast.people[2]
    Exemption.objects.create(member=member, since=on(3), until=on(5), reason="Illness", approved_by="Branch")
    exempt = [n for n in range(8) if Relation.objects.register(on=on(n)).get(member=member).is_exempt]
    assert exempt == [3, 4, 5]


def test_a_limit_of_rights_takes_the_vote_and_nothing_else(cast):
    member = cast.people[0]
    RightsLimit.objects.create(member=member, since=on(2), until=on(2), reason="Sanction")
    rows = [Relation.objects.register(on=on(n)).get(member=member) for n in (1, 2, 3)]
    assert [row.may_vote for row in rows] == [True, False, True]
    assert {(row.category, row.post, row.is_exempt) for row in rows} == {("formal", "secretary", False)}


def test_who_only_takes_part_is_not_in_the_register(cast):
    guest = cast.siblings[1]
    Relation.objects.create(member=guest, organisation=cast.first, kind="taking_part", since=on(0))
    assert [row.organisation_id for row in Relation.objects.register(on=on(1)).filter(member=guest)] == [cast.second.pk]


def test_the_register_is_one_query_of_whatever_length(cast, django_assert_num_queries):
    with django_assert_num_queries(1):
        rows = [
            (row.member.name, row.group and row.group.name, row.post) for row in Relation.objects.register(on=on(0))
        ]
    assert len(rows) == 7
