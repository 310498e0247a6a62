"""Each check of verify over votes and polls is seen to find the fault it is for."""

from appraisals.models import Partner, Subject, Vote, VoteSite
from appraisals.votes import actions
from ballots.models import Box, Count, Line, Poll, Slip, Tally
from tests.appraisals.votes.rows import counted, handed_out, laid_down, moved, outside, totals
from workflow import checking

NAMES = (
    "votes.box_open", "votes.slips_and_boxes_end", "votes.totals", "votes.sites", "votes.sites_outside_only", "votes.subjects", "votes.branches", "votes.partners", "votes.meetings",
    "votes.polls", "ballots.sums",
    "ballots.within_valid", "ballots.no_total_while_open", "ballots.slips_end_with_the_poll", "ballots.boxes_have_a_key",
)  # fmt: skip


def found(name):
    return next(checking.run([name])).count


def test_nothing_is_found_where_all_is_sound(world):
    laid_down(world)
    moved(world, counted(world), "confirm_signed")
    outside(world)
    vote, _printed = handed_out(world)
    moved(world, vote, "open")
    assert [found(name) for name in NAMES] == [0] * len(NAMES)


def test_fault_votes_box_open(world):
    vote, _printed = handed_out(world)
    moved(world, vote, "open")
    Poll.objects.update(is_open=False)
    assert found("votes.box_open") == 1
    Vote.objects.update(state="closed")
    Poll.objects.update(is_open=True)
    assert found("votes.box_open") == 1


def test_fault_votes_slips_and_boxes_end(world):
    slips, boxes = laid_down(world), laid_down(world)
    Slip.objects.create(code_hash="0" * 64, poll=slips.poll)
    Box.objects.create(poll=boxes.poll, body=b"x")
    assert found("votes.slips_and_boxes_end") == 2


def test_fault_votes_totals(world):
    early, late = laid_down(world), laid_down(world)
    for sheet in early.poll.sheets.all():
        Count.objects.create(sheet=sheet, issued=1, collected=1, valid=1)
    Vote.objects.filter(pk=late.pk).update(state="confirmed")
    assert found("votes.totals") == 2


def test_fault_votes_sites(world):
    vote = outside(world)
    actions.type_totals(vote, *totals(vote), actor=world.secretary)
    assert found("votes.sites") == 0
    VoteSite.objects.filter(position=1).update(issued=4)
    assert found("votes.sites") == 1
    VoteSite.objects.all().delete()
    assert found("votes.sites") == 1


def test_fault_votes_sites_outside_only(world):
    outside(world)
    Vote.objects.update(until=None)
    assert found("votes.sites_outside_only") == 2


def test_fault_votes_subjects(world):
    one, other = laid_down(world), laid_down(world)
    Subject.objects.filter(vote=one).delete()
    Subject.objects.filter(vote=other).update(vote=one)
    assert found("votes.subjects") == 5


def test_fault_votes_branches(world):
    laid_down(world)
    Subject.objects.filter(pk=Subject.objects.first().pk).update(branch=world.second)
    assert found("votes.branches") == 1
    Partner.objects.create(vote=Vote.objects.get(), organisation=world.second)
    assert found("votes.branches") == 0


def test_fault_votes_meetings(world):
    vote = laid_down(world, meeting=world.meeting, held_on=world.meeting.held_on)
    assert found("votes.meetings") == 0
    Vote.objects.filter(pk=vote.pk).update(organisation=world.second)
    assert found("votes.meetings") == 1


def test_fault_votes_partners(world):
    vote = laid_down(world)
    Partner.objects.create(vote=vote, organisation=world.second)
    assert found("votes.partners") == 0
    Partner.objects.create(vote=vote, organisation=world.first)
    assert found("votes.partners") == 1


def test_fault_votes_polls(world):
    Poll.objects.create()
    assert found("votes.polls") == 1


def test_fault_ballots_sums(world):
    counted(world)
    Tally.objects.filter(n=4).update(n=3)
    assert found("ballots.sums") == 2


def test_fault_ballots_within_valid(world):
    counted(world)
    Tally.objects.filter(pk=Tally.objects.first().pk).update(n=6)
    assert found("ballots.within_valid") == 1


def test_fault_ballots_no_total_while_open(world):
    vote = counted(world)
    Poll.objects.filter(pk=vote.poll_id).update(is_open=True, public_key=b"k" * 32)
    assert found("ballots.no_total_while_open") == 1


def test_fault_ballots_slips_end_with_the_poll(world):
    vote = counted(world)
    Slip.objects.create(code_hash="0" * 64, poll=vote.poll)
    assert found("ballots.slips_end_with_the_poll") == 1


def test_fault_ballots_boxes_have_a_key(world):
    vote = laid_down(world)
    Box.objects.create(poll=vote.poll, body=b"x")
    assert Line.objects.exists()
    assert found("ballots.boxes_have_a_key") == 1
