"""What is asked of an opinion before it is written, at its very limits."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from appraisals.opinions import rules
from branches.models import Relation
from tests.appraisals.opinions.rows import fresh, opinion
from workflow.actors import SYSTEM

TODAY = timezone.localdate()
DAY = timedelta(1)


@pytest.mark.parametrize(("day", "fits"), [(date(1999, 12, 31), False), (date(2000, 1, 1), True), (TODAY, True),
                                           (TODAY + DAY, False)])  # fmt: skip
def test_an_opinion_was_given_by_today_and_in_this_century(day, fits):
    assert fits_(rules.check_day, day) == fits


@pytest.mark.parametrize(("length", "count", "fits"), [(4000, 1, True), (4001, 1, False), (0, 0, False),
                                                       (0, 100_000, True), (0, 100_001, False)])  # fmt: skip
def test_it_is_so_long_at_most_and_counts_so_many(length, count, fits):
    assert fits_(rules.check_words, "x" * length, count) == fits


def test_it_is_asked_for_in_an_open_round_and_below_its_organisation(world):
    asked = [(world.round, world.first), (world.round, world.county), (world.round, world.third),
             (world.planned, world.first)]  # fmt: skip
    assert [fits_(rules.check_round, *one) for one in asked] == [True, True, False, False]


def test_a_person_belongs_there_or_below_on_that_day(world):
    member = world.people[4]
    Relation.objects.filter(member=member).update(until=TODAY)
    asked = [(world.first, TODAY), (world.county, TODAY), (world.second, TODAY), (world.first, TODAY + DAY)]
    assert [fits_(rules.check_person, member, *one) for one in asked] == [True, True, False, False]
    with pytest.raises(ValidationError, match=member.name):
        rules.check_person(member, world.second, TODAY)


def test_whom_it_is_about_does_not_write_it_and_the_system_is_nobody(world):
    row = opinion(world, "member", world.clerk.member, by=world.officer)
    writers = [fresh(world.clerk), fresh(world.secretary), SYSTEM]
    assert [fits_(rules.check_writer, row, writer) for writer in writers] == [False, True, True]


def fits_(check, *facts):
    try:
        check(*facts)
    except ValidationError as refused:
        assert refused.messages
        return False
    return True
