"""The list of a check on paper 学习笔记检查登记表, for the branch: also before anything is entered, to fill in by hand.
Its words are fixed, hence Chinese (docs/decisions/0001)."""

from collections.abc import Sequence
from datetime import date

from django.utils import translation

from branches.models import User
from meetings.models import NotesCheck, NotesLine
from meetings.notes.pages import lines, people
from meetings.papers.forms import Box, Form

TITLE = "学习笔记检查登记表"
HEADS = ("序号", "姓名", "检查结果", "回答思考题", "评语", "改正日期")


def sheet(check: NotesCheck, reader: User) -> Form:
    """Everybody in the register of the day in set order, with what was found of him; else empty cells."""
    found = lines(check, reader)
    with translation.override("zh-hans"):
        return Form(
            title=TITLE,
            branch=check.organisation.name,
            rows=_facts(check),
            heads=HEADS,
            lines=[
                (str(number), one.name, *_cells(check, found.get(one.key)))
                for number, one in enumerate(people(check, reader), 1)
            ],
            signatures=("检查人（签字）：", "支部书记（签字）：", "年　月　日"),
        )


def _facts(check: NotesCheck) -> Sequence[Sequence[Box]]:
    asked = f"{check.asked}题" if check.asked else "无"
    rows = [
        (Box("检查内容", check.subject), Box("检查日期", _day(check.checked_on))),
        (Box("思考题", asked), Box("整改时限", _day(check.correct_by))),
    ]
    numbers = (Box("检查情况", _numbers(check)),) if check.looked_at else ()
    questions = (Box("题目", "\n".join(f"{n}. {line}" for n, line in enumerate(check.question_lines, 1))),)
    return [*rows, *([numbers] if numbers else []), *([questions] if check.questions else [])]


def _numbers(check: NotesCheck) -> str:
    told = f"检查{check.looked_at}人，符合要求{check.meets}人，需补{check.short}人，未交{check.missing}人"
    return f"{told}，已改正{check.corrected}人" if check.short or check.missing else told


def _cells(check: NotesCheck, line: NotesLine | None) -> tuple[str, str, str, str]:
    if line is None:
        return "", "", "", ""
    answered = "" if line.answered is None else f"{line.answered}/{check.asked}"
    return str(line.get_result_display()), answered, line.remark, _day(line.corrected_on)


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
