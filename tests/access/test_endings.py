"""A right that ends, ends on the next request of the same browser; and the administrators' own limits."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from branches.actions import grants, members
from branches.models import Grant, Relation, User
from workflow.actors import SYSTEM


@pytest.fixture
def page(client):
    """The code of a page for whoever is signed in."""
    return lambda name, *args: client.get(reverse(name, args=args)).status_code


def held_by(user):
    return Grant.objects.get(user=user)


def test_an_officer_whose_grant_is_taken_back_is_a_stranger(client, world, page):
    client.force_login(world.officer)
    assert page("meeting_detail", world.meeting.pk) == page("round_create") == 200
    grants.revoke(held_by(world.officer), actor=world.secadmin, note="Moved")
    assert page("meeting_detail", world.meeting.pk) == 404
    assert page("round_create") == 403
    accept = reverse("meeting_move", args=[world.meeting.pk, "accept"])
    assert client.post(accept).status_code == 404


def test_a_secretary_whose_grant_is_taken_back_keeps_what_a_member_sees(client, world, page):
    client.force_login(world.secretary)
    assert page("meeting_edit", world.draft_meeting.pk) == 200
    grants.revoke(held_by(world.secretary), actor=world.secadmin, note="New election")
    assert page("meeting_edit", world.draft_meeting.pk) == page("meeting_detail", world.draft_meeting.pk) == 404
    assert page("meeting_detail", world.meeting.pk) == 200
    assert "WRITTEN-WORDS" not in client.get(reverse("material_list")).content.decode()
    assert page("material_detail", world.material.pk) == 404


def test_a_grant_ends_with_its_last_day(client, world, page):
    held = held_by(world.clerk)
    last = timezone.localdate() + timedelta(1)
    Grant.objects.filter(pk=held.pk).update(until=last)
    client.force_login(world.clerk)
    draft = ("meeting_edit", world.draft_meeting.pk)
    with time_machine.travel(f"{last} 23:59+08:00", tick=False):
        client.force_login(world.clerk)
        assert page(*draft) == 200
    with time_machine.travel(f"{last + timedelta(1)} 00:01+08:00", tick=False):
        assert page(*draft) == 404


def test_a_grant_begins_with_its_first_day(client, world, page):
    first = timezone.localdate() + timedelta(1)
    grants.grant(world.nobody, actor=world.secadmin, organisation=world.county, office="supervisor", since=first)
    client.force_login(world.nobody)
    assert page("meeting_detail", world.meeting.pk) == 404
    with time_machine.travel(f"{first} 00:01+08:00", tick=False):
        client.force_login(world.nobody)
        assert page("meeting_detail", world.meeting.pk) == 200


def test_whoever_leaves_the_branch_leaves_what_it_shows_its_members(client, world, page):
    client.force_login(world.member)
    colleague = ("member_detail", world.people[1].pk)
    assert page(*colleague) == page("round_detail", world.round.pk) == 200
    yesterday = timezone.localdate() - timedelta(1)
    Relation.objects.filter(member=world.member.member).update(until=yesterday)
    assert page(*colleague) == page("round_detail", world.round.pk) == 404
    assert page("material_detail", world.material.pk) == 200  # his own work stays his
    assert page("meeting_detail", world.meeting.pk) == 200  # where he took part


def test_a_closed_account_is_at_the_sign_in_again(client, world, page):
    client.force_login(world.secretary)
    assert page("dashboard") == 200
    grants.deactivate(world.secretary, actor=world.secadmin, note="Left")
    response = client.get(reverse("dashboard"))
    assert response.status_code == 302 and response.url.startswith(reverse("account_login"))


def test_the_keeper_of_accounts_gives_nothing_to_himself(client, world):
    client.force_login(world.secadmin)
    data = {"user": "secadmin", "office": "officer", "organisation": world.county.pk, "since": "2026-01-01"}
    assert client.post(reverse("grant_create"), data).status_code == 200
    client.post(reverse("user_edit", args=[world.secadmin.pk]), {"act": "deactivate", "note": "Tired"})
    assert not Grant.objects.filter(user=world.secadmin).exists()
    assert User.objects.get(pk=world.secadmin.pk).is_active


def test_a_group_leader_leads_his_group_only(client, world):
    other = members.Group.objects.create(organisation=world.first, name="Other", since=date(2020, 1, 1))
    client.force_login(world.group_leader)
    query = f"?organisation={world.first.pk}&form=group_meeting&group="
    assert client.get(reverse("meeting_create") + query + str(world.group.pk)).status_code == 200
    assert client.get(reverse("meeting_create") + query + str(other.pk)).status_code == 403


def test_a_group_of_another_branch_is_no_place_for_a_meeting(client, world):
    far = members.Group.objects.create(organisation=world.second, name="Far", since=date(2020, 1, 1))
    client.force_login(world.secretary)
    query = f"?organisation={world.first.pk}&form=group_meeting&group={far.pk}"
    assert client.get(reverse("meeting_create") + query).status_code == 404


def test_the_system_itself_holds_the_right_of_the_system_only():
    assert not any(SYSTEM.may(right, None) for right in ("lead", "accept", "manage_accounts", "read_audit"))
