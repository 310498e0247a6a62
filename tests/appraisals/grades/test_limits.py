"""How many 优秀 a branch may have, from rosters and rules: over the branch, the general branch, the committee (R10, F16)."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from appraisals.grades.actions import sharing
from appraisals.grades.quotas import below_pool, limit_of
from appraisals.models import Grade, Grading, RosterEntry
from branches.actions import organisations, structure
from tests.appraisals.grades.rows import entry, fresh, grading, quota, weigh
from tests.cast import SINCE, enrol
from workflow.actors import SYSTEM
from workflow.models import History


def limit(world, branch=None):
    return limit_of(grading(world, branch))


def told(world, branch=None):
    found = limit(world, branch)
    return found.place.name, found.persons, found.allowed, found.cap


def share(world, who=None, **given):
    shares = {grading(world, getattr(world, name)).pk: number for name, number in given.items()}
    sharing.share_out(grading(world), shares, actor=fresh(who or world.officer))


def test_as_shipped_a_third_of_all_members_of_the_branch(world):
    assert told(world) == ("First branch", 5, 1, 1)
    assert told(world, world.second) == ("Second branch", 2, 0, 0)
    assert limit(world).words == "First branch：党员总数5，1/3为1.67，取1。"


@pytest.mark.parametrize(("base", "persons"), [(1, 7), (2, 6), (3, 5)])
def test_each_base_counts_others(world, base, persons):
    """One probationary, and of the full ones one who is not appraised and one probationary who is not either."""
    for name in ("预备甲", "预备乙"):
        person = enrol(name, world.first, category="probationary")
        RosterEntry.objects.create(round=world.round, member=person, organisation=world.first, category="probationary")
    RosterEntry.objects.filter(member__name="预备甲").update(category="formal", is_due=False)
    RosterEntry.objects.filter(member__name="预备乙").update(is_due=False)
    quota(world, base=base)
    assert limit(world).persons == persons


def test_pooled_over_the_general_branch_of_those_below_it(world):
    place = organisations.found(
        "General branch", actor=SYSTEM, kind="general_branch", branch_kind="", since=SINCE, parent=world.county
    )
    structure.reparent(world.first, actor=fresh(world.officer), parent=place)
    quota(world, scope=2)
    assert told(world) == ("General branch", 5, 1, None)
    assert told(world, world.second) == ("Second branch", 2, 0, 0), "above it stands no general branch"


def test_pooled_over_the_committee(world):
    quota(world, scope=3, base=2)
    assert told(world) == ("County committee", 7, 2, None)
    share(world, first=2, second=0)
    assert [told(world, branch)[3] for branch in (world.first, world.second)] == [2, 0]


def test_without_a_general_branch_above_the_branch_is_counted_alone(world):
    quota(world, scope=2)
    assert told(world) == ("First branch", 5, 1, 1)
    assert not limit(world).is_pooled


def test_too_many_are_told_and_by_how_many(world):
    for person in world.people[1:4]:
        weigh(world, person, "excellent")
    found = limit(world)
    assert (found.marked, found.marked_in_pool) == (3, 3)
    assert found.exceeded == "已评优秀3名，名额1名，超出2名。"
    assert found.remark and not found.remark.blocks
    Grade.objects.filter(entry=entry(world, world.people[1])).update(level="qualified")
    RosterEntry.objects.filter(member=world.people[2]).update(is_due=False)
    assert limit(world).exceeded == ""
    assert limit(world).remark is None


def test_too_many_in_a_pool(world):
    quota(world, scope=3, base=1)
    for person in world.people[1:4]:
        weigh(world, person, "excellent")
    assert limit(world, world.second).exceeded == "County committee已评优秀3名，名额2名，超出1名。"
    assert limit(world, world.second).marked == 0
    share(world, first=2)
    assert limit(world).exceeded == "已评优秀3名，名额2名，超出1名。"


def test_switched_off_nothing_is_too_many(world):
    quota(world, "off")
    for person in world.people[1:4]:
        weigh(world, person, "excellent")
    assert limit(world).is_off and limit(world).exceeded == ""


def test_whoever_distributes_sees_each_branch_of_the_pool(world):
    quota(world, scope=3)
    weigh(world, world.people[4], "excellent")
    rows = below_pool(grading(world), limit(world), fresh(world.officer))
    assert [(row.organisation.name, size.total, marked) for row, size, marked in rows] == [
        ("First branch", 5, 1), ("Second branch", 2, 0),
    ]  # fmt: skip
    assert below_pool(grading(world), limit(world), fresh(world.stranger)) == []


def test_a_branch_for_which_another_scope_holds_is_in_no_pool(world):
    place = organisations.found(
        "General branch", actor=SYSTEM, kind="general_branch", branch_kind="", since=SINCE, parent=world.county
    )
    structure.reparent(world.second, actor=fresh(world.officer), parent=place)
    quota(world, scope=3)
    assert limit(world).persons == 7
    quota(world, scope=1, place=place)
    assert (limit(world).persons, limit(world, world.second).persons) == (5, 2)


def test_asked_in_as_many_queries_for_many_branches(world, django_assert_max_num_queries):
    quota(world, scope=3)
    here = Grading.objects.select_related("organisation", "round").get(pk=grading(world).pk)
    with django_assert_max_num_queries(6):
        limit_of(here)


def test_the_superior_of_the_pool_distributes_whole_numbers_and_no_more_than_it_allows(world):
    with pytest.raises(ValidationError):
        share(world)  # as shipped a branch is counted by itself: nobody above it leads a pool
    quota(world, scope=3)
    for who in (world.secretary, world.supervisor, world.stranger):
        with pytest.raises(PermissionDenied):
            share(world, who, first=1)
    with pytest.raises(ValidationError, match="3"):
        share(world, first=2, second=1)
    with pytest.raises(ValidationError):
        share(world, first=-1)
    assert [grading(world, one).share for one in (world.first, world.second)] == [None, None]
    share(world, first=2, second=0)
    share(world, second=0)
    assert [grading(world, one).share for one in (world.first, world.second)] == [2, 0]
    told = History.objects.filter(move="share").order_by("pk").values_list("organisation_label", "note")
    assert list(told) == [("First branch", "2"), ("Second branch", "0")]
    share(world, first=None)
    assert grading(world).share is None


def test_the_page_takes_them_and_says_what_is_too_many(client, world):
    quota(world, scope=3)
    client.force_login(world.officer)
    address = reverse("grading_shares", args=[grading(world).pk])
    keys = [grading(world, one).pk for one in (world.first, world.second)]
    assert "County committee：党员总数7，1/3为2.33，取2。" in client.get(address).content.decode()
    refused = client.post(address, {f"share{keys[0]}": "2", f"share{keys[1]}": "1"}).content.decode()
    assert "将分配3名，名额共2名" in refused and 'value="2"' in refused
    assert client.post(address, {f"share{keys[0]}": "2", f"share{keys[1]}": ""}).status_code == 302
    assert grading(world).share == 2
