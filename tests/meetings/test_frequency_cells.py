"""R01 restated: what the board says of a form in a period. The requirement is written here by hand, not taken from the table."""

from datetime import date

import pytest

from branches.capabilities import capability_of
from branches.models.organisations import BranchKind
from branches.rules.table import find
from meetings.frequency.cells import Facts, Span, Standing, board, cell, lacking
from meetings.frequency.table import FREQUENCIES, NEAR
from meetings.plans.periods import Period

# code, form, period, level, what it is asked of
REQUIRED = """
R01a general_meeting   quarter national -
R01b committee_meeting month   national committee
R01c group_meeting     month   national groups
R01d party_lecture     quarter local    -
R01e theme_day         month   national -
R01f org_life_meeting  year    national -
"""
OLD, TODAY = Span(date(2015, 1, 1)), date(2026, 5, 15)
BY_CODE = {frequency.code: frequency for frequency in FREQUENCIES}
QUARTER, MONTH, YEAR = Period(2026, 1, "quarter"), Period(2026, 4, "month"), Period(2025, 1, "year")
GROUP = Span(date(2020, 1, 1), None, 7, "Group")


def standing(code, period, today=TODAY, group=None, **facts):
    return cell(Facts(**{"life": OLD, **facts}), BY_CODE[code], period, today, group).standing


def test_the_table_is_the_required_one():
    told = [(f.code, str(f.form), f.period, str(find(f.code).level), f.asks or "-") for f in FREQUENCIES]
    assert told == [tuple(line.split()) for line in REQUIRED.strip().splitlines()]
    assert NEAR == 70
    assert {str(find(f.code).severity) for f in FREQUENCIES} == {"remind"}
    assert {f.code for f in FREQUENCIES if find(f.code).mildest() == "off"} == {"R01d"}


def test_branches_in_which_people_only_take_part_are_not_asked():
    assert {kind for kind in BranchKind if not capability_of(kind).is_asked_often} == {"temporary", "functional"}
    assert not capability_of("").is_asked_often
    assert standing("R01a", QUARTER, is_asked=False) == Standing.FREE


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (date(2025, 12, 31), Standing.AHEAD), (date(2026, 1, 1), Standing.OPEN), (date(2026, 3, 31), Standing.OPEN),
        (date(2026, 4, 1), Standing.LACKING),
    ],
)  # fmt: skip
def test_a_period_without_a_meeting_is_ahead_open_or_lacking(today, said):
    assert standing("R01a", QUARTER, today) == said


@pytest.mark.parametrize(("month", "held"), [(12, False), (1, True), (2, True), (3, True), (4, False)])
def test_one_meeting_in_any_month_of_the_period_is_enough(month, held):
    said = standing("R01a", QUARTER, held={("general_meeting", None, month): 1})
    assert said == (Standing.HELD if held else Standing.LACKING)


def test_a_branch_is_taken_to_keep_its_record_here_unless_it_is_said_otherwise():
    assert not Facts(OLD).keeps_paper


def test_what_was_held_is_counted():
    held = {("general_meeting", None, 1): 2, ("general_meeting", None, 3): 1, ("theme_day", None, 2): 4}
    assert cell(Facts(OLD, held=held), BY_CODE["R01a"], QUARTER, TODAY).count == 3


def test_another_form_or_another_group_is_none():
    assert standing("R01a", QUARTER, held={("theme_day", None, 2): 1}) == Standing.LACKING
    held = {("group_meeting", 8, 4): 1, ("group_meeting", None, 4): 1}
    assert standing("R01c", MONTH, group=GROUP, held=held) == Standing.LACKING
    assert standing("R01c", MONTH, group=GROUP, held={("group_meeting", 7, 4): 1}) == Standing.HELD


@pytest.mark.parametrize(
    ("since", "until", "said"),
    [
        (date(2026, 1, 1), None, Standing.LACKING), (date(2026, 1, 2), None, Standing.FREE),
        (date(2015, 1, 1), date(2026, 3, 31), Standing.LACKING), (date(2015, 1, 1), date(2026, 3, 30), Standing.FREE),
    ],
)  # fmt: skip
def test_a_branch_is_asked_for_whole_periods_of_its_life(since, until, said):
    assert standing("R01a", QUARTER, life=Span(since, until)) == said
    assert standing("R01a", QUARTER, exempt_spans=(Span(since, until, what="general_meeting"),)) == (
        Standing.FREE if said == Standing.LACKING else Standing.LACKING
    )


def test_an_exemption_frees_from_its_form_only_and_says_why():
    exempt = (Span(date(2026, 1, 1), None, what="theme_day", why="Flood"),)
    assert standing("R01a", QUARTER, exempt_spans=exempt) == Standing.LACKING
    one = cell(Facts(OLD, exempt_spans=exempt), BY_CODE["R01e"], MONTH, TODAY)
    assert one.standing == Standing.FREE and one.why.endswith("Flood")


@pytest.mark.parametrize(
    ("posts", "today", "said"),
    [
        ((), TODAY, Standing.FREE),
        ((Span(date(2026, 4, 30)),), TODAY, Standing.LACKING),
        ((Span(date(2026, 5, 1)),), TODAY, Standing.FREE),
        ((Span(date(2020, 1, 1), date(2026, 4, 30)),), TODAY, Standing.LACKING),
        ((Span(date(2020, 1, 1), date(2026, 4, 29)),), TODAY, Standing.FREE),
        ((Span(date(2020, 1, 1), date(2026, 4, 10)),), date(2026, 4, 10), Standing.OPEN),
        ((Span(date(2026, 4, 11)),), date(2026, 4, 10), Standing.FREE),
    ],
)
def test_a_committee_meeting_is_asked_where_there_is_a_committee_at_the_end_or_today(posts, today, said):
    assert standing("R01b", MONTH, today, committee=posts) == said


def test_no_other_form_asks_for_a_committee():
    asks = {f.code for f in FREQUENCIES if standing(f.code, _past(f), group=_group(f)) == Standing.FREE}
    assert asks == {"R01b"}


def _past(frequency):
    return {"quarter": QUARTER, "month": MONTH, "year": YEAR}[frequency.period]


def _group(frequency):
    return GROUP if frequency.asks == "groups" else None


def test_a_group_is_asked_for_whole_periods_of_its_life():
    for since, said in ((date(2026, 4, 1), Standing.LACKING), (date(2026, 4, 2), Standing.FREE)):
        assert standing("R01c", MONTH, group=Span(since, None, 7, "Group")) == said


def test_a_rule_that_is_not_applied_asks_nothing_but_what_was_held_is_still_told():
    off = frozenset({"party_lecture"})
    assert standing("R01d", QUARTER, off=off) == Standing.FREE
    assert standing("R01a", QUARTER, off=off) == Standing.LACKING
    one = cell(Facts(OLD, off=off, held={("party_lecture", None, 2): 1}), BY_CODE["R01d"], QUARTER, TODAY)
    assert (one.standing, one.count, one.why) == (Standing.HELD, 1, "")


def test_the_board_has_each_form_once_and_that_of_groups_once_a_group():
    facts = Facts(OLD, group_spans=(GROUP, Span(date(2020, 1, 1), None, 8, "Second")))
    rows = [(f.code, group and group.key, len(cells)) for f, group, cells in board(facts, 2026, TODAY)]
    assert rows == [("R01a", None, 4), ("R01b", None, 12), ("R01c", 7, 12), ("R01c", 8, 12), ("R01d", None, 4),
                    ("R01e", None, 12), ("R01f", None, 1)]  # fmt: skip
    assert [code for code, *_ in (r for r in _rows(Facts(OLD)))] == ["R01a", "R01b", "R01d", "R01e", "R01f"]


def _rows(facts):
    return [(f.code, group) for f, group, _cells in board(facts, 2026, TODAY)]


def test_what_is_lacking_is_told_in_words_period_by_period():
    facts = Facts(OLD, group_spans=(GROUP,), held={("theme_day", None, 2): 1, ("group_meeting", 7, 1): 1})
    words = [one.words for one in lacking(facts, 2026, date(2026, 4, 1))]
    assert words == [
        "2026年第1季度支部党员大会", "2026年2月党小组会（Group）", "2026年3月党小组会（Group）", "2026年第1季度党课",
        "2026年1月主题党日", "2026年3月主题党日",
    ]  # fmt: skip
    assert "2025年组织生活会" in [one.words for one in lacking(facts, 2025, date(2026, 4, 1))]
