"""What is no result, and what few ballots tell nobody but the superior (users.md F4; domain.md on more ballots than
voters): nothing is counted without two tellers, no empty box confirmed, no more ballots than voters."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from appraisals.models import Vote
from appraisals.votes import actions
from appraisals.votes.results import is_whole, results_of
from ballots.models import Slip, Tally
from branches.models import User
from tests.appraisals.votes.rows import counted, handed_out, laid_down, moved, outside, totals
from tests.appraisals.votes.test_actions import cast
from workflow.moves import MoveNotAllowed, NoteRequired


def boxed(world, ballots, **facts):
    """A vote under slips with so many ballots counted."""
    vote, printed = handed_out(world, **facts)
    if (extra := ballots - len(printed.codes)) > 0:
        printed.codes.extend(actions.print_spare(vote, extra, "损坏", actor=world.secretary).codes)
    moved(world, vote, "open")
    for code in printed.codes[:ballots]:
        cast(code, 2, 2, 2, 2, 2, 1)
    return actions.count_box(moved(world, vote, "close"), ("", ""), actor=world.secretary)


def test_no_slip_is_printed_and_no_total_typed_without_two_tellers(world):
    with pytest.raises(ValidationError, match="监票人和计票人"):
        handed_out(world, teller_name="")
    vote = laid_down(world, teller_name="")
    with pytest.raises(ValidationError, match="监票人和计票人"):
        actions.type_totals(vote, *totals(vote), actor=world.secretary)
    assert not Slip.objects.exists() and not Tally.objects.exists()
    assert set(Vote.objects.values_list("state", flat=True)) == {"prepared"}


def test_members_see_what_has_begun_in_their_own_branch_and_no_more(world):
    laid_down(world, "Prepared")
    begun, _printed = handed_out(world, "Begun")
    home = User.objects.create_user("elsewhere", member=world.siblings[1])
    for user, seen in ((world.group_leader, [begun]), (home, []), (world.stranger, [])):
        assert list(Vote.objects.visible_to(User.objects.get(pk=user.pk))) == seen


def test_of_a_box_with_few_ballots_nobody_in_the_branch_reads_anything_at_the_count(world):
    few = boxed(world, 4)
    for user in (world.secretary, world.clerk, world.member, world.committee_member):
        assert all(result.withheld for result in results_of(few, User.objects.get(pk=user.pk)))
    assert is_whole(results_of(few, world.officer)) and not is_whole(results_of(few, world.secretary))
    assert is_whole(results_of(boxed(world, 5), world.secretary))


def test_closing_over_few_ballots_asks_first(world, client):
    vote, printed = handed_out(world)
    moved(world, vote, "open")
    for code in printed.codes[:4]:
        cast(code, 2, 2, 2, 2, 2, 1)
    client.force_login(world.secretary)
    close = reverse("vote_move", args=[vote.pk, "close"])
    assert "票箱中不足 5 张" in client.post(close).content.decode()
    cast(printed.codes[4], 2, 2, 2, 2, 2, 1)
    assert "票箱中不足" not in client.post(close).content.decode()
    assert Vote.objects.get().state == "open"


def test_an_empty_box_is_no_result(world):
    vote = boxed(world, 0)
    for name, actor in (("confirm", world.member), ("confirm_signed", world.secretary)):
        with pytest.raises(MoveNotAllowed, match="没有收回一张票"):
            actions.move(Vote.objects.get(pk=vote.pk), name, actor=actor, note="Signed")
    assert Vote.objects.get().state == "counted"


def test_more_ballots_than_voters_are_no_result(world):
    vote = boxed(world, 6)
    with pytest.raises(MoveNotAllowed, match="收回 6 张，多于参加投票的 5 人。本次测评无效"):
        actions.move(vote, "confirm", actor=world.member)
    paper = laid_down(world)
    with pytest.raises(ValidationError, match="请核对数字"):
        actions.type_totals(paper, *totals(paper, 6), actor=world.secretary)
    assert moved(world, outside(world, voters=4), "void").state == "void"  # there sites tell how many


def test_slips_in_place_of_others_end_and_whoever_came_late_is_a_voter(world):
    vote, printed = handed_out(world)
    for number in (6, 200):
        with pytest.raises(ValidationError, match="最多还能补印 5 张"):
            actions.print_spare(vote, number, "损坏", actor=world.secretary)
    actions.print_spare(vote, 5, "损坏", actor=world.secretary)
    with pytest.raises(ValidationError, match="最多还能补印 0 张"):
        actions.print_spare(vote, 1, "损坏", actor=world.secretary)
    actions.void_slip(vote, printed.codes[0], actor=world.secretary)
    actions.print_spare(vote, 1, "损坏", actor=world.secretary)
    actions.print_spare(vote, 2, "迟到", actor=world.secretary, late=True)
    assert Vote.objects.get().voters == 7
    assert [Vote(voters=voters).most_slips for voters in (1, 24, 29, 30)] == [6, 29, 34, 36]


def test_a_confirmed_result_is_annulled_by_the_superior_alone_and_repeated(world):
    vote = moved(world, counted(world), "confirm_signed")
    for user in (world.secretary, world.member, world.clerk, world.committee_member):
        with pytest.raises(PermissionDenied):
            actions.move(vote, "annul", actor=user, note="Typed wrongly")
    with pytest.raises(NoteRequired):
        actions.move(vote, "annul", actor=world.officer)
    actions.move(vote, "annul", actor=world.officer, note="Typed wrongly")
    assert Vote.objects.get().state == "void" and not Tally.objects.exists()
    assert actions.repeat(Vote.objects.get(), actor=world.secretary).state == "prepared"


def test_a_limit_is_no_more_than_the_members(world, client):
    client.force_login(world.secretary)
    typed = {"title": "Vote", "held_on": "2026-01-05", "voters": 5, "way": "paper", "people": "on", "scale": "satisfied",
             "aspect_scale": "plain", "scrutineer_name": "A", "teller_name": "B"}  # fmt: skip
    address = f"{reverse('vote_create')}?organisation={world.first.pk}"
    page = client.post(address, {**typed, "limit": 6})
    assert "测评表上共 5 名党员" in page.content.decode() and not Vote.objects.exists()
    client.post(address, {**typed, "limit": 5})
    assert Vote.objects.count() == 1
