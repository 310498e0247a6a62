"""The numbers of single branches: each period apart, and a typed total in place of the rows."""

import pytest
from django.utils import timezone

from figures import actions
from figures.actions import Told
from figures.models import Summary
from figures.registry import Period, named
from figures.totals import Number, of_branches


def numbers(world, periods, *codes):
    metrics = [named(code) for code in codes]
    return of_branches(world.officer, [world.first.pk], periods, metrics)


@pytest.mark.parametrize(("number", "value"), [(Number(), 0), (Number(4), 4), (Number(4, 7), 7), (Number(4, 0), 0)])
def test_what_was_typed_counts_in_place_of_the_rows(number, value):
    assert number.value == value


def test_each_round_and_each_year_has_its_own_number(world):
    this, other, year = Period(round_key=world.round.pk), Period(round_key=world.planned.pk), Period(year=2026)
    at = {"organisation": world.first}
    Summary.objects.update_or_create(**at, round_key=this.round_key, year=0, defaults={"n20": 5, "n01": 9})
    Summary.objects.update_or_create(**at, round_key=other.round_key, year=0, defaults={"n20": 4})
    Summary.objects.update_or_create(**at, round_key=0, year=2026, defaults={"n01": 3, "n20": 8})
    key, codes = world.first.pk, ("materials.owed", "meetings.general_meeting")
    assert numbers(world, [this], *codes) == {(key, this, "materials.owed"): Number(5)}
    assert numbers(world, [this, other, year], *codes) == {
        (key, this, "materials.owed"): Number(5),
        (key, other, "materials.owed"): Number(4),
        (key, year, "meetings.general_meeting"): Number(3),
    }
    Summary.objects.update_or_create(**at, round_key=0, year=2025, defaults={"n01": 2})
    assert numbers(world, [year], *codes) == {(key, year, "meetings.general_meeting"): Number(3)}
    told = Told(7, as_of=timezone.localdate(), note="By telephone")
    actions.type_total(world.first, "materials.owed", this, told, actor=world.officer)
    assert numbers(world, [this, other], *codes) == {
        (key, this, "materials.owed"): Number(6, 7),  # counted anew when the total was typed
        (key, other, "materials.owed"): Number(4),
    }
    assert numbers(world, [other], *codes) == {(key, other, "materials.owed"): Number(4)}
