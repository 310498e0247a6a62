"""One sitting counted as several forms: one attendance list, words of its own for each."""

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from meetings import actions
from meetings.exports import ledger, ledger_rows
from meetings.kinds import Form, combinable, refusal
from meetings.models import CountedAs, Meeting, Minutes, Revision
from tests.cast import entry

pytestmark = pytest.mark.django_db

WORDS = {"party_lecture": "LECTURE-WORDS", "general_meeting": ""}


def hold(cast, form="theme_day", *, also=WORDS, submit=False, theme="Day"):
    typed = replace(entry(cast.people, theme=theme), also=also)
    return actions.save(Meeting(organisation=cast.first, form=form), typed, actor=cast.secretary, submit=submit)


def test_which_forms_may_fall_on_one_sitting():
    general, lecture, day, life = (
        Form.GENERAL_MEETING, Form.PARTY_LECTURE, Form.THEME_DAY, Form.ORG_LIFE_MEETING,
    )  # fmt: skip
    assert {form: set(combinable(form)) for form in Form} == {
        general: {lecture, day},
        lecture: {general, day},
        day: {general, lecture},
        life: {general, lecture, day},  # the record goes by its name: a superior accepts it
        Form.COMMITTEE_MEETING: set(),
        Form.GROUP_MEETING: set(),
        Form.OTHER: set(),
    }
    assert "参加人员范围不同" in refusal(day, Form.COMMITTEE_MEETING)
    assert "请新建“组织生活会”的记录" in refusal(day, life)


def test_a_sitting_counts_as_its_own_form_and_as_those_beside_it(cast):
    day, alone = hold(cast), hold(cast, "general_meeting", also={})
    assert Meeting.objects.get(pk=day.pk).forms == ["theme_day", "party_lecture", "general_meeting"]
    counted = {form: set(Meeting.objects.counting_as(form)) for form in Form}
    assert counted == {
        **dict.fromkeys(Form, set()),
        "theme_day": {day}, "party_lecture": {day}, "general_meeting": {day, alone},
    }  # fmt: skip
    assert day.decides and not hold(cast, also={}).decides  # a general meeting fell on it
    actions.save(day, replace(entry(cast.people), also={}), actor=cast.secretary, seen=1)
    assert list(CountedAs.objects.filter(meeting=day).values_list("position", "form")) == [(1, "theme_day")]
    assert Minutes.objects.get(meeting=day).by_form == {}


def test_the_calendar_names_every_form_of_a_sitting(cast, client):
    hold(cast)
    client.force_login(cast.secretary)
    page = client.get(reverse("calendar_month") + "?month=2026-03").content.decode()
    assert "主题党日、支部党员大会、党课" in page or "主题党日、党课、支部党员大会" in page


@pytest.mark.parametrize(
    ("form", "other"), [("theme_day", "committee_meeting"), ("general_meeting", "org_life_meeting")]
)
def test_forms_that_do_not_go_together_are_refused_and_nothing_is_saved(cast, form, other):
    with pytest.raises(ValidationError):
        hold(cast, form, also={other: ""})
    assert not Meeting.objects.exists()


def test_the_page_offers_them_keeps_the_words_and_shows_them(client, cast):
    day = hold(cast)
    client.force_login(cast.secretary)
    page = client.get(reverse("meeting_edit", args=[day.pk])).content.decode()
    assert page.count('name="also"') == 2 and '<details class="fold" open>' in page and "LECTURE-WORDS" in page
    shown = client.get(day.get_absolute_url()).content.decode()
    assert "主题党日、党课、支部党员大会" in shown and "会议记录 · 党课" in shown and "LECTURE-WORDS" in shown
    assert (
        "主题党日、支部党员大会、党课"
        in client.get(reverse("meeting_list"), {"form": "party_lecture"}).content.decode()
    )
    assert client.get(reverse("meeting_list"), {"form": "org_life_meeting"}).context["page"].total == 0


def posted(cast, meeting, **more):
    return {
        "theme": "Day", "started_at": "2026-03-02 09:00", "minutes_original": "system", "save": "draft",
        "version": meeting.version, **{f"status_{person.pk}": "present" for person in cast.people}, **more,
    }  # fmt: skip


def test_words_of_a_form_that_is_not_ticked_are_asked_about_and_not_lost(client, cast):
    day = hold(cast, also={})
    client.force_login(cast.secretary)
    address = reverse("meeting_edit", args=[day.pk])
    answer = client.post(address, posted(cast, day, minutes_party_lecture="LOST?"))
    assert "请在上方勾选" in answer.content.decode() and "LOST?" in answer.content.decode()
    client.post(address, posted(cast, day, minutes_party_lecture="KEPT\r\nBOTH", also="party_lecture"))
    assert Minutes.objects.get(meeting=day).by_form == {"party_lecture": "KEPT\nBOTH"}


def test_the_second_of_two_writers_sees_the_forms_that_differ(client, cast):
    day = hold(cast)
    client.force_login(cast.secretary)
    answer = client.post(reverse("meeting_edit", args=[day.pk]), posted(cast, day, version=9, also="general_meeting"))
    lines = {line.label: (line.typed, line.saved) for line in answer.context["sheet"].conflict}
    assert answer.status_code == 409
    assert lines["同时计为"] == ("支部党员大会", "支部党员大会、党课")
    assert lines["会议记录：党课"] == ("", "LECTURE-WORDS")


def test_a_form_of_another_circle_is_not_on_offer(client, cast):
    client.force_login(cast.secretary)
    query = f"?organisation={cast.first.pk}&form=committee_meeting"
    assert "合并多种会议类型" not in client.get(reverse("meeting_create") + query).content.decode()


def test_a_correction_keeps_the_forms_and_all_words(cast):
    day = Meeting.objects.get(pk=hold(cast, submit=True).pk)
    actions.revise(day, replace(entry(cast.people), also={}), "One form", actor=cast.secretary, seen=day.version)
    kept = Revision.objects.get()
    assert kept.filed["also"] == ["party_lecture", "general_meeting"]
    assert kept.words == "SPOKEN-WORDS\n\n【党课】\nLECTURE-WORDS"


def test_the_ledger_names_every_form_and_no_words(cast):
    hold(cast, submit=True)
    ((_path, line),) = ledger(ledger_rows(cast.officer))
    assert "主题党日、党课、支部党员大会" in line and "WORDS" not in str(line)


def test_a_superior_reads_no_words_of_a_draft(client, cast):
    day = hold(cast)
    client.force_login(cast.supervisor)
    assert "LECTURE-WORDS" not in client.get(day.get_absolute_url()).content.decode()
