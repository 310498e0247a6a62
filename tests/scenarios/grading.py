"""Grades as people give them: filled in on the grid, moved on for those ticked, answered by the person in words."""

import re

from appraisals.models import Grade, Grading
from tests.scenarios.visits import plain

LEVELS = ("优秀", "合格", "基本合格", "不合格")
CODES = dict(zip(LEVELS, ("excellent", "qualified", "basically_qualified", "unqualified"), strict=True))
TAG = re.compile(r"<[^>]+>|\s+")
ROW = re.compile(r"<tr[^>]*>(.*?)</tr>", re.DOTALL)
FIELDS = ("level", "seen", "opinion", "reason", "measure")


def grading_of(branch, round_):
    return Grading.objects.get(organisation=branch, round=round_)


def grade_of(person, round_):
    return Grade.objects.get(entry__member=person, entry__round=round_)


def words(page):
    """What a page says, without its marks and blanks."""
    return TAG.sub("", plain(page.content.decode()))


def rows(page):
    """The table rows of a page in words, each as one text."""
    return [TAG.sub("", plain(row)) for row in ROW.findall(page.content.decode())]


def row_of(page, person):
    """The row that begins with this person."""
    return next(row for row in rows(page) if row.startswith(person.name))


def fill_in(visitor, grading, levels, **more):
    """On the grid, the grade of each member named and what is written of him: `more` by column, for all of them."""
    form = visitor.get("grading_edit", grading.pk).context["form"]
    sent = {name: "" if form[name].value() is None else form[name].value() for name in form.fields}
    for line in form.lines:
        if level := levels.get(line.entry.member):
            sent |= {f"{field}{line.entry.pk}": text for field, text in more.items()}
            sent[f"level{line.entry.pk}"] = CODES[level]
    return visitor.post("grading_edit", grading.pk, **sent)


def step(visitor, grading, name, folk):
    """The button `name` for these members ticked on the page."""
    page = visitor.get("grading_detail", grading.pk).context["page"]
    keys = [line.grade.pk for line in page.lines if line.grade and line.entry.member in folk]
    return visitor.post("grading_batch", grading.pk, name, selected=keys)


def say(visitor, grade, kind, text="", **more):
    """The words and the step that goes with them; the page after it."""
    return visitor.post("grade_say", grade.pk, kind, text=text, **more)


def announce(visitor, grading):
    return words(visitor.post("grading_move", grading.pk, "announce", confirmed="yes"))


def announced(visitor, grading):
    """(heads, numbers, names of the excellent) as the page for the branch prints them."""
    page = words(visitor.get("grading_announcement", grading.pk))
    numbers = re.search(r"公布如下:(\D+)((?:\d+人)+)优秀党员:(.+?)。", page)
    names = [] if numbers[3] == "无" else numbers[3].split("、")
    return numbers[1], tuple(map(int, re.findall(r"\d+", numbers[2]))), names
