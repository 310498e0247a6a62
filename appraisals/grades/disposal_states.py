"""The life of a disposal file: made by hand, closed by hand (users.md F27)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from branches.rights import Right
from workflow import words
from workflow.moves import Move
from workflow.moving import States


class DisposalState(States):
    OPEN = "open", "active", _("File open")
    CLOSED = "closed", "done", _("File closed")
    VOID = "void", "neutral", _("Void")


_BY = (Right.KEEP_FILE,)

_CLOSE: dict[str, Any] = {"label": _("Close the file"), "needs_note": True, "note_label": _("How it ended")}
DISPOSAL_MOVES = (
    Move("close", DisposalState.OPEN, DisposalState.CLOSED, _BY, **_CLOSE),
    Move("void", DisposalState.OPEN, DisposalState.VOID, _BY, label=_("Void"), needs_note=True),
)

words.add(
    {
        "appraisals.disposalfile:create": _("File made"),
        "appraisals.disposalfile:close": _("File closed"),
        "note_disposal": _("Noted"),
        "change_disposal": _("Way or time limit changed"),
    }
)
