"""A vote from laying down to the end, on paper and under slips."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from appraisals.models import Subject, Vote
from appraisals.votes import actions
from appraisals.votes.sheets import Wanted
from ballots import actions as ballots
from ballots import slips
from ballots.marks import lines_of
from ballots.models import Box, Count, Poll, Slip, Tally
from tests.appraisals.votes.rows import counted, handed_out, laid_down, moved, totals
from workflow.models import AuditEvent, History
from workflow.moves import MoveNotAllowed


def cast(code, *options):
    slip = slips.found(code)
    marks = tuple(1 << option - 1 if option else 0 for option in options)
    return slips.refusal(slip) or ballots.cast(slip, marks)


def test_each_line_about_a_member_knows_him_and_the_ballot_does_not(world):
    vote = laid_down(world)
    assert set(Subject.objects.filter(vote=vote).values_list("member__name", "line__label")) == {
        (person.name, person.name) for person in world.people
    }
    assert [sheet.title for sheet in vote.poll.sheets.all()] == ["民主评议党员测评表", "党支部班子评议表"]


@pytest.mark.parametrize("title", ["支部委员会选举", "接收预备党员", "张三转正", "处分表决", "组织处置"])
def test_what_is_decided_otherwise_is_no_vote(world, title):
    with pytest.raises(ValidationError, match="不在这里投票"):
        laid_down(world, title)
    assert not Vote.objects.exists() and not Poll.objects.exists()


def test_a_vote_in_preparation_is_changed_and_later_not(world):
    vote = laid_down(world)
    actions.lay_down(vote, Wanted(body="First branch"), actor=world.secretary)
    assert [line.label for line in lines_of(vote.poll)] == ["First branch"]
    assert Poll.objects.count() == 1 and not Subject.objects.exists()
    actions.type_totals(vote, *totals(vote), actor=world.secretary)
    with pytest.raises(MoveNotAllowed):
        actions.lay_down(vote, Wanted(body="Other"), actor=world.secretary)


def test_who_may_not_keep_records_lays_nothing_down(world):
    for user in (world.member, world.committee_member, world.sibling, world.supervisor, world.stranger):
        with pytest.raises(PermissionDenied):
            laid_down(world, actor=user)


def test_paper_is_counted_by_one_and_confirmed_by_another(world):
    vote = counted(world)
    with pytest.raises(PermissionDenied):
        actions.move(vote, "confirm", actor=world.secretary)
    actions.move(vote, "confirm", actor=world.member)  # the scrutineer
    assert Vote.objects.get().state == "confirmed"


def test_where_the_tellers_have_no_account_the_signed_report_confirms(world):
    vote = counted(world)
    actions.move(vote, "confirm_signed", actor=world.secretary, note="甲、乙当场签字")
    assert Vote.objects.get().state == "confirmed"


def test_an_officer_enters_for_a_branch_on_paper(world):
    vote = laid_down(world, actor=world.officer)
    actions.type_totals(vote, *totals(vote), actor=world.officer)
    assert vote.history.last().entered_for == "First branch"


def test_a_count_taken_back_leaves_no_total(world):
    vote = moved(world, counted(world), "recount")
    assert vote.state == "prepared"
    assert not Count.objects.exists() and not Tally.objects.exists()


def test_slips_from_the_draw_to_the_destroyed_box(world, django_capture_on_commit_callbacks):
    vote, printed = handed_out(world)
    assert len(printed.codes) == len(set(printed.codes)) == 5 and printed.halves is None
    moved(world, vote, "open")
    assert cast(printed.codes[0], 1, 2, 2, 2, 2, 1).value == "taken"
    assert cast(printed.codes[1], 0, 2, 2, 2, 2, 2).value == "taken"
    vote = moved(world, vote, "close")
    actions.count_box(vote, ("", ""), actor=world.clerk)
    assert list(Count.objects.values_list("issued", "collected", "valid")) == [(5, 2, 2)] * 2
    assert not Slip.objects.exists() and Box.objects.count() == 2
    first = Tally.objects.filter(line__sheet__position=1, line__position=1).values_list("n", flat=True)
    assert list(first) == [1, 1, 0, 0, 0]
    with django_capture_on_commit_callbacks():
        vote = moved(world, vote, "confirm_signed")
    assert not Box.objects.exists() and vote.poll.public_key is None
    assert Tally.objects.exists()


def test_neither_history_nor_audit_log_tells_of_a_ballot(world):
    vote, printed = handed_out(world)
    moved(world, vote, "open")
    before = History.objects.count(), AuditEvent.objects.count()
    for code in printed.codes:
        cast(code, 1, 2, 2, 2, 2, 1)
    assert (History.objects.count(), AuditEvent.objects.count()) == before
    told = " ".join(History.objects.values_list("note", flat=True))
    assert not any(code in told or slips.grouped(code) in told for code in printed.codes)


def test_two_halves_open_the_box_and_nothing_else_does(world):
    vote, printed = handed_out(world, halved=True)
    vote = moved(world, vote, "open", "close")
    for wrong in (("", ""), (printed.halves[0], printed.halves[0])):
        with pytest.raises(ValidationError):
            actions.count_box(vote, wrong, actor=world.secretary)
        vote.refresh_from_db()
        assert vote.state == "closed"
    actions.count_box(vote, printed.halves, actor=world.secretary)


def test_a_box_that_was_changed_is_refused_in_words_and_not_counted(world):
    vote, printed = handed_out(world)
    moved(world, vote, "open")
    cast(printed.codes[0], 1, 2, 2, 2, 2, 1)
    vote = moved(world, vote, "close")
    Box.objects.update(body=bytes(Box.objects.get().body)[:-1] + b"?")
    with pytest.raises(ValidationError, match="作废"):
        actions.count_box(vote, ("", ""), actor=world.secretary)
    assert not Count.objects.exists()
    assert Vote.objects.get().state == "closed"


def test_a_spare_slip_is_told_with_its_reason_and_looks_like_every_other(world):
    vote, printed = handed_out(world)
    spare = actions.print_spare(vote, 1, "迟到", actor=world.secretary)
    assert Slip.objects.count() == 6 and len(spare.codes) == 1
    assert "1：迟到" in vote.history.last().note
    with pytest.raises(ValidationError):
        actions.print_spare(vote, 1, " ", actor=world.secretary)
    moved(world, vote, "open", "close")
    with pytest.raises(MoveNotAllowed):
        actions.print_spare(vote, 1, "迟到", actor=world.secretary)


def test_a_slip_handed_back_is_worthless_and_not_counted_as_issued(world):
    vote, printed = handed_out(world)
    actions.void_slip(vote, slips.grouped(printed.codes[0]), actor=world.secretary)
    moved(world, vote, "open")
    assert cast(printed.codes[0], 0, 0, 0, 0, 0, 0).value == "unknown"
    vote = moved(world, vote, "close")
    assert vote.poll.issued == 4


def test_going_on_with_paper_forgets_every_slip_and_box(world):
    vote, printed = handed_out(world)
    moved(world, vote, "open")
    cast(printed.codes[0], 1, 2, 2, 2, 2, 1)
    vote = moved(world, vote, "to_paper")
    assert (vote.state, vote.way, vote.poll.is_open) == ("prepared", "paper", False)
    assert not Slip.objects.exists() and not Box.objects.exists()
    actions.type_totals(vote, *totals(vote), actor=world.secretary)


def test_a_void_vote_is_destroyed_unopened_and_repeated_once(world):
    vote, printed = handed_out(world)
    moved(world, vote, "open")
    cast(printed.codes[0], 1, 2, 2, 2, 2, 1)
    vote = moved(world, vote, "void")
    assert not Box.objects.exists() and not Tally.objects.exists()
    again = actions.repeat(vote, actor=world.secretary)
    assert again.repeats == vote and again.state == "prepared"
    assert [line.label for line in lines_of(again.poll)] == [line.label for line in lines_of(vote.poll)]
    assert again.subjects.count() == 5
    with pytest.raises(MoveNotAllowed):
        actions.repeat(vote, actor=world.secretary)


def test_the_clock_is_the_only_one_to_wipe(world):
    with pytest.raises(PermissionDenied):
        actions.wipe(actor=world.secretary)
