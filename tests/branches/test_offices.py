"""What follows from offices held together, beside and above: as whom one acts, whose password one may renew, what a
branch that was merged leaves to its successor, and what is handed on."""

from datetime import timedelta

import pytest
from django.db.models import Q

from branches.models import Organisation
from branches.reach import Held, Reach, giving, overseeing
from branches.rights import Office, Right
from tests.branches.reaches import PLACES, TODAY, here, of, reach

DAY = timedelta(days=1)
OFFICER = Held("officer", 1, "0001", "committee", None, "Above")
LIAISON = Held("liaison", 1, "0001", "committee", None, "Above")
SECRETARY, CLERK, WRITER = f"Here {Office.SECRETARY.label}", f"Here {Office.CLERK.label}", "Here 委员"


def test_what_a_merged_branch_left_is_read_by_its_successors_and_nobody_writes_there():
    heir = reach(here("clerk"), inherited=(("00010002", "00010009"), ("00010003", "00010008")))
    assert heir.office_paths("read_branch") == ("00010002", "00010009")
    assert heir.office_paths("record") == ("00010002",)
    assert heir.inherited_paths == ("00010008", "00010009")
    assert reach(OFFICER, inherited=(("0001", "00010009"),)).office_paths("read_branch") == ()


def test_it_is_left_to_them_from_the_day_after_its_last(cast):
    Organisation.objects.filter(pk=cast.third.pk).update(successor=cast.first, until=TODAY)
    left = [Reach.of(cast.secretary, day).inherited for day in (TODAY - DAY, TODAY, TODAY + DAY)]
    assert left == [(), (), ((cast.first.path, cast.third.path),)]
    held = Reach.of(cast.secretary, TODAY).held
    assert [(h.office, h.organisation_name, h.delegated_by) for h in held] == [("secretary", "First branch", None)]


def test_the_grants_that_give_a_right_are_told_apart():
    both = reach(here("clerk"), here("committee_member"), OFFICER)
    assert both.giving("record") == (here("clerk"),)
    assert both.giving("read_branch") == (here("clerk"), here("committee_member"))
    assert both.giving("lead") == ()


def test_a_post_in_the_committee_gives_no_other_right_anywhere():
    serves = reach(committee=("00010002", "Here"))
    assert serves.may("write_for_committee", None) and not serves.may("lead", None)


def test_what_is_held_by_delegation_is_not_handed_on_and_says_so():
    own, lent = here("secretary"), here("secretary", delegated_by=9)
    assert (reach(own).may("delegate", PLACES["here"]), reach(lent).may("delegate", PLACES["here"])) == (True, False)
    assert reach(lent).may("lead", PLACES["here"]) and not reach(lent).may("delegate", None)
    assert own.words == SECRETARY and lent.words != SECRETARY and SECRETARY in lent.words


@pytest.mark.parametrize(("giver", "ends"), [(1, True), (2, False), (None, False)])
def test_whoever_has_delegated_an_office_ends_that(giver, ends):
    assert reach(here("secretary")).may("end_delegation", of("here", delegated_by_id=giver)) == ends
    assert not reach(here("secretary")).may("end_delegation", PLACES["here"])


@pytest.mark.parametrize(("source", "releases"), [("here", True), ("beside", False), ("above", False)])
def test_whoever_keeps_the_register_of_the_old_branch_lets_a_member_go(source, releases):
    transfer = of("beside", source=PLACES[source])
    assert reach(here("clerk")).may("release", transfer) == releases
    assert not reach(here("committee_member")).may("release", transfer)
    assert not reach(here("clerk")).may("release", PLACES["here"]), "no transfer"


@pytest.mark.parametrize(
    ("office", "author", "enters"),
    [("clerk", 6, True), ("secretary", 6, True), ("committee_member", 6, False), ("group_leader", 6, False),
     ("clerk", 5, False), ("clerk", None, False)],
)  # fmt: skip
def test_for_a_member_writes_whoever_keeps_the_register_and_never_for_himself(office, author, enters):
    """Nor for a committee, which is nobody; nor from above."""
    person = reach(here(office), member_key=5)
    assert person.may("enter_words", of("here", owner_id=author)) == enters
    assert not person.may("enter_words", of("beside", owner_id=6)) and not person.may("enter_words", PLACES["here"])
    assert not reach(OFFICER, member_key=5).may("enter_words", of("here", owner_id=author))


def test_of_an_opinion_its_target_says_who_reads_it():
    person, other = reach(user_key=1), reach(user_key=2)
    told = of("here", is_read_by=lambda who: who is person, concerns_whom=lambda who: who is other)
    assert [one.may("sort_opinions", told) for one in (person, other)] == [True, False]
    assert [one.may("concerned", told) for one in (person, other)] == [False, True]


def test_on_which_committees_one_serves():
    assert reach(here("clerk"), OFFICER).served_paths == ()
    assert reach(here("clerk"), BESIDE, committee=("00010003", "Beside")).served_paths == ("00010003",)
    both = reach(BELOW, here("committee_member"), here("secretary"), committee=("00010003", "Beside"))
    assert both.served_paths == ("00010002", "000100020001", "00010003")


def test_oversight_is_three_offices():
    assert overseeing() == Q(office__in=["liaison", "officer", "supervisor"])
    assert giving(Right.EXPORT) == Q(office__in=["secretary"])


# --- whose password one may renew -------------------------------------------------------------------------------------
BESIDE = Held("clerk", 4, "00010003", "branch", None, "Beside")
BELOW = Held("secretary", 3, "000100020001", "branch", None, "Below")


@pytest.mark.parametrize(
    ("mine", "theirs", "covers"),
    [
        (here("secretary"), [], True),  # a plain member
        (here("secretary"), [here("clerk")], True),
        (here("secretary"), [here("group_leader"), here("committee_member")], True),
        (here("secretary"), [here("secretary")], False),  # gives slips as well
        (here("secretary"), [here("secretary", delegated_by=9)], False),  # so does whoever exercises the office
        (here("secretary"), [here("liaison")], False),  # oversight, though of the same organisation
        (here("secretary"), [here("clerk"), BESIDE], False),  # one office of theirs is elsewhere
        (here("clerk"), [here("group_leader")], False),
        (OFFICER, [here("secretary"), BESIDE], True),
        (OFFICER, [OFFICER], True),
        (here("officer", "committee"), [BELOW], True),
        (here("officer", "committee"), [BESIDE], False),
        (here("officer", "committee"), [OFFICER], False),
        (here("supervisor", "committee"), [BELOW], False),
    ],
)
def test_whose_password_one_may_renew(mine, theirs, covers):
    assert reach(mine).covers_offices_of(reach(*theirs)) == covers


def test_each_office_of_theirs_may_be_covered_by_another_of_mine():
    both = reach(here("secretary"), Held("officer", 4, "00010003", "committee", None, "Beside"))
    assert both.covers_offices_of(reach(here("clerk"), BESIDE))


# --- as whom one acts -------------------------------------------------------------------------------------------------
ABOVE = f"Above {Office.OFFICER.label}"


@pytest.mark.parametrize(
    ("held", "rights", "facts", "words"),
    [
        ([OFFICER, here("clerk")], ["keep_register"], {}, CLERK),  # on the spot before above, whichever was given first
        ([here("clerk"), OFFICER], ["accept"], {}, ABOVE),
        ([here("clerk"), OFFICER], ["lead", "accept"], {}, ABOVE),  # what one does not hold is passed over
        ([here("clerk"), OFFICER], ["accept", "record"], {}, ABOVE),
        ([here("secretary"), OFFICER], ["review"], {"owner_id": 6, "reviewing_right": "lead"}, SECRETARY),
        ([here("secretary"), OFFICER], ["review"], {"owner_id": None, "reviewing_right": "accept"}, ""),
        ([here("secretary"), LIAISON], ["write_visit"], {"visitor_id": 1}, f"Above {Office.LIAISON.label}"),
        ([here("clerk"), OFFICER], ["own"], {"owner_id": 5}, ""),  # one's own work is done as oneself
        ([here("clerk"), OFFICER], ["home"], {}, ""),
        ([here("clerk"), OFFICER], ["release"], {"source": PLACES["here"]}, f"{CLERK}、{ABOVE}"),
        ([here("clerk")], ["write_for_committee"], {}, WRITER),
        ([here("clerk")], ["lead"], {}, ""),
        ([here("clerk"), BESIDE, OFFICER], [], {}, f"{CLERK}、{ABOVE}"),
    ],
)
def test_as_whom_a_deed_is_done(held, rights, facts, words):
    person = reach(*held, member_key=5, home_path="00010002", committee=("00010002", "Here"))
    assert person.acting_as(of("here", **facts), rights) == words


def test_every_office_is_named_once():
    person = reach(here("clerk"), BESIDE, here("clerk"))
    assert person.hats() == [CLERK, f"Beside {Office.CLERK.label}"]
    assert person.acting_as() == f"{CLERK}、Beside {Office.CLERK.label}"
    assert Right.OWN not in {right for right in Right if person.may(right, None)}
