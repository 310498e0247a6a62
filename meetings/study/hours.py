"""The hours of study of people in a year: computed from filed meetings, corrected by hand, and typed."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from meetings.models import (
    Attendance,
    CountedAs,
    FollowUp,
    Manner,
    Purpose,
    Status,
    StudyCorrection,
    StudyEntry,
    StudyKind,
    Way,
)
from meetings.states import State
from meetings.study.rules import Held, asked_of, campaign, credit, kind_away

AFTER = {Way.AT_HOME: Manner.AT_HOME, Way.BY_POST: Manner.BY_POST}  # who speaks in writing has not studied


@dataclass(frozen=True)
class Credit:
    """One line: the day, what was studied, and how many hours of which kind; `computed` where a reason changed it."""

    day: date
    words: str
    kind: str
    hours: Decimal
    attendance_id: int | None = None
    entry_id: int | None = None
    computed: Decimal | None = None
    reason: str = ""
    meeting_id: int | None = None


@dataclass(frozen=True)
class Year:
    """A member's year: `collective` and `own` hours, never one sum, what is asked of him, and the lines."""

    collective: Decimal
    own: Decimal
    asked: int
    asked_of_both: int | None
    credits: tuple[Credit, ...]

    @property
    def lacking(self) -> Decimal:
        """Hours of collective study that are lacking still."""
        return max(Decimal(0), self.asked - self.collective)

    @property
    def lacking_of_both(self) -> Decimal:
        """Hours of either kind that a campaign still asks for; 0 where there is none."""
        return max(Decimal(0), (self.asked_of_both or 0) - self.collective - self.own)


def years(posts: dict[int, str], year: int, rules: Held) -> dict[int, Year]:
    """The year of each of these members, given with their posts, wherever they took part. Six queries."""
    lines: dict[int, list[Credit]] = defaultdict(list)
    for member, line in (*_of_meetings(posts, year, rules), *_typed(posts, year)):
        lines[member].append(line)
    return {key: _year(lines[key], post, rules) for key, post in posts.items()}


def _year(lines: list[Credit], post: str, rules: Held) -> Year:
    sums = {kind: sum((line.hours for line in lines if line.kind == kind), Decimal(0)) for kind in StudyKind}
    ordered = tuple(sorted(lines, key=lambda line: line.day))
    return Year(sums[StudyKind.COLLECTIVE], sums[StudyKind.OWN], asked_of(post, rules), campaign(rules), ordered)


@dataclass(frozen=True)
class _Part:
    """One member's part in the study of one filed meeting; `attendance` where he was there."""

    member: int
    meeting: int
    theme: str
    length: timedelta
    day: date
    kind: str = StudyKind.COLLECTIVE
    attendance: int | None = None


def _of_meetings(members: Collection[int], year: int, rules: Held) -> Iterable[tuple[int, Credit]]:
    """What filed meetings count for those who came, corrected where somebody has, and for others as the rule says."""
    parts = [*_came(members, year), *_at_home(members, year, rules), *_afterwards(members, year, rules)]
    meetings = {part.meeting for part in parts}
    forms: dict[int, list[str]] = defaultdict(list)
    for meeting, form in CountedAs.objects.filter(meeting__in=meetings).values_list("meeting", "form"):
        forms[meeting].append(form)
    corrected = {(c.meeting_id, c.member_id): c for c in _corrections(members, meetings)}
    for part in parts:
        hours = credit(forms[part.meeting], part.length, rules)
        by_hand = corrected.get((part.meeting, part.member)) if part.attendance else None
        if hours or by_hand:
            yield part.member, _credit(part, hours, by_hand)


def _lines(members: Collection[int], year: int) -> Any:
    begins, ends = (timezone.make_aware(datetime.combine(date(y, 1, 1), time.min)) for y in (year, year + 1))
    rows = Attendance.objects.filter(
        member__in=members, meeting__state=State.FILED, meeting__started_at__gte=begins,
        meeting__started_at__lt=ends, meeting__ended_at__isnull=False,
    )  # fmt: skip
    return rows.order_by()


MEETING = ("member", "meeting", "meeting__theme", "meeting__started_at", "meeting__ended_at")


def _came(members: Collection[int], year: int) -> Iterable[_Part]:
    rows = _lines(members, year).filter(status=Status.PRESENT)
    for member, meeting, theme, begun, ended, key in rows.values_list(*MEETING, "pk"):
        yield _Part(member, meeting, theme, ended - begun, timezone.localdate(begun), attendance=key)


def _at_home(members: Collection[int], year: int, rules: Held) -> Iterable[_Part]:
    """Who studied on that day where he was: visited, or with papers sent to him."""
    rows = _lines(members, year).filter(way__in=AFTER)
    for member, meeting, theme, begun, ended, way in rows.values_list(*MEETING, "way"):
        if kind := kind_away(AFTER[way], rules):
            yield _Part(member, meeting, theme, ended - begun, timezone.localdate(begun), kind)


def _afterwards(members: Collection[int], year: int, rules: Held) -> Iterable[_Part]:
    """Who made up for it, on the day on which he did; not again where he had come or had studied where he was."""
    studied = Q(status=Status.PRESENT) | Q(way__in=AFTER)
    had = Attendance.objects.filter(studied, meeting=OuterRef("meeting"), member=OuterRef("member"))
    rows = FollowUp.objects.filter(
        ~Exists(had), member__in=members, purpose=Purpose.STUDIED, done_on__year=year, meeting__state=State.FILED,
        meeting__ended_at__isnull=False,
    ).order_by()  # fmt: skip
    for member, meeting, theme, begun, ended, way, day in rows.values_list(*MEETING, "way", "done_on"):
        if kind := kind_away(way, rules):
            yield _Part(member, meeting, theme, ended - begun, day, kind)


def _credit(part: _Part, hours: Decimal, by_hand: Any) -> Credit:
    found = Credit(part.day, part.theme, part.kind, hours, part.attendance, meeting_id=part.meeting)
    return replace(found, hours=by_hand.hours, computed=hours, reason=by_hand.reason) if by_hand else found


def _corrections(members: Collection[int], meetings: Collection[int]) -> Any:
    return StudyCorrection.objects.filter(member__in=members, meeting__in=meetings)


def _typed(members: Collection[int], year: int) -> Iterable[tuple[int, Credit]]:
    rows = StudyEntry.objects.filter(member__in=members, studied_on__year=year, withdrawn_at=None)
    for row in rows:
        yield row.member_id, Credit(row.studied_on, row.subject, row.kind, row.hours, entry_id=row.pk)
