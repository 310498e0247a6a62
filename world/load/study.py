"""Study in a big world: one member of each branch has studied by himself, and some credits are corrected."""

from datetime import timedelta
from decimal import Decimal

from django.db import connection

from meetings.models import StudyCorrection, StudyEntry, StudyKind, StudyShortfall
from meetings.states import State
from meetings.study.lacking import of_everybody
from workflow import streams
from world.load.meetings import sittings
from world.load.registry import Load, fills


@fills(StudyEntry)
def entries(load: Load) -> None:
    """One entry a branch."""
    day, columns = (
        load.plan.today - timedelta(25),
        ("organisation_id", "member_id", "kind", "studied_on", "hours", "subject"),
    )
    rows = ((b.key, b.first, StudyKind.OWN, day, Decimal("2.0"), "自学党章党规") for b in load.plan.branches)
    load.put(StudyEntry, columns, rows)


@fills(StudyCorrection)
def corrections(load: Load) -> None:
    """The host of some filed meetings came later than it began."""
    columns = ("organisation_id", "meeting_id", "member_id", "hours", "reason")
    rows = (
        (s.branch.key, s.key, s.branch.first, Decimal("1.0"), "中途参加")
        for s in sittings(load.plan) if s.key % 10 == 3 and s.state == State.FILED
    )  # fmt: skip
    load.put(StudyCorrection, columns, rows)


@fills(StudyShortfall)
def shortfalls(load: Load) -> None:
    """Computed from what was loaded, all of it before the first is written: a stream bears no query beside it."""
    streams.analyse(connection)
    today = load.plan.today
    found = [row for _members, rows in of_everybody(today.year, today) for row in rows]
    columns = ("organisation_id", "member_id", "year", "collective", "of_both")
    load.put(StudyShortfall, columns, ([getattr(row, name) for name in columns] for row in found))
