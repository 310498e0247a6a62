"""Dates and names typed by hand: what cannot be is refused, what is unlikely is asked about once with all typed kept."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from branches.models import Member, Organisation, Particulars, Relation, User
from branches.roster.reading import Reading
from workflow.models import History

TODAY = timezone.localdate()
ENTERED = {"name": "新同志", "category": "formal", "since": TODAY.isoformat()}


@pytest.fixture
def enter(cast, client):
    client.force_login(User.objects.get(pk=cast.secretary.pk))
    address = reverse("organisation_change", args=[cast.first.pk, "enter"])
    return lambda **typed: client.post(address, {**ENTERED, **typed})


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("1988.03", "1988-03"), ("1976年7月", "1976-07"), ("196902", "1969-02"), ("1985", "1985"), ("85年", "1985")],
)
def test_a_form_reads_the_spellings_that_a_roster_may_have(enter, typed, kept):
    assert enter(born=typed).status_code == 302
    assert Particulars.objects.get(member__name="新同志").born == kept


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"born": str(TODAY.year + 1)}, "还没有到"), ({"joined": f"{TODAY.year + 1}-07"}, "还没有到"),
        ({"born": "1990-05", "joined": "1989"}, "早于出生"), ({"born": "1990-02-30"}, "1990-02-30"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_even_to_who_insists(enter, typed, words):
    response = enter(**typed, anyway="yes")
    assert response.status_code == 200 and words in response.text
    assert not Member.objects.filter(name="新同志").exists()


def test_a_child_is_asked_about_once_and_nothing_typed_is_lost(enter):
    typed = {"born": "1990-05", "joined": "2008-04", "phone": "13900000001"}
    response = enter(**typed)
    assert response.status_code == 200 and "不满 18 周岁" in response.text and 'name="anyway"' in response.text
    assert all(f'value="{words}"' in response.text for words in typed.values())
    assert enter(**typed, anyway="yes").status_code == 302
    assert 'name="anyway"' not in enter(born="1990-05", joined="2008-05", name="另同志").text


@pytest.mark.parametrize(("born", "asks"), [("", True), ("1968-03", True), ("1968-03-05", True), ("1970", False)])
def test_the_same_person_twice_is_asked_about(cast, enter, born, asks):
    Particulars.objects.filter(member=cast.people[4]).update(born="1968-03")
    response = enter(name="戊同志", born=born)
    assert ("是同一个人吗" in response.text) is asks
    assert Relation.objects.filter(member__name="戊同志").count() == (1 if asks else 2)
    if asks:
        assert enter(name="戊同志", born=born, anyway="yes").status_code == 302


def test_two_organisations_of_one_name_under_one_superior_are_asked_about(cast, client):
    client.force_login(User.objects.get(pk=cast.officer.pk))
    typed = {"name": "First branch", "kind": "branch", "branch_kind": "single", "mode": "online"}
    typed["since"] = TODAY.isoformat()
    address = reverse("organisation_change", args=[cast.county.pk, "found"])
    assert "已有“First branch”" in client.post(address, typed).text
    assert client.post(address, {**typed, "anyway": "yes"}).status_code == 302
    assert Organisation.objects.filter(name="First branch").count() == 2


def test_a_merger_and_a_split_say_beforehand_which_rules_they_break(cast, client):
    client.force_login(User.objects.get(pk=cast.officer.pk))
    told = History.objects.count()
    address = reverse("organisation_change", args=[cast.first.pk, "split"])
    typed = {"name": "New", "branch_kind": "single", "since": TODAY.isoformat(), "members": [cast.people[4].pk]}
    page = client.post(address, typed).text
    assert "A1-1 " in page and "New" in page
    assert History.objects.count() == told and not Organisation.objects.filter(name="New").exists()
    assert client.post(address, {**typed, "confirmed": "yes"}).status_code == 302
    for number in range(46):
        Relation.objects.create(member=Member.objects.create(name=f"员{number}"), organisation=cast.first, since=TODAY)
    into = {"into": cast.first.pk, "since": (TODAY + timedelta(1)).isoformat()}
    merge = reverse("organisation_change", args=[cast.second.pk, "merge"])
    assert "A1-2 " in client.post(merge, into).text
    assert Organisation.objects.get(pk=cast.second.pk).until is None


def test_a_roster_is_judged_by_the_same_rules():
    reading = Reading({"name": 0, "born": 1, "joined": 2, "category": 3}, ["姓名", "出生", "入党", "类别"], 1)
    reading.take([[2, "甲", "1990", "1985", "正式党员"], [3, "乙", "1990-05", "2008-04", "正式党员"]])
    assert [(fault.row, fault.is_note) for fault in reading.faults.kept] == [(2, False), (2, True), (3, True)]


def test_a_member_not_said_to_be_full_or_probationary_is_a_note_and_a_bad_name_one_fault():
    reading = Reading({"name": 0, "category": 1}, ["姓名", "类别"], 1)
    reading.take([[2, "甲", "中共党员"], [3, "乙", "预备党员"], [4, "闯入4", "正式党员"]])
    kept = [(fault.row, fault.is_note) for fault in reading.faults.kept]
    assert kept == [(2, True), (4, False)] and "正式党员" in str(reading.faults.kept[0].words)
    assert reading.lines[0].category == "formal"
