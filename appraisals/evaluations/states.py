"""The life of an evaluation: written above, fed back to the branch, taken note of there (users.md F30)."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from branches.rights import Right
from workflow import words
from workflow.moves import Move
from workflow.moving import States


class EvaluationState(States):
    DRAFT = "draft", "neutral", pgettext_lazy("evaluation", "Being written")
    GIVEN = "given", "waiting", pgettext_lazy("evaluation", "Fed back")
    NOTED = "noted", "done", _("Noted by the branch")


TOLD = (EvaluationState.GIVEN, EvaluationState.NOTED)  # the branch reads it, and it counts

_ABOVE = (Right.ACCEPT,)
_GIVE: dict[str, Any] = {"label": _("Feed back to the branch"), "primary": True}
_BACK: dict[str, Any] = {"label": _("Take the evaluation back"), "needs_note": True}
_NOTE: dict[str, Any] = {"label": _("Take note of it"), "primary": True}
_S = EvaluationState

# fmt: off
EVALUATION_MOVES = (
    #    name         from      to        who
    Move("give",      _S.DRAFT, _S.GIVEN, _ABOVE, **_GIVE),
    Move("take_back", _S.GIVEN, _S.DRAFT, _ABOVE, **_BACK),
    Move("take_back", _S.NOTED, _S.DRAFT, _ABOVE, **_BACK),
    Move("note",      _S.GIVEN, _S.NOTED, (Right.LEAD,), **_NOTE),
)
# fmt: on

words.add(
    {
        "appraisals.evaluation:create": _("Evaluation written"),
        "appraisals.evaluation:change": _("Changed"),
        "appraisals.evaluation:give": _("Fed back to the branch"),
        "appraisals.evaluation:take_back": _("Evaluation taken back"),
        "appraisals.evaluation:note": _("Taken note of"),
        "set_evaluation_scale": _("Grades for branches laid down"),
    }
)
