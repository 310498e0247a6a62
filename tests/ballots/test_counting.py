"""Closing, counting, typed totals and the end."""

import random

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ballots import actions, keys
from ballots.actions import Ballots
from ballots.counting import CountsDiffer, Totals, by_columns, by_rows, count
from ballots.marks import Asked, lines_of, packed
from ballots.models import Box, Count, Poll, Slip, Tally
from ballots.sealing import Tampered, new_pair, seal
from ballots.slips import Cast
from ballots.verify import boxes_have_a_key, no_total_while_open, slips_end_with_the_poll, sums, within_valid
from tests.ballots.hall import cast, counted, laid_down, marks_of, opened, totals

pytestmark = pytest.mark.django_db
BALLOTS = [(1, 2, 2, 1), (2, 1, 2, 1), (2, 2, 0, 2), (1, 4, 3, 0)]
EXPECTED = {"甲": [0, 2, 2, 0, 0], "乙": [0, 1, 2, 0, 1], "丙": [1, 0, 2, 1, 0], "支部班子": [1, 2, 1, 0, 0]}


def closed(ballots=BALLOTS, **told):
    poll, codes = opened(len(ballots) + 1, **told)
    for code, options in zip(codes, ballots, strict=False):
        assert cast(code, marks_of(poll, *options)) == Cast.TAKEN
    return poll, codes, actions.close_box(poll)


def test_closing_tells_how_many_were_given_out_and_came_back():
    poll, codes, (given_out, came) = closed()
    assert (given_out, came) == (5, 4)
    assert not Slip.objects.exists()
    assert cast(codes[-1], marks_of(poll, 0, 0, 0, 0)) == Cast.UNKNOWN


def test_totals_are_what_was_cast_with_zeros_and_abstentions():
    poll, _codes, _numbers = closed()
    assert counted(poll) == EXPECTED
    assert set(Count.objects.values_list("issued", "collected", "valid", "invalid")) == {(5, 4, 4, 0)}
    assert not [*sums(), *within_valid(), *slips_end_with_the_poll(), *boxes_have_a_key(), *no_total_while_open()]


def test_a_recount_finds_the_same_until_the_boxes_are_gone():
    poll, _codes, _numbers = closed()
    assert counted(poll) == counted(poll)
    actions.destroy(poll)
    assert totals(poll) == EXPECTED
    assert not Box.objects.exists()
    poll.refresh_from_db()
    assert poll.public_key is None


def test_the_key_goes_with_the_boxes(django_capture_on_commit_callbacks):
    poll, _codes, _numbers = closed()
    assert keys.kept(poll.public_key)
    with django_capture_on_commit_callbacks(execute=True):
        actions.destroy(poll)
    with pytest.raises(keys.KeyLost):
        keys.kept(poll.public_key)


def test_a_box_exchanged_or_of_another_poll_is_noticed():
    poll, _codes, _numbers = closed()
    box = Box.objects.first()
    Box.objects.filter(pk=box.pk).update(body=seal(new_pair()[1], poll.pk, packed((1, 1, 1, 1))))
    with pytest.raises(Tampered):
        counted(poll)
    assert not Tally.objects.exists()
    Box.objects.filter(pk=box.pk).update(
        body=seal(bytes(Poll.objects.get().public_key), poll.pk + 1, packed((1, 1, 1, 1)))
    )
    with pytest.raises(Tampered):
        counted(poll)


def test_a_ballot_that_breaks_the_limit_spoils_its_sheet_alone():
    poll, _codes, _numbers = closed()
    key = bytes(Poll.objects.get().public_key)
    Box.objects.filter(pk=Box.objects.first().pk).update(body=seal(key, poll.pk, packed((1, 1, 2, 2))))
    counted(poll)
    assert list(Count.objects.order_by("sheet__position").values_list("valid", "invalid")) == [(3, 1), (4, 0)]


LINES = [
    Asked(1, 1, 1, "", "a", ("x", "y", "z"), 1, 1),
    Asked(2, 1, 2, "", "b", ("x", "y", "z"), 1, 1),
    Asked(3, 2, 1, "", "q", ("p", "q", "r", "s"), 2, None),
]


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)  # other work slows the machine
@given(st.lists(st.tuples(*[st.integers(0, 17)] * 3), max_size=30))
def test_both_ways_of_counting_agree_on_whatever_is_in_the_box(ballots):
    bodies = [packed(marks) for marks in ballots]
    assert by_rows(LINES, bodies) == by_columns(LINES, bodies)


def test_totals_that_differ_are_not_written(monkeypatch):
    monkeypatch.setattr("ballots.counting.by_columns", lambda lines, bodies: Totals({}, {}))
    with pytest.raises(CountsDiffer):
        count(LINES, [])


# --- Closing forgets the order ----------------------------------------------------------------------------------------
def test_boxes_are_written_anew_in_another_order(monkeypatch):
    poll, codes = opened(30)
    for place, code in enumerate(codes):
        cast(code, marks_of(poll, 0, 0, 0, place % 4 + 1))
    bodies = [bytes(body) for body in Box.objects.values_list("body", flat=True)]
    ids = set(Box.objects.values_list("pk", flat=True))
    actions.close_box(poll)
    assert sorted(bodies) == sorted(bytes(body) for body in Box.objects.values_list("body", flat=True))
    assert not ids & set(Box.objects.values_list("pk", flat=True))


# --- Paper ------------------------------------------------------------------------------------------------------------
def typed(poll, marks, issued=8, collected=8, invalid=0):
    lines = lines_of(poll)
    ballots = {line.sheet_key: Ballots(issued, collected, invalid) for line in lines}
    filled = {
        (line.key, option): n
        for line, numbers in zip(lines, marks, strict=True)
        for option, n in enumerate(numbers)
        if n is not None
    }
    actions.write_totals(poll, ballots, filled)


def test_totals_from_paper_fill_abstentions_in():
    poll = laid_down()
    typed(poll, [[None, 2, 6, 0, 0], [None, 2, 5, 0, 0], [1, 0, 7, 0, 0], [None, 8, 0, 0, 0]])
    assert totals(poll) == {
        "甲": [0, 2, 6, 0, 0],
        "乙": [1, 2, 5, 0, 0],
        "丙": [1, 0, 7, 0, 0],
        "支部班子": [0, 8, 0, 0, 0],
    }
    assert not [*sums(), *within_valid()]


@pytest.mark.parametrize(
    ("marks", "numbers", "words"),
    [
        ([[None, 2, 7, 0, 0], [8], [8], [8]], {}, "甲：标记与弃权共 9，有效票为 8"),
        ([[1, 2, 6, 0, 0], [8], [8], [8]], {}, "甲：标记与弃权共 9，有效票为 8"),
        ([[0, 2, 5, 0, 0], [8], [8], [8]], {}, "甲：标记与弃权共 7，有效票为 8"),
        ([[None, 4, 4, 0, 0], [None, 5, 3, 0, 0], [8], [8]], {}, "9"),
        ([[8], [8], [8], [8]], {"collected": 9}, "9"),
        ([[8], [8], [8], [8]], {"invalid": 9}, "9"),
    ],
)  # fmt: skip
def test_sums_that_cannot_be_are_refused_with_their_line(marks, numbers, words):
    poll = laid_down()
    with pytest.raises(ValidationError, match=words):
        typed(poll, marks, **numbers)
    assert not Count.objects.exists()


# --- Keys on paper ----------------------------------------------------------------------------------------------------
def test_two_halves_make_the_key_and_either_alone_nothing():
    private, public = new_pair()
    one, other = keys.halves(private)
    assert keys.joined(other.lower(), f" {one[:9]}-{one[9:]}", public) == private
    for wrong in ((one, one), (one, ""), (one, other[:-1]), (one, other[:-1] + ("0" if other[-1] != "0" else "2"))):
        with pytest.raises(ValidationError):
            keys.joined(*wrong, public)


def test_a_poll_with_halved_keys_leaves_no_file():
    poll = laid_down()
    halves = actions.give_key(poll, halved=True)
    with pytest.raises(keys.KeyLost):
        keys.kept(poll.public_key)
    assert keys.joined(*halves, poll.public_key)


def test_the_file_of_a_key_is_its_owners_alone(settings):
    from pathlib import Path

    poll, _codes = opened(1)
    file = Path(settings.BALLOT_KEYS) / bytes(poll.public_key).hex()
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o077 == 0


def test_one_slip_counts_once_however_often_it_is_cast():
    poll, codes = opened(20)
    order = codes * 3
    random.shuffle(order)
    found = [cast(code, marks_of(poll, 2, 2, 2, 1)) for code in order]
    assert found.count(Cast.TAKEN) == 20
    assert found.count(Cast.ALREADY) == 40
    assert Box.objects.count() == 20
