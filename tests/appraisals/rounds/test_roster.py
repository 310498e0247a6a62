"""参评名册: each member exactly once, dated events, another branch that appraises (users.md F7)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from appraisals.models import RosterEntry, RosterEvent
from appraisals.rounds.actions import roster
from branches.actions import transfers
from figures.models import Summary
from figures.registry import Period

TODAY = timezone.localdate


@pytest.fixture
def entry(world):
    return RosterEntry.objects.select_related(
        "member", "organisation", "round", "round__organisation", "offered_to"
    ).get(round=world.round, member=world.people[4])


def due(world, branch):
    return Summary.objects.of(Period(round_key=world.round.pk)).get(organisation=branch).n17


@pytest.mark.parametrize(("kind", "counts"), [("died", False), ("left_party", False), ("abroad", False),
                                              ("transferred_out", True), ("confirmed", True)])  # fmt: skip
def test_who_died_left_or_went_abroad_is_no_longer_due_who_moved_stays(world, entry, kind, counts):
    roster.note_event(entry, kind, actor=world.secretary, happened_on=TODAY())
    entry.refresh_from_db()
    assert (entry.is_due, due(world, world.first)) == (counts, 4 + counts)
    event = RosterEvent.objects.get()
    assert (event.kind, event.happened_on, event.source) == (kind, TODAY(), None)


def test_excused_wants_a_reason_and_may_be_taken_back(world, entry):
    with pytest.raises(ValidationError):
        roster.note_event(entry, "excused", actor=world.secretary, happened_on=TODAY())
    with pytest.raises(ValidationError):
        roster.note_event(entry, "back", actor=world.secretary, happened_on=TODAY())
    roster.note_event(entry, "excused", actor=world.secretary, happened_on=TODAY(), note="Ill since March")
    assert due(world, world.first) == 4
    roster.note_event(entry, "back", actor=world.officer, happened_on=TODAY())
    assert due(world, world.first) == 5
    with pytest.raises(ValidationError):
        roster.note_event(entry, "handed_over", actor=world.secretary, happened_on=TODAY())


def test_the_day_lies_between_the_roster_day_and_today(world, entry):
    for day in (world.round.roster_on - timedelta(1), TODAY() + timedelta(1)):
        with pytest.raises(ValidationError):
            roster.note_event(entry, "died", actor=world.secretary, happened_on=day)
    roster.note_event(entry, "abroad", actor=world.secretary, happened_on=world.round.roster_on)


@pytest.mark.parametrize("who", ["member", "clerk", "committee_member", "sibling", "supervisor", "stranger"])
def test_only_whoever_leads_the_branch_or_enters_for_it_keeps_its_roster(world, entry, who):
    with pytest.raises(PermissionDenied):
        roster.note_event(entry, "died", actor=getattr(world, who), happened_on=TODAY())
    with pytest.raises(PermissionDenied):
        roster.offer(entry, world.second, actor=getattr(world, who))


def test_handed_over_by_both_secretaries_and_counted_once(world, entry):
    roster.offer(entry, world.second, actor=world.secretary, note="Works there")
    assert (due(world, world.first), due(world, world.second)) == (5, 2)
    assert list(RosterEntry.objects.to_take(world.sibling)) == [entry]
    with pytest.raises(PermissionDenied):
        roster.answer(entry, takes=True, actor=world.secretary)
    roster.answer(entry, takes=True, actor=world.sibling)
    assert (due(world, world.first), due(world, world.second)) == (4, 3)
    event = RosterEvent.objects.get()
    assert (event.kind, event.source, event.target) == ("handed_over", world.first, world.second)
    assert RosterEntry.objects.filter(round=world.round, member=world.people[4]).count() == 1
    with pytest.raises(ValidationError):
        roster.answer(entry, takes=True, actor=world.sibling)


def test_either_side_may_end_the_question(world, entry):
    for who in (world.sibling, world.secretary):
        roster.offer(entry, world.second, actor=world.secretary)
        roster.answer(entry, takes=False, actor=who)
        entry.refresh_from_db()
        assert entry.offered_to is None and entry.organisation == world.first
    roster.offer(entry, world.second, actor=world.secretary)
    with pytest.raises(PermissionDenied):
        roster.answer(entry, takes=False, actor=world.clerk)


def test_a_superior_of_both_hands_over_at_once_and_nobody_beyond_the_round(world, entry):
    for to in (world.first, world.third, world.county):
        with pytest.raises(ValidationError):
            roster.offer(entry, to, actor=world.officer)
    roster.offer(entry, world.second, actor=world.officer)
    assert due(world, world.second) == 3


def test_a_transfer_in_mid_round_leaves_the_member_where_he_is_appraised(world, entry):
    offered = transfers.offer(world.people[4], actor=world.secretary, to=world.second, since=TODAY(), reason="Moved")
    transfers.move(offered, "take_over", actor=world.sibling)
    assert (due(world, world.first), due(world, world.second)) == (5, 2)
    roster.note_event(entry, "transferred_out", actor=world.secretary, happened_on=TODAY())
    roster.offer(entry, world.second, actor=world.officer)
    assert (due(world, world.first), due(world, world.second)) == (4, 3)


def test_the_database_knows_each_member_once_a_round(world, entry):
    with pytest.raises(IntegrityError), transaction.atomic():
        RosterEntry.objects.create(round=world.round, member=entry.member, organisation=world.second, category="formal")
