"""R15 四明确: goal, measures, who, by when. Without them nobody sets to work and nothing is published."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from branches.rules.sets import Remark, RuleSet
from branches.rules.table import Level, Rule, Severity, register

CLEAR = register(
    Rule(
        "R15",
        gettext_lazy("Four things clear about each problem"),
        gettext_lazy(
            "Yearly notices: each problem has a goal, measures, somebody responsible and a day by which it is put right"
            " before work on it begins or it is made public."
        ),
        Level.LOCAL,
        Severity.BLOCK,
    )
)


def missing(problem: Any) -> list[str]:
    """Which of the four are not told yet, in words; reads the saved measures."""
    told = (
        (_("the goal"), problem.goal.strip()),
        (_("measures"), problem.pk and problem.measures.exists()),
        (_("who is responsible"), problem.responsible_id),
        (_("the day by which it is put right"), problem.due_on),
    )
    return [words for words, found in told if not found]


def remark(problem: Any) -> Remark | None:
    """What R15 says of this problem where it is applied; None where all four are told."""
    lacking = missing(problem)
    words = _("Not clear yet: %s.") % "、".join(lacking) if lacking else ""
    return RuleSet(problem.organisation.path, problem.year).remark(CLEAR.code, words) if words else None


def refuse_unclear(problem: Any) -> None:
    """Raise ValidationError where the rule blocks and one of the four is not told."""
    found = remark(problem)
    if found and found.blocks:
        raise ValidationError(found.refusal)
