"""What spares typing: the list of those away, the last meeting as a pattern, ready agendas, an end without its day."""

from dataclasses import dataclass

import pytest
from django.http import QueryDict
from django.urls import reverse

from branches.actions import organisations
from meetings import actions
from meetings.agendas import READY
from meetings.away import read
from meetings.kinds import KINDS
from meetings.models import Meeting
from meetings.shorthand import written_out
from tests.cast import SINCE, enrol, entry
from workflow.actors import SYSTEM


@dataclass
class Person:
    member_id: int
    name: str
    is_exempt: bool = False


NAMES = ("王伟", "王伟东", "李芳", "张敏（1968.03）", "张敏（1972.11）", "欧阳明", "赵国强")
PEOPLE = [Person(key, name) for key, name in enumerate(NAMES, 1)]


@pytest.mark.parametrize(
    ("text", "away"),
    [
        ("李芳 出差", {3: ("on_leave", "出差")}),
        ("李芳出差", {3: ("on_leave", "出差")}),
        ("李芳：请假，外出培训", {3: ("on_leave", "外出培训")}),
        ("李芳（病假）", {3: ("on_leave", "病假")}),
        ("李芳因病请假", {3: ("on_leave", "因病请假")}),
        ("李芳 缺席 联系不上", {3: ("absent", "联系不上")}),
        ("李芳 无故缺席", {3: ("absent", "")}),
        ("李芳", {3: ("on_leave", "")}),
        ("王伟东 住院", {2: ("on_leave", "住院")}),
        ("王伟、王伟东 住院", {1: ("on_leave", "住院"), 2: ("on_leave", "住院")}),
        ("李芳，赵国强和欧阳明 值班", {3: ("on_leave", "值班"), 7: ("on_leave", "值班"), 6: ("on_leave", "值班")}),
        ("1. 李芳 出差\n2、赵国强 缺席 失联；欧阳明 事假", {
            3: ("on_leave", "出差"), 7: ("absent", "失联"), 6: ("on_leave", "事假"),
        }),
        ("张敏（1968.03） 住院", {4: ("on_leave", "住院")}),
        ("张敏(1972.11)，住院", {5: ("on_leave", "住院")}),
        ("\u3000李芳\u00a0出差\r\n\r\n", {3: ("on_leave", "出差")}),
        ("无", {}),
        ("全部到会。", {}),
    ],
    ids=range(17),
)  # fmt: skip
def test_those_away_are_read_as_people_write_them(text, away):
    found = read(text, PEOPLE)
    assert (found.away, found.faults) == (away, [])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("王伟民 出差", "“王伟民”不在当日花名册中"),
        ("李芳、孙立 出差", "“孙立”不在当日花名册中"),
        ("孙立", "“孙立”不在当日花名册中"),
        ("出差", "“出差”不在当日花名册中"),
        ("张敏 住院", "张敏（1968.03）或张敏（1972.11）"),
        ("李芳 出差；李芳 病假", "“李芳”重复"),
    ],
)
def test_who_is_unknown_ambiguous_or_twice_is_told_in_words(text, words):
    (fault,) = read(text, PEOPLE).faults
    assert words in fault


def test_all_others_came_but_who_was_ticked_otherwise_or_need_not_come():
    people = [Person(1, "甲乙"), Person(2, "丙丁"), Person(3, "戊己"), Person(4, "庚辛", is_exempt=True)]
    data = QueryDict(
        "away=甲乙 出差&status_2=absent&reason_2=x&started_at=2026-3-2 9:00&ended_at=11：30".replace(" ", "+")
    )
    typed, faults = written_out(data, people)
    assert faults == []
    told = {
        key: typed.get(key) for key in ("status_1", "reason_1", "status_2", "status_3", "status_4", "away", "ended_at")
    }
    assert told == {
        "status_1": "on_leave", "reason_1": "出差", "status_2": "absent", "status_3": "present", "status_4": None,
        "away": "", "ended_at": "2026-3-2 11：30",
    }  # fmt: skip


def test_a_list_that_cannot_be_read_ticks_nobody():
    typed, faults = written_out(QueryDict("away=甲乙 出差；某人 出差".replace(" ", "+")), [Person(1, "甲乙")])
    assert len(faults) == 1 and "status_1" not in typed and typed["away"] == "甲乙 出差；某人 出差"


@pytest.fixture
def address(cast):
    return reverse("meeting_create") + f"?organisation={cast.first.pk}&form=general_meeting"


def post(client, cast, address, **typed):
    client.force_login(cast.secretary)
    data = {
        "theme": "New", "started_at": "2026-03-02 09:00", "ended_at": "10:00", "place": "Room", "agenda": "One",
        "host": cast.people[0].pk, "recorder": cast.people[1].pk, "minutes_original": "system", "late_reason": "Ill",
        "confirmed": "yes",
    }  # fmt: skip
    return client.post(address, data | typed)


@pytest.mark.django_db
def test_without_script_a_whole_record_is_handed_in_by_naming_those_away(client, cast, address):
    post(client, cast, address, away="丙干事 事假", save="submit")
    meeting = Meeting.objects.get()
    came = {row.member.name: (row.status, row.reason) for row in meeting.attendances.select_related("member")}
    assert meeting.state == "filed" and came.pop("丙干事") == ("on_leave", "事假")
    assert set(came.values()) == {("present", "")} and meeting.present == 4


@pytest.mark.django_db
def test_an_unknown_name_keeps_the_record_and_the_list_on_the_page(client, cast, address):
    page = post(client, cast, address, away="丙干事 事假；路人 出差", save="submit").content.decode()
    assert "“路人”不在当日花名册中" in page and "丙干事 事假；路人 出差" in page
    assert not Meeting.objects.exists()


@pytest.mark.django_db
def test_namesakes_are_asked_about(client, cast, address):
    enrol("丙干事", cast.first, category="probationary", position=9)
    page = post(client, cast, address, away="丙干事 事假", save="submit").content.decode()
    assert "两名" in page or "同名" in page
    assert not Meeting.objects.exists()


@pytest.mark.django_db
def test_taking_over_shows_the_ticks_and_saves_nothing(client, cast, address):
    answer = post(client, cast, address, away="丙干事 事假", save="refresh")
    sheet = answer.context["sheet"]
    assert sheet.attendance[f"reason_{cast.people[2].pk}"].value() == "事假"
    assert sheet.attendance[f"status_{cast.people[0].pk}"].value() == "present"
    assert sheet.attendance["away"].value() == "" and not Meeting.objects.exists()


@pytest.fixture
def last(cast, db):
    typed = entry(cast.people, theme="LAST-THEME", place="LAST-ROOM", host=cast.people[1], recorder=cast.people[2])
    return actions.save(Meeting(organisation=cast.first, form="general_meeting"), typed, actor=cast.clerk)


def begun(client, user, address):
    client.force_login(user)
    return client.get(address).context["sheet"]


def test_a_record_begins_as_the_last_one_of_its_kind(client, cast, last, address):
    sheet = begun(client, cast.secretary, address + "&like=last")
    fields = ("place", "host", "recorder", "agenda", "observers", "theme", "minutes")
    told = [sheet.form[name].value() or "" for name in fields]
    assert told == ["LAST-ROOM", cast.people[1].pk, cast.people[2].pk, "One\nTwo", "Guest，Superior", "", ""]
    assert not any(sheet.attendance[f"status_{person.pk}"].value() for person in cast.people)


def test_the_last_one_is_offered_and_not_presumed(client, cast, last, address):
    sheet = begun(client, cast.secretary, address)
    assert sheet.offers.last == last and not sheet.form["place"].value()
    assert "like=last" in client.get(address).content.decode()
    other = address.replace("general_meeting", "party_lecture")
    assert begun(client, cast.secretary, other).offers.last is None
    actions.move(last, "void", actor=cast.secretary, note="Wrong")
    assert begun(client, cast.secretary, address).offers.last is None


def test_themes_of_the_branch_are_suggested_newest_first_and_once(client, cast, last, address):
    for theme in ("Older", "LAST-THEME", "Newest"):
        actions.save(
            Meeting(organisation=cast.first, form="general_meeting"), entry(cast.people, theme=theme), actor=cast.clerk
        )
    assert begun(client, cast.secretary, address).offers.themes == ["Newest", "LAST-THEME", "Older"]


@pytest.mark.django_db
def test_a_group_begins_as_its_own_last_meeting(client, cast):
    meeting = Meeting(organisation=cast.first, form="group_meeting", group=cast.group)
    actions.save(meeting, entry(cast.people[3:5]), actor=cast.group_leader)
    second = organisations.found_group("Second", actor=SYSTEM, organisation=cast.first, since=SINCE)
    here = reverse("meeting_create") + f"?organisation={cast.first.pk}&form=group_meeting&group="
    assert begun(client, cast.secretary, f"{here}{cast.group.pk}").offers.last == meeting
    assert begun(client, cast.secretary, f"{here}{second.pk}").offers.last is None


def test_every_form_has_a_ready_agenda_that_the_form_takes():
    assert READY.keys() == KINDS.keys()
    for agendas in READY.values():
        assert all(0 < len(line) <= 200 for agenda in agendas for line in agenda.text.split("\n"))
