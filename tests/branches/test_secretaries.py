"""One secretary follows another: post, office, sight and to-dos change hands on one day."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from appraisals.models import Draft, Material, Version
from branches.actions.secretaries import change_secretary
from branches.models import Grant, Particulars, Post, Relation, User
from meetings.models import Meeting
from reminders import todos
from workflow.models import AuditEvent, History

TODAY = timezone.localdate()
DAY = timedelta(1)


def fresh(user):
    return User.objects.get(pk=user.pk)


def change(cast, actor=None, member=None, since=TODAY):
    member = member or cast.people[4]
    return change_secretary(cast.first, actor=actor or cast.officer, member=member, since=since)


def test_post_and_office_change_hands_on_the_day(cast):
    given = change(cast)
    assert (given.user, given.office, given.since) == (cast.member, "secretary", TODAY)
    posts = Post.objects.filter(organisation=cast.first, kind="secretary").order_by("since")
    assert [(post.member.name, post.until) for post in posts] == [("甲书记", TODAY - DAY), ("戊同志", None)]
    assert Grant.objects.get(user=cast.secretary).until == TODAY - DAY
    assert not fresh(cast.secretary).may("lead", cast.first) and fresh(cast.member).may("lead", cast.first)
    heads = {day: [row.member.name for row in Relation.objects.register(on=day) if row.post == "secretary"
                   and row.organisation_id == cast.first.pk] for day in (TODAY - DAY, TODAY)}  # fmt: skip
    assert heads == {TODAY - DAY: ["甲书记"], TODAY: ["戊同志"]}
    assert History.objects.of(cast.first).get(move="change_secretary").note.startswith("甲书记 → 戊同志")
    assert {row.kind for row in AuditEvent.objects.order_by("-pk")[:2]} == {"grant_given", "grant_revoked"}


@pytest.mark.parametrize("keeps", [True, False])
def test_another_post_in_the_committee_ends_unless_it_is_kept(cast, keeps):
    change_secretary(cast.first, actor=cast.officer, member=cast.people[1], since=TODAY, keeps_posts=keeps)
    post = Post.objects.get(organisation=cast.first, kind="discipline")
    assert post.until == (None if keeps else TODAY - DAY)
    assert History.objects.of(cast.people[1]).filter(move="dismiss").exists() is not keeps


def test_a_post_held_twice_is_asked_about(cast, client):
    client.force_login(cast.secretary)
    address = reverse("member_change", args=[cast.people[4].pk, "post"])
    typed = {"kind": "discipline", "since": TODAY.isoformat()}
    assert cast.people[1].name in client.post(address, typed).text
    assert not Post.objects.filter(member=cast.people[4]).exists()
    assert client.post(address, {**typed, "anyway": "yes"}).status_code == 302
    assert (
        client.post(
            address.replace(str(cast.people[4].pk), str(cast.people[2].pk)), {**typed, "kind": "publicity"}
        ).status_code
        == 302
    )


def test_until_the_day_the_old_one_is_secretary(cast):
    change(cast, since=TODAY + 3 * DAY)
    assert fresh(cast.secretary).may("lead", cast.first) and not fresh(cast.member).may("lead", cast.first)
    with time_machine.travel(f"{TODAY + 3 * DAY} 00:01+08:00", tick=False):
        assert not fresh(cast.secretary).may("lead", cast.first) and fresh(cast.member).may("lead", cast.first)


@pytest.mark.parametrize(
    "who", ["secretary", "clerk", "member", "sibling", "supervisor", "liaison", "stranger", "secadmin"]
)
def test_only_the_superior_changes_a_secretary(cast, who):
    with pytest.raises(PermissionDenied):
        change(cast, getattr(cast, who))


def test_whoever_does_not_belong_to_the_branch_is_not_its_secretary(cast):
    with pytest.raises(ValidationError) as refusal:
        change(cast, member=cast.siblings[1])
    assert set(refusal.value.error_dict) == {"member"}
    with pytest.raises(ValidationError):
        change(cast, member=cast.people[0])


def test_without_an_account_the_post_alone_changes_hands(cast):
    User.objects.filter(pk=cast.member.pk).update(is_active=False)
    assert change(cast) is None
    assert not Grant.objects.in_force(TODAY).filter(organisation=cast.first, office="secretary").exists()


def test_what_is_open_follows_the_office(world):
    """Derived, not handed on: the records to finish and the materials to review are the new secretary's at once."""

    def waits(who):
        return {code for code, number in todos.counts(fresh(who)).items() if number}

    old, new = waits(world.secretary), waits(world.member)
    assert {"meeting_finish", "material_review"} <= old
    assert not {"meeting_finish", "material_review"} & new
    change(world)
    assert "meeting_finish" in waits(world.member)
    assert not {"meeting_finish", "material_review"} & waits(world.secretary)


# fmt: off
READS = {
    # a draft record, a colleague's particulars, the clerk's version, the own material: before · after
    "secretary": ((1, 1, 1, 1), (0, 0, 0, 1)),
    "member":    ((0, 0, 0, 1), (1, 1, 1, 1)),
    "clerk":     ((1, 1, 1, 1), (1, 1, 1, 1)),
    "officer":   ((1, 1, 0, 0), (1, 1, 0, 0)),
    "sibling":   ((0, 0, 0, 1), (0, 0, 0, 1)),
}
# fmt: on


def test_what_each_reads_before_and_after(world):
    from appraisals.materials import actions as writing

    theirs = world.owed  # the clerk's
    writing.submit(theirs, {"1": "Words"}, actor=world.clerk, seen=0)

    def reads(who):
        user = fresh(getattr(world, who))
        found = (
            Meeting.objects.visible_to(user).filter(pk=world.draft_meeting.pk),
            Particulars.objects.visible_to(user).filter(member=world.people[1]),
            Version.objects.visible_to(user).filter(material__author=world.people[2]),
            Material.objects.visible_to(user).filter(author=user.member_id or 0),
        )
        return tuple(int(rows.exists()) for rows in found)

    before = {who: reads(who) for who in READS}
    change(world)
    assert {who: (before[who], reads(who)) for who in READS} == READS


def test_nobodys_draft_changes_hands(world):
    from appraisals.materials import actions as writing

    writing.save_draft(world.secretary_material, {"1": "MINE"}, actor=world.secretary, seen=0)
    change(world)
    assert not Draft.objects.visible_to(fresh(world.member)).filter(material=world.secretary_material).exists()
    assert Draft.objects.visible_to(fresh(world.secretary)).filter(material=world.secretary_material).exists()
