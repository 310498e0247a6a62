"""The life of a typed total 汇总数: typed by the branch or for it, confirmed by the branch, replaced or made void."""

from django.utils.translation import gettext_lazy as _

from branches.rights import Right
from workflow import words
from workflow.moves import Move
from workflow.moving import States


class State(States):
    TYPED = "typed", "waiting", _("Not yet confirmed")
    CONFIRMED = "confirmed", "done", _("Confirmed")
    VOID = "void", "neutral", _("Void")


STANDING = (State.TYPED, State.CONFIRMED)
_WRITERS = (Right.RECORD, Right.ENTER_FOR)

# fmt: off
MOVES = (
    #    name       from             to               who
    Move("confirm", State.TYPED,     State.CONFIRMED, (Right.LEAD,), label=_("Confirm"), primary=True),
    # A new total takes the place of the old one: part of typing it, no button.
    Move("replace", State.TYPED,     State.VOID,      _WRITERS),
    Move("replace", State.CONFIRMED, State.VOID,      _WRITERS),
    Move("void",    State.TYPED,     State.VOID,      _WRITERS, label=_("Void"), needs_note=True, severity=2),
    Move("void",    State.CONFIRMED, State.VOID,      _WRITERS, label=_("Void"), needs_note=True, severity=2),
)
# fmt: on

words.add(
    {
        "type_total": _("Total typed"),
        "figures.typedtotal:confirm": _("Confirmed by the branch"),
        "replace": _("Replaced by a new total"),
        "void": _("Made void"),
    }
)
