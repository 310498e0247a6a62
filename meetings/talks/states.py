"""The life of a talk: it is recorded after it took place, and made void where that was a mistake."""

from django.utils.translation import gettext_lazy as _

from branches.rights import Right
from workflow.moves import Move
from workflow.moving import States


class State(States):
    HELD = "held", "done", _("Recorded")
    VOID = "void", "neutral", _("Void")


MOVES = (Move("void", State.HELD, State.VOID, (Right.RECORD,), label=_("Void"), needs_note=True, severity=2),)
