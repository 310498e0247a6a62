"""The sheets that ship, and questions as they are typed: what is rated, on which scale, under which limit."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ballots.actions import Paper, Question

GRADES = ("优秀", "合格", "基本合格", "不合格")
BODY = ("好", "较好", "一般", "差")
SATISFIED = ("满意", "基本满意", "不满意", "不了解")
SCALES = {"grades": GRADES, "body": BODY, "satisfied": SATISFIED}
OF_MEMBERS, OF_COMMITTEE, OF_LEADERS = "民主评议党员测评表", "党支部班子评议表", "班子成员评议表"
ITEMS = ("德", "能", "勤", "绩", "廉")
MOST_LINES = 200


class Scale(models.TextChoices):
    GRADES = "grades", "优秀 · 合格 · 基本合格 · 不合格"
    BODY = "body", "好 · 较好 · 一般 · 差"
    SATISFIED = "satisfied", "满意 · 基本满意 · 不满意 · 不了解"


# Business that is decided by hands or by a ballot of its own rules: no vote of this room, on paper or not (F10).
REFUSED = re.compile("选举|换届|接收|转正|处分|处置|开除|除名|劝退")
NO_BALLOT = gettext_lazy(
    "Elections, admission, conversion, discipline and disposal are not voted on here: only the announced totals are "
    "recorded, as a decision of the meeting."
)


@dataclass(frozen=True)
class Wanted:
    """What the form asks for. `people` and `leaders`: (key, name) of members in set order."""

    people: tuple[tuple[int, str], ...] = ()
    limit: int | None = None
    body: str = ""  # name of the committee rated as one
    leaders: tuple[tuple[int, str], ...] = ()
    items: str = ""  # as typed
    items_title: str = ""
    scale: str = "satisfied"


def papers(wanted: Wanted) -> list[Paper]:
    """The sheets in their order. Raises ValidationError where nothing is asked, or too much."""
    found = list(_papers(wanted))
    if not found:
        raise ValidationError(_("Please choose at least one sheet."))
    if sum(len(paper.lines) for paper in found) > MOST_LINES:
        raise ValidationError(_("A ballot has at most %(most)d lines.") % {"most": MOST_LINES})
    return found


def _papers(wanted: Wanted) -> Iterator[Paper]:
    if wanted.people:
        lines = tuple(Question(name) for _key, name in wanted.people)
        yield Paper(OF_MEMBERS, GRADES, lines, about_people=True, limit=wanted.limit)
    if wanted.body:
        yield Paper(OF_COMMITTEE, BODY, (Question(wanted.body),))
    if wanted.leaders:
        rated = tuple(Question(item, heading=name) for _key, name in wanted.leaders for item in ITEMS)
        yield Paper(OF_LEADERS, BODY, rated, about_people=True)
    if asked := read_items(wanted.items):
        yield Paper(wanted.items_title or "评议项目", SCALES[wanted.scale], tuple(asked))


def members_of(wanted: Wanted, lines: Sequence[Any]) -> list[tuple[int, int]]:
    """(key of the line, key of the member) for the first sheet's lines about members, in the order of `papers`."""
    return [(line.key, member) for line, (member, _name) in zip(lines, wanted.people, strict=False)]


OPTION = re.compile(r"\s*(?:[-–—·•*]|[A-Za-z][.、)．]|[（(]?[A-Za-z][）)])\s*(?P<words>\S.*)")
SECTION = re.compile(r"\s*(?:[#【]|[一二三四五六七八九十]+、)\s*(?P<words>[^】]*\S)】?\s*")
NUMBER = re.compile(r"\s*\d{1,3}\s*[.、)．]\s*")
MANY = re.compile(r"\s*[（(](?:可)?多选(?:.*?(?P<most>\d+)\s*项)?[)）]\s*$")


def read_items(text: str) -> list[Question]:
    """Typed lines as questions: one a line; options below it begin with “-” or “A.”, a heading with “#” or “一、”, and
    “(多选)” or “(多选,最多 3 项)” lets several be marked. Raises ValidationError."""
    heading = ""
    found: list[dict[str, Any]] = []
    for words in filter(None, (line.strip() for line in text.splitlines())):
        if (option := OPTION.fullmatch(words)) and found:
            found[-1]["options"].append(option["words"][:40])
        elif section := SECTION.fullmatch(words):
            heading = section["words"][:120]
        else:
            found.append(_asked(NUMBER.sub("", words, 1), heading))
    return list(_questions(found))


def _asked(words: str, heading: str) -> dict[str, Any]:
    many = MANY.search(words)
    most = int(many["most"] or 0) if many else 1
    return {"label": MANY.sub("", words)[:200], "heading": heading, "options": [], "most": most}


def _questions(found: Iterable[dict[str, Any]]) -> Iterator[Question]:
    for one in found:
        options = tuple(one["options"])
        if len(options) == 1 or len(options) > 20 or len(set(options)) < len(options):
            raise ValidationError(_("%(line)s: between 2 and 20 different options.") % {"line": one["label"]})
        if one["most"] != 1 and not options:
            raise ValidationError(
                _("%(line)s: several may be marked only of options of its own.") % {"line": one["label"]}
            )
        yield Question(one["label"], one["heading"], options, min(one["most"] or len(options), len(options) or 1))
