"""Two windows on one record: the second is shown exactly what it would overwrite, attendance too."""

import pytest
from django.urls import reverse

from meetings import actions
from meetings.models import Attendance, Meeting
from tests.cast import entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(cast):
    return actions.save(Meeting(organisation=cast.first, form="general_meeting"), entry(cast.people), actor=cast.clerk)


def post(client, cast, draft, user, version=1, **typed):
    """Save a draft from a window opened at that version; what is not named stays as `draft` began."""
    fields = {
        "theme": "Theme", "started_at": "2026-03-02 09:00", "ended_at": "2026-03-02 11:00", "place": "Room 1",
        "host": cast.people[0].pk, "recorder": cast.people[1].pk, "appraisal_year": 2025, "agenda": "One\nTwo",
        "observers": "Guest,Superior", "minutes_original": "system", "minutes": "SPOKEN-WORDS",
        "late_reason": "Entered for the tests",
    }  # fmt: skip
    ticks = {f"status_{person.pk}": "present" for person in cast.people}
    client.force_login(user)
    address = reverse("meeting_edit", args=[draft.pk])
    return client.post(address, {**fields, **ticks, "version": version, "save": "draft", **typed})


def told(answer):
    return [(line.label, line.typed, line.saved) for line in answer.context["sheet"].conflict]


def test_what_differs_is_shown_and_nothing_else(client, cast, draft):
    fourth, fifth = cast.people[3:]
    theirs = {f"status_{fourth.pk}": "on_leave", f"reason_{fourth.pk}": "ILL", "host": cast.people[2].pk,
              "ended_at": "2026-03-02 10:30", "observers": ""}  # fmt: skip
    assert post(client, cast, draft, cast.secretary, **theirs).status_code == 302
    mine = {f"status_{fifth.pk}": "absent", f"reason_{fifth.pk}": "TRAVEL", "minutes_original": "paper"}
    answer = post(client, cast, draft, cast.clerk, **mine)
    assert answer.status_code == 409
    assert told(answer) == [
        ("结束时间", "2026-03-02 11:00", "2026-03-02 10:30"),
        ("主持人", "甲书记", "丙干事"),
        ("列席人员", "Guest，Superior", ""),
        ("记录原件", "纸质记录本", "本系统"),
        ("丁组长", "到会", "请假 ILL"),
        ("戊同志", "缺席 TRAVEL", "到会"),
    ]
    page = answer.content.decode()
    assert "请假 ILL" in page and "请改正以下内容" not in page


def test_each_field_of_the_form_is_compared(client, cast, draft):
    typed = {
        "theme": "Other", "started_at": "2026-03-02 09:30", "ended_at": "2026-03-02 11:30", "place": "Room 2",
        "host": cast.people[1].pk, "recorder": cast.people[2].pk, "appraisal_year": 2024, "agenda": "One",
        "observers": "Guest", "minutes_original": "paper", "minutes": "OTHER-WORDS", "late_reason": "ILL",
        "also": ["party_lecture", "theme_day"], "minutes_party_lecture": "LECTURE-WORDS", "minutes_theme_day": "DAY-WORDS",
        "book_number": "3", "book_pages": "12", "way_video": "丙干事", "way_written": "丁组长", "way_at_home": "戊同志",
        "way_by_post": "乙委员"
    }  # fmt: skip
    away = {f"status_{cast.people[n].pk}": "absent" for n in (1, 3, 4)}
    post(client, cast, draft, cast.secretary, **typed, **away)
    answer = post(client, cast, draft, cast.clerk, **away)
    form = answer.context["sheet"].form
    assert {label for label, *_ in told(answer)} == {str(form.fields[name].label) for name in typed}
    assert typed.keys() == form.fields.keys() - {"version", "revision"}


def test_saving_again_is_meant(client, cast, draft):
    away = {f"status_{cast.people[4].pk}": "absent"}
    post(client, cast, draft, cast.secretary, **away)
    answer = post(client, cast, draft, cast.clerk)
    assert told(answer) == [("戊同志", "到会", "缺席")]
    seen = answer.context["sheet"].form["version"].value()
    assert post(client, cast, draft, cast.clerk, version=seen).status_code == 302
    assert Attendance.objects.get(meeting=draft, member=cast.people[4]).status == "present"


def test_who_typed_the_same_is_told_so(client, cast, draft):
    post(client, cast, draft, cast.secretary)
    answer = post(client, cast, draft, cast.clerk)
    assert (answer.status_code, told(answer)) == (409, [])
    assert "没有不同" in answer.content.decode()
