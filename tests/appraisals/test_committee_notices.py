"""What a committee writes together reminds everybody who writes on it, and nobody else; once, however often one asks."""

from datetime import timedelta

import pytest
from django.utils import timezone

from appraisals.materials import actions
from appraisals.models import Material
from branches.actions import grants, members
from branches.models import Member, Post, User
from reminders.actions.notices import scan
from reminders.models import Notice
from tests.cast import SINCE, enrol
from workflow.actors import SYSTEM

pytestmark = pytest.mark.django_db
RULES = ("committee_due", "committee_advised", "committee_returned")


@pytest.fixture
def together(world):
    return Material.objects.select_related("organisation", "round").get(author=None, organisation=world.first)


def told(rule="committee_due", days=0):
    """Who has an unread notice of this rule, by name, after the scan of that day."""
    today = timezone.localdate() + timedelta(days)
    scan(today)
    rows = Notice.objects.unread(today).filter(rule=rule)
    return sorted(rows.values_list("recipient__name", flat=True))


def test_everybody_of_the_committee_is_reminded_once(world, together):
    assert told() == ["乙委员", "己书记", "甲书记"]  # 己书记 of the second branch: its own piece
    assert told(days=1) == told() == ["乙委员", "己书记", "甲书记"]
    notice = Notice.objects.get(rule="committee_due", recipient=world.people[0])
    assert notice.get_absolute_url() == together.get_absolute_url()
    assert (notice.organisation, notice.due_on) == (world.first, together.due_on)
    assert notice.words.startswith("支委会") and world.round.name in notice.words


def test_a_notice_goes_to_whoever_may_write(world, together):
    """The rule asks many rows what branches/reach.py asks of one person."""
    grants.grant(world.clerk, actor=SYSTEM, organisation=world.first, office="committee_member", since=SINCE)
    members.name_to_post(world.people[3], actor=SYSTEM, organisation=world.first, kind="group_leader", since=SINCE)
    writers = [user.member_id for user in User.objects.all() if user.may("write_for_committee", together)]
    told()
    rows = Notice.objects.filter(rule="committee_due", subject_key=together.pk)
    assert sorted(rows.values_list("recipient_id", flat=True)) == sorted(writers)
    assert world.people[2].pk in writers and world.people[3].pk not in writers


def test_two_posts_an_office_and_no_account_make_one_notice_each(world, together):
    members.name_to_post(world.people[0], actor=SYSTEM, organisation=world.first, kind="publicity", since=SINCE)
    paper = enrol("纸上人", world.first)
    members.name_to_post(paper, actor=SYSTEM, organisation=world.first, kind="organisation", since=SINCE)
    assert told() == ["乙委员", "己书记", "甲书记", "纸上人"]
    phoned = Notice.objects.to_phone(world.secretary).filter(rule="committee_due")
    assert paper.pk in phoned.values_list("recipient", flat=True)


def test_what_is_handed_in_reminds_nobody_and_who_leaves_the_committee_no_more(world, together):
    told()
    yesterday = timezone.localdate() - timedelta(1)
    Post.objects.filter(member=world.people[1]).update(until=yesterday)
    world.committee_member.grants.update(until=yesterday)
    assert told() == ["己书记", "甲书记"]
    actions.submit(together, {"1": "OUR-WORDS", "2": ""}, actor=world.secretary, seen=0)
    assert told() == ["己书记"]


def test_nothing_is_told_before_its_time(world, together):
    late = timezone.localdate() + timedelta(30)
    Material.objects.filter(author=None).update(due_on=late)
    assert told() == []
    assert told(days=27) == ["乙委员", "己书记", "甲书记"]


def test_advice_and_return_are_told_to_the_committee_and_not_to_the_branch(world, together):
    actions.submit(together, {"1": "OUR-WORDS", "2": ""}, actor=world.secretary, seen=0)
    assert [told(rule) for rule in RULES] == [["己书记"], [], []]
    actions.move_material(together, "suggest", actor=world.officer, note="NOTE-WORDS")
    assert told("committee_advised") == ["乙委员", "甲书记"]
    actions.move_material(together, "send_back", actor=world.officer, note="NOTE-WORDS")
    assert [told(rule) for rule in RULES[1:]] == [[], ["乙委员", "甲书记"]]
    words = " ".join(notice.words for notice in Notice.objects.all())
    assert "NOTE-WORDS" not in words and "OUR-WORDS" not in words


def test_a_guest_is_of_no_committee(world, together):
    """Whoever only takes part in a branch has no post there, and an old post elsewhere counts for nothing."""
    guest = Member.objects.get(pk=world.siblings[0].pk)
    guest.relations.create(organisation=world.first, kind="taking_part", since=SINCE)
    told()
    keys = Notice.objects.filter(rule="committee_due", recipient=guest).values_list("organisation", flat=True)
    assert list(keys) == [world.second.pk]
