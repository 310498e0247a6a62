"""Rosters as offices send them: where their headings stand, which rows are people, what each cell means."""

import pytest
from openpyxl import Workbook

from branches.models.members import Category
from branches.roster import cells, dates, identity
from branches.roster.cells import Unreadable
from branches.roster.columns import FIELDS, guess
from branches.roster.heading import find
from branches.roster.look import look
from branches.roster.reading import FORMULA, HIDDEN, REMARK_LEFT_OUT, TOTAL, TOTAL_LEFT_OUT, Reading
from sheets import reader
from tests.branches.roster_books import BOOKS, DATES, FILES, OLD
from tests.branches.roster_books import identity as number

STORED = sorted(FILES.glob("*.xls*"))


def read(path, **options):
    seen = look(path)
    with reader.opened(path, sheet=seen.sheet) as book:
        marks = {"hidden": book.hidden_rows, "formulas": book.formulas}
        reading = Reading(seen.mapping, list(seen.heading.titles), seen.heading.row, **marks, **options)
        reading.take(book.rows())
    return reading


def stored(name):
    return read(next(path for path in STORED if path.stem == name))


def faults(reading, *, notes=False):
    return [(fault.row, fault.column) for fault in reading.faults.kept if fault.is_note is notes]


def test_the_stored_files_are_all_there():
    assert {path.stem for path in STORED} == {book.__name__ for book in BOOKS}
    assert {path.stem for path in STORED if path.suffix == ".xls"} == set(OLD)


@pytest.mark.parametrize("name", ["office", "two_lines"])
def test_an_office_roster_reads_without_being_touched(name):
    """Title rows, headings in two lines, merged cells, 小计 and 合计, a remark below, dates of every sort."""
    reading = stored(name)
    told = [(x.row, x.name, x.born, x.joined, x.confirmed, x.category, x.post or (), x.group) for x in reading.lines]
    assert told == [
        (5, "林岚", "1975-03", "1998-06", "1999-06", "formal", ("secretary",), "第一党小组"),
        (6, "周明远", "1980-05-12", "2003-07", "2004-07", "formal", ("organisation", "publicity"), "第一党小组"),
        (7, "韩雪", "1985", "2010-07-01", "", "probationary", (), "第一党小组"),
        (9, "顾长河", "1949", "1971-07", "1972-07", "formal", (), "第二党小组"),
        (10, "沈秋", "1990-12-01", "2015-07", "2016-07", "formal", ("discipline",), "第二党小组"),
    ]
    assert [line.phone for line in reading.lines] == ["13800000001", "13800000002", "13800000003", "", ""]
    assert faults(reading) == []
    words = {fault.row: fault.words for fault in reading.faults.kept}
    assert [words[8], words[11], words[12]] == [str(TOTAL_LEFT_OUT), str(TOTAL_LEFT_OUT), str(REMARK_LEFT_OUT)]
    assert (name == "two_lines") == (words.get(10) == str(HIDDEN))  # an .xls does not tell which rows are hidden


def test_what_is_known_only_in_part_stays_so():
    reading = stored("dates")
    assert [(line.born, line.joined) for line in reading.lines] == [
        ("1985", "2003-07"), ("1985", "2003-07"), ("1985", "2003-07"), ("1985-06", "2003-07-01"),
        ("1985-06-12", "2003-07-01"), ("1985-06-12", "2003-07-01"), ("", "2003-07"), ("", "2003-07"), ("", ""),
        ("", "2003-07"), ("1985-06", "2003-12"),
    ]  # fmt: skip
    assert faults(reading) == [
        (8, "出生年月"), (9, "出生年月"), (10, "出生年月"), (10, "入党时间"), (11, "出生年月"),
    ]  # fmt: skip
    assert reading.faults.kept[3].value == "2003.1" and reading.faults.kept[3].words == str(dates.LOST_ZERO)
    assert len(DATES) == len(reading.lines)


def test_identity_numbers_that_excel_has_spoiled_are_left_out_and_told():
    reading = stored("spoiled")
    assert [line.identity[-4:] for line in reading.lines] == ["0012", "", "", "", "0018", "", "", "0023", ""]
    words = {fault.row: fault.words for fault in reading.faults.kept}
    assert [words[row] for row in (3, 4, 5)] == [str(identity.LOST)] * 3
    assert (words[7], words[8]) == (str(identity.NO_NUMBER), str(identity.WRONG))
    assert reading.faults.errors == 0 and all(fault.is_note for fault in reading.faults.kept)
    assert not [fault for fault in reading.faults.kept if "19850612" in fault.value]  # none is quoted in full


def test_a_number_is_kept_as_a_keyed_hash_only(settings):
    one = identity.digest(number("11010119850612001"))
    assert len(one) == 64 and one == identity.digest(number("11010119850612001"))
    settings.IDENTITY_KEY = "another key"
    assert identity.digest(number("11010119850612001")) != one
    assert identity.digest("") == ""


def test_an_old_number_is_the_new_one():
    assert identity.read("110101850612001") == number("11010119850612001")


@pytest.mark.parametrize(
    ("cell", "day"),
    [("1985", "1985"), ("85", "1985"), ("03年", "2003"), ("1985年6月", "1985-06"), ("1985 . 6", "1985-06"),
     ("１９８５．０６", "1985-06"), ("198506", "1985-06"), ("19850600", "1985-06"), (1985.0, "1985"),
     (31210.0, "1985-06-12"), (2003.12, "2003-12"), ({"d": "1985-06-12 08:00"}, "1985-06-12"), ("无", ""), ("", "")],
)  # fmt: skip
def test_spellings_of_days(cell, day):
    assert dates.partial(cell) == day


@pytest.mark.parametrize("cell", ["六月", "1985-00-40", "1850", 12.5, 2003.1, 2003.123, 1e12, "1985-6-31", "2099"])
def test_what_is_no_day_is_refused(cell):
    with pytest.raises(Unreadable):
        dates.partial(cell)


@pytest.mark.parametrize(("one", "other", "contradict"), [
    ("1985", "1985-06", False), ("1985-06", "1985-07", True), ("", "1985", False), ("1985", "1986", True)])  # fmt: skip
def test_partial_days_contradict_only_where_they_cannot_be_one(one, other, contradict):
    assert dates.contradicts(one, other) is contradict


@pytest.mark.parametrize(
    ("cell", "kind"),
    [("正式", "formal"), ("正式党员", "formal"), ("中共党员", "formal"), ("已转正", "formal"), ("预备", "probationary"),
     ("中共预备党员", "probationary"), ("", "")],
)  # fmt: skip
def test_categories(cell, kind):
    assert cells.category(cell) == kind


@pytest.mark.parametrize("cell", ["入党积极分子", "发展对象", "群众", "团员", "离休"])
def test_who_is_no_member_is_refused(cell):
    with pytest.raises(Unreadable):
        cells.category(cell)


@pytest.mark.parametrize(
    ("cell", "kind"),
    [("大学专科", "college"), ("大学本科", "bachelor"), ("硕士研究生", "postgraduate"), ("中专", "secondary"), ("大学", "bachelor")],
)  # fmt: skip
def test_education(cell, kind):
    assert cells.education(cell) == kind


@pytest.mark.parametrize(
    ("cell", "kinds"),
    [("支部书记", ("secretary",)), ("副书记", ("deputy",)), ("书记、组织委员", ("secretary", "organisation")),
     ("党小组组长", ("group_leader",)), ("党员", ()), ("无", ())],
)  # fmt: skip
def test_posts(cell, kinds):
    assert cells.posts(cell) == kinds


def test_a_post_the_register_does_not_know_is_told():
    with pytest.raises(Unreadable):
        cells.posts("青年委员")


def test_columns_are_guessed_by_exact_words_first_and_each_once():
    headings = [
        "编号",
        "姓名(曾用名)",
        "入党介绍人",
        "加入中共组织的时间",
        "手机号码*",
        "党内职务",
        "职务",
        "所在支部名称",
    ]
    assert guess(headings) == {"number": 0, "name": 1, "joined": 3, "phone": 4, "post": 5, "work_title": 6, "branch": 7}


def test_every_field_finds_its_own_column_in_our_template():
    assert guess([field.title for field in FIELDS]) == {field.key: n for n, field in enumerate(FIELDS)}


def test_headings_are_found_below_titles_and_nothing_is_found_in_prose():
    assert find([[1, "党员花名册"], [2, "", "姓名", "性别"], [3, 1, "林岚", "女"]]).row == 2
    assert find([[1, "我们支部共有党员8人"], [2, "姓名"]]) is None
    # A group of columns above, its cells merged and told at the left end only.
    found = find([[1, "姓名", "党内时间", ""], [2, "", "入党", "转正"], [3, "林岚", "2003", "2004"]])
    assert (found.row, found.titles) == (2, ("姓名", "入党", "转正"))


def test_a_category_is_taken_where_the_file_says_so_and_asked_for_otherwise(tmp_path):
    mapping, headings = {"name": 0, "confirmed": 1}, ["姓名", "转正时间"]
    rows = [[2, "林岚", "2004-07"], [3, "周明", ""]]
    strict = Reading(mapping, headings, 1)
    strict.take(rows)
    assert [line.category for line in strict.lines] == [Category.FORMAL, ""]
    assert faults(strict) == [(3, "党员类别")]
    easy = Reading(mapping, headings, 1, category=Category.FORMAL)
    easy.take(rows)
    assert [line.category for line in easy.lines] == [Category.FORMAL] * 2 and not faults(easy)


def test_a_row_without_a_name_is_told_and_an_empty_one_is_not():
    reading = Reading({"name": 0, "gender": 1, "born": 2}, ["姓名", "性别", "出生"], 1, category="formal")
    reading.take(
        [[2, "", "", ""], [3, "", "女", 1985.0], [4, None, "男", 1985.0, "x"], [5, "姓名", "性别", "出生"], [6, "林岚"]]
    )
    assert [line.row for line in reading.lines] == [4, 6]
    assert faults(reading) == [(4, "姓名")] and faults(reading, notes=True) == [(3, "")]


def test_a_formula_is_refused_where_it_tells_of_a_person_and_nowhere_else(tmp_path):
    """Title, running number, totals and columns that nobody asked for may be calculated; a person's facts may not."""
    book = Workbook()
    sheet = book.active
    sheet.append(['="党员"&"花名册"'])
    sheet.append(["序号", "姓名", "党员类别", "手机", "年龄"])
    sheet.append(["=ROW()-2", "林岚", "正式党员", "13800000001", "=2026-1985"])
    sheet.append(["=ROW()-2", "周明", "正式党员", '="138"&"00000002"', "=2026-1990"])
    sheet.append(["=ROW()-2", "韩雪", "=C3", "13800000003", None])
    sheet.append(["合计", "=COUNTA(B3:B5)", '=COUNTA(C3:C5)&"人"', None, None])
    book.save(tmp_path / "roster.xlsx")
    reading = read(tmp_path / "roster.xlsx")
    told = [(fault.row, fault.column) for fault in reading.faults.kept if fault.words == str(FORMULA)]
    assert told == [(4, "手机"), (5, "党员类别")] and not any(
        fault.is_note for fault in reading.faults.kept if fault.row == 4
    )


@pytest.mark.parametrize(
    ("text", "is_total"),
    [("合计", True), ("合  计", True), ("合　计", True), (" 总 计：", True), ("小计", True), ("共计12人", True), ("合肥", False),
     ("计划", False), ("", False)],
)  # fmt: skip
def test_a_row_of_totals_is_known_with_blanks_inside(text, is_total):
    assert bool(TOTAL.match(text)) == is_total
