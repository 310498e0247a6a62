"""The life of one mail on one page."""

from django.utils.translation import gettext_lazy as _

from workflow.moves import Move
from workflow.moving import States


class State(States):
    WAITING = "waiting", "waiting", _("Waiting")
    SENDING = "sending", "active", _("Being sent")
    SENT = "sent", "done", _("Sent")
    DROPPED = "dropped", "neutral", _("Nothing left to tell")
    GIVEN_UP = "given_up", "alarm", _("Given up")


OPEN = (State.WAITING, State.SENDING)
_CLOCK = ("system",)

# fmt: off
MOVES = (
    #    name        from            to               who
    Move("claim",    State.WAITING,  State.SENDING,   _CLOCK),
    Move("mark",     State.SENDING,  State.SENT,      _CLOCK),
    Move("drop",     State.SENDING,  State.DROPPED,   _CLOCK),
    Move("retry",    State.SENDING,  State.WAITING,   _CLOCK),
    Move("give_up",  State.SENDING,  State.GIVEN_UP,  _CLOCK),
)
# fmt: on
