"""What single cells of a ledger say, as offices write them."""

from datetime import date

import pytest

from rectification.imports import cells
from rectification.imports.cells import Unreadable
from rectification.imports.columns import find, guess

LABELS = {"作风建设": "conduct", "督导": "visit"}


@pytest.mark.parametrize(("cell", "ends", "day", "whole"), [
    ("2026-12-31", True, date(2026, 12, 31), True), ("2026.6.30", True, date(2026, 6, 30), True),
    ("2026年12月31日前", True, date(2026, 12, 31), True), ("2026年12月底", True, date(2026, 12, 31), False),
    ("2026年6月", False, date(2026, 6, 1), False), ("2026", True, date(2026, 12, 31), False),
    ("2026", False, date(2026, 1, 1), False), ({"d": "2026-02-28"}, True, date(2026, 2, 28), True),
    ({"d": "2026-02-28 08:00"}, True, date(2026, 2, 28), True), (46022.0, True, date(2025, 12, 31), True),
    ("", True, None, True), (None, True, None, True), ("无", True, None, True), ("2024年2月", True, date(2024, 2, 29), False),
])  # fmt: skip
def test_days(cell, ends, day, whole):
    assert cells.day(cell, ends=ends) == (day, whole)


@pytest.mark.parametrize("cell", ["尽快", "2026-13-01", "2026-02-30", "三月底", True, "12.31"])
def test_what_is_no_day_is_said(cell):
    with pytest.raises(Unreadable):
        cells.day(cell, ends=True)


@pytest.mark.parametrize(("cell", "found"), [
    ("1. 走访\n2. 通报", ("走访", "通报")), ("1、走访；2、通报。", ("走访", "通报")), ("（1）走访（2）通报", ("走访（2）通报",)),
    ("①走访②通报", ("走访②通报",)), ("走访；通报；", ("走访", "通报")), ("走访\n\n通报", ("走访", "通报")), ("走访", ("走访",)),
    ("①走访\n②通报", ("走访", "通报")), ("每月1.5小时学习", ("每月1.5小时学习",)), ("", ()), (None, ()),
])  # fmt: skip
def test_measures(cell, found):
    assert cells.measures(cell) == found


def test_names_and_words():
    assert cells.names("甲、乙，丙 丁/戊") == ["甲", "乙", "丙", "丁", "戊"] and cells.names("") == []
    assert cells.text(7.0) == "7" and cells.text(" a  b \n c ") == "a b\nc" and cells.text("——") == ""
    assert cells.category("作风建设", LABELS) == "conduct" and cells.category("工作作风方面", LABELS) == "conduct"
    assert cells.category("", LABELS) == cells.category("天气", LABELS) == "other"
    assert cells.origin("督导：第2次督导", LABELS) == ("visit", "第2次督导")
    assert cells.origin("征求意见箱", LABELS) == ("opinion", "征求意见箱")
    assert cells.origin("", LABELS) == ("self", "") and cells.origin("来信", LABELS) == ("other", "来信")


@pytest.mark.parametrize(("cell", "state"), [
    ("已销号", "closed"), ("√", "closed"), ("是", "closed"), ("未销号", "underway"), ("否", "underway"),
    ("长期坚持", "standing"), ("", ""), (None, ""), ("整改中", "underway"), ("申请销号", "underway"),
])  # fmt: skip
def test_how_far_it_is(cell, state):
    assert cells.state(cell) == state


def test_other_words_for_it_are_refused():
    with pytest.raises(Unreadable):
        cells.state("基本完成")


@pytest.mark.parametrize(("words", "category"), [
    ("理想信念方面", "belief"), ("队伍建设", "organisation"), ("廉洁自律", "discipline"), ("履职尽责", "duty"),
    ("联系群众", "service"), ("制度执行", "rules"),
])  # fmt: skip
def test_categories_are_known_by_words_of_offices(words, category):
    assert cells.category(words, {}) == category


@pytest.mark.parametrize(("words", "origin"), [
    ("谈心谈话中提出", "talk"), ("对照检查材料", "material"), ("组织生活会互评", "meeting"), ("民主测评", "vote"), ("督导组反馈", "visit"),
    ("巡察反馈", "inspection"), ("上年遗留", "last_year"), ("党支部自查", "self"),
])  # fmt: skip
def test_origins_are_known_by_words_of_offices(words, origin):
    assert cells.origin(words, {}) == (origin, words)


@pytest.mark.parametrize(
    ("number", "is_day"), [(29_999.0, False), (30_000.0, True), (79_999.0, True), (80_000.0, False)]
)
def test_a_number_is_a_day_of_this_century_or_none(number, is_day):
    if is_day:
        assert cells.day(number, ends=True)[1]
    else:
        with pytest.raises(Unreadable):
            cells.day(number, ends=True)


# --- headings ---------------------------------------------------------------------------------------------------------
def test_headings_stand_below_a_title_and_are_known_by_many_names():
    rows = [
        [1, "某支部整改台账"],
        [2, "填报单位："],
        [3, "序号", "存在问题", "整改措施", "责任人", "整改时限", "备注"],
        [4, 1, "x"],
    ]
    row, titles = find(rows)
    assert row == 3 and guess(titles) == {"number": 0, "text": 1, "measures": 2, "responsible": 3, "due_on": 4}


def test_two_lines_of_headings_are_one():
    rows = [[1, "序号", "问题", "整改", "整改", "责任"], [2, "", "", "整改目标", "整改措施", "责任人"]]
    assert find(rows) == (2, ("序号", "问题", "整改目标", "整改措施", "责任人"))


def test_without_a_heading_for_the_problem_there_are_none():
    assert find([[1, "序号", "姓名", "责任人"]]) is None and find([]) is None
    assert guess(["主要存在问题", "问题"])["text"] == 1, "the exact name wins"
    assert guess(["主要存在问题表现"]) == {"text": 0}


def test_a_name_inside_a_longer_heading_counts_from_three_characters_and_the_longest_wins():
    assert guess(["其他问题说明"]) == {}, "two characters stand in too many headings"
    assert guess(["主要责任人员"]) == {"responsible": 0}
    assert guess(["实际完成时间说明"]) == {"closed_on": 0}, "and not 完成时间"
    assert guess(["", "问题", "存在问题"]) == {"text": 1}


def test_the_row_with_most_names_is_the_heading_the_first_of_equals():
    many = [2, "序号", "责任人", "完成时限", "来源"]  # no problem among them
    assert find([[1, "台账"], many, [3, "问题", "责任人"], [4, ""], [5, "存在问题", "经办人"]]) == (
        3,
        ("问题", "责任人"),
    )
    assert find([[1, "问题", "责任人"], [3, ""], many]) == (1, ("问题", "责任人"))
    assert find([[1, "问题"]]) is None, "one name alone is no heading"
    blank = [[n, ""] for n in range(1, 30)]
    assert find([*blank, [30, "问题", "责任人"]]) == (30, ("问题", "责任人"))
    assert find([*blank, [30, ""], [31, "问题", "责任人"]]) is None
    assert find([[1, "问题" + "长" * 50, "问题", "责任人"]])[1][0] == "问题" + "长" * 38


def test_a_second_line_of_headings_has_two_names_at_least():
    top, data = [1, "序号", "问题", "整改", "时间"], [3, "1", "x", "y", "z"]
    assert find([top, [2, "", "", "整改目标", ""], data]) == (1, ("序号", "问题", "整改", "时间"))
    assert find([top, [2, "", "", "整改目标", "完成时限"], data]) == (2, ("序号", "问题", "整改目标", "完成时限"))
