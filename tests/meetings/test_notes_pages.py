"""F18: the pages of checks of study notes, to each what is his; what stays when its days are over; the list on paper."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from branches.retention.actions import destroy_expired
from meetings.models import NotesCheck, NotesLine
from tests.meetings.test_notes import DAY, PEOPLE, entered, found, numbers, opened
from workflow.models import AuditEvent


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def check(cast):
    return entered(cast)


# --- kept how long -------------------------------------------------------------------------------------------------
def test_results_are_destroyed_after_two_years_and_numbers_stay(cast, check):
    destroy_expired(DAY + timedelta(730))
    assert NotesLine.objects.count() == 3
    destroy_expired(DAY + timedelta(731))
    assert not NotesLine.objects.exists()
    assert numbers(check) == (1, 1, 1, 0)
    assert "numbers stay" in page(cast, "secretary", "notes_detail", check.pk)


# --- pages ---------------------------------------------------------------------------------------------------------
def browser(cast, who):
    client = Client()
    client.force_login(getattr(cast, who))
    return client


def page(cast, who, name, *args):
    return browser(cast, who).get(reverse(name, args=args)).content.decode()


def test_a_refusal_keeps_everything_that_was_typed(cast, check):
    key = cast.people[4].pk
    typed = {f"result_{key}": "short", f"remark_{key}": "TYPED-WORDS", "correct_by": "2026-03-01", "version": 2}
    sent = browser(cast, "secretary").post(reverse("notes_fill", args=[check.pk]), typed)
    assert sent.status_code == 200
    assert "by when" in sent.content.decode() and "TYPED-WORDS" in sent.content.decode()
    sent = browser(cast, "secretary").post(
        reverse("notes_fill", args=[check.pk]), {**typed, "correct_by": "2026-03-20", "version": 1}
    )
    assert "Somebody else" in sent.content.decode() and "TYPED-WORDS" in sent.content.decode()


def test_a_word_without_a_tick_asks_for_the_tick(cast, check):
    key = cast.people[0].pk
    for typed in ({f"remark_{key}": "TYPED-WORDS"}, {f"answered_{key}": "0"}):
        sent = (
            browser(cast, "secretary")
            .post(reverse("notes_fill", args=[check.pk]), {**typed, "version": 2})
            .content.decode()
        )
        assert "Please tick the result" in sent
    assert len(found(check)) == 3


def test_from_opening_to_results_by_form(cast):
    client = browser(cast, "clerk")
    sent = {"checked_on": "2026-03-02", "subject": "Study notes", "asked": "", "questions": "One\nTwo"}
    made = client.post(reverse("notes_create", args=[cast.first.pk]), sent, follow=True)
    check, page = NotesCheck.objects.get(), made.content.decode()
    assert made.redirect_chain[-1][0] == reverse("notes_fill", args=[check.pk])
    assert [name in page for name in PEOPLE] == [True] * 5 and "Answered of 2" in page
    one, other = cast.people[3].pk, cast.people[4].pk
    sent = {f"result_{one}": "meets", f"answered_{one}": "2", f"result_{other}": "short", "correct_by": "2026-03-20",
            f"remark_{other}": "One left open", "version": "1"}  # fmt: skip
    client.post(reverse("notes_fill", args=[check.pk]), sent)
    assert found(check) == {"丁组长": ("meets", 2, "", None), "戊同志": ("short", None, "One left open", None)}
    sent = {"members": [other], "on": "2026-03-10", "version": "2"}
    client.post(reverse("notes_look", args=[check.pk]), sent)
    assert found(check)["戊同志"][3] == date(2026, 3, 10)
    shown = client.get(reverse("notes_detail", args=[check.pk])).content.decode()
    assert "Not looked at:" in shown and "甲书记, 乙委员, 丙干事" in shown


def test_a_member_sees_his_line_and_no_number_a_superior_numbers_and_who_falls_short(cast, check):
    mine = page(cast, "member", "notes_detail", check.pk)
    assert "Five left open" in mine and "丙干事" not in mine and "Looked at" not in mine
    for who, names in (("supervisor", False), ("officer", True)):
        shown = page(cast, who, "notes_detail", check.pk)
        assert "Looked at" in shown and "丙干事" not in shown and "Not looked at" not in shown
        assert ("戊同志" in shown) == names
    assert "Open a check" in page(cast, "secretary", "notes_list")
    assert "Open a check" not in page(cast, "officer", "notes_list")


def test_on_paper_stands_everybody_and_before_the_check_empty_cells(cast, check):
    paper = page(cast, "secretary", "notes_paper", check.pk, "a4")
    for words in ("学习笔记检查登记表", "甲书记", "3/8", "Five left open", "检查3人，符合要求1人，需补1人，未交1人"):
        assert words in paper
    empty = page(cast, "secretary", "notes_paper", opened(cast, asked=0, questions="One").pk, "a5")
    assert "1. One" in empty and "检查情况" not in empty
    word = browser(cast, "clerk").get(reverse("notes_word", args=[check.pk, "a4"]))
    assert word.content[:2] == b"PK" and "docx" in word["Content-Disposition"]
    assert AuditEvent.objects.filter(kind="exported", note__startswith="学习笔记检查登记表").count() == 3
