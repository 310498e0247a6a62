"""Periods written out by hand: a year, its quarters, its months."""

from datetime import date, datetime

import pytest
from django.utils import timezone

from meetings.plans.periods import Period, period_of, periods

WRITTEN = [
    # period                first              last                in words        the one before
    ((2026, 1, "year"),     date(2026, 1, 1),  date(2026, 12, 31), "2026年",         (2025, 1, "year")),
    ((2026, 1, "quarter"),  date(2026, 1, 1),  date(2026, 3, 31),  "2026年第1季度",  (2025, 4, "quarter")),
    ((2026, 2, "quarter"),  date(2026, 4, 1),  date(2026, 6, 30),  "2026年第2季度",  (2026, 1, "quarter")),
    ((2026, 4, "quarter"),  date(2026, 10, 1), date(2026, 12, 31), "2026年第4季度",  (2026, 3, "quarter")),
    ((2026, 1, "month"),    date(2026, 1, 1),  date(2026, 1, 31),  "2026年1月",      (2025, 12, "month")),
    ((2024, 2, "month"),    date(2024, 2, 1),  date(2024, 2, 29),  "2024年2月",      (2024, 1, "month")),
    ((2026, 12, "month"),   date(2026, 12, 1), date(2026, 12, 31), "2026年12月",     (2026, 11, "month")),
]  # fmt: skip


@pytest.mark.parametrize(("told", "first", "last", "words", "before"), WRITTEN)
def test_a_period_has_its_days_and_its_words(told, first, last, words, before):
    period = Period(*told)
    assert (period.first, period.last, str(period), period.before) == (first, last, words, Period(*before))
    assert period_of(first, period.kind) == period_of(last, period.kind) == period


def test_a_period_ends_where_the_next_one_begins():
    begins, ends = Period(2026, 4, "quarter").moments
    assert begins == timezone.make_aware(datetime(2026, 10, 1)) and ends == timezone.make_aware(datetime(2027, 1, 1))


@pytest.mark.parametrize(
    ("share", "day"),
    [(0, date(2026, 4, 1)), (50, date(2026, 4, 16)), (70, date(2026, 4, 22)), (99, date(2026, 4, 30)),
     (100, date(2026, 5, 1))],
)  # fmt: skip
def test_so_many_percent_of_a_month_of_thirty_days_are_over(share, day):
    assert Period(2026, 4, "month").day_at(share) == day


def test_a_year_has_four_quarters_and_twelve_months():
    found = {kind: [period.number for period in periods(2026, kind)] for kind in ("year", "quarter", "month")}
    assert found == {"year": [1], "quarter": [1, 2, 3, 4], "month": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]}
