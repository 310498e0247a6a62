"""The life of a transfer: offered by the branch a member leaves, decided by the branch he goes to or its superior."""

from django.utils.translation import gettext_lazy as _

from branches.rights import Right
from workflow import words
from workflow.moves import Move
from workflow.moving import States


class State(States):
    OFFERED = "offered", "waiting", _("Awaiting the receiving branch")
    ACCEPTED = "accepted", "done", _("Taken over")
    REFUSED = "refused", "alarm", _("Refused")
    WITHDRAWN = "withdrawn", "neutral", _("Withdrawn")


_RECEIVERS = (Right.LEAD, Right.ARRANGE)
_ACCEPT = {"label": _("Take the member over"), "primary": True}

# fmt: off
MOVES = (
    #    name        from           to               who
    Move("take_over", State.OFFERED, State.ACCEPTED,  _RECEIVERS,       **_ACCEPT),  # type: ignore[arg-type]
    Move("refuse",    State.OFFERED, State.REFUSED,   _RECEIVERS,       label=_("Refuse"), needs_note=True),
    Move("retract",   State.OFFERED, State.WITHDRAWN, (Right.RELEASE,), label=_("Withdraw"), severity=2),
    Move("take_back", State.ACCEPTED, State.WITHDRAWN, (Right.RELEASE, *_RECEIVERS), label=_("Take back"),
         needs_note=True, when="is_to_come"),
)
# fmt: on

words.add(
    {
        "offer": _("Offered"),
        "take_over": _("Taken over"),
        "refuse": _("Refused"),
        "retract": _("Withdrawn"),
        "take_back": _("Taken back before its day"),
    }
)
