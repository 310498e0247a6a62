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
