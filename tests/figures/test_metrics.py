"""What the numbers of meetings and materials count, restated row by row."""

from datetime import datetime

import pytest
from django.utils import timezone

from appraisals.models import Material
from appraisals.rounds.models import Progress
from figures.models import Summary
from figures.registry import Period, named
from meetings import actions
from meetings.models import CountedAs, Meeting
from tests.cast import entry

YEAR = Period(year=2026)


def held(world, form, state="filed", year=2026):
    made = Meeting.objects.create(
        organisation=world.second, form=form, state=state, appraisal_year=year, theme="Study",
        started_at=timezone.make_aware(datetime(2026, 5, 5, 9)),
    )  # fmt: skip
    CountedAs.objects.create(meeting=made, position=1, form=form)
    return made


def counted(code, place, period):
    metric = named(code)
    here = {metric.organisation: place.pk, metric.period: period.round_key or period.year}
    return metric.rows().filter(**here).count()


def test_study_is_counted_at_sittings_of_the_appraisal_year_that_are_neither_its_meeting_nor_the_committees(world):
    before = counted("meetings.study", world.second, YEAR)
    for form in ("general_meeting", "theme_day", "org_life_meeting", "committee_meeting"):
        held(world, form)
    held(world, "theme_day", year=None)
    held(world, "theme_day", state="submitted")
    assert counted("meetings.study", world.second, YEAR) == before + 2
    assert counted("meetings.theme_day", world.second, YEAR) == 2  # filed, whatever it is for
    assert counted("meetings.org_life", world.second, YEAR) == 1


@pytest.mark.parametrize(
    ("code", "span"),
    [
        ("meetings.org_life", "appraisal_year=2026"),
        ("meetings.study", "appraisal_year=2026"),
        ("meetings.theme_day", "held_after=2026-01-01&held_before=2026-12-31"),
        ("talks.held", "held_after=2026-01-01&held_before=2026-12-31"),
    ],
)
def test_a_number_opens_the_list_of_its_year(world, code, span):
    address = named(code).opens(7, YEAR)
    assert address.endswith(f"&{span}") and "place=7" in address


def test_visits_open_by_round_or_by_the_days_of_a_year():
    assert named("visits.in_round").opens(7, Period(round_key=3)).endswith("?place=7&counted=yes&round=3")
    by_year = named("visits.in_year").opens(7, YEAR)
    assert by_year.endswith("?place=7&counted=yes&visited_after=2026-01-01&visited_before=2026-12-31")


def test_handed_in_are_materials_of_members_with_a_version_by_class(world):
    period, place = Period(round_key=world.round.pk), world.first
    rows = Material.objects.filter(round=world.round, organisation=place)
    rows.update(versions_count=0, is_leading=False)
    mine = list(rows.exclude(author=None).order_by("pk"))
    rows.filter(pk=mine[0].pk).update(versions_count=1, is_leading=True)
    rows.filter(pk=mine[1].pk).update(versions_count=2)
    rows.filter(pk=mine[2].pk).update(versions_count=1, state="void")
    rows.filter(pk=mine[3].pk).update(versions_count=1)
    rows.filter(author=None).update(versions_count=1)
    numbers = [counted(f"materials.{name}", place, period) for name in ("leading", "ordinary", "handed_in")]
    assert numbers == [1, 2, 3]


def test_a_branch_takes_part_unless_it_is_exempt_from_the_first_stage(world):
    period = Period(round_key=world.round.pk)
    rows = Progress.objects.filter(round=world.round, organisation=world.first)
    rows.filter(stage__position=2).update(state="exempt")
    assert counted("progress.branches", world.first, period) == 1
    rows.filter(stage__position=1).update(state="exempt")
    assert counted("progress.branches", world.first, period) == 0


def test_filing_a_sitting_brings_the_numbers_of_its_appraisal_year_up(world):
    def kept():
        row = Summary.objects.filter(organisation=world.first, round_key=0, year=2025).first()
        return row.n07 if row else 0

    for year, number in ((None, 0), (2025, 1)):
        typed = entry(world.people, appraisal_year=year)
        actions.save(Meeting(organisation=world.first, form="theme_day"), typed, actor=world.secretary, submit=True)
        assert kept() == number
