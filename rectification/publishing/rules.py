"""F19-1: the board is off until a superior applies it; and what may be put on it."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from branches.models import Organisation, Relation
from branches.rules.sets import in_force
from branches.rules.table import Level, Rule, Severity, register
from rectification.models import Problem
from rectification.problems.clear import remark
from rectification.problems.kinds import Whose
from rectification.problems.states import ProblemState

BOARD = register(
    Rule(
        "F19-1",
        gettext_lazy("Public board"),
        gettext_lazy(
            "Regulation on openness of party affairs, article 15: proposed, reviewed for secrets, approved, made "
            "public. Problems and measures are put before an audience only where a superior applies this rule."
        ),
        Level.LOCAL,
        Severity.OFF,
    )
)
NUMBERS = re.compile(r"(?<!\d)(?:1[3-9]\d-?\d{4}-?\d{4}|[1-9]\d{16}[\dXx])(?!\d)")  # a mobile phone, an identity card
OF_ALL = (Whose.BRANCH, Whose.COMMITTEE)  # what is a member's own is put before nobody


def has_board(organisation: Organisation) -> bool:
    """True where a superior has applied rule F19-1 for this year. One query."""
    place = (organisation.path, timezone.localdate().year)
    return in_force(BOARD.code, [place])[place].severity != Severity.OFF


def refuse_without_board(organisation: Organisation) -> None:
    """Raises ValidationError where no superior has applied rule F19-1."""
    if not has_board(organisation):
        raise ValidationError(_("Nothing is made public here: a superior applies rule F19-1 first."))


def fitting(rows: Any) -> Any:
    """Of these problems those that may be put before an audience: of the branch or its committee, not void."""
    return rows.filter(whose__in=OF_ALL).exclude(state=ProblemState.VOID)


def check_problems(organisation: Organisation, problems: Iterable[Problem]) -> None:
    """Raises ValidationError for what is not this branch's, is a member's own, is void, or is not clear (R15)."""
    found = list(problems)
    if any(row.organisation_id != organisation.pk for row in found):
        raise ValidationError(_("Please choose problems of this branch."))
    if any(row.whose not in OF_ALL or row.state == ProblemState.VOID for row in found):
        raise ValidationError(_("A member's own problem, or one that is void, is put before nobody."))
    said = [(row, remark(row)) for row in found if row.state != ProblemState.CLOSED]  # at once: without a goal
    if unclear := [f"№{row.pk} {row.short}：{what.refusal}" for row, what in said if what and what.blocks]:
        raise ValidationError(unclear)


def refuse_names(organisation: Organisation, texts: Sequence[str]) -> None:
    """Raises ValidationError where the words name somebody who is or was a member there, or hold the number of
    somebody's telephone or identity card: posts are named, never persons (F19)."""
    words = "".join("\n".join(texts).split(" "))
    if found := NUMBERS.search(words):
        raise ValidationError(
            _("These words hold a person's number: %(number)s. Please leave out telephone and identity card numbers.")
            % {"number": found[0]}
        )
    names = Relation.objects.filter(organisation=organisation).values_list("member__name", flat=True)
    if named := sorted({name for name in names if len(name) > 1 and name.replace(" ", "") in words}):
        told = {"names": "、".join(named)}
        raise ValidationError(_("These words name members: %(names)s. Please name the post, not the person.") % told)
