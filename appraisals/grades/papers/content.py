"""What stands on the forms of members, read with the rights of whoever asks; in a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F

from appraisals.grades.models import Grade, GradeText, GradeWord, Grading
from appraisals.grades.models.words import OF_PERSON, WordKind
from appraisals.grades.pages import entries_of, grades_of, in_order
from appraisals.grades.states import GRADED, GradeState
from appraisals.models import RosterEntry, Version
from branches.models import Particulars, Post
from branches.models.members import Category, PostKind

HANDED_IN = ("submitted", "accepted")
ASKED = (GradeState.DECIDED, GradeState.SUBMITTED, GradeState.RETURNED)  # the superior has not agreed


@dataclass(frozen=True, slots=True)
class Sheet:
    """One member's forms; texts are empty where nothing is written or the reader may not read it."""

    entry: RosterEntry
    facts: dict[str, str]
    grade: Grade | None = None
    text: GradeText | None = None
    self_review: str = ""
    exchanged: Sequence[GradeWord] = field(default=())

    @property
    def level(self) -> str:
        """The grade in words, once the branch has decided; of a probationary member that he gets none."""
        if self.entry.category != Category.FORMAL:
            return "预备党员，不评定等次"
        is_given = self.grade is not None and self.grade.state in GRADED
        return str(self.grade.get_level_display()) if self.grade and is_given else ""

    @property
    def own_word(self) -> str:
        """What the person said last."""
        words = [word for word in self.exchanged if word.kind in OF_PERSON]
        if not words:
            return ""
        last = words[-1]
        said = "同意" if last.kind == WordKind.AGREED else "有异议"
        return last.text if last.text.startswith(said) else f"{said}。{last.text}"

    @property
    def superior_word(self) -> str:
        """What the superior has decided; empty where he has not, or is told for the record only."""
        answers = [word.text for word in self.exchanged if word.kind == WordKind.CONCLUDED]
        if answers:
            return answers[-1]
        asked = self.grade is not None and self.grade.wants_approval and self.grade.state in GRADED
        return "同意支部评定意见。" if self.grade and asked and self.grade.state not in ASKED else ""


def sheets_of(grading: Grading, user: Any, *, only: Grade | None = None) -> list[Sheet]:
    """The forms of a branch in roster order, or that of one grade. Seven queries."""
    entries = [only.entry] if only else in_order(entries_of(grading), grading, user)
    grades = grades_of(entries, user)
    keys = [grade.pk for grade in grades.values()]
    texts = GradeText.objects.visible_to(user).in_bulk(keys)
    said: dict[int, list[GradeWord]] = {}
    for word in GradeWord.objects.visible_to(user).filter(grade__in=keys).order_by("pk"):
        said.setdefault(word.grade_id, []).append(word)
    people = [entry.member_id for entry in entries]
    particulars = {row.member_id: row for row in Particulars.objects.visible_to(user).filter(member__in=people)}
    posts, reviews = _posts(grading, people, user), _reviews(grading, people, user)
    return [
        Sheet(
            entry, _facts(entry, particulars.get(entry.member_id), posts.get(entry.member_id, "")),
            grades.get(entry.pk), texts.get(grades[entry.pk].pk) if entry.pk in grades else None,
            reviews.get(entry.member_id, ""), said.get(grades[entry.pk].pk, ()) if entry.pk in grades else (),
        )
        for entry in entries
    ]  # fmt: skip


def _posts(grading: Grading, people: Sequence[int], user: Any) -> dict[int, str]:
    rows = Post.objects.on(user.reach.day).filter(organisation=grading.organisation_id, member__in=people)
    found: dict[int, list[str]] = {}
    for key, kind in rows.order_by("since", "pk").values_list("member", "kind"):
        found.setdefault(key, []).append(str(PostKind(kind).label))
    return {key: "、".join(names) for key, names in found.items()}


def _reviews(grading: Grading, people: Sequence[int], user: Any) -> dict[int, str]:
    """个人自评: the last version each has handed in, as far as the reader may read it."""
    rows = Version.objects.visible_to(user).filter(
        material__round=grading.round_id, material__author__in=people, material__state__in=HANDED_IN,
        number=F("material__versions_count"),
    )  # fmt: skip
    found: dict[int, str] = {}
    for key, sections in rows.order_by("material").values_list("material__author", "sections"):
        words = "\n".join(f"{title}：{text}" for title, text in sections if text.strip())
        found[key] = "\n".join(filter(None, (found.get(key, ""), words)))
    return found


def _facts(entry: RosterEntry, told: Particulars | None, post: str) -> dict[str, str]:
    """Label and value; blank lines are filled in by hand."""
    found = {"姓名": entry.member.name, "党内职务": post, "党员类别": str(Category(entry.category).label)}
    if told is None:
        return found
    return found | {
        "性别": told.get_gender_display(), "出生年月": _month(told.born), "民族": told.ethnicity,
        "学历": told.get_education_display(), "入党时间": _month(told.joined), "转正时间": _month(told.confirmed),
        "单位及职务": told.work_title,
    }  # fmt: skip


def _month(day: str) -> str:
    """1998.06 of what is kept as 1998-06-01 or less."""
    return day[:7].replace("-", ".")
