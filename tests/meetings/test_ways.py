"""Ways of taking part, kinds of guests, leaders among ordinary members, and records of the paper book."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from branches.actions import members
from branches.models import Organisation
from meetings import actions
from meetings.exports import COLUMNS
from meetings.forms import MeetingForm, guest, guest_line
from meetings.models import Attendance, GuestKind, Meeting
from tests.cast import SINCE, entry
from tests.reports.books import export, rows_of
from workflow.actors import SYSTEM

pytestmark = pytest.mark.django_db


def hold(cast, form="general_meeting", *, away=(), submit=False, facts=None, only=5, **more):
    typed = entry(cast.people, **(facts or {}))
    ticks = {
        **{person.pk: ("present", "") for person in cast.people[:only]},
        **{cast.people[n].pk: ("on_leave", "Ill") for n in away},
    }
    return actions.save(
        Meeting(organisation=cast.first, form=form), replace(typed, ticks=ticks, **more), actor=cast.secretary,
        submit=submit,
    )  # fmt: skip


def ways(meeting):
    return dict(Attendance.objects.filter(meeting=meeting).exclude(way="").values_list("member__name", "way"))


def test_who_sends_words_or_is_visited_was_not_there_and_who_is_on_video_was(cast):
    keys = [person.pk for person in cast.people]
    meeting = hold(cast, away=(3, 4), ways={keys[2]: "video", keys[3]: "written", keys[4]: "at_home"})
    assert ways(meeting) == {"丙干事": "video", "丁组长": "written", "戊同志": "at_home"}
    assert (meeting.present, meeting.voting_present, meeting.on_leave) == (3, 3, 2)
    for away, chosen in (((), {keys[3]: "written"}), ((3,), {keys[3]: "video"})):
        with pytest.raises(ValidationError):
            hold(cast, away=away, ways=chosen)


def test_whoever_is_named_with_a_way_and_not_ticked_gets_the_tick_that_fits(cast):
    typed = entry(cast.people)
    ticks = {key: tick for key, tick in typed.ticks.items() if key not in {p.pk for p in cast.people[3:]}}
    chosen = {cast.people[3].pk: "by_post", cast.people[4].pk: "video"}
    meeting = Meeting(organisation=cast.first, form="general_meeting")
    actions.save(meeting, replace(typed, ticks=ticks, ways=chosen), actor=cast.secretary)
    lines = dict(Attendance.objects.filter(meeting=meeting).values_list("member__name", "status"))
    assert (lines["丁组长"], lines["戊同志"]) == ("on_leave", "present")


def posted(cast, **more):
    return {
        "theme": "Day", "started_at": "2026-03-02 09:00", "minutes_original": "system", "save": "draft",
        **{f"status_{person.pk}": "present" for person in cast.people}, **more,
    }  # fmt: skip


def write(client, cast, **more):
    client.force_login(cast.secretary)
    query = f"?organisation={cast.first.pk}&form=general_meeting"
    return client.post(reverse("meeting_create") + query, posted(cast, **more))


def test_names_are_typed_and_shown_again(client, cast):
    key = cast.people[3].pk
    write(client, cast, way_written="丁组长", way_video="戊同志， 丙干事", **{f"status_{key}": "absent"})
    meeting = Meeting.objects.get()
    assert ways(meeting) == {"丁组长": "written", "戊同志": "video", "丙干事": "video"}
    page = client.get(reverse("meeting_edit", args=[meeting.pk])).content.decode()
    assert 'value="丙干事、戊同志"' in page and 'value="丁组长"' in page
    assert "缺席 · 书面发言" in client.get(meeting.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"way_video": "陌生人"}, "“陌生人”不在出席名单中"),
        ({"way_video": "丁组长", "way_written": "丁组长"}, "同时填写在两种方式中"),
        ({"way_written": "丁组长"}, "未到会"),
    ],
)
def test_a_name_that_cannot_be_is_asked_about(client, cast, typed, words):
    page = write(client, cast, **typed).content.decode()
    assert words in page and all(f'value="{name}"' in page for name in typed.values())
    assert not Meeting.objects.exists()


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("张三，局长", ("张三", "局长", "observer")),
        ("群众代表：王芳，教师", ("王芳", "教师", "masses")),
        ("流入党员列席: 李四", ("李四", "", "taking_part")),
        ("王芳，群众代表", ("王芳", "群众代表", "masses")),
        ("顾长青 督导员", ("顾长青", "督导员", "superior")),
    ],
)
def test_what_a_guest_is_stands_before_his_name_or_in_his_title(line, found):
    assert guest(line) == found
    assert guest(guest_line(*found)) == found


@pytest.mark.parametrize("kind", list(GuestKind))
def test_every_kind_of_guest_survives_the_form(kind):
    assert guest(guest_line("王芳", "督导员", kind)) == ("王芳", "督导员", kind)


@pytest.fixture
def leader(cast):
    """The group leader serves in the committee of the county, too."""
    members.name_to_post(cast.people[3], actor=SYSTEM, organisation=cast.county, kind="publicity", since=SINCE)
    return cast.people[3]


def test_who_serves_with_a_superior_is_marked_by_the_register(client, cast, leader):
    meeting, without = hold(cast, submit=True), hold(cast, away=(3,), submit=True)
    assert list(Attendance.objects.filter(leads_above=True).values_list("member", flat=True)) == [leader.pk, leader.pk]
    client.force_login(cast.officer)
    page = client.get(reverse("meeting_list"), {"leaders": "true"}).context["page"]
    assert [row.pk for row in page.objects] == [meeting.pk] != [without.pk]
    assert client.get(reverse("meeting_list")).context["page"].total == 2
    assert "以普通党员身份参加" in client.get(meeting.get_absolute_url()).content.decode()
    notes = [row["备注"] for row in rows_of(export(cast.officer), COLUMNS)]
    assert sorted("丁组长" in words for words in notes) == [False, True]


def test_a_post_in_the_own_branch_or_on_another_day_marks_nobody(cast):
    day = entry(cast.people).facts["started_at"].date()
    county = {"actor": SYSTEM, "organisation": cast.county, "kind": "publicity"}
    members.name_to_post(cast.people[3], since=SINCE, until=day - timedelta(1), **county)
    members.name_to_post(cast.people[4], since=day + timedelta(1), **county)
    members.name_to_post(cast.people[2], **{**county, "organisation": cast.other}, since=SINCE)
    hold(cast)
    assert not Attendance.objects.filter(leads_above=True).exists()


PAPER = {"minutes_original": "paper", "theme": "", "place": "", "host": None, "recorder": None, "ended_at": None}


def test_a_record_of_the_paper_book_asks_for_its_place_there_and_the_list_only(cast):
    with pytest.raises(ValidationError) as refusal:
        hold(cast, facts=PAPER, agenda=(), submit=True)
    assert [
        words for words in refusal.value.messages if "记录本编号" in words or "页码" in words
    ] == refusal.value.messages
    meeting = hold(cast, facts={**PAPER, "book_number": "3", "book_pages": "12–15"}, agenda=(), submit=True)
    assert meeting.state == "filed"
    with pytest.raises(ValidationError):  # attendance is asked on paper, too
        hold(cast, facts={**PAPER, "book_number": "3", "book_pages": "12"}, agenda=(), only=4, submit=True)


def test_the_page_asks_on_paper_for_the_book_and_not_for_the_rest(client, cast):
    page = write(client, cast, theme="", minutes_original="paper", save="submit").context["sheet"]
    assert set(page.form.errors) == {"book_number", "book_pages", "late_reason"}
    assert set(write(client, cast, theme="", save="submit").context["sheet"].form.errors) >= set(MeetingForm.needed)


def test_a_branch_that_works_on_paper_begins_with_the_book(client, cast):
    Organisation.objects.filter(pk=cast.first.pk).update(mode="paper")
    client.force_login(cast.secretary)
    query = f"?organisation={cast.first.pk}&form=general_meeting"
    form = client.get(reverse("meeting_create") + query).context["sheet"].form
    assert form["minutes_original"].value() == "paper"
    assert {n for n in form.fields if form.fields[n].widget.attrs.get("data-needed") == ""} == {
        "book_number",
        "book_pages",
    }


def test_a_filed_record_without_theme_is_named_by_its_form(client, cast):
    hold(cast, facts={**PAPER, "book_number": "3", "book_pages": "12"}, agenda=(), submit=True)
    client.force_login(cast.secretary)
    assert "支部党员大会</a>" in client.get(reverse("meeting_list")).context["page"].rows
