"""The facts that the board asks, read for many branches at once: as many queries for five hundred as for one."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import ExtractMonth
from django.utils import timezone

from branches.capabilities import capability_of
from branches.models import Group, Organisation, Post
from branches.models.members import COMMITTEE_POSTS
from branches.models.organisations import Mode
from branches.rules.organisations import LEADERS
from branches.rules.sets import InForce, in_force
from branches.rules.table import Severity
from meetings.frequency.cells import Facts, Span
from meetings.frequency.table import FREQUENCIES
from meetings.models import FormExemption, Meeting, Original
from meetings.plans.periods import Period
from meetings.states import HELD

MEMBERS_OF_COMMITTEE = sorted(COMMITTEE_POSTS - LEADERS)  # without one of these a branch has no committee


def facts_of(branches: Sequence[Organisation], year: int, user: Any) -> dict[int, Facts]:
    """By key of the branch. The reader holds an office there or oversees it, and so sees every record."""
    keys = [branch.pk for branch in branches]
    held, posts = _held(keys, year, user), _by_branch(_posts(keys), lambda row: Span(row.since, row.until))
    named = Group.objects.visible_to(user).filter(organisation__in=keys)
    groups = _by_branch(named, lambda row: Span(row.since, row.until, row.pk, row.name))
    exempt = FormExemption.objects.visible_to(user).standing().filter(organisation__in=keys).order_by("since", "pk")
    exemptions = _by_branch(exempt, lambda row: Span(row.since, row.until, what=row.form, why=row.reason))
    rules, paper = rules_of(branches, year), _keeping_paper(branches, user)
    return {
        branch.pk: Facts(
            life=Span(branch.since, branch.until),
            is_asked=capability_of(branch.branch_kind).is_asked_often,
            committee=tuple(posts[branch.pk]),
            group_spans=tuple(groups[branch.pk]),
            exempt_spans=tuple(exemptions[branch.pk]),
            off=frozenset(form for form, rule in rules[branch.pk].items() if rule.severity == Severity.OFF),
            held=held[branch.pk],
            keeps_paper=branch.pk in paper,
        )
        for branch in branches
    }


def rules_of(branches: Sequence[Organisation], year: int) -> dict[int, dict[str, InForce]]:
    """The rules in force by key of the branch and form: one query a rule."""
    found: dict[int, dict[str, InForce]] = defaultdict(dict)
    for frequency in FREQUENCIES:
        rules = in_force(frequency.code, [(branch.path, year) for branch in branches])
        for branch in branches:
            found[branch.pk][frequency.form] = rules[branch.path, year]
    return found


def _held(keys: Iterable[int], year: int, user: Any) -> dict[int, dict[tuple[str, int | None, int], int]]:
    """Meetings handed in, by (form they count as, group, month)."""
    begins, ends = Period(year, 1, "year").moments
    rows = Meeting.objects.visible_to(user).filter(organisation__in=list(keys), state__in=HELD)
    rows = rows.filter(started_at__gte=begins, started_at__lt=ends)
    month = ExtractMonth("started_at", tzinfo=timezone.get_default_timezone())
    columns = ("organisation_id", "counted_as__form", "group_id", "month")
    counted = rows.order_by().annotate(month=month).values_list(*columns).annotate(count=Count("pk"))
    found: dict[int, dict[tuple[str, int | None, int], int]] = defaultdict(dict)
    for key, form, group, number, count in counted:
        found[key][form, group, number] = count
    return found


def _posts(keys: Iterable[int]) -> Any:
    return Post.objects.filter(organisation__in=list(keys), kind__in=MEMBERS_OF_COMMITTEE)


def _by_branch(rows: Iterable[Any], span: Callable[[Any], Span]) -> dict[int, list[Span]]:
    found: dict[int, list[Span]] = defaultdict(list)
    for row in rows:
        found[row.organisation_id].append(span(row))
    return found


def _keeping_paper(branches: Sequence[Organisation], user: Any) -> set[int]:
    """Branches that work on paper, or whose newest record names the paper record book as the valid minutes (F9)."""
    newest = (
        Meeting.objects.visible_to(user).records().filter(organisation=OuterRef("pk")).order_by("-started_at", "-pk")
    )
    rows = Organisation.objects.visible_to(user).filter(pk__in=[branch.pk for branch in branches])
    book = rows.annotate(original=Subquery(newest.values("minutes_original")[:1])).filter(original=Original.PAPER)
    return {branch.pk for branch in branches if branch.mode == Mode.PAPER} | set(book.values_list("pk", flat=True))
