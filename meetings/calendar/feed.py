"""What a calendar address gives out: when the branch meets, and nothing else. No theme, place, name or form."""

from collections.abc import Iterable
from datetime import UTC, timedelta
from typing import Any

from django.utils import timezone
from icalendar import Calendar, Event

from meetings.calendar.actions import PURPOSE
from meetings.models import CalendarFeed, Meeting
from meetings.states import WORDED, State
from workflow import codes

TITLE = "支部会议"
BEFORE, AHEAD = timedelta(days=90), timedelta(days=366)
MOST = 400
TOLD = WORDED | {State.ANNOUNCED}


def found(token: str) -> CalendarFeed | None:
    """The address with this secret part, if it is live and its owner still belongs to the branch."""
    rows = CalendarFeed.objects.live().filter(digest=codes.digest(PURPOSE, token), user__is_active=True)
    feed = rows.select_related("user", "organisation").first()
    return feed if feed and feed.organisation.path == feed.user.reach.home_path else None


def written(feed: CalendarFeed) -> bytes:
    """The feed as an iCalendar file, with the rights its owner has today."""
    now = timezone.now()
    rows = Meeting.objects.visible_to(feed.user).filter(
        organisation=feed.organisation, state__in=TOLD, started_at__gt=now - BEFORE, started_at__lt=now + AHEAD
    )
    return _calendar(rows.order_by("-started_at", "-pk")[:MOST])


def _calendar(rows: Iterable[Any]) -> bytes:
    calendar = Calendar()
    for name, value in {"prodid": "-//Branchlife//", "version": "2.0", "method": "PUBLISH", "x-wr-calname": TITLE,
                        "x-published-ttl": "PT6H"}.items():  # fmt: skip
        calendar.add(name, value)
    for row in rows:
        calendar.add_component(_event(row))
    content: bytes = calendar.to_ical()
    return content


def _event(row: Any) -> Event:
    event = Event()
    # The key of the row would tell how many meetings there are in the whole system.
    event.add("uid", f"{codes.digest('calendar event', str(row.pk))[:32]}@branchlife")
    event.add("dtstamp", row.announced_at or row.created_at)
    event.add("sequence", row.reschedules)
    event.add("dtstart", row.started_at.astimezone(UTC))
    if row.ended_at:
        event.add("dtend", row.ended_at.astimezone(UTC))
    event.add("summary", TITLE)
    event.add("class", "PRIVATE")
    return event
