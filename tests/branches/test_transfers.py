"""A member goes from one branch to another: who offers, who decides, what each person concerned reads before and after."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation

from branches.actions import corrections, leaving, members, transfers
from branches.models import Grant, Member, Particulars, Post, Relation, Transfer, User
from tests.cast import SINCE, enrol, found
from workflow.models import History
from workflow.moves import MoveNotAllowed, NoteRequired

TODAY = timezone.localdate()
DAY = timedelta(1)


def test_the_buttons_are_worded_as_the_form_words_them():
    with translation.override("zh-hans"):
        assert [str(move.label) for move in Transfer.MOVES] == ["接收", "不予接收", "撤回", "收回"]


def test_a_transfer_under_way_is_shown_and_the_forms_address_leads_to_it(cast, client):
    client.force_login(cast.secretary)
    offered = offer(cast)
    page = client.get(reverse("member_detail", args=[cast.people[4].pk])).text
    assert offered.get_absolute_url() in page and "正在转接组织关系" in page
    response = client.get(reverse("member_change", args=[cast.people[4].pk, "transfer"]))
    assert (response.status_code, response.url) == (302, offered.get_absolute_url())
    client.force_login(cast.sibling)
    assert client.get(reverse("member_detail", args=[cast.people[4].pk])).status_code == 404
    client.force_login(cast.group_leader)
    assert offered.get_absolute_url() not in client.get(reverse("member_detail", args=[cast.people[4].pk])).text


def test_the_giving_secretary_finds_his_former_member(cast, client):
    offered = offer(cast)
    transfers.move(offered, "take_over", actor=cast.sibling)
    client.force_login(cast.secretary)
    assert cast.people[4].name in client.get(reverse("transfer_list")).text
    assert client.get(offered.get_absolute_url()).status_code == 200


def fresh(user):
    """The account as the next request loads it."""
    return User.objects.get(pk=user.pk)


def offer(cast, actor=None, member=None, since=TODAY, to=None):
    member = member or cast.people[4]
    return transfers.offer(
        member, actor=actor or cast.secretary, to=to or cast.second, since=since, reason="Moved house"
    )


@pytest.mark.parametrize("who", ["secretary", "clerk", "officer"])
def test_the_old_branch_or_its_superior_offers(cast, who):
    transfer = offer(cast, getattr(cast, who))
    assert transfer.state == "offered"
    assert History.objects.of(transfer).get().move == "offer"
    assert Relation.objects.register(on=TODAY).get(member=cast.people[4]).organisation == cast.first


@pytest.mark.parametrize(
    "who", ["member", "committee_member", "group_leader", "sibling", "supervisor", "liaison", "stranger", "secadmin"]
)
def test_nobody_else_offers(cast, who):
    with pytest.raises(PermissionDenied):
        offer(cast, getattr(cast, who))
    assert not Transfer.objects.exists()


@pytest.mark.parametrize("who", ["sibling", "officer"])
@pytest.mark.parametrize("name", ["take_over", "refuse"])
def test_the_receiving_secretary_or_the_superior_decides(cast, who, name):
    transfer = offer(cast)
    transfers.move(transfer, name, actor=getattr(cast, who), note="Because")
    assert transfer.state == {"take_over": "accepted", "refuse": "refused"}[name]


@pytest.mark.parametrize(
    "who", ["secretary", "clerk", "member", "committee_member", "supervisor", "liaison", "stranger", "secadmin"]
)
@pytest.mark.parametrize("name", ["take_over", "refuse"])
def test_nobody_else_decides(cast, who, name):
    transfer = offer(cast)
    with pytest.raises(PermissionDenied):
        transfers.move(transfer, name, actor=getattr(cast, who), note="Because")


@pytest.mark.parametrize(
    ("who", "may"), [("secretary", 1), ("clerk", 1), ("officer", 1), ("sibling", 0), ("member", 0)]
)
def test_the_old_branch_withdraws_while_it_is_open(cast, who, may):
    transfer = offer(cast)
    if not may:
        with pytest.raises(PermissionDenied):
            transfers.move(transfer, "retract", actor=getattr(cast, who))
        return
    transfers.move(transfer, "retract", actor=getattr(cast, who))
    with pytest.raises(MoveNotAllowed):
        transfers.move(Transfer.objects.get(), "take_over", actor=cast.sibling)


def test_a_refusal_needs_a_reason_and_leaves_everything_as_it_was(cast):
    transfer = offer(cast)
    with pytest.raises(NoteRequired):
        transfers.move(transfer, "refuse", actor=cast.sibling)
    transfers.move(transfer, "refuse", actor=cast.sibling, note="Wrong branch")
    assert [row.organisation for row in Relation.objects.filter(member=cast.people[4])] == [cast.first]
    offer(cast)  # and may be offered anew


def test_the_old_relation_ends_the_day_before_and_the_new_begins(cast):
    transfers.move(offer(cast, since=TODAY + 3 * DAY), "take_over", actor=cast.sibling)
    for day, branch in ((SINCE, cast.first), (TODAY + 2 * DAY, cast.first), (TODAY + 3 * DAY, cast.second)):
        rows = Relation.objects.register(on=day).filter(member=cast.people[4])
        assert [row.organisation for row in rows] == [branch], day
    old = Relation.objects.get(member=cast.people[4], organisation=cast.first)
    assert (old.ending, old.destination) == ("transferred", "Second branch")


def test_posts_and_offices_at_the_old_branch_end_with_it_the_same_day(cast):
    clerk = cast.people[2]
    members.name_to_post(clerk, actor=cast.secretary, organisation=cast.first, kind="publicity", since=SINCE)
    transfers.move(offer(cast, member=clerk), "take_over", actor=cast.sibling)
    assert Grant.objects.get(user=cast.clerk).until == TODAY - DAY
    assert Post.objects.get(member=clerk).until == TODAY - DAY
    assert not fresh(cast.clerk).may("record", cast.first)
    told = History.objects.filter(move="expire").get()
    assert told.actor_label == "己书记"


def test_an_office_lasts_to_the_eve_of_a_transfer_to_come(cast):
    transfers.move(offer(cast, member=cast.people[2], since=TODAY + 5 * DAY), "take_over", actor=cast.sibling)
    assert Grant.objects.get(user=cast.clerk).until == TODAY + 4 * DAY
    assert fresh(cast.clerk).may("record", cast.first)


def test_a_post_that_begins_later_stands_in_the_way_and_says_so(cast):
    later = TODAY + 9 * DAY
    members.name_to_post(cast.people[4], actor=cast.secretary, organisation=cast.first, kind="publicity", since=later)
    with pytest.raises(ValidationError, match="戊同志"):
        transfers.move(offer(cast), "take_over", actor=cast.sibling)
    assert Transfer.objects.get().state == "offered"
    assert Relation.objects.get(member=cast.people[4]).until is None


def test_the_secretary_is_transferred_by_the_superior(cast):
    with pytest.raises(PermissionDenied):
        offer(cast, cast.clerk, member=cast.people[0])
    offer(cast, cast.officer, member=cast.people[0])


# fmt: off
READS = {
    #             before: member, particulars, transfer · after the day
    "secretary":  ((1, 1, 1), (0, 0, 1)),
    "clerk":      ((1, 1, 1), (0, 0, 1)),
    "sibling":    ((0, 0, 1), (1, 1, 1)),
    "officer":    ((1, 1, 1), (1, 1, 1)),
    "supervisor": ((1, 1, 1), (1, 1, 1)),
    "liaison":    ((1, 0, 1), (1, 0, 1)),
    "member":     ((1, 1, 1), (1, 1, 1)),  # himself
    "group_leader": ((1, 0, 0), (0, 0, 0)),
    "stranger":   ((0, 0, 0), (0, 0, 0)),
    "sysadmin":   ((0, 0, 0), (0, 0, 0)),
    "secadmin":   ((0, 0, 0), (0, 0, 0)),
    "auditor":    ((0, 0, 0), (0, 0, 0)),
}
# fmt: on


@pytest.mark.parametrize("who", READS)
def test_what_each_reads_before_and_after(cast, who):
    transfer, member = offer(cast), cast.people[4]

    def reads():
        user = fresh(getattr(cast, who))
        found = (
            Member.objects.visible_to(user).filter(pk=member.pk),
            Particulars.objects.visible_to(user).filter(member=member),
            Transfer.objects.visible_to(user).filter(pk=transfer.pk),
        )
        return tuple(int(rows.exists()) for rows in found)

    before = reads()
    transfers.move(transfer, "take_over", actor=cast.sibling)
    assert (before, reads()) == READS[who]


def test_the_member_leaves_what_the_old_branch_shows_and_sees_the_new(cast):
    transfers.move(offer(cast), "take_over", actor=cast.sibling)
    user = fresh(cast.member)
    assert user.reach.home_path == cast.second.path
    assert not Member.objects.visible_to(user).filter(pk=cast.people[1].pk).exists()
    assert Member.objects.visible_to(user).filter(pk=cast.siblings[1].pk).exists()


def test_it_waits_for_the_receiver_and_the_superior_until_it_is_decided(cast):
    transfer = offer(cast)
    waiting = {
        who for who in vars(cast) if isinstance(getattr(cast, who), User)
        and Transfer.objects.awaiting(fresh(getattr(cast, who))).exists()
    }  # fmt: skip
    assert waiting == {"sibling", "officer"}
    transfers.move(transfer, "take_over", actor=cast.sibling)
    assert not Transfer.objects.awaiting(fresh(cast.officer)).exists()


def test_one_transfer_at_a_time(cast, db):
    offer(cast)
    with pytest.raises(ValidationError):
        offer(cast, cast.officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Transfer.objects.create(
            member=cast.people[4], source=cast.first, organisation=cast.second, since=TODAY, reason="Twice"
        )


@pytest.mark.parametrize("since", [SINCE, SINCE - DAY, TODAY + 60 * DAY])
def test_a_day_that_cannot_be_is_refused_in_words(cast, since):
    with pytest.raises(ValidationError) as refusal:
        offer(cast, since=since)
    assert set(refusal.value.error_dict) == {"since"}


def test_a_branch_where_people_only_take_part_receives_nobody(cast):
    place = members.Organisation.objects.get(pk=found("Temporary", "branch", cast.county).pk)
    members.Organisation.objects.filter(pk=place.pk).update(branch_kind="temporary")
    place.refresh_from_db()
    with pytest.raises(ValidationError, match="Temporary"):
        offer(cast, to=place)


def test_a_guest_of_the_new_branch_is_a_guest_no_more(cast):
    leaving.take_part(cast.people[4], actor=cast.secretary, host=cast.second, since=SINCE)
    transfers.move(offer(cast), "take_over", actor=cast.sibling)
    guest = Relation.objects.get(member=cast.people[4], kind="taking_part")
    assert guest.until == TODAY - DAY


def test_what_changed_since_the_offer_is_asked_anew(cast):
    transfer = offer(cast)
    corrections.regroup(cast.people[4], actor=cast.secretary, since=TODAY, group=None)
    with pytest.raises(ValidationError):
        transfers.move(transfer, "take_over", actor=cast.sibling)
    assert Transfer.objects.get().state == "offered"


def test_two_formal_relations_never_share_a_day(cast):
    member = cast.people[4]
    Relation.objects.filter(member=member).update(until=TODAY)
    for since, until in ((TODAY, None), (SINCE - 9 * DAY, SINCE), (SINCE + DAY, SINCE + 2 * DAY)):
        with pytest.raises(IntegrityError, match="relation_never_overlaps"), transaction.atomic():
            Relation.objects.bulk_create([Relation(member=member, organisation=cast.second, since=since, until=until)])
    next_one = Relation.objects.create(member=member, organisation=cast.second, since=TODAY + DAY)
    with pytest.raises(IntegrityError, match="relation_never_overlaps"), transaction.atomic():
        Relation.objects.filter(pk=next_one.pk).update(since=TODAY)
    Relation.objects.create(member=member, organisation=cast.third, kind="taking_part", since=SINCE)


def test_the_new_branch_inherits_no_draft(world):
    """The material stays where it was written, with its author; the new secretary sees none of it."""
    from appraisals.models import Draft, Material, Version

    transfers.move(offer(world), "take_over", actor=world.sibling)
    user = fresh(world.sibling)
    for model in (Material, Draft, Version):
        assert (
            not model.objects.visible_to(user)
            .filter(**{"author" if model is Material else "material__author": world.people[4]})
            .exists()
        )
    assert Material.objects.get(pk=world.material.pk).organisation == world.first
    assert Draft.objects.visible_to(fresh(world.member)).exists()


def test_namesakes_are_told_apart_by_their_superior(cast):
    found("Second branch", "branch", cast.other)
    named = members.Organisation.objects.addressed_by
    assert named(cast.secretary, "Second branch").count() == 2
    assert list(named(cast.secretary, "County committee/Second branch")) == [cast.second]
    assert not named(cast.member, "First branch").exists(), "only keepers of a register name branches they do not see"


def test_enrolled_today_is_transferred_from_tomorrow_at_the_earliest(cast):
    newcomer = enrol("新同志", cast.first, since=TODAY)
    with pytest.raises(ValidationError):
        offer(cast, member=newcomer)
    assert offer(cast, member=newcomer, since=TODAY + DAY)
