"""Casting, casting again and closing at the same moment: who comes second waits, and then finds things as they are.
PostgreSQL; SQLite lets one writer in at a time."""

import threading
import time
from contextlib import contextmanager

import pytest
from django.db import connection, transaction

from ballots import actions, slips
from ballots.models import Box, Slip
from ballots.slips import Cast
from tests.ballots.hall import marks_of, opened

pytestmark = [pytest.mark.postgres, pytest.mark.usefixtures("postgresql", "committed")]
PATIENCE_SECONDS = 20
WAITING = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


@pytest.fixture
def postgresql():
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL tells who waits")


class Deed(threading.Thread):
    """Something done on a connection of its own; `told` is what it returned."""

    def __init__(self, deed):
        super().__init__(daemon=True)
        self.deed, self.told = deed, None
        self.start()

    def run(self):
        try:
            self.told = self.deed()
        finally:
            connection.close()


@contextmanager
def under_way(deed, *, undone=False):
    """While this lasts the deed is done and not committed; then it is, or undone."""
    is_done, may_end = threading.Event(), threading.Event()

    def held():
        with transaction.atomic():
            told = deed()
            is_done.set()
            may_end.wait(PATIENCE_SECONDS)
            transaction.set_rollback(undone)
        return told

    thread = Deed(held)
    assert is_done.wait(PATIENCE_SECONDS)
    try:
        yield thread
    finally:
        may_end.set()
        thread.join(PATIENCE_SECONDS)


def waits(deed):
    """The deed begun, once it waits for a lock. AssertionError where it ends or does not begin to wait."""
    thread, end = Deed(deed), time.monotonic() + PATIENCE_SECONDS
    while thread.is_alive() and time.monotonic() < end:
        with connection.cursor() as cursor:
            cursor.execute(WAITING)
            if cursor.fetchone()[0]:
                return thread
        time.sleep(0.01)
    raise AssertionError("it waits for nothing")


def ended(thread):
    thread.join(PATIENCE_SECONDS)
    assert not thread.is_alive()
    return thread.told


def ready(number):
    """(poll, its slips as the casting page has found them)."""
    poll, codes = opened(number)
    return poll, [slips.found(code) for code in codes]


def cast(slip, poll):
    return lambda: actions.cast(slip, marks_of(poll, 0, 2, 2, 1))


def test_closing_waits_for_a_ballot_under_way_and_counts_it():
    poll, (slip, _other) = ready(2)
    with under_way(cast(slip, poll)) as casting:
        closing = waits(lambda: actions.close_box(poll))
    assert casting.told == Cast.TAKEN
    assert ended(closing) == (2, 1)
    assert Box.objects.count() == 1


def test_a_ballot_waits_for_closing_under_way_and_stays_outside():
    poll, (slip, other) = ready(2)
    assert cast(other, poll)() == Cast.TAKEN
    with under_way(lambda: actions.close_box(poll)) as closing:
        casting = waits(cast(slip, poll))
    assert closing.told == (2, 1)
    assert ended(casting) == Cast.UNKNOWN
    assert Box.objects.count() == 1


def test_a_ballot_under_a_slip_that_is_being_used_waits_and_is_in_the_box_already():
    poll, (slip,) = ready(1)
    with under_way(cast(slip, poll)) as first:
        second = waits(cast(slip, poll))
    assert (first.told, ended(second)) == (Cast.TAKEN, Cast.ALREADY)
    assert Box.objects.count() == 1


def test_a_slip_whose_first_ballot_is_undone_takes_the_one_that_waited():
    poll, (slip,) = ready(1)
    with under_way(cast(slip, poll), undone=True):
        second = waits(cast(slip, poll))
    assert ended(second) == Cast.TAKEN
    assert Box.objects.count() == 1
    assert Slip.objects.get().state == "used"


def test_ballots_under_different_slips_do_not_wait_for_each_other():
    poll, (slip, other) = ready(2)
    with under_way(cast(slip, poll)):
        assert ended(Deed(cast(other, poll))) == Cast.TAKEN
    assert Box.objects.count() == 2
