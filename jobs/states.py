"""The life of a job on one page."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from workflow.moves import Move


class State(models.TextChoices):
    QUEUED = "queued", _("Waiting")
    RUNNING = "running", _("In progress")
    DONE = "done", _("Finished")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")
    EXPIRED = "expired", _("File removed")


OPEN = (State.QUEUED, State.RUNNING)
TONES = {
    State.QUEUED: "waiting",
    State.RUNNING: "active",
    State.DONE: "done",
    State.FAILED: "alarm",
    State.CANCELLED: "neutral",
    State.EXPIRED: "neutral",
}

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
