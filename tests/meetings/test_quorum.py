"""The arithmetic of a sitting against a second statement of it, written from the regulation in whole persons."""

from hypothesis import given
from hypothesis import strategies as st

from meetings.quorum import Count


def may_decide(due, present):
    """At least as many are there as are missing; a meeting nobody may vote in decides nothing."""
    return due > 0 and present >= due - present


@given(due=st.integers(0, 200), data=st.data())
def test_half_of_those_with_the_right_to_vote_half_included(due, data):
    present = data.draw(st.integers(0, due))
    count = Count(due=due, present=present, on_leave=0, voting_due=due, voting_present=present)
    assert count.has_quorum == may_decide(due, present)


@given(due=st.integers(1, 200), data=st.data())
def test_lacking_is_the_smallest_number_that_helps(due, data):
    present = data.draw(st.integers(0, due))
    lacking = Count(due, present, 0, due, present).lacking
    assert may_decide(due, present + lacking)
    assert lacking == 0 or not may_decide(due, present + lacking - 1)


def test_eight_members_need_four():
    assert Count(8, 3, 0, 8, 3).lacking == 1
    assert Count(8, 4, 0, 8, 4).has_quorum


def test_absent_is_neither_here_nor_on_leave():
    assert Count(due=10, present=6, on_leave=3, voting_due=9, voting_present=6).absent == 1
