"""The numbers of single branches: each period apart, and a typed total in place of the rows."""

import pytest
from django.utils import timezone

from appraisals.models import ChannelCount
from appraisals.opinions import actions as opinions
from appraisals.opinions.actions import Numbers
from figures import actions
from figures.actions import Told
from figures.models import Summary
from figures.registry import Period, named
from figures.totals import Number, by_child, lines, of_branches
from figures.units import Approx, together


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


def test_a_total_of_another_round_or_year_is_not_added(world):
    first, rounds = world.first, [Period(round_key=row.pk) for row in (world.round, world.planned)]
    for code, periods in (
        ("materials.owed", rounds),
        ("meetings.general_meeting", [Period(year=2025), Period(year=2026)]),
    ):
        metric = named(code)
        for value, period in enumerate(periods, 7):
            Summary.objects.get_or_create(organisation=first, round_key=period.round_key, year=period.year)
            actions.type_total(
                first, code, period, Told(value, as_of=timezone.localdate(), note="By telephone"), actor=world.officer
            )
        for value, period in enumerate(periods, 7):
            (line,) = lines(world.officer, world.county.path, period, [metric])
            assert (line.typed, line.branches) == (value, 1), (code, period)
            assert by_child(world.officer, [first.path], period, [metric])[first.path][code].typed == value


def test_only_rough_rows_of_the_same_round_make_a_number_rough(world):
    metric, period, day = named("opinions.boxes"), Period(round_key=world.round.pk), timezone.localdate()

    def of_rows():
        (line,) = lines(world.officer, world.county.path, period, [metric])
        below = by_child(world.officer, [world.first.path, world.second.path], period, [metric])
        return line.of_rows, *(found["opinions.boxes"].of_rows for found in below.values())

    opinions.count_channels(world.round, world.first, {"box": Numbers(300)}, day, actor=world.officer)
    ChannelCount.objects.create(
        round=world.planned, organisation=world.first, channel="box", issued=4, approximate=True, counted_on=day
    )  # fmt: skip
    assert of_rows() == (Approx.EXACT, Approx.EXACT, Approx.EXACT)
    opinions.count_channels(world.round, world.second, {"box": Numbers(40, approximate=True)}, day, actor=world.officer)
    assert of_rows() == (Approx.OVER, Approx.EXACT, Approx.OVER)


@pytest.mark.parametrize(
    ("signs", "sum_"),
    [([], "exact"), ([None], "exact"), (["exact", None], "exact"), (["exact", "over"], "over"), ([None, "near"], "near"),
     (["over", "over"], "over"), (["over", "many"], "about"), (["over", "many", "exact"], "about")],
)  # fmt: skip
def test_a_sum_is_as_exact_as_its_parts(signs, sum_):
    assert together(signs) == sum_
