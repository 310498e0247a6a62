"""What is planned for a day to come leaves the days before it alone, and can be taken back."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from branches.actions import corrections, leaving, members, organisations, planned, secretaries, structure, transfers
from branches.changes.table import offered_for_member, offered_for_organisation
from branches.models import Grant, Group, Member, Organisation, Post, Relation, Standing, Transfer, User
from branches.reach import Reach
from tests.cast import SINCE
from workflow.models import History

TODAY = timezone.localdate()
DAY = timedelta(1)
LATER = TODAY + 10 * DAY
BUSY = {"particulars", "group", "post", "standing", "exempt", "limit", "flow", "guest"}


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def accepted(cast, member=None):
    told = {"to": cast.second, "since": LATER, "reason": "Moved house"}
    transfer = transfers.offer(member or cast.people[4], actor=cast.secretary, **told)
    transfers.move(transfer, "take_over", actor=cast.sibling)
    return Transfer.objects.get(pk=transfer.pk)


def names(changes):
    return {change.name for change in changes}


def register(branch, on):
    return {row.member.name for row in Relation.objects.register(on=on).filter(organisation=branch)}


def test_the_old_branch_goes_on_with_its_work_until_a_transfer_takes_effect(cast):
    who = cast.people[4]
    accepted(cast)
    keeper = fresh(cast.secretary)
    assert names(offered_for_member(who, keeper)) >= BUSY
    assert not names(offered_for_member(who, keeper)) & {"transfer", "leave", "unplan"}
    corrections.correct(who, actor=keeper, name=who.name, phone="13900000001")
    corrections.regroup(who, actor=keeper, since=TODAY, group=None)
    post = corrections.name_to(who, actor=keeper, kind="publicity", since=TODAY)
    corrections.exempt_here(who, actor=keeper, since=TODAY, until=None, reason="Ill", approved_by="Branch")
    leaving.flow_out(who, actor=keeper, since=TODAY, place="Town", contact="Somebody")
    assert post.until == LATER - DAY  # with the relation
    assert register(cast.first, LATER - DAY) >= {who.name} and who.name not in register(cast.first, LATER)
    assert who.name in register(cast.second, LATER)
    last = Relation.objects.get(member=who, organisation=cast.first, until=LATER - DAY)
    assert (last.since, last.ending, last.destination) == (TODAY, "transferred", cast.second.name)


@pytest.mark.parametrize(
    "act",
    [
        lambda who, actor, to: corrections.regroup(who, actor=actor, since=LATER, group=None),
        lambda who, actor, to: corrections.name_to(who, actor=actor, kind="publicity", since=LATER),
        lambda who, actor, to: corrections.set_standing(who, actor=actor, category="probationary", since=LATER),
        lambda who, actor, to: leaving.flow_out(who, actor=actor, since=LATER, place="Town", contact="Somebody"),
        lambda who, actor, to: leaving.leave(who, actor=actor, until=TODAY, ending="left"),
        lambda who, actor, to: transfers.offer(who, actor=actor, to=to, since=TODAY, reason="Another"),
    ],
)
def test_what_conflicts_is_refused_and_says_what_to_do(cast, act):
    accepted(cast)
    with pytest.raises(ValidationError) as refusal:
        act(cast.people[4], fresh(cast.secretary), cast.second)
    words = "".join(refusal.value.messages)
    assert str(LATER) in words and "收回" in words and cast.second.name in words


@pytest.mark.parametrize("who", ["secretary", "clerk", "sibling", "officer"])
def test_an_accepted_transfer_is_taken_back_before_its_day_by_either_side(cast, who):
    member = cast.people[3]  # leads a group
    transfer = accepted(cast, member)
    assert Grant.objects.get(user=cast.group_leader).until == LATER - DAY
    transfers.move(transfer, "take_back", actor=fresh(getattr(cast, who)), note="Stays after all")
    assert Transfer.objects.get().state == "withdrawn"
    relation = Relation.objects.get(member=member)
    assert (relation.organisation, relation.until, relation.ending, relation.destination) == (cast.first, None, "", "")
    assert Grant.objects.get(user=cast.group_leader).until is None
    assert History.objects.filter(move="resume").count() == 1


def test_nobody_else_takes_it_back_and_nobody_on_its_day(cast):
    transfer = accepted(cast)
    for who in (cast.member, cast.committee_member, cast.supervisor, cast.stranger):
        with pytest.raises(PermissionDenied):
            transfers.move(transfer, "take_back", actor=fresh(who), note="No")
    Transfer.objects.update(since=TODAY)
    assert not Transfer.objects.get().is_to_come


def test_a_secretary_does_not_take_back_what_the_superior_has_planned_for_him(cast):
    transfer = transfers.offer(cast.people[0], actor=cast.officer, to=cast.second, since=LATER, reason="Called away")
    transfers.move(transfer, "take_over", actor=cast.sibling)
    for who in (cast.secretary, cast.clerk):
        with pytest.raises(PermissionDenied):
            transfers.move(fresh(transfer), "take_back", actor=fresh(who), note="I stay")
    transfers.move(fresh(transfer), "take_back", actor=fresh(cast.officer), note="He stays")
    assert Post.objects.get(member=cast.people[0]).until is None


def test_a_planned_departure_is_taken_back_with_the_category(cast):
    who = cast.people[4]
    leaving.leave(who, actor=cast.secretary, until=LATER, ending="left")
    assert "unplan" in names(offered_for_member(who, fresh(cast.secretary)))
    planned.take_back(who, actor=cast.secretary)
    assert Relation.objects.get(member=who).until is None and Standing.objects.get(member=who).until is None
    with pytest.raises(ValidationError, match="没有"):
        planned.take_back(who, actor=cast.secretary)


def test_a_planned_group_is_taken_back_and_what_comes_behind_it_stays(cast):
    who, at = cast.people[4], TODAY + 3 * DAY
    corrections.regroup(who, actor=cast.secretary, since=at, group=None)
    with pytest.raises(ValidationError, match="改组|调整|党小组"):
        leaving.leave(who, actor=cast.secretary, until=TODAY, ending="left")
    accepted(cast)
    planned.take_back(who, actor=cast.secretary)
    rows = list(Relation.objects.filter(member=who).order_by("since"))
    assert [(row.organisation, row.group, row.until) for row in rows] == [
        (cast.first, cast.group, LATER - DAY),
        (cast.second, None, None),
    ]
    assert rows[0].ending == "transferred"


def test_a_branch_to_be_merged_works_on_until_the_day(cast):
    structure.merge(cast.first, actor=cast.officer, into=cast.second, since=LATER)
    keeper, branch, who = fresh(cast.secretary), fresh(cast.first), cast.people[4]
    assert names(offered_for_member(who, keeper)) >= BUSY
    assert names(offered_for_organisation(branch, keeper)) >= {"group", "ungroup"}
    assert names(offered_for_organisation(branch, fresh(cast.officer))) >= {"reopen", "rename", "secretary"}
    corrections.name_to(who, actor=keeper, kind="publicity", since=TODAY)
    group = organisations.found_group("Another", actor=keeper, organisation=branch, since=TODAY)
    secretaries.change_secretary(branch, actor=fresh(cast.officer), member=cast.people[1], since=TODAY)
    assert group.until == Post.objects.get(kind="publicity").until == LATER - DAY
    assert Grant.objects.get(user=cast.committee_member, office="secretary").until == LATER - DAY
    with pytest.raises(ValidationError) as refusal:
        members.enter(branch, actor=keeper, name="新同志", since=TODAY, category="formal")
    assert cast.second.name in "".join(refusal.value.messages) and "合并" in "".join(refusal.value.messages)


def test_a_merger_is_taken_back_before_its_day(cast):
    before = {row.pk: (row.organisation_id, row.until) for row in Relation.objects.all()}
    leaving.leave(cast.people[4], actor=cast.secretary, until=LATER + 5 * DAY, ending="left")
    structure.merge(cast.first, actor=cast.officer, into=cast.second, since=LATER)
    with pytest.raises(PermissionDenied):
        planned.reopen(fresh(cast.first), actor=fresh(cast.secretary))
    planned.reopen(fresh(cast.first), actor=fresh(cast.officer))
    branch = fresh(cast.first)
    assert (branch.until, branch.successor) == (None, None)
    assert Group.objects.get().until is None
    now = {row.pk: (row.organisation_id, row.until) for row in Relation.objects.all()}
    gone = Relation.objects.get(member=cast.people[4])
    assert now == {**before, gone.pk: (cast.first.pk, LATER + 5 * DAY)} and gone.ending == "left"
    assert not Grant.objects.filter(organisation=branch).exclude(until=None).exists()
    assert not Post.objects.filter(organisation=branch).exclude(until=None).exists()
    assert register(cast.first, LATER) == {person.name for person in cast.people}


def test_a_branch_merged_into_it_before_follows_it_again(cast):
    old = organisations.found(
        "Old branch", actor=cast.officer, kind="branch", branch_kind="single", since=SINCE, parent=fresh(cast.county)
    )
    members.enrol("早同志", actor=cast.officer, organisation=old, category="formal", since=SINCE)
    structure.merge(old, actor=cast.officer, into=cast.first, since=TODAY - DAY)
    structure.merge(fresh(cast.first), actor=cast.officer, into=cast.second, since=LATER)
    assert fresh(old).successor == cast.second
    planned.reopen(fresh(cast.first), actor=fresh(cast.officer))
    assert fresh(old).successor == cast.first


def test_a_planned_dissolution_is_taken_back_and_a_past_one_is_not(cast):
    empty = organisations.found(
        "Empty branch", actor=cast.officer, kind="branch", branch_kind="single", since=SINCE, parent=fresh(cast.county)
    )
    structure.dissolve(empty, actor=cast.officer, until=LATER)
    planned.reopen(fresh(empty), actor=cast.officer)
    assert fresh(empty).until is None
    structure.dissolve(fresh(empty), actor=cast.officer, until=TODAY - DAY)
    with pytest.raises(ValidationError):
        planned.reopen(fresh(empty), actor=cast.officer)
    assert offered_for_organisation(fresh(empty), fresh(cast.officer)) == []


def test_the_pages_offer_it_and_do_it(cast, client):
    leaving.leave(cast.people[4], actor=cast.secretary, until=LATER, ending="left")
    client.force_login(User.objects.get(pk=cast.secretary.pk))
    address = f"/members/{cast.people[4].pk}/"
    assert "change/unplan/" in client.get(address).text
    assert client.get(f"{address}change/unplan/").status_code == 200
    assert client.post(f"{address}change/unplan/").status_code == 302
    assert Relation.objects.get(member=cast.people[4]).until is None
    assert "change/unplan/" not in client.get(address).text
    assert Member.objects.count() and Organisation.objects.count()


def test_a_merger_to_come_opens_nothing_of_the_old_branch_before_its_day(cast):
    structure.merge(cast.first, actor=cast.officer, into=cast.second, since=LATER)
    paths = [Reach.of(fresh(cast.sibling), day).inherited_paths for day in (TODAY, LATER - DAY, LATER)]
    assert paths == [(), (), (cast.first.path,)]
