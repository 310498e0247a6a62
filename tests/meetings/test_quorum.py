"""The arithmetic of a sitting against a second statement of it, written from the regulation in whole persons."""

from dataclasses import astuple

from hypothesis import given
from hypothesis import strategies as st

from meetings.quorum import Count


def may_decide(due, present):
    """At least as many are there as are missing; a meeting nobody may vote in decides nothing."""
    return due > 0 and present >= due - present


@given(due=st.integers(0, 200), data=st.data())
def test_half_of_those_with_the_right_to_vote_half_included(due, data):
    present = data.draw(st.integers(0, due))
    count = Count(due, present, 0, due, present, 0, 0)
    assert count.has_quorum == may_decide(due, present)


@given(due=st.integers(1, 200), data=st.data())
def test_lacking_is_the_smallest_number_that_helps(due, data):
    present = data.draw(st.integers(0, due))
    lacking = Count(due, present, 0, due, present, 0, 0).lacking
    assert may_decide(due, present + lacking)
    assert lacking == 0 or not may_decide(due, present + lacking - 1)


def test_eight_members_need_four():
    assert Count(8, 3, 0, 8, 3, 0, 0).lacking == 1
    assert Count(8, 4, 0, 8, 4, 0, 0).has_quorum
    assert (Count(8, 4, 0, 8, 4, 0, 0).needed, Count(9, 4, 0, 9, 4, 0, 0).needed) == (4, 5)


def test_absent_is_neither_here_nor_on_leave():
    count = Count(due=10, present=6, on_leave=3, voting_due=9, voting_present=6, freed=2, freed_voting=1)
    assert (count.absent, count.listed) == (1, 12)


def test_the_rate_of_attendance_is_of_those_due_in_per_cent_with_one_decimal():
    counts = (
        Count(8, 3, 0, 8, 3, 0, 0),
        Count(3, 2, 0, 9, 9, 0, 0),
        Count(120, 120, 0, 1, 1, 0, 0),
        Count(1, 0, 0, 1, 0, 0, 0),
    )
    assert [count.share for count in counts] == ["37.5%", "66.7%", "100.0%", "0.0%"]
    assert Count(0, 0, 0, 0, 0, 4, 4).share == ""


LINES = {
    # status, due, may vote: due, present, on leave, voting due, voting present, freed, freed voting
    ("present", True, True): (1, 1, 0, 1, 1, 0, 0),
    ("present", True, False): (1, 1, 0, 0, 0, 0, 0),
    ("on_leave", True, True): (1, 0, 1, 1, 0, 0, 0),
    ("on_leave", True, False): (1, 0, 1, 0, 0, 0, 0),
    ("absent", True, True): (1, 0, 0, 1, 0, 0, 0),
    ("absent", True, False): (1, 0, 0, 0, 0, 0, 0),
    ("on_leave", False, True): (0, 0, 0, 1, 0, 1, 1),
    ("on_leave", False, False): (0, 0, 0, 0, 0, 1, 0),
    ("absent", False, True): (0, 0, 0, 1, 0, 1, 1),
}


@given(st.lists(st.sampled_from(sorted(LINES)), max_size=30))
def test_a_list_counts_what_its_lines_say(lines):
    added_up = [sum(LINES[line][n] for line in lines) for n in range(7)]
    assert astuple(Count.over(lines)) == tuple(added_up)
