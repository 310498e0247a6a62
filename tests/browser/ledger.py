"""The exported ledger of meetings beside the pages it was made from."""

import subprocess
import unicodedata
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import Page, expect

COUNTS = ("due", "present", "leave", "voting-due", "voting-present")
HEADINGS = 4  # title, unit line, two rows of headings


def export(page: Page, folder: Path) -> Path:
    """From a filtered list of meetings: start the export, wait on its page until it is done, download the file."""
    page.get_by_role("button", name="导出").click()
    expect(page.get_by_role("heading", name="会议台账", level=1)).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("已完成")
    with page.expect_download() as coming:
        page.get_by_role("link", name="下载").click()
    path = folder / coming.value.suggested_filename
    coming.value.save_as(path)
    return path


def opened_by_office(path: Path, soffice: str, folder: Path) -> Path:
    """The file as LibreOffice reads it and writes it again."""
    target = folder / "opened"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(target), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert (target / path.name).exists(), done.stdout + done.stderr
    return target / path.name


def lines(path: Path) -> list[dict[str, object]]:
    """The ledger's data rows by heading, without the lines of sums; AssertionError on a formula anywhere."""
    book = load_workbook(path)
    formulas = [cell.coordinate for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert not formulas, formulas
    rows = [[_plain(cell.value) for cell in row] for row in book.worksheets[0].iter_rows()]
    groups, names = rows[HEADINGS - 2], rows[HEADINGS - 1]
    heads = _headings(groups, names)
    found = []
    for row in rows[HEADINGS:]:
        if row[0] == "合计":
            break
        if row[0] != "小计":
            found.append(dict(zip(heads, row, strict=True)))
    return found


def _headings(groups: list[str | None], names: list[str | None]) -> list[str]:
    """One name a column; `group · name` where columns share a heading."""
    group, heads = "", []
    for above, name in zip(groups, names, strict=True):
        group = above or (group if name else "")
        heads.append(f"{group} · {name}" if name else group)
    return heads


def told_by_page(page: Page) -> dict[str, object]:
    """What the ledger should say of the meeting whose page this is, read from the page."""
    facts = dict(zip(_texts(page, "dl.facts dt"), _texts(page, "dl.facts dd"), strict=True))
    begins, _, ends = facts["时间"].partition("~")
    ends = ends if len(ends) != len("11:00") else f"{begins[:10]} {ends}"  # the day is told once
    count = {name: int(_texts(page, f"[data-count={name}]")[0]) for name in COUNTS}
    away = [row for row in _rows(page, "到会情况", 3) if row[1].startswith(("请假", "缺席"))]
    agenda = _texts(page, "ol.agenda > li:not(.hint)")
    return {
        "所在党组织": facts["党支部"],
        "会议类型": _texts(page, "main h2")[0],
        "主题": _texts(page, "h1")[0],
        "开始时间": _moment(begins),
        "结束时间": _moment(ends),
        "会议地点": _blank(facts["会议地点"]),
        "主持人": _blank(facts["主持人"]),
        "记录人": _blank(facts["记录人"]),
        "参加情况 · 应参加": count["due"],
        "参加情况 · 实到": count["present"],
        "参加情况 · 请假": count["leave"],
        "参加情况 · 缺席": sum(status.startswith("缺席") for _name, status, _reason in away),
        "参加情况 · 请假、缺席人员及原因": ";".join(_away(*row) for row in away),
        "有表决权 · 应到会": count["voting-due"],
        "有表决权 · 实到会": count["voting-present"],
        "列席人员": _blank(facts["列席人员"].replace("、", ";")),
        "议程": _blank(";".join(f"{n}.{text}" for n, text in enumerate(agenda, 1))),
        "决议": ";".join(map(_decision, _rows(page, "决议", 4))),
        "状态": _texts(page, ".panel-head .state")[0],
        "备注": ";".join(_remarks(facts)),
    }


def _rows(page: Page, title: str, width: int) -> list[tuple[str, ...]]:
    """The rows of the first table under a heading of the page; none where the page has no such heading."""
    panel = page.locator("section.panel").filter(has=page.get_by_role("heading", name=title, exact=True, level=2))
    cells = [_plain(text) for text in panel.locator("tbody tr:has(th) :is(th, td)").all_inner_texts()]
    return list(zip(*(cells[n::width] for n in range(width)), strict=True))


def _away(name: str, attendance: str, reason: str) -> str:
    """Who was away, and why; how he took part all the same stands behind his status, what was made up for below it."""
    status, _, way = attendance.splitlines()[0].partition(" · ")
    return f"{name}({','.join(filter(None, (f'{status}:{reason}', way)))})"


def _decision(cells: tuple[str, ...]) -> str:
    """A decision in one line, from its four cells: number and matter, kind and method, votes, outcome."""
    matter, kind, votes, outcome = cells
    head = f"{matter.replace('. ', '.', 1)}({','.join(kind.split())})"
    return ":".join(filter(None, (head, _blank(votes)))) + f",{outcome}"


def _remarks(facts: dict[str, str]) -> Iterator[str]:
    if year := _blank(facts["评议年度"]):
        yield f"评议年度{year}"
    if reason := _blank(facts.get("补录原因", "")):
        yield f"补录:{reason}"


def _texts(page: Page, selector: str) -> list[str]:
    return [_plain(text) for text in page.locator(selector).all_inner_texts()]


def _plain(value: object) -> object:
    """A text with every comma and bracket in its narrow form, so that typography is not compared; "" for nothing."""
    return unicodedata.normalize("NFKC", value).strip() if isinstance(value, str) else "" if value is None else value


def _moment(text: str) -> datetime | str:
    return datetime.strptime(text, "%Y-%m-%d %H:%M") if _blank(text) else ""


def _blank(text: str) -> str:
    return "" if text == "--" else text
