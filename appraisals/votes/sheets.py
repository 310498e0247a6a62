"""The sheets that ship, and questions as they are typed: what is rated, on which scale, under which limit."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from appraisals.votes.names import BY_ASPECT, OF_COMMITTEE, OF_ITEMS, OF_LEADERS, OF_MEMBERS
from appraisals.votes.people import Person
from ballots.actions import Paper, Question

ITEMS = ("德", "能", "勤", "绩", "廉")
MOST_LINES, MOST_ASPECTS = 200, 20
BETWEEN = " · "


class Scale(models.TextChoices):
    """Scales that ship: their options in order, as the label tells them and as a ballot prints them."""

    GRADES = "grades", "优秀 · 合格 · 基本合格 · 不合格"
    BODY = "body", "好 · 较好 · 一般 · 差"
    SATISFIED = "satisfied", "满意 · 基本满意 · 不满意 · 不了解"
    PLAIN = "plain", "好 · 一般 · 差"

    @property
    def words(self) -> tuple[str, ...]:
        """Its options in order."""
        return tuple(str(self.label).split(BETWEEN))

    @classmethod
    def of(cls, words: Sequence[str]) -> "Scale | None":
        """The scale with these options; None for another."""
        return next((scale for scale in cls if scale.words == tuple(words)), None)


# Business that is decided by hands or by a ballot of its own rules: no vote of this room, on paper or not (F10).
REFUSED = re.compile("选举|换届|接收|转正|处分|处置|开除|除名|劝退")
NO_BALLOT = gettext_lazy(
    "Elections, admission, conversion, discipline and disposal are not voted on here: only the announced totals are "
    "recorded, as a decision of the meeting."
)


@dataclass(frozen=True)
class Wanted:
    """What the form asks for; people, leaders and committees in set order."""

    people: tuple[Person, ...] = ()
    limit: int | None = None
    aspects: tuple[str, ...] = ()  # on which each of `people` is rated too or, not `is_graded`, instead
    aspect_scale: str = Scale.PLAIN
    is_graded: bool = True
    body: str = ""  # name of the committee rated as one
    bodies_along: tuple[str, ...] = ()  # those of the branches that vote along
    leaders: tuple[Person, ...] = ()
    items: str = ""  # as typed
    items_title: str = ""
    scale: str = Scale.SATISFIED


Sheet = tuple[Paper, list[Person | None]]  # with whom each of its lines is about


def drawn_up(wanted: Wanted) -> list[Sheet]:
    """The sheets in their order. Raises ValidationError where nothing is asked, or too much."""
    found = list(_sheets(wanted))
    if not found:
        raise ValidationError(_("Please choose at least one sheet."))
    if sum(len(paper.lines) for paper, _about in found) > MOST_LINES:
        raise ValidationError(_("A ballot has at most %(most)d lines.") % {"most": MOST_LINES})
    return found


def _sheets(wanted: Wanted) -> Iterator[Sheet]:
    if wanted.people and wanted.is_graded:
        lines = tuple(Question(person.name, heading=person.part) for person in wanted.people)
        paper = Paper(OF_MEMBERS, Scale.GRADES.words, lines, about_people=True, limit=wanted.limit)
        yield paper, list(wanted.people)
    if wanted.people and wanted.aspects:
        yield _by_items(BY_ASPECT, Scale(wanted.aspect_scale), wanted.people, wanted.aspects)
    if bodies := [*filter(None, [wanted.body]), *wanted.bodies_along]:
        yield Paper(OF_COMMITTEE, Scale.BODY.words, tuple(map(Question, bodies))), [None] * len(bodies)
    if wanted.leaders:
        yield _by_items(OF_LEADERS, Scale.BODY, wanted.leaders, ITEMS)
    if asked := read_items(wanted.items):
        paper = Paper(wanted.items_title or OF_ITEMS, Scale(wanted.scale).words, tuple(asked))
        yield paper, [None] * len(asked)


def _by_items(title: str, scale: Scale, people: Sequence[Person], items: Sequence[str]) -> Sheet:
    """Each of these people on each item, under his name."""
    lines = tuple(Question(item, heading=" ".join(filter(None, (person.part, person.name))))
                  for person in people for item in items)  # fmt: skip
    return Paper(title, scale.words, lines, about_people=True), [person for person in people for _item in items]


def read_aspects(text: str) -> tuple[str, ...]:
    """Aspects as typed, one a line. Raises ValidationError where one stands there twice, or too many do."""
    found = [NUMBER.sub("", line.strip(), 1)[:40] for line in text.splitlines() if line.strip()]
    if len(set(found)) < len(found) or len(found) > MOST_ASPECTS:
        raise ValidationError(
            _("Please write at most %(most)d different aspects, one a line.") % {"most": MOST_ASPECTS}
        )
    return tuple(found)


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
