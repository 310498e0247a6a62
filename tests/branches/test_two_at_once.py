"""Two people at once: nobody is counted twice, and the tree stays whole. PostgreSQL; SQLite lets one writer in at a time."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection
from django.utils import timezone

from branches.actions import organisations, structure, transfers
from branches.models import Organisation, Relation, Transfer, User
from tests.cast import SINCE, build
from tests.cast import found as cast_found

pytestmark = pytest.mark.usefixtures("committed")
TODAY = timezone.localdate()


def at_once(*deeds):
    """Run each deed in a thread of its own, all beginning together; the words of those that were refused."""
    refused, start = [], threading.Barrier(len(deeds))

    def run(deed):
        start.wait()
        try:
            deed()
        except (IntegrityError, ValidationError) as refusal:
            refused.append(type(refusal).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[deed]) for deed in deeds]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    return refused


def test_a_member_begins_in_one_branch_however_many_write():
    cast = build()
    person = cast.people[4]
    Relation.objects.filter(member=person).update(until=SINCE)

    def begin(place):
        return lambda: Relation.objects.create(member=person, organisation=place, since=TODAY, until=TODAY)

    refused = at_once(*(begin(place) for place in (cast.first, cast.second, cast.third)))
    assert len(refused) == 2
    assert Relation.objects.register(on=TODAY).filter(member=person).count() == 1


def test_a_transfer_is_taken_over_once():
    cast = build()
    offered = transfers.offer(cast.people[4], actor=cast.secretary, to=cast.second, since=TODAY, reason="Moved")

    def take_over(who):
        def deed():
            row = Transfer.objects.select_related("member", "source", "organisation").get(pk=offered.pk)
            try:
                transfers.move(row, "take_over", actor=User.objects.get(pk=who.pk))
            except Exception as refusal:  # MoveNotAllowed is no fault of the database
                raise ValidationError(str(refusal)) from refusal

        return deed

    refused = at_once(take_over(cast.sibling), take_over(cast.officer))
    assert len(refused) == 1
    assert Relation.objects.filter(member=cast.people[4], organisation=cast.second).count() == 1


def test_organisations_founded_together_hang_apart():
    cast = build()

    def found(number):
        def deed():
            parent, officer = Organisation.objects.get(pk=cast.county.pk), User.objects.get(pk=cast.officer.pk)
            told = {"kind": "branch", "branch_kind": "single", "since": TODAY}
            organisations.found(f"New {number}", actor=officer, parent=parent, **told)

        return deed

    assert at_once(*(found(number) for number in range(4))) == []
    assert Organisation.objects.get(pk=cast.county.pk).numchild == 6
    assert Organisation.objects.find_problems() == ([], [], [], [], [])


def test_branches_moved_and_founded_together_hang_apart():
    cast = build()
    general = cast_found("General branch", "general_branch", cast.county)

    def move(branch, to):
        def deed():
            officer = User.objects.get(pk=cast.officer.pk)
            rows = Organisation.objects.in_bulk([branch.pk, to.pk])
            structure.reparent(rows[branch.pk], actor=officer, parent=rows[to.pk])

        return deed

    def found():
        parent, officer = Organisation.objects.get(pk=general.pk), User.objects.get(pk=cast.officer.pk)
        told = {"kind": "branch", "branch_kind": "single", "since": TODAY}
        organisations.found("New", actor=officer, parent=parent, **told)

    assert at_once(move(cast.first, general), move(cast.second, general), found) == []
    assert Organisation.objects.get(pk=general.pk).numchild == 3
    assert Organisation.objects.find_problems() == ([], [], [], [], [])
