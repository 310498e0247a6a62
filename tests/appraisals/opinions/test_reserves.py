"""A number says no more than the rows its reader may open: a difference would tell him what is said of him (decision 21)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from appraisals.models import Digest, Opinion, Requirement, Stage
from appraisals.opinions.digests import actions as digests
from appraisals.rounds.gate import findings
from branches.models import Post
from figures import actions, reserves
from figures.actions import Told
from figures.registry import Period, named
from figures.totals import by_child, lines, of_branches
from tests.appraisals.opinions.rows import fresh, opinion
from tests.appraisals.rounds.test_gate import at

RECEIVED = "opinions.received"


@pytest.fixture
def heard(world):
    """Of the first branch 19: 13 about its work, 2 about a member, 4 about a committee member; and 6 about its leaders."""
    opinion(world, "unit", count=13)
    opinion(world, "member", world.people[4], count=2)
    opinion(world, "member", world.people[1], count=4)
    opinion(world, "committee", count=5)
    opinion(world, "leader", world.people[0], count=1)
    opinion(world, "unit", at=world.second, by=world.officer, count=7)
    world.period = Period(round_key=world.round.pk)
    return world


# reader              the first branch, the county
READ = {
    "secretary": (19, 19),
    "committee_member": (15, 15),
    "clerk": (25, 25),
    "officer": (25, 32),
    "supervisor": (25, 32),
}


def told(world, name, path):
    (line,) = lines(fresh(getattr(world, name)), path, world.period, [named(RECEIVED)])
    return line


@pytest.mark.parametrize("name", READ)
def test_a_reader_is_told_as_many_as_he_may_open(client, heard, name):
    first, county = READ[name]
    user = fresh(getattr(heard, name))
    assert (told(heard, name, heard.first.path).rows, told(heard, name, heard.county.path).rows) == (first, county)
    found = by_child(user, [heard.first.path, heard.second.path], heard.period, [named(RECEIVED)])
    assert [line[RECEIVED].rows for line in found.values()] == [first, county - first]
    number = of_branches(user, [heard.first.pk], [heard.period], [named(RECEIVED)])
    assert number[heard.first.pk, heard.period, RECEIVED].rows == first
    client.force_login(user)
    address = named(RECEIVED).opens(heard.first.pk, heard.period)
    assert sum(row.count for row in client.get(address).context["page"].objects) == first


def test_a_typed_total_does_not_tell_it_by_the_difference(heard):
    given = Told(30, as_of=timezone.localdate())
    actions.type_total(heard.first, RECEIVED, heard.period, given, actor=heard.officer)
    assert [told(heard, name, heard.first.path).difference for name in ("secretary", "officer")] == [11, 5]
    assert {told(heard, name, heard.first.path).total for name in ("secretary", "officer")} == {30}
    other = told(heard, "officer", heard.county.path)
    assert (other.total, other.difference) == (37, 5)


def test_the_total_of_one_branch_takes_nothing_from_another(heard):
    given = Told(30, as_of=timezone.localdate())
    actions.type_total(heard.second, RECEIVED, heard.period, given, actor=heard.officer)
    line = told(heard, "secretary", heard.first.path)
    assert (line.rows, line.total, line.difference) == (19, 19, None)


def test_the_figures_of_another_round_are_left_alone(heard):
    kept = reserves.from_reader(fresh(heard.secretary), [named(RECEIVED)], [Period(round_key=heard.planned.pk)])
    assert kept == []
    kept = reserves.from_reader(fresh(heard.secretary), [named(RECEIVED)], [Period(year=2026), heard.period])
    assert [(one.organisation_id, one.period, one.number) for one in kept] == [(heard.first.pk, heard.period, 6)]


def test_for_some_only_the_branches_asked_for_are_read(heard):
    opinion(heard, "committee", at=heard.second, by=heard.officer)
    for branch, number in ((heard.first, 10), (heard.second, 1)):
        kept = reserves.from_some([named(RECEIVED)], [heard.period], [branch.pk])
        assert [(one.organisation_id, one.number) for one in kept] == [(branch.pk, number)]


def test_whom_nothing_can_be_about_is_asked_for_nothing(heard, django_assert_num_queries):
    user = fresh(heard.officer)
    assert not user.reach.served_paths
    with django_assert_num_queries(0):
        assert reserves.from_reader(user, [named(RECEIVED)], [heard.period]) == []


def test_who_has_left_the_committee_is_told_nothing_of_his_time(heard):
    Post.objects.filter(member=heard.people[1]).update(member=heard.people[2])  # the clerk's
    assert told(heard, "clerk", heard.first.path).rows == 19
    Post.objects.filter(member=heard.people[2]).update(until=timezone.localdate() - timedelta(1))
    assert told(heard, "clerk", heard.first.path).rows == 25


@pytest.mark.parametrize("name", READ)
def test_a_gate_says_the_same_to_everybody_and_opens_its_rows(client, heard, name):
    stage = Stage.objects.get(round=heard.round, position=1)
    Requirement.objects.create(stage=stage, position=9, metric=RECEIVED, value=16)
    user = fresh(getattr(heard, name))
    row = at(heard, 1)
    found = findings([row], user)[row.pk][-1]
    assert (found.number.rows, found.is_met, found.missing, found.leaves_out) == (15, False, 1, True)
    client.force_login(user)
    assert sum(one.count for one in client.get(found.opens).context["page"].objects) == 15
    page = client.get(reverse("progress_detail", args=[row.pk])).content.decode()
    assert "只计本支部查看数据人员均可打开的部分" in page


def test_other_figures_of_a_gate_leave_nothing_out(world):
    row = at(world, 1)
    (found,) = findings([row], world.officer)[row.pk]
    assert not found.leaves_out and "shared" not in found.opens


def digest(world, rows, by):
    made = digests.gather(Opinion.objects.filter(pk__in=[row.pk for row in rows]), "WORDED", actor=by)
    digests.move(made, "feed_back", actor=by)
    return made


def test_a_digest_told_to_one_person_is_counted_for_him_and_not_for_his_colleagues(client, heard):
    digest(heard, [opinion(heard, "leader", heard.people[0])], heard.officer)
    digest(heard, [opinion(heard, "committee")], heard.officer)
    digest(heard, [opinion(heard, "member", heard.people[1])], heard.secretary)
    metric = named("opinions.fed_back")
    seen = {}
    for name in ("secretary", "committee_member", "officer"):
        user = fresh(getattr(heard, name))
        (line,) = lines(user, heard.first.path, heard.period, [metric])
        client.force_login(user)
        assert len(client.get(metric.opens(heard.first.pk, heard.period)).context["page"].objects) == line.rows
        seen[name] = line.rows
    assert seen == {"secretary": 3, "committee_member": 2, "officer": 3}
    assert Digest.objects.open_to_all().count() == 2
