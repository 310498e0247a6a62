"""Working days, counted: whatever the table of days off says."""

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from branches.days_off.working import ahead, back, working_day

DAYS = st.dates(date(2026, 3, 1), date(2026, 4, 30))
OFFS = st.dictionaries(DAYS, st.booleans(), max_size=12)
NUMBERS = st.integers(0, 30)


def test_without_a_table_only_the_weekend_is_free():
    monday = date(2026, 9, 28)
    assert [working_day(monday + timedelta(n), {}) for n in range(7)] == [True] * 5 + [False] * 2


def test_the_table_frees_a_weekday_and_has_a_sunday_worked():
    offs = {date(2026, 10, 1): False, date(2026, 9, 27): True}
    assert not working_day(date(2026, 10, 1), offs)
    assert working_day(date(2026, 9, 27), offs)


def test_days_are_counted_by_hand():
    offs = {date(2026, 10, day): False for day in range(1, 8)} | {date(2026, 10, 10): True}
    assert back(date(2026, 10, 9), 1, offs) == date(2026, 10, 8)
    assert back(date(2026, 10, 9), 2, offs) == date(2026, 9, 30)
    assert back(date(2026, 10, 4), 0, offs) == date(2026, 9, 30)
    assert ahead(date(2026, 9, 30), 1, offs) == date(2026, 10, 8)
    assert ahead(date(2026, 10, 9), 1, offs) == date(2026, 10, 10)
    assert ahead(date(2026, 10, 11), 0, offs) == date(2026, 10, 12)
    assert ahead(date(2026, 10, 12), 0, offs) == back(date(2026, 10, 12), 0, offs) == date(2026, 10, 12)


def worked_between(first, last, offs):
    """How many working days lie from one day to another, both counted."""
    return sum(working_day(first + timedelta(n), offs) for n in range((last - first).days + 1))


@settings(max_examples=60, deadline=None, suppress_health_check=HealthCheck)
@given(DAYS, NUMBERS, OFFS)
def test_so_many_working_days_lie_between(day, number, offs):
    one = timedelta(1)
    earlier, later = back(day, number, offs), ahead(day, number, offs)
    assert working_day(earlier, offs) and working_day(later, offs)
    if number:
        assert worked_between(earlier, day - one, offs) == worked_between(day + one, later, offs) == number
    else:
        assert worked_between(earlier, day, offs) == worked_between(day, later, offs) == 1


@settings(max_examples=60, deadline=None, suppress_health_check=HealthCheck)
@given(DAYS, NUMBERS, OFFS)
def test_who_goes_back_and_ahead_again_is_where_he_was(day, number, offs):
    start = ahead(day, 0, offs)
    assert ahead(back(start, number, offs), number, offs) == start
