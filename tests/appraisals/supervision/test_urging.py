"""Urging: whom it would reach is seen first; one notice a person; whoever was told by telephone is not urged again."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from appraisals.models import Progress, Urging
from appraisals.rounds.actions import gate
from appraisals.supervision.urging.actions import Urged, urge
from appraisals.supervision.urging.pages import Way, lines_of, words_for
from branches.models import User
from reminders.models import Notice
from workflow.models import History

PARTS = ("stage", "organisation", "round", "round__organisation")


@pytest.fixture
def stages(world):
    rows = Progress.objects.filter(stage__position=1).select_related(*PARTS)
    return {row.organisation_id: row for row in rows}


@pytest.fixture
def first(world, stages):
    return stages[world.first.pk]


def notices():
    return Notice.objects.filter(rule="urged")


def lines(world, *rows):
    return lines_of([row.pk for row in rows], User.objects.get(pk=world.supervisor.pk))


def test_each_person_gets_one_notice_and_the_branch_reads_it_in_its_history(world, first):
    (row,) = urge([Urged(first, world.people[0].pk)], "Please go on", actor=world.supervisor)
    assert notices().get().recipient == world.people[0]
    assert "Please go on" in notices().get().words
    assert notices().get().get_absolute_url() == reverse("urging_detail", args=[row.pk])
    assert History.objects.of(first).last().note == "Please go on"
    assert urge([Urged(first, world.people[0].pk)], "Again", actor=world.liaison) == []
    assert notices().count() == 1


def test_whoever_was_told_by_telephone_gets_no_notice_and_is_not_urged_again(world, first):
    urge([Urged(first, world.people[0].pk, by_phone=True)], "Please go on", actor=world.officer)
    assert not notices().exists()
    (line,) = lines(world, first)
    assert (line.last.by_phone, line.begins) == (True, Way.LEAVE)
    Urging.objects.update(urged_on=timezone.localdate() - timedelta(4))
    (line,) = lines(world, first)
    assert (line.last, line.begins) == (None, Way.SEND)


def test_a_notice_stops_when_the_branch_has_left_the_stage(world, first):
    urge([Urged(first, world.people[0].pk)], "Please go on", actor=world.supervisor)
    today = timezone.localdate()
    assert notices().unread(today).count() == 1
    gate.move(first, "request", actor=world.secretary)
    assert notices().unread(today).count() == 0
    assert urge([Urged(first, world.people[1].pk)], "Please go on", actor=world.supervisor) == []


def test_only_whoever_oversees_a_branch_urges_it(world, first):
    for user in (world.secretary, world.member, world.stranger, world.sysadmin):
        with pytest.raises(PermissionDenied):
            urge([Urged(first, world.people[0].pk)], "Please go on", actor=user)
    for words in (" ", "x" * 151):
        with pytest.raises(ValidationError):
            urge([Urged(first, world.people[0].pk)], words, actor=world.officer)
    assert not Urging.objects.exists()


def test_the_page_lists_whom_before_anything_is_sent(world, first, stages, client):
    client.force_login(world.supervisor)
    keys = [row.pk for row in stages.values()]
    page = client.post(reverse("urge_create"), {"selected": keys})
    found = page.context["form"].lines
    assert [line.member.name for line in found] == ["甲书记", "己书记"]
    assert words_for(found) == page.context["form"]["text"].value()
    assert not Urging.objects.exists()
    sent = client.post(reverse("urge_create"), {"selected": keys, "text": "Please", f"way_{first.pk}": "send"})
    assert sent.status_code == 302
    assert [row.recipient.name for row in Urging.objects.all()] == ["甲书记"]


def test_a_branch_without_secretary_or_out_of_reach_is_not_urged(world, first):
    world.first.posts.all().delete()
    (line,) = lines(world, first)
    assert (line.member, line.begins) == (None, Way.LEAVE)
    assert lines_of([first.pk], User.objects.get(pk=world.secretary.pk)) == []


def test_many_are_urged_in_as_many_statements_as_one(world, first):
    def cost(members):
        Urging.objects.all().delete()
        with CaptureQueriesContext(connection) as queries:
            urge([Urged(first, member.pk) for member in members], "Please", actor=world.supervisor)
        return len(queries)

    cost(world.people[:2])  # what this actor may do is read once
    assert cost(world.people[:1]) == cost(world.people)


def test_the_urged_person_reads_the_page_of_his_notice(world, first, client):
    (row,) = urge([Urged(first, world.people[0].pk)], "Please go on", actor=world.supervisor)
    for user, code in ((world.secretary, 200), (world.officer, 200), (world.member, 404), (world.sibling, 404)):
        client.force_login(user)
        assert client.get(reverse("urging_detail", args=[row.pk])).status_code == code


def test_whoever_sends_is_told_whom_no_notice_reaches(world, first, stages, client):
    client.force_login(world.supervisor)
    data = {"text": "Please go on", "selected": [first.pk], f"way_{first.pk}": "send"}
    User.objects.filter(member=world.people[0]).update(is_active=False)
    answer = client.post(reverse("urge_create"), data, follow=True)
    assert [str(message) for message in answer.context["messages"]] == [
        "已催办1人。", "其中1人没有账号，通知送不到，请电话告知。"]  # fmt: skip
    User.objects.filter(member=world.people[0]).update(is_active=True)
    Urging.objects.all().delete()
    assert len(client.post(reverse("urge_create"), data, follow=True).context["messages"]) == 1
