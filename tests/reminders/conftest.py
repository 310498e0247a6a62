from contextlib import ExitStack
from datetime import timedelta

import pytest
import time_machine

from appraisals.models import Material
from reminders import rules
from tests.reminders.work import Work


@pytest.fixture(autouse=True)
def no_board(monkeypatch):
    """What a branch has not held by a day of the year is reminded of by the calendar, in tests/meetings."""
    kept = {
        code: rule
        for code, rule in rules._rules.items()
        if not code.startswith(("lacking", "frequency", "quarter", "study"))
    }
    monkeypatch.setattr(rules, "_rules", kept)


@pytest.fixture
def work(cast):
    return Work(cast)


@pytest.fixture
def time_machine_at():
    """A function that stops the clock at a moment until the test ends."""
    with ExitStack() as ends:
        yield lambda moment: ends.enter_context(time_machine.travel(moment, tick=False))


def only_rule():
    """A material is due within three days."""
    return rules.Rule(
        "test_due",
        "“%(subject)s” is due on %(due)s.",
        rows=lambda today: Material.objects.owed_until(today + timedelta(3)),
        recipient="author",
        label="round__name",
        url_name="material_detail",
    )


@pytest.fixture
def rule(monkeypatch):
    """The only rule of the test."""
    only = only_rule()
    monkeypatch.setattr(rules, "_rules", {only.code: only})
    return only
