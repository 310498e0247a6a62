from datetime import date, datetime

import pytest

from shell.dates import DateError, read_day, read_moment, read_partial
from shell.forms import DateField, DateTimeField


@pytest.mark.parametrize(
    "text",
    [
        "2026-12-31", "2026.12.31", "2026/12/31", "2026年12月31日", "2026年12月31", "20261231",
        " 2026-12-31 ", "2026 年 12 月 31 日", "2026-12-31", "2026。12。31",
    ],
)  # fmt: skip
def test_a_day_is_read_in_every_spelling(text):
    assert read_day(text) == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("1988.03", "1988-03"), ("1988.3", "1988-03"), ("1976年7月", "1976-07"), ("1976年", "1976"), ("196902", "1969-02"),
        ("1985", "1985"), ("19850612", "1985-06-12"), ("1985年6月12号", "1985-06-12"), ("85年6月", "1985-06"),
        ("１９８８．０３", "1988-03"), (" 1988 . 03 ", "1988-03"), ("26年", "2026"), ("27年", "1927"),
    ],
)  # fmt: skip
def test_a_day_known_in_part_stays_so_in_every_spelling(text, meant):
    assert read_partial(text, this_year=2026) == meant


@pytest.mark.parametrize("text", ["198813", "1985-02-30", "85", "soon", "0988"])
def test_what_is_no_part_of_a_day_is_refused(text):
    with pytest.raises(DateError):
        read_partial(text)


def test_single_figures_are_enough():
    assert read_day("2026-3-5") == date(2026, 3, 5)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2021-02-30", "no_such_day"), ("2021-13-01", "no_such_day"), ("0201-01-01", "year"), ("9999-12-31", "year"),
        ("soon", "unreadable"), ("", "unreadable"), ("2026-12", "incomplete"), ("12/31/2026", "unreadable"),
        ("2026-12-31; DROP", "unreadable"), ("٢٠٢٦-12-31", "unreadable"),
    ],
)  # fmt: skip
def test_what_is_no_day_says_why(text, code):
    with pytest.raises(DateError) as refusal:
        read_day(text)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    "text",
    [
        "2026-12-31 20:30", "2026-12-31T20:30", "2026-12-31 20:30:00",
        "2026年12月31日20时30分", "20261231 2030", "2026.12.31 20:30",
    ],
)  # fmt: skip
def test_a_moment_is_read_in_every_spelling(text):
    assert read_moment(text) == datetime(2026, 12, 31, 20, 30)


@pytest.mark.parametrize(
    ("text", "code"),
    [("2026-12-31", "unreadable"), ("2026-12-31 25:00", "no_such_time"), ("2021-02-30 09:00", "no_such_day")],
)
def test_what_is_no_moment_says_why(text, code):
    with pytest.raises(DateError) as refusal:
        read_moment(text)
    assert refusal.value.code == code


def test_the_field_repeats_what_was_typed_and_shows_how_to_write_it():
    field = DateField()
    with pytest.raises(Exception, match="2021-02-30") as refusal:
        field.clean("2021-02-30")
    assert "2026-12-31" in refusal.value.messages[0]


def test_the_moment_is_meant_in_the_sites_time_zone():
    assert DateTimeField().clean("2026-12-31 08:00").isoformat() == "2026-12-31T08:00:00+08:00"


def test_an_empty_optional_day_is_none():
    assert DateField(required=False).clean("  ") is None
