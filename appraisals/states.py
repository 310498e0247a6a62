"""The life of a round; that of a material: appraisals/materials/states.py."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from branches.rights import Right
from workflow import words
from workflow.moves import Move
from workflow.moving import States


class RoundState(States):
    DRAFT = "draft", "neutral", _("In preparation")
    OPEN = "open", "active", _("Under way")
    CLOSED = "closed", "done", _("Closed")


_OPENERS = (Right.RUN_ROUNDS,)
_OPEN: dict[str, Any] = {"label": _("Open the round"), "primary": True}

# fmt: off
ROUND_MOVES = (
    #    name     from              to                 who
    Move("open",  RoundState.DRAFT, RoundState.OPEN,   _OPENERS, severity=2, **_OPEN),
    Move("close", RoundState.OPEN,  RoundState.CLOSED, _OPENERS, severity=2, label=_("Close the round")),
)
# fmt: on


words.add(
    {
        "create": _("Created"),
        "open": _("Opened"),
        "close": _("Closed"),
    }
)
