"""The two forms drawn: boxes of fixed height, what does not fit goes over to an annexed page. Their words are fixed."""

from collections.abc import Iterator, Sequence

from appraisals.grades.models import Grading
from appraisals.grades.papers.content import Sheet
from papers.document import HEAD_FONT, TEXT_FONT, TITLE_FONT, Cell, Line, Paper, Row
from papers.fit import Box

WIDTHS = (22, 33, 22, 33, 22, 33)
TEXT = sum(WIDTHS[1:])
LEADING = 18.0
REGISTER, FEEDBACK = "民主评议党员登记表", "评议结果反馈表"
DATE = "年　　月　　日"
Told = tuple[str, str, tuple[str, ...], float]  # label, text, last lines, height in mm


def document(kind: str, grading: Grading, sheets: Sequence[Sheet]) -> bytes:
    """The forms of these members one behind the other, each beginning on a sheet of its own, as a .docx file."""
    title = {"register": REGISTER, "feedback": FEEDBACK}[kind]
    paper = Paper(f"{grading.organisation.name}{title}")
    draw = {"register": _register, "feedback": _feedback}[kind]
    for number, sheet in enumerate(sheets):
        if number:
            paper.new_leaf()
        draw(paper, grading, sheet)
    return paper.saved()


def _register(paper: Paper, grading: Grading, sheet: Sheet) -> None:
    """Two pages: the person and his self-review; what the others say."""
    _head(paper, grading, REGISTER)
    overflow: list[tuple[str, str]] = []
    paper.table(WIDTHS, [*_facts(sheet), _box("个人自评", sheet.self_review, ("本人签字：", DATE), 186, overflow)],
                leading=LEADING)  # fmt: skip
    paper.new_page()
    text = sheet.text
    decided = (f"评定等次：{sheet.level or '　　　　　　'}", "党支部书记签字：", f"（支部盖章）{DATE}")
    boxes: tuple[Told, ...] = (
        ("党员互评\n党小组\n意见", text.peers if text else "", ("党小组组长签字：", DATE), 62),
        ("支部评定\n意见和\n等次", _opinion(sheet), decided, 84),
        ("本人意见", sheet.own_word, ("本人签字：", DATE), 40),
        ("上级党\n组织意见", sheet.superior_word, ("（盖章）", DATE), 46),
        ("备注", "", (), 16),
    )
    paper.table(WIDTHS, [_box(*told, overflow) for told in boxes], leading=LEADING)
    _annex(paper, sheet, overflow)


def _feedback(paper: Paper, grading: Grading, sheet: Sheet) -> None:
    """One page: what the person is told, and his answer."""
    _head(paper, grading, FEEDBACK)
    overflow: list[tuple[str, str]] = []
    facts = Row((Cell("姓名", HEAD_FONT), Cell(sheet.entry.member.name), Cell("党员类别", HEAD_FONT),
                 Cell(sheet.facts["党员类别"]), Cell("评定等次", HEAD_FONT), Cell(sheet.level)), 10)  # fmt: skip
    text = sheet.text
    fed_back = sheet.grade.fed_back_on if sheet.grade else None
    day = f"{fed_back.year}年{fed_back.month}月{fed_back.day}日" if fed_back else DATE
    boxes: tuple[Told, ...] = (
        ("支部评定\n意见", text.opinion if text else "", (), 60),
        ("存在不足\n和帮助\n措施", _low(sheet), (), 44),
        ("反馈情况", f"以上评定意见和等次已于{day}反馈本人。", ("党支部书记签字：", "（支部盖章）"), 32),
        ("本人意见", sheet.own_word, ("本人签字：", DATE), 40),
    )
    paper.table(WIDTHS, [facts, *(_box(*told, overflow) for told in boxes)], leading=LEADING)
    _annex(paper, sheet, overflow)


def _head(paper: Paper, grading: Grading, title: str) -> None:
    paper.line(title, font=TITLE_FONT, size=22, align="center", after=6)
    paper.line(f"党支部：{grading.organisation.name}　　{grading.round.year}年度", size=12, after=4)


def _facts(sheet: Sheet) -> Iterator[Row]:
    for labels in (("姓名", "性别", "出生年月"), ("民族", "学历", "党内职务"), ("入党时间", "转正时间", "党员类别")):
        cells = ((Cell(label, HEAD_FONT), Cell(sheet.facts.get(label, ""))) for label in labels)
        yield Row([cell for pair in cells for cell in pair], 10)
    yield Row((Cell("单位及\n职务", HEAD_FONT), Cell(sheet.facts.get("单位及职务", ""), span=5, align="left")), 13)


def _box(label: str, text: str, last: Sequence[str], height: float, overflow: list[tuple[str, str]]) -> Row:
    """One box of fixed height; `last` stands on its last lines, on the right; what goes over is added to `overflow`."""
    shown, rest = Box(TEXT, height, leading=LEADING).filled(text, last)
    if rest:
        overflow.append((label.replace("\n", ""), rest))
    at = len(shown) - len(last)
    lines = [Line(words, align="right" if n >= at else "left") for n, words in enumerate(shown)]
    return Row((Cell(label, HEAD_FONT), Cell(span=5, align="left", lines=lines)), height, exactly=True)


def _opinion(sheet: Sheet) -> str:
    text = sheet.text
    return "\n".join(filter(None, (text.opinion, _low(sheet)))) if text else ""


def _low(sheet: Sheet) -> str:
    """Why the grade is low, and how the person is helped."""
    text = sheet.text
    told = (("理由", text.reason), ("帮助措施", text.measure)) if text else ()
    return "\n".join(f"{label}：{words}" for label, words in told if words.strip())


def _annex(paper: Paper, sheet: Sheet, overflow: Sequence[tuple[str, str]]) -> None:
    if not overflow:
        return
    paper.new_page()
    paper.line(f"附页（{sheet.entry.member.name}）", font=HEAD_FONT, size=16, align="center", after=6)
    for label, rest in overflow:
        paper.line(f"{label}（续）", font=HEAD_FONT, size=12, after=2)
        for words in rest.split("\n"):
            paper.line(words, font=TEXT_FONT, size=12)
