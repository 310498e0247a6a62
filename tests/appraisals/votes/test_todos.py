"""What a vote asks of whom: closing, counting, and confirming by somebody else than who counted."""

from datetime import timedelta

import pytest
from django.utils import timezone

from appraisals.models import Vote
from appraisals.votes import actions
from branches.models import User
from reminders.todos import counts, registered
from tests.appraisals.votes.rows import counted, handed_out, laid_down, moved, totals

EVERYBODY = ("member", "group_leader", "clerk", "committee_member", "secretary", "officer", "supervisor", "liaison",
             "sibling", "stranger")  # fmt: skip


def waits_for(world, code):
    """Who has it to do."""
    todo = next(kind for kind in registered() if kind.code == code)
    users = {name: User.objects.get(pk=getattr(world, name).pk) for name in EVERYBODY}
    return {name for name, user in users.items() if list(todo.rows(user))}


# --- confirming: the scrutineer is the member 戊同志, the teller comes from elsewhere ---------------------------------
def test_what_one_typed_the_other_teller_confirms(world):
    counted(world)
    assert waits_for(world, "vote_confirm") == {"member"}
    moved(world, Vote.objects.get(), "confirm_signed")
    assert waits_for(world, "vote_confirm") == set()


def test_what_the_only_teller_with_an_account_typed_the_secretary_confirms_by_the_signed_report(world):
    counted(world, actor=world.member)
    assert waits_for(world, "vote_confirm") == {"secretary"}


def test_of_two_tellers_with_accounts_the_one_who_did_not_count(world):
    told = {"scrutineer": world.people[4], "teller": world.people[3], "teller_name": ""}
    vote = counted(world, actor=world.member, **told)
    assert waits_for(world, "vote_confirm") == {"group_leader"}
    moved(world, vote, "recount")
    actions.type_totals(vote, *totals(vote), actor=world.group_leader)
    assert waits_for(world, "vote_confirm") == {"member"}


def test_a_closed_account_confirms_nothing(world):
    counted(world)
    User.objects.filter(pk=world.member.pk).update(is_active=False)
    assert "secretary" in waits_for(world, "vote_confirm")


def test_an_officer_confirms_by_the_signed_report_what_he_typed_for_a_branch(world):
    counted(world, actor=world.officer, scrutineer=None, scrutineer_name="外请甲")
    assert waits_for(world, "vote_confirm") == {"secretary", "officer"}


# --- closing and counting --------------------------------------------------------------------------------------------
@pytest.mark.parametrize("state", ["open", "closed"])
def test_a_box_waits_for_who_keeps_and_who_counts_it(world, state):
    vote, _printed = handed_out(world)
    assert waits_for(world, "vote_finish") == set()
    moved(world, vote, *("open", "close")[: 1 + (state == "closed")])
    assert waits_for(world, "vote_finish") == {"secretary", "clerk", "member"}


def test_paper_waits_once_its_day_is_over(world):
    today = timezone.localdate()
    laid_down(world, held_on=today)
    assert waits_for(world, "vote_finish") == set()
    laid_down(world, held_on=today - timedelta(1))
    assert waits_for(world, "vote_finish") == {"secretary", "clerk", "member"}
    todo = next(kind for kind in registered() if kind.code == "vote_finish")
    ((item, sign),) = todo.lines(todo.rows(User.objects.get(pk=world.secretary.pk)), today)
    assert "逾期 1 天" in sign and item.due_on == today - timedelta(1)


def test_a_vote_that_is_over_waits_for_nobody(world):
    yesterday = timezone.localdate() - timedelta(1)
    moved(world, counted(world, held_on=yesterday), "confirm_signed")
    moved(world, laid_down(world, held_on=yesterday), "void")
    assert waits_for(world, "vote_finish") == waits_for(world, "vote_confirm") == set()


def test_the_badge_counts_them_in_one_query(world, django_assert_num_queries):
    counted(world)
    user = User.objects.get(pk=world.member.pk)
    counts(user)
    user = User.objects.get(pk=world.member.pk)
    assert user.reach.member_key
    with django_assert_num_queries(3):  # what the account may reach, in two, and the numbers
        assert counts(user)["vote_confirm"] == 1
