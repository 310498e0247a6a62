"""R16: who verifies a closing, written out by hand; never whoever is responsible."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from branches.actions import grants
from branches.models import Grant, Post, User
from rectification.models import Problem
from rectification.problems.actions import giving, steps
from tests import cast as people
from tests.rectification.rows import again, asked, moved, of_member, problem
from workflow.actors import SYSTEM
from workflow.models import History
from workflow.moves import MoveNotAllowed, NoteRequired

ALL = {"secretary", "committee_member", "clerk", "group_leader", "member", "officer", "supervisor", "liaison",
       "sibling", "stranger", "nobody"}  # fmt: skip


def verifiers(world, row):
    """Who of the cast may verify it; asked of the row and of the to-do list, which must agree."""
    found = {name for name in ALL if getattr(world, name).may("verify", again(row))}
    listed = {name for name in ALL if Problem.objects.awaiting(getattr(world, name)).filter(pk=row.pk).exists()}
    assert found == listed
    return found


def test_a_request_notes_its_day_and_takes_the_mark_of_lateness_off_a_claim_does_not(world):
    row = problem(world)
    for move, is_marked, day in (("claim", True, None), ("request", False, timezone.localdate())):
        Problem.objects.filter(pk=row.pk).update(late_marked=True)
        made = steps.move(held := again(row), move, actor=world.secretary, note="EVIDENCE") and held
        assert (again(row).late_marked, again(row).requested_on) == (is_marked, day), move
        assert made.requested_on == day


def test_made_void_with_others_it_loses_the_mark_of_lateness(world):
    row = problem(world)
    Problem.objects.filter(pk=row.pk).update(late_marked=True)
    assert steps.void_each([again(row)], actor=world.secretary, note="Twice") == [row]
    assert (again(row).state, again(row).late_marked) == ("void", False)


def test_of_branch_and_committee_the_superior_verifies(world):
    for whose in ("branch", "committee"):
        assert verifiers(world, asked(world, problem(world, whose=whose))) == {"officer", "supervisor"}


def test_of_a_member_secretary_and_committee_verify_of_the_secretary_the_superior(world):
    assert verifiers(world, asked(world, of_member(world, world.people[4]))) == {"secretary", "committee_member"}
    assert verifiers(world, asked(world, of_member(world, world.people[1]))) == {"secretary"}
    assert verifiers(world, asked(world, of_member(world, world.people[0]))) == {"officer", "supervisor"}


def test_who_is_secretary_by_post_alone_or_by_office_alone_counts_as_one(world):
    row = asked(world, of_member(world, world.people[0]))
    Grant.objects.filter(user=world.secretary).update(revoked_at=timezone.now())
    assert "officer" in verifiers(world, row)
    Post.objects.filter(member=world.people[0]).update(until=timezone.localdate() - timedelta(1))
    assert verifiers(world, row) == {"committee_member"}
    Grant.objects.filter(user=world.secretary).update(revoked_at=None)
    assert verifiers(world, row) == {"officer", "supervisor"}


def test_a_superior_who_serves_on_the_committee_verifies_nothing_of_it(world):
    member = people.enrol("督导员", world.first)
    people.members.name_to_post(
        member, actor=people.SYSTEM, organisation=world.first, kind="deputy", since=people.SINCE
    )
    User.objects.filter(pk=world.supervisor.pk).update(member=member)
    world.supervisor = User.objects.get(pk=world.supervisor.pk)
    assert verifiers(world, asked(world, problem(world))) == {"officer"}


def test_who_is_responsible_verifies_nothing_whatever_he_is_besides(world):
    User.objects.filter(pk=world.member.pk).update(member=None)
    User.objects.filter(pk=world.officer.pk).update(member=world.people[4])
    world.officer = User.objects.get(pk=world.officer.pk)
    row = asked(world, problem(world))
    assert verifiers(world, row) == {"supervisor"}
    with pytest.raises(PermissionDenied):
        steps.move(row, "close", actor=world.officer, note="Seen")


def test_a_closing_tells_on_what_it_rests(world):
    today = timezone.localdate()
    own = moved(asked(world, of_member(world, world.people[4])), "close", actor=world.committee_member, note=" Seen ")
    assert (own.verified_as, own.verifier, own.verifier_member, own.verified_words, own.closed_on, own.evidence) == (
        "committee", world.committee_member, world.people[1], "Seen", today, "EVIDENCE-WORDS")  # fmt: skip
    branch = moved(asked(world, problem(world)), "close", actor=world.supervisor, note="Seen")
    assert (branch.verified_as, branch.verifier_member) == ("superior", None)
    chief = moved(asked(world, of_member(world, world.people[0])), "close", actor=world.officer, note="Seen")
    assert chief.verified_as == "superior"


def test_the_general_meeting_verifies_what_is_the_branchs(world):
    row = moved(asked(world, problem(world)), "close_by_assembly", actor=world.secretary, note="No. 7: done")
    assert (row.verified_as, row.verified_words, row.verifier_member) == ("assembly", "No. 7: done", None)
    for other in (problem(world, whose="committee"), of_member(world, world.people[4])):
        with pytest.raises(MoveNotAllowed):
            steps.move(asked(world, other), "close_by_assembly", actor=world.secretary, note="No. 7")


def test_without_a_committee_another_member_or_the_general_meeting_verifies(world):
    chief, other = world.siblings
    row = asked(world, of_member(world, chief, branch=world.second, actor=world.sibling), actor=world.sibling)
    account = people.account("other", other)
    assert not account.may("verify", row) and not Problem.objects.visible_to(account).exists()
    giving.name_checker(row, other, actor=world.sibling)
    row, account = again(row), User.objects.get(pk=account.pk)
    assert account.may("verify", row) and list(Problem.objects.visible_to(account)) == [row]
    with transaction.atomic():
        closed = moved(row, "close", actor=account, note="Seen")
        assert (closed.verified_as, closed.verifier_member) == ("checker", other)
        transaction.set_rollback(True)
    signed = moved(again(row), "close_signed", actor=world.sibling, note="Signed on the list")
    assert (signed.verified_as, signed.verifier_member, signed.verifier) == ("checker", other, world.sibling)


def test_a_checker_is_another_member_of_a_branch_without_a_committee(world):
    chief, other = world.siblings
    row = of_member(world, chief, branch=world.second, actor=world.sibling)
    for refused, subject, by in (
        (chief, row, world.sibling),
        (world.people[4], row, world.sibling),
        (world.people[1], of_member(world, world.people[4]), world.secretary),
        (other, problem(world, branch=world.second, actor=world.officer, responsible=None), world.sibling),
    ):
        with pytest.raises(ValidationError):
            giving.name_checker(subject, refused, actor=by)
    with pytest.raises(PermissionDenied):
        giving.name_checker(row, other, actor=world.supervisor)
    giving.name_checker(row, other, actor=world.officer)
    assert History.objects.of(row).last().note == str(other)
    giving.name_checker(again(row), None, actor=world.sibling)
    assert again(row).checker is None and History.objects.of(row).last().note == "--"
    for state in ("closed", "void"):
        row.state = state
        with pytest.raises(MoveNotAllowed):
            giving.name_checker(row, other, actor=world.sibling)
    with pytest.raises(IntegrityError), transaction.atomic():
        Problem.objects.filter(pk=row.pk).update(checker=chief)


def test_put_right_at_once_the_secretary_closes_it_with_a_line_of_evidence(world):
    row = problem(world, at_once=True, goal="", responsible=world.people[2], due_on=None)
    with pytest.raises(NoteRequired):
        steps.move(row, "close_at_once", actor=world.secretary)
    closed = moved(again(row), "close_at_once", actor=world.secretary, note="Done the same day")
    assert (closed.evidence, closed.verified_as, closed.verifier_member) == (
        "Done the same day", "at_once", world.people[0])  # fmt: skip
    with pytest.raises(MoveNotAllowed):
        steps.move(problem(world), "close_at_once", actor=world.secretary, note="Done")


def test_nobody_closes_at_once_or_makes_void_what_is_his_own(world):
    row = problem(world, at_once=True, responsible=world.people[0])
    for name in ("close_at_once", "void"):
        with pytest.raises(ValidationError), transaction.atomic():
            steps.move(again(row), name, actor=world.secretary, note="Because")
    assert again(row).state == "unclaimed"
    assert moved(again(row), "void", actor=world.officer).state == "void"


def test_many_are_made_void_but_ones_own(world):
    rows = [problem(world), problem(world, responsible=world.people[0]), problem(world)]
    with pytest.raises(NoteRequired):
        steps.void_each(rows, actor=world.secretary, note=" ")
    assert {row.pk for row in steps.void_each(rows, actor=world.secretary, note="Twice")} == {rows[0].pk, rows[2].pk}
    assert [again(row).state for row in rows] == ["void", "unclaimed", "void"]


def test_what_is_closed_only_a_superior_who_leads_makes_void(world):
    row = moved(asked(world, problem(world)), "close", actor=world.supervisor, note="Seen")
    for actor in (world.secretary, world.supervisor):
        with pytest.raises(PermissionDenied):
            steps.move(again(row), "void", actor=actor, note="Because")
    assert moved(again(row), "void", actor=world.officer).state == "void"


def test_a_request_withdrawn_leaves_what_was_kept_up_kept_up(world):
    row = moved(asked(world, problem(world)), "withdraw", actor=world.secretary)
    assert row.state == "underway"
    row = moved(moved(row, "request", actor=world.secretary), "hold", actor=world.officer)
    row = moved(moved(row, "request", actor=world.secretary), "withdraw", actor=world.secretary)
    assert row.state == "standing"


def test_a_wrong_ledger_is_taken_back_by_the_branch_that_brought_it_in(world):
    row, own = (problem(world, responsible=world.people[n]) for n in (4, 0))
    marks = {"state": "closed", "closed_on": timezone.localdate(), "verified_as": "imported", "evidence": "Told"}
    Problem.objects.update(**marks)
    rows = [again(row), again(own)]
    assert steps.void_each(rows, actor=world.secretary, note="Wrong file") == rows[:1], "nobody judges his own"
    steps.move(again(own), "void", actor=world.officer, note="Wrong file")
    assert set(Problem.objects.values_list("state", flat=True)) == {"void"}


def test_the_database_knows_no_closing_without_evidence_day_and_ground_nor_by_who_is_responsible(world):
    row = asked(world, problem(world))
    sound = {"state": "closed", "closed_on": timezone.localdate(), "verified_as": "superior"}
    Problem.objects.filter(pk=row.pk).update(**sound)
    for fault in ({"closed_on": None}, {"verified_as": ""}, {"evidence": ""}, {"verifier_member": world.people[4]}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Problem.objects.filter(pk=row.pk).update(**fault)


def test_a_closing_refused_can_be_asked_for_again_with_new_evidence(world):
    row = moved(asked(world, problem(world)), "send_back", actor=world.officer)
    assert row.state == "returned"
    row = moved(row, "request", actor=world.member, note="More")
    assert (row.state, row.evidence) == ("closing_requested", "More")
    row = moved(row, "hold", actor=world.officer)
    assert moved(row, "request", actor=world.member, note="Now").state == "closing_requested"


def test_a_superior_who_also_reads_in_the_branch_verifies_as_superior(world):
    """The clerk of a branch reads there and is not of its committee."""
    grants.grant(world.officer, actor=SYSTEM, organisation=world.first, office="clerk", since=people.SINCE)
    row = asked(world, of_member(world, world.people[0]))
    assert moved(row, "close", actor=User.objects.get(pk=world.officer.pk)).verified_as == "superior"
