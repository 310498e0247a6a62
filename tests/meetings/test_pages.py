"""What the pages of a record tell, and to whom."""

import re

import pytest
from django.urls import reverse

from meetings import actions
from meetings.forms import MeetingForm, unnumbered
from meetings.models import Meeting
from reminders import todos
from tests.cast import entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(cast):
    return actions.save(Meeting(organisation=cast.first, form="org_life_meeting"), entry(cast.people), actor=cast.clerk)


@pytest.fixture
def returned(cast, draft):
    actions.move(draft, "submit", actor=cast.secretary)
    actions.move(draft, "send_back", actor=cast.supervisor, note="Add the place.")
    return draft


def listed(client, user):
    """What the list says of who came."""
    client.force_login(user)
    rows = client.get(reverse("meeting_list")).context["page"].rows
    return re.search(r'<td data-label="实到/应参加"[^>]*>(.*?)</td>', rows)[1]


def test_the_list_says_how_many_came_once_the_record_is_handed_in(client, cast, draft):
    assert [listed(client, user) for user in (cast.supervisor, cast.secretary, cast.clerk)] == ["--", "--", "--"]
    actions.move(draft, "submit", actor=cast.secretary)
    assert listed(client, cast.supervisor) == "5 / 5"


def test_why_a_record_came_back_stands_on_top_of_it_until_it_is_handed_in_anew(client, cast, returned):
    client.force_login(cast.secretary)
    for name in ("meeting_detail", "meeting_edit"):
        assert "Add the place." in client.get(reverse(name, args=[returned.pk])).content.decode().split("<dl")[0]
    actions.move(returned, "submit", actor=cast.secretary)
    assert client.get(returned.get_absolute_url()).context["returned"] is None


def test_a_returned_record_is_marked_among_the_to_dos(cast, returned):
    (section,) = [s for s in todos.sections(cast.secretary, 9) if s.todo.code == "meeting_finish"]
    assert "已退回" in section.lines[0][1]


def typed(**words):
    form = MeetingForm({"started_at": "2021-03-15 15:00", "agenda": "", "observers": "", **words}, members=[])
    form.is_valid()
    return form


def test_a_guest_is_read_with_either_comma():
    assert typed(observers="甲\uff0c局长\n乙, 处长\n丙").cleaned_data["observers"] == [
        ("甲", "局长", "observer"),
        ("乙", "处长", "observer"),
        ("丙", "", "observer"),
    ]


@pytest.mark.parametrize(
    ("field", "text"),
    [("agenda", "议" * 201), ("observers", "名" * 41), ("observers", "名," + "职" * 81)],
    ids=range(3),
)
def test_a_line_too_long_is_an_error_and_not_cut_off(field, text):
    form = typed(**{field: text})
    assert field in form.errors and form[field].value() == text


def test_what_a_submission_needs_is_starred_from_the_first_look_on():
    form = MeetingForm(members=[])
    assert {name for name in form.fields if "data-needed" in form.fields[name].widget.attrs} == set(form.needed)
    assert not form.fields["place"].required


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        (["一、学习", "二、讨论"], ["学习", "讨论"]),
        (["1.学习", "2. 讨论", "3、小结"], ["学习", "讨论", "小结"]),
        (["(一)学习", "（二）讨论"], ["学习", "讨论"]),
        (["第一项：学习", "第二项：讨论"], ["学习", "讨论"]),
        ([f"{n}. 第{n}件" for n in range(1, 13)], [f"第{n}件" for n in range(1, 13)]),
        (["一年级座谈", "二年级座谈"], ["一年级座谈", "二年级座谈"]),
        (["一、二年级学生座谈"], ["一、二年级学生座谈"]),
        (["1.5公里徒步", "2.5公里徒步"], ["1.5公里徒步", "2.5公里徒步"]),
        (["二、讨论", "一、学习"], ["二、讨论", "一、学习"]),
        (["一、学习", "讨论"], ["一、学习", "讨论"]),
        ([], []),
    ],
    ids=range(11),
)
def test_numbers_typed_before_agenda_items_are_taken_off_where_they_count(lines, kept):
    assert unnumbered(lines) == kept


ONLY_WRITERS = ("DRAFTED-THEME", "DRAFTED-ROOM", "甲书记", "乙委员", "SPOKEN-WORDS", "Guest", "09:00", "11:00")


@pytest.fixture
def secret(cast):
    typed = entry(cast.people, theme="DRAFTED-THEME", place="DRAFTED-ROOM")
    return actions.save(Meeting(organisation=cast.first, form="org_life_meeting"), typed, actor=cast.clerk)


def read(client, user, address, **query):
    client.force_login(user)
    return client.get(address, query).content.decode().split("<main")[1]


def seen(client, user, **query):
    client.force_login(user)
    return [row.pk for row in client.get(reverse("meeting_list"), query).context["page"].objects]


@pytest.mark.parametrize("state", ["draft", "returned", "void"])
def test_a_superior_sees_of_what_is_not_handed_in_branch_form_day_and_state_alone(client, cast, secret, state):
    if state == "returned":
        actions.move(secret, "submit", actor=cast.secretary)
        assert "DRAFTED-THEME" in read(client, cast.supervisor, reverse("meeting_list"))
        actions.move(secret, "send_back", actor=cast.supervisor, note="Once more.")
    elif state == "void":
        actions.move(secret, "void", actor=cast.secretary, note="Twice.")
    for user in (cast.supervisor, cast.officer, cast.liaison):
        for address in (reverse("meeting_list"), secret.get_absolute_url()):
            page = read(client, user, address)
            assert "First branch" in page and "组织生活会" in page and "2026-03-02" in page
            assert not [words for words in ONLY_WRITERS if words in page.split('class="history"')[0]], (user, address)
    for user in (cast.secretary, cast.clerk, cast.committee_member):
        for address in (reverse("meeting_list"), secret.get_absolute_url()):
            assert "DRAFTED-THEME" in read(client, user, address)


def test_what_a_superior_does_not_read_he_neither_finds_nor_sorts_by(client, cast, secret):
    other = actions.save(
        Meeting(organisation=cast.first, form="party_lecture"), entry(cast.people, theme="A"), actor=cast.clerk
    )
    for words in ("DRAFTED-THEME", "DRAFTED-ROOM"):
        assert seen(client, cast.supervisor, q=words) == []
        assert seen(client, cast.secretary, q=words) == [secret.pk]
    assert seen(client, cast.supervisor, q="First") == [other.pk, secret.pk]
    assert seen(client, cast.supervisor, sort="theme") == [secret.pk, other.pk]  # by key: neither has one to him
    assert seen(client, cast.secretary, sort="theme") == [other.pk, secret.pk]
    actions.move(secret, "submit", actor=cast.secretary)
    assert seen(client, cast.supervisor, q="DRAFTED-ROOM") == [secret.pk]


def test_a_superior_is_not_told_what_rule_a_draft_breaks(client, cast):
    typed = entry(cast.people, host=cast.people[4])
    draft = actions.save(Meeting(organisation=cast.first, form="general_meeting"), typed, actor=cast.clerk)
    client.force_login(cast.secretary)
    assert client.get(draft.get_absolute_url()).context["remarks"]
    client.force_login(cast.supervisor)
    assert client.get(draft.get_absolute_url()).context["remarks"] == []


def test_why_a_record_came_back_is_for_those_who_keep_it_and_their_superiors(client, cast, returned):
    readers = (cast.secretary, cast.clerk, cast.committee_member, cast.supervisor, cast.officer)
    assert ["Add the place." in read(client, user, returned.get_absolute_url()) for user in readers] == [True] * 5
    assert "Add the place." not in read(client, cast.member, returned.get_absolute_url())
    actions.move(returned, "submit", actor=cast.secretary)
    assert "Add the place." not in read(client, cast.member, returned.get_absolute_url())
    assert "普通党员看不到" in read(
        client, cast.supervisor, returned.get_absolute_url()
    )  # beside the box of the reason


@pytest.mark.parametrize(
    ("line", "guest"),
    [
        ("顾长青 督导员", ("顾长青", "督导员")),
        ("顾长青\u3000县委组织部 督导员", ("顾长青", "县委组织部 督导员")),
        ("张 三", ("张 三", "")),
        ("欧阳 明远", ("欧阳 明远", "")),
        ("John Smith", ("John Smith", "")),
    ],
)
def test_a_space_parts_a_name_from_a_title(line, guest):
    assert [found[:2] for found in typed(observers=line).cleaned_data["observers"]] == [guest]


@pytest.mark.parametrize("line", ["张三丰 李四光", "张三 李四 王五"])
def test_a_space_that_may_part_two_guests_is_asked_about(line):
    form = typed(observers=line)
    assert "逗号" in str(form.errors["observers"]) and form["observers"].value() == line


def begun(client, cast, form):
    client.force_login(cast.secretary)
    answer = client.get(reverse("meeting_create"), {"organisation": cast.first.pk, "form": form})
    return answer.context["sheet"].form.initial["appraisal_year"], answer.content.decode()


def test_the_year_begins_with_that_of_the_round_under_way(client, world):
    assert begun(client, world, "org_life_meeting")[0] == 2026  # the next round is in preparation
    assert begun(client, world, "party_lecture")[0] is None


def test_a_new_form_says_when_files_are_added_and_what_it_decides(client, cast):
    for form, decides in (("general_meeting", True), ("party_lecture", False)):
        year, page = begun(client, cast, form)
        assert (year, "再在该记录页面上添加" in page, "人可表决" in page) == (None, True, decides)


def test_a_move_is_answered_with_its_name(client, cast, draft):
    actions.move(draft, "submit", actor=cast.secretary)
    client.force_login(cast.secretary)
    answer = client.post(reverse("meeting_move", args=[draft.pk, "withdraw"]), follow=True)
    assert "已办理：撤回。" in answer.content.decode()


def test_a_correction_that_is_filed_at_once_is_called_filed(client, cast):
    meeting = Meeting(organisation=cast.first, form="general_meeting")
    meeting = actions.save(meeting, entry(cast.people), actor=cast.secretary, submit=True)
    typed = {
        "theme": "New", "started_at": "2026-03-03 09:00", "ended_at": "2026-03-03 10:00", "place": "Room 2",
        "host": cast.people[0].pk, "recorder": cast.people[1].pk, "agenda": "One", "minutes_original": "system",
        "reason": "Because", "late_reason": "Ill", "version": Meeting.objects.get().version, "save": "submit", "confirmed": "yes",
        **{f"status_{person.pk}": "present" for person in cast.people},
    }  # fmt: skip
    client.force_login(cast.secretary)
    answer = client.post(reverse("meeting_revise", args=[meeting.pk]), typed, follow=True)
    assert [str(message) for message in answer.context["messages"]] == ["已提交并归档。"]
