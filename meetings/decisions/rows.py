"""The decisions of a record in hand, and who was left out: for its writing page, checks, corrections and exports."""

from typing import Any

from meetings.models import Decision, DueExclusion


def decisions_of(meeting: Any) -> list[Decision]:
    """In the order of the record. Whoever is shown them reads the minutes: `Decision.visible_to`."""
    return list(Decision.objects.filter(meeting=meeting))


def left_out_of(meeting: Any) -> list[DueExclusion]:
    """In the order of the record, with their members."""
    return list(DueExclusion.objects.filter(meeting=meeting).select_related("member"))
