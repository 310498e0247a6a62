"""Rosters as offices send them. `python -m tests.branches.roster_books` writes them anew into roster_files/, where
LibreOffice has saved them: the first two as old .xls. People and numbers are invented."""

import shutil
import subprocess
import tempfile
from datetime import date
from pathlib import Path

from openpyxl import Workbook

FILES = Path(__file__).with_name("roster_files")
OLD = ("office", "plain")


def identity(digits):
    """The digits with the check sign that belongs to them."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return digits + "10X98765432"[sum(int(a) * b for a, b in zip(digits, weights, strict=True)) % 11]


def office(sheet):
    """Title, unit line, headings in two lines, merged cells, a subtotal, a total, a remark, a hidden row."""
    sheet["A1"] = "中共示例县机关党支部党员花名册"
    sheet["A2"] = "填报单位：示例县机关党支部"
    heads = {"A3": "序号", "B3": "姓  名", "C3": "性别", "D3": "出生\n年月", "E3": "党内时间", "E4": "入党时间", "F4": "转正时间",
             "G3": "党员类别", "H3": "党内职务", "I3": "所在党小组", "J3": "联系电话", "K3": "备注"}  # fmt: skip
    for place, words in heads.items():
        sheet[place] = words
    rows = [
        (1, "林 岚", "女", "1975.03", "1998-6", "1999.06", "正式党员", "书记", "第一党小组", "13800000001", None),
        (
            2,
            "周明远",
            "男",
            date(1980, 5, 12),
            "2003.07",
            "2004年7月",
            "正式",
            "组织委员、宣传委员",
            None,
            13800000002,
            None,
        ),
        (3, "韩雪", "女", "85年", "2010.07.01", None, "预备党员", None, None, "13800000003", "2025年接收"),
        (None, "小计", None, None, None, None, "3人", None, None, None, None),
        (4, "顾长河", "男", 1949, "197107", "1972.7", "正式", "无", "第二党小组", None, None),
        (5, "沈秋", "女", "1990年12月1日", "2015-07", "2016-07", "正式", "纪检委员", None, None, None),
        ("合计", None, None, None, None, None, "5人", None, None, None, None),
        ("填表人：林岚      审核人：", None, None, None, None, None, None, None, None, None, None),
    ]
    for n, row in enumerate(rows, 5):
        for column, value in enumerate(row, 1):
            sheet.cell(n, column, value)
    for cells in ("A1:K1", "A2:K2", "E3:F3", *(f"{c}3:{c}4" for c in "ABCDGHIJK"), "I5:I7", "I9:I10"):
        sheet.merge_cells(cells)
    sheet.row_dimensions[10].hidden = True


def plain(sheet):
    sheet.append(["姓名", "性别", "党员类别"])
    sheet.append(["程安", "男", "正式党员"])
    sheet.append(["叶宁", "女", "预备党员"])


def two_lines(sheet):
    """The same as `office`, kept as .xlsx."""
    office(sheet)


def dates(sheet):
    """One spelling of a day in each row, in the columns born and joined."""
    sheet.append(["姓名", "党员类别", "出生年月", "入党时间"])
    for n, (born, joined) in enumerate(DATES):
        sheet.append([f"示{'甲乙丙丁戊己庚辛壬癸'[n % 10]}{'一二三'[n // 10]}", "正式", born, joined])


DATES = [
    ("1985", "2003.07"), ("85年", "2003-7"), (1985, 200307), ("1985年6月", "2003/07/01"), ("1985.6.12", 20030701),
    (date(1985, 6, 12), 37803), ("一九八五年", "2003.7"), ("1985-13", 2003.07), ("1985-02-30", 2003.1),
    ("2085", "2003.07"), ("1985.06.", 2003.12),
]  # fmt: skip


def spoiled(sheet):
    """Identity numbers: right, as Excel spoils them, of the old sort, mistyped, typed as text with a sign before."""
    good = identity("11010119850612001")
    sheet.append(["姓名", "身份证号码", "党员类别"])
    rows = [good, float(int(good[:17] + "0")), good[:15] + "000", "4.1E+17", "110101490101001", good[:17] + "A",
            good[:16] + "99", f"'{identity('11010119900101002')}", "无"]  # fmt: skip
    for n, number in enumerate(rows):
        sheet.append([f"示{'甲乙丙丁戊己庚辛壬癸'[n]}", number, "正式"])


def namesakes(sheet):
    """王芳 twice with days of birth that differ, 李强 twice with nothing to tell them apart, 赵敏 twice the same."""
    sheet.append(["序号", "姓名", "出生年月", "入党时间", "党员类别"])
    sheet.append([1, "王芳", "1970.01", "1995.07", "正式"])
    sheet.append([2, "王芳", "1988.05", "2010.07", "正式"])
    sheet.append([3, "李强", None, None, "正式"])
    sheet.append([4, "李强", None, "2001", "正式"])
    sheet.append([5, "赵敏", "1980-01", "2001-07", "正式"])
    sheet.append([6, "赵敏", "1980-01", "2001-07", "正式"])


def county(sheet):
    """Several branches, merged downwards; one name mistyped, one left out."""
    sheet.append(["党支部", "姓名", "党员类别"])
    for row in (["First branch", "钱一", "正式"], [None, "钱二", "正式"], ["Second branch", "孙一", "预备"],
                ["Secund branch", "孙二", "正式"], [None, "孙三", "正式"], ["Third branch", "郑一", "正式"]):  # fmt: skip
        sheet.append(row)
    sheet.merge_cells("A2:A3")


BOOKS = (office, plain, two_lines, dates, spoiled, namesakes, county)


def make(book, folder):
    """The workbook of one of BOOKS as openpyxl writes it."""
    workbook = Workbook()
    workbook.active.title = "花名册"
    book(workbook.active)
    path = folder / f"{book.__name__}.xlsx"
    workbook.save(path)
    return path


def main():
    FILES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        for book in BOOKS:
            to = "xls" if book.__name__ in OLD else "xlsx"
            path, profile = make(book, Path(scratch)), f"-env:UserInstallation=file://{scratch}/profile"
            command = ["soffice", profile, "--headless", "--convert-to", to, "--outdir", f"{scratch}/out", str(path)]
            subprocess.run(command, check=True, capture_output=True, timeout=180)
            shutil.copy(Path(scratch) / "out" / f"{book.__name__}.{to}", FILES)


if __name__ == "__main__":
    main()
