"""Who sees a vote and who takes its counts away, and how few voters are too few for a promise."""

import pytest

from appraisals.models import Vote
from branches.models import User
from tests.appraisals.votes.rows import counted, handed_out, laid_down, moved
from tests.appraisals.votes.test_todos import EVERYBODY

KEEPERS = {"clerk", "committee_member", "secretary", "officer", "supervisor", "liaison"}


def of(world, rows):
    """Who of the cast is given something by `rows(user)`."""
    users = {name: User.objects.get(pk=getattr(world, name).pk) for name in EVERYBODY}
    return {name for name, user in users.items() if rows(user).exists()}


def test_in_preparation_whoever_keeps_or_counts_sees_it_and_then_the_branch(world):
    vote = laid_down(world, way="slips")  # the member counts it
    assert of(world, Vote.objects.visible_to) == KEEPERS | {"member"}
    vote, _printed = handed_out(world)
    assert of(world, Vote.objects.filter(pk=vote.pk).visible_to) == KEEPERS | {"member", "group_leader"}


def test_whoever_leads_the_branch_or_exports_from_above_takes_counts_away(world):
    moved(world, counted(world), "confirm_signed")
    assert of(world, Vote.objects.exportable_by) == {"secretary", "officer", "supervisor"}


@pytest.mark.parametrize(("voters", "is_small"), [(4, True), (5, False)])
def test_fewer_voters_than_are_ever_shown_are_few(world, voters, is_small):
    vote = laid_down(world, voters=voters)
    assert (vote.poll.min_show, vote.is_small) == (5, is_small)
