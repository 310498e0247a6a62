"""What a member is told of his grade: that he was told of it, and that his objection has an answer. No notice names a
grade (F2)."""

from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from appraisals.grades.models.words import WordKind
from appraisals.grades.states import GradeState
from appraisals.models import Grade, GradeWord
from appraisals.states import RoundState
from reminders import rules


def told(today: date) -> QuerySet[Any]:
    """Fed back, and nothing said yet."""
    return Grade.objects.due().filter(state=GradeState.FED_BACK, entry__round__state=RoundState.OPEN)


def answered(today: date) -> QuerySet[Any]:
    """Whose objection has an answer, with the day of the last one."""
    answers = GradeWord.objects.filter(grade=OuterRef("pk"), kind__in=[WordKind.ANSWERED, WordKind.CONCLUDED])
    rows = Grade.objects.due().filter(state__in=[GradeState.ANSWERED, GradeState.CONCLUDED])
    rows = rows.filter(entry__round__state=RoundState.OPEN)
    return rows.annotate(answered_on=Subquery(answers.order_by("-pk").values("said_on")[:1]))


_MEMBER: dict[str, Any] = {
    "recipient": "entry__member", "label": "entry__round__name", "organisation": "entry__organisation",
    "url_name": "grade_detail", "is_private": True,
}  # fmt: skip
rules.register(
    rules.Rule(
        "grade_told",
        _("On %(due)s the result of “%(subject)s” was fed back to you: please look at it and say a word."),
        rows=told, due_on="fed_back_on", **_MEMBER,
    )
)  # fmt: skip
rules.register(
    rules.Rule(
        "grade_answered", _("On %(due)s what you said about the result of “%(subject)s” was answered."),
        rows=answered, due_on="answered_on", **_MEMBER,
    )
)  # fmt: skip
