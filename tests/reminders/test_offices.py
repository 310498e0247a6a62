"""Who receives an office, or loses one, is told; and a new secretary's way to his office is somebody's to-do."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from branches.actions import grants, secretaries, structure, transfers
from branches.models import Grant, Post, Relation, User
from reminders import todos
from reminders.actions.notices import scan
from reminders.models import Notice
from tests.branches.slips import give, opens
from workflow.actors import SYSTEM
from workflow.models import History

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = timedelta(1)


def told(user):
    rows = Notice.objects.visible_to(user).unread(TODAY).order_by("pk")
    return [notice.rule for notice in rows]


def fresh(user):
    return User.objects.get(pk=user.pk)


def waiting(user):
    return {todo.code: number for todo, number in todos.waiting(fresh(user))}


def test_an_office_given_and_taken_back_is_told_once_each(cast):
    scan(TODAY)
    assert told(cast.member) == []
    given = grants.grant(cast.member, actor=SYSTEM, organisation=cast.first, office="clerk", since=TODAY)
    assert told(cast.member) == ["office_begun"]  # at once; the scan adds nothing
    assert scan(TODAY) == 0
    assert told(cast.member) == ["office_begun"]
    grants.revoke(given, actor=SYSTEM, note="Mistake")
    scan(TODAY)
    scan(TODAY)
    assert told(cast.member) == ["office_ended"]  # the first has no cause any more
    assert "First branch" in Notice.objects.get(rule="office_ended").words


def test_the_last_day_of_an_office_is_told_once_also_beforehand(cast):
    Grant.objects.filter(user=cast.clerk).update(until=TODAY)
    assert scan(TODAY) == 1
    assert scan(TODAY + DAY) == 0
    assert Notice.objects.get().recipient == cast.people[2]


def test_a_delegation_tells_both_sides(cast):
    row = Relation.objects.select_related("organisation").get(member=cast.people[2])
    delegation = grants.delegate(row, actor=cast.secretary, since=TODAY, until=TODAY + DAY, note="Away")
    scan(TODAY)
    assert (told(cast.clerk), told(cast.secretary)) == (["delegation_begun"], [])
    grants.end_delegation(delegation, actor=cast.secretary)
    scan(TODAY)
    assert (told(cast.clerk), told(cast.secretary)) == (["delegation_ended"], ["delegation_over"])


def test_a_new_secretary_the_old_one_and_his_delegate_hear_of_it_at_once(cast):
    row = Relation.objects.select_related("organisation").get(member=cast.people[2])
    grants.delegate(row, actor=cast.secretary, since=TODAY, until=TODAY + DAY, note="Away")
    secretaries.change_secretary(cast.first, actor=cast.officer, member=cast.people[4], since=TODAY + DAY)
    assert told(cast.secretary) == ["office_ended"]  # before his last day is over
    assert told(cast.member) == ["office_begun"]
    assert scan(TODAY) == 0
    with time_machine.travel(f"{TODAY + 2 * DAY} 08:00+08:00", tick=False):
        assert scan(TODAY + 2 * DAY) == 2  # the delegation, which had a last day of its own
        assert scan(TODAY + 2 * DAY) == 0


def test_a_merger_is_told_with_it_and_undone_with_it(cast):
    with transaction.atomic():
        structure.merge(cast.second, actor=cast.officer, into=cast.first, since=TODAY)
        assert told(cast.sibling) == ["office_ended"]
        transaction.set_rollback(True)
    assert told(cast.sibling) == []


def test_a_transfer_is_told_to_its_member_when_it_is_accepted(cast):
    offered = transfers.offer(cast.people[4], actor=cast.secretary, to=cast.second, since=TODAY + DAY, reason="Moved")
    transfers.move(offered, "take_over", actor=cast.sibling)
    (notice,) = Notice.objects.visible_to(cast.member).unread(TODAY)
    assert notice.rule == "transfer_accepted" and "Second branch" in notice.words
    client = Client()
    client.force_login(cast.member)
    assert client.get(notice.get_absolute_url()).status_code == 200
    assert scan(TODAY) == 0
    transfers.move(offered, "take_back", actor=cast.secretary, note="Stays")
    assert told(cast.member) == []


def test_a_secretary_without_account_is_a_to_do_until_he_has_his_office(cast):
    who = cast.siblings[1]
    page = reverse("organisation_change", args=[cast.second.pk, "secretary"])
    client = Client()
    client.force_login(cast.officer)
    typed = {"member": who.pk, "since": TODAY.isoformat()}
    asked = client.post(page, typed).text
    assert f"{cast.siblings[0].name}（支部书记）" in asked and f"{who.name}还没有账号" in asked
    assert Post.objects.get(organisation=cast.second, kind="secretary").member == cast.siblings[0]
    done = client.post(page, {**typed, "confirmed": "yes"}, follow=True)
    assert "还没有账号" in done.text
    before = waiting(cast.officer)
    assert before["secretary_slip"] == 1 and "secretary_office" not in before
    assert who.name in client.get(reverse("todo_list") + "?kind=secretary_slip").text
    with pytest.raises(ValidationError, match="开通条"):
        secretaries.change_secretary(cast.second, actor=cast.officer, member=who, since=TODAY)
    slip = give(who, cast.officer)
    assert "secretary_slip" not in waiting(cast.officer)
    assert opens(Client(), slip)
    assert waiting(cast.officer)["secretary_office"] == 1
    assert "secretary_office" not in waiting(cast.supervisor)
    give_page = reverse("organisation_change", args=[cast.second.pk, "office"])
    assert f'href="{give_page}"' in client.get(reverse("todo_list")).text
    assert f"给予{who.name}书记职务权限" in client.get(give_page).text
    assert client.post(give_page, {"save": "submit"}).status_code == 302
    assert client.get(give_page).status_code == 404
    assert History.objects.of(cast.second).filter(move="give_office", note__contains=who.name).exists()
    assert Grant.objects.in_force(TODAY).filter(user__member=who, office="secretary").exists()
    assert "secretary_office" not in waiting(cast.officer)
    with pytest.raises(ValidationError):
        secretaries.change_secretary(cast.second, actor=cast.officer, member=who, since=TODAY)
