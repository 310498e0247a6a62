"""Who fills which table of a big world. A new table adds a function to the module of its room:

    @fills(Meeting)
    def meetings(load: Load) -> None:
        load.put(Meeting, ("id", "organisation_id", …), (row for branch in load.plan.branches …))

tests/world/test_load.py fails for a model of ours that no function fills and that EXEMPT does not name.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, models
from django.utils import timezone

from workflow import streams
from world.load.plan import Plan

# Models that a big world leaves empty, and why.
EXEMPT = {
    "jobs.Heartbeat": "written by a worker that lives",
    "reminders.Mailbox": "a person's own choice; no mail leaves an invented world",
    "reminders.Delivery": "as above",
    "branches.Attachment": "its bytes lie on the disk",
    "branches.Logo": "as above",
    "branches.RosterImport": "as above",
    "meetings.FeedSwitch": "off until a branch switches it on",
    "meetings.CalendarFeed": "as above",
    "appraisals.OpinionPage": "off until a superior approves it",
    "appraisals.OpinionTicket": "as above",
    "appraisals.OpinionAnswer": "as above",
    "ballots.Slip": "only while a vote is under way, with a key outside the database",
    "ballots.Box": "as above",
    "meetings.Revision": "a big world files every record right at once",
}


@dataclass
class Load:
    """One run: the plan, and how many rows each model got. `password` is the hash all accounts share."""

    plan: Plan
    password: str = ""
    now: datetime = field(default_factory=timezone.now)
    counts: dict[str, int] = field(default_factory=dict)
    keys: dict[str, int] = field(default_factory=dict)

    def put(self, model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
        """Add rows as a stream; where `columns` do not begin with the key, a running one is set before them."""
        key = model._meta.pk.attname
        if columns[0] != key:
            columns, rows = (key, *columns), streams.numbered(rows, self.counts.get(model._meta.label, 0) + 1)
        added = streams.write(connection, model, columns, rows)
        self.counts[model._meta.label] = self.counts.get(model._meta.label, 0) + added
        return added


Loader = Callable[[Load], None]
LOADERS: list[Loader] = []
FILLED: dict[str, str] = {}  # model label → the function that fills it


def fills(*filled: type[models.Model]) -> Callable[[Loader], Loader]:
    """Register a loader and the models it fills; loaders run in the order in which the rooms are imported."""

    def register(loader: Loader) -> Loader:
        LOADERS.append(loader)
        FILLED.update({model._meta.label: f"{loader.__module__}.{loader.__name__}" for model in filled})
        return loader

    return register
