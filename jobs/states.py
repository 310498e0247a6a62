"""The life of a job on one page."""

from django.utils.translation import gettext_lazy as _

from workflow.moves import Move
from workflow.moving import States


class State(States):
    QUEUED = "queued", "waiting", _("Waiting")
    RUNNING = "running", "active", _("In progress")
    DONE = "done", "done", _("Finished")
    FAILED = "failed", "alarm", _("Failed")
    CANCELLED = "cancelled", "neutral", _("Cancelled")
    EXPIRED = "expired", "neutral", _("File removed")


OPEN = (State.QUEUED, State.RUNNING)

# fmt: off
MOVES = (
    #    name       from           to               who
    Move("start",   State.QUEUED,  State.RUNNING,   ("system",)),
    Move("finish",  State.RUNNING, State.DONE,      ("system",)),
    Move("fail",    State.RUNNING, State.FAILED,    ("system",)),
    Move("requeue", State.RUNNING, State.QUEUED,    ("system",)),
    Move("cancel",  State.QUEUED,  State.CANCELLED, ("own",)),
    Move("cancel",  State.RUNNING, State.CANCELLED, ("own",)),
    Move("expire",  State.DONE,    State.EXPIRED,   ("system",)),
)
# fmt: on
