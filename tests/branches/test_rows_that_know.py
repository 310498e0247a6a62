"""Rights over a row that itself knows whose they are: who verifies, who counts."""

import pytest

from branches.rights import Right
from tests.branches.reaches import here, of, reach


@pytest.mark.parametrize("verifies", [True, False])
def test_a_row_says_who_verifies_it(verifies):
    row = of("here", is_verified_by=lambda asked: verifies and asked.member_key == 3)
    assert reach(member_key=3).may(Right.VERIFY, row) is verifies
    assert not reach(member_key=4).may(Right.VERIFY, row)


def test_nobody_verifies_what_knows_no_verifier():
    assert not reach(here("secretary"), member_key=3).may(Right.VERIFY, of("here"))


@pytest.mark.parametrize(
    ("member", "counts"), [(5, True), (6, True), (7, False), (0, False), (1, False), (None, False)]
)
def test_the_two_tellers_count_of_whichever_branch(member, counts):
    assert (
        reach(here("secretary"), member_key=member).may(Right.COUNT_VOTES, of("beside", teller_keys={5, 6})) is counts
    )


def test_without_tellers_nobody_counts():
    assert not reach(member_key=1).may(Right.COUNT_VOTES, of("here"))
    assert not reach(member_key=None).may(Right.COUNT_VOTES, of("here", teller_keys={1}))
