"""The hours of study of people in a year: computed from filed meetings, corrected by hand, and typed."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.utils import timezone

from branches.rules.sets import RuleSet
from meetings.models import Attendance, CountedAs, Status, StudyCorrection, StudyEntry, StudyKind
from meetings.states import State
from meetings.study.rules import asked_of, campaign, credit


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


def years(posts: dict[int, str], year: int, rules: RuleSet) -> dict[int, Year]:
    """The year of each of these members, given with their posts, wherever they took part. Four queries."""
    lines: dict[int, list[Credit]] = defaultdict(list)
    for member, line in (*_of_meetings(posts, year, rules), *_typed(posts, year)):
        lines[member].append(line)
    return {key: _year(lines[key], post, rules) for key, post in posts.items()}


def _year(lines: list[Credit], post: str, rules: RuleSet) -> Year:
    sums = {kind: sum((line.hours for line in lines if line.kind == kind), Decimal(0)) for kind in StudyKind}
    ordered = tuple(sorted(lines, key=lambda line: line.day))
    return Year(sums[StudyKind.COLLECTIVE], sums[StudyKind.OWN], asked_of(post, rules), campaign(rules), ordered)


def _of_meetings(members: Collection[int], year: int, rules: RuleSet) -> Iterable[tuple[int, Credit]]:
    """What filed meetings count for those who came, corrected where somebody has."""
    begins, ends = (timezone.make_aware(datetime.combine(date(y, 1, 1), time.min)) for y in (year, year + 1))
    came = Attendance.objects.filter(
        member__in=members, status=Status.PRESENT, meeting__state=State.FILED, meeting__started_at__gte=begins,
        meeting__started_at__lt=ends, meeting__ended_at__isnull=False,
    )  # fmt: skip
    columns = ("member", "pk", "meeting", "meeting__theme", "meeting__started_at", "meeting__ended_at")
    rows = list(came.order_by().values_list(*columns))
    meetings = {row[2] for row in rows}
    forms: dict[int, list[str]] = defaultdict(list)
    for meeting, form in CountedAs.objects.filter(meeting__in=meetings).values_list("meeting", "form"):
        forms[meeting].append(form)
    corrected = {(c.meeting_id, c.member_id): c for c in _corrections(members, meetings)}
    for member, key, meeting, theme, begun, ended in rows:
        hours = credit(forms[meeting], ended - begun, rules)
        by_hand = corrected.get((meeting, member))
        if hours or by_hand:
            yield member, _credit(key, timezone.localdate(begun), theme, hours, by_hand)


def _credit(attendance: int, day: date, theme: str, hours: Decimal, by_hand: Any) -> Credit:
    if by_hand is None:
        return Credit(day, theme, StudyKind.COLLECTIVE, hours, attendance)
    return Credit(
        day, theme, StudyKind.COLLECTIVE, by_hand.hours, attendance, computed=hours, reason=by_hand.reason
    )  # fmt: skip


def _corrections(members: Collection[int], meetings: Collection[int]) -> Any:
    return StudyCorrection.objects.filter(member__in=members, meeting__in=meetings)


def _typed(members: Collection[int], year: int) -> Iterable[tuple[int, Credit]]:
    rows = StudyEntry.objects.filter(member__in=members, studied_on__year=year, withdrawn_at=None)
    for row in rows:
        yield row.member_id, Credit(row.studied_on, row.subject, row.kind, row.hours, entry_id=row.pk)
