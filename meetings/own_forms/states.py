"""The life of a form of meeting laid down by a superior: in use, or ended; what was recorded by it keeps its name."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from branches.rights import Right
from workflow import words
from workflow.moves import Move
from workflow.moving import States


class OwnFormState(States):
    IN_USE = "in_use", "active", _("In use")
    ENDED = "ended", "neutral", _("No longer in use")


_ARRANGE: dict[str, Any] = {"who": (Right.ARRANGE,)}

# fmt: off
MOVES = (
    #    name      from                 to
    Move("end",    OwnFormState.IN_USE, OwnFormState.ENDED,  label=_("No longer in use"), **_ARRANGE),
    Move("resume", OwnFormState.ENDED,  OwnFormState.IN_USE, label=_("Use again"),        **_ARRANGE),
)
# fmt: on

words.add(
    {
        "meetings.ownform:create": _("Laid down"),
        "meetings.ownform:edit": _("Changed"),
        "meetings.ownform:end": _("No longer in use"),
        "meetings.ownform:resume": _("In use again"),
    }
)
