"""The case county in two sizes of one story: a thirtieth of it in every run, the whole of it by `make long`."""

import time

import pytest

from tests.scenarios import county as case
from tests.scenarios.counties import County
from tests.scenarios.county_figures import Clock, Figures
from tests.scenarios.county_work import Work
from tests.scenarios.visits import Visitor, on
from workflow import checking

AT_ONCE = 1.0  # seconds within which a page of the whole county is there


def play(size, clock):
    """The story, and what the county is shown of it before and after what fell short was made up."""
    with clock.of_part("founding, roster, accounts"), on(case.PREPARED):
        county = County(size)
    work = Work(county)
    with clock.of_part("the round"):
        work.all_of_it()
    every, first, mine = size.all_branches, county.towns[0], size.branches
    with on(case.MADE_UP):
        figures = Figures(work, Visitor(county.officer), clock)
        figures.board(every, every, every - 1)
        figures.board_of_town(first, mine, mine, mine - 1)
        figures.visits(done="尚有1项未完成")
    work.make_up()
    work.tell_totals()
    with on(case.REPORTED):
        figures.board(every, every, every)
        figures.board_of_town(first, mine, mine, mine)
        for shown in (figures.opinions, figures.figures, figures.classes, figures.lists, figures.first_pages):
            shown()
        for file in (figures.meetings, figures.roster, figures.grid):
            file()
        figures.visits(done=str(case.MADE_UP))
    assert [found for found in checking.run() if found.count] == []


def test_a_county_small_as_the_lane_is_short(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    play(case.SMALL, Clock(times=1))


@pytest.mark.long
def test_the_whole_county(committed, settings, tmp_path, capsys):
    settings.MEDIA_ROOT = tmp_path
    clock = Clock()
    begun = time.perf_counter()
    play(case.FULL, clock)
    with capsys.disabled():
        print(f"\n{clock}\n{time.perf_counter() - begun:.0f} s altogether")
    assert [name for name, took in clock.pages.items() if took.seconds > AT_ONCE] == []
