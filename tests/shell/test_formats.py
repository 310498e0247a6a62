"""How values are written."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.utils.translation import override

from jobs.models import Job
from shell.formats import one_language, signed, span, state_badge, trimmed

HALF_PAST_TWO = datetime(2026, 3, 5, 6, 30, tzinfo=UTC)  # 14:30 in China


@pytest.mark.parametrize(
    ("ends", "told"),
    [
        (datetime(2026, 3, 5, 8, 0, tzinfo=UTC), "2026-03-05 14:30～16:00"),
        (datetime(2026, 3, 5, 16, 30, tzinfo=UTC), "2026-03-05 14:30～2026-03-06 00:30"),
        (None, "2026-03-05 14:30"),
    ],
)
def test_the_day_of_the_end_is_told_where_it_is_another(ends, told):
    assert span(HALF_PAST_TWO, ends) == told


def test_without_a_beginning_nothing_is_told():
    assert span(None, None) == "--"


@pytest.mark.parametrize(("hours", "told"), [("0", "0"), ("3.0", "3"), ("4.5", "4.5"), ("30", "30")])
def test_hours_carry_no_idle_noughts(hours, told):
    assert trimmed(Decimal(hours)) == told
    assert trimmed(0) == "0"


@pytest.mark.parametrize(
    ("value", "told"), [(20, "+20"), (-3, "-3"), (1234, "+1,234"), (-1234, "-1,234"), (0, "0"), (None, "--")]
)
def test_a_difference_carries_its_sign(value, told):
    assert signed(value) == told


def test_a_state_is_told_in_the_language_spoken_which_one_table_does_not_change():
    job = Job(state="done")
    assert "已完成" in state_badge(job)
    with override("en"):
        assert "Finished" in state_badge(job)
        with one_language():
            assert "Finished" in state_badge(job)
    assert "已完成" in state_badge(job)
