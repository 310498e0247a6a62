"""The life of a common problem."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from branches.rights import Right
from workflow import words
from workflow.moves import Move
from workflow.moving import States


class CommonState(States):
    OPEN = "open", "active", _("Being put right")
    CLOSED = "closed", "done", _("Settled")
    VOID = "void", "neutral", _("Void")


_ABOVE = (Right.ARRANGE,)
_CLOSE: dict[str, Any] = {
    "label": _("Settled"), "needs_note": True, "note_label": _("What has come of it"), "primary": True,
}  # fmt: skip

# fmt: off
COMMON_MOVES = (
    #    name      from                to                  who
    Move("close",  CommonState.OPEN,   CommonState.CLOSED, _ABOVE, **_CLOSE),
    Move("reopen", CommonState.CLOSED, CommonState.OPEN,   _ABOVE, label=_("Take it up again"), needs_note=True),
    Move("void",   CommonState.OPEN,   CommonState.VOID,   _ABOVE, label=_("Void"), needs_note=True),
)
# fmt: on

words.add(
    {
        "rectification.commonproblem:create": _("Found in several branches"),
        "rectification.commonproblem:change": _("Changed"),
        "rectification.commonproblem:gather": _("Problems gathered"),
        "rectification.commonproblem:release": _("Problems taken out"),
        "rectification.commonproblem:close": _("Settled"),
        "rectification.commonproblem:reopen": _("Taken up again"),
    }
)
