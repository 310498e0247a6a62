"""The meetings that no rule asks for: how often a branch has held those its superiors laid down, and others. What is
held as a form of the regulation stands among that, by whatever name."""

from collections import Counter
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count
from django.db.models.functions import ExtractMonth
from django.urls import reverse
from django.utils import timezone

from branches.models import Organisation, User
from meetings.kinds import Form
from meetings.models import Meeting, OwnForm
from meetings.plans.periods import Period
from meetings.states import HELD


@dataclass(frozen=True)
class OwnRow:
    """One form by the month: its name, and for each month the number held with the list that holds exactly these."""

    label: str
    months: list[tuple[int, str]]


def own_rows(branch: Organisation, year: int, user: User) -> list[OwnRow]:
    """Each form laid down for the branch, in use or held in that year; then what goes by no name. Two queries."""
    rows = OwnForm.objects.visible_to(user).in_use().at(branch.path).filter(form=Form.OTHER)
    offered = {one.pk: one.name for one in rows}
    held = _held(branch, year, user)
    names = offered | {key: name for key, name, _month in held if key}
    keys = [*sorted(names, key=lambda key: names[key]), None]
    return [_row(branch, year, key, names.get(key, str(Form.OTHER.label)), held) for key in keys if key or _any(held)]


def _held(branch: Organisation, year: int, user: User) -> Counter[tuple[int | None, str, int]]:
    begins, ends = Period(year, 1, "year").moments
    rows = Meeting.objects.visible_to(user).filter(organisation=branch, state__in=HELD)
    rows = rows.filter(form=Form.OTHER, started_at__gte=begins, started_at__lt=ends)
    month = ExtractMonth("started_at", tzinfo=timezone.get_default_timezone())
    counted = rows.order_by().values_list("own_form", "form_name", month).annotate(Count("pk"))
    found: Counter[tuple[int | None, str, int]] = Counter()
    for key, name, number, count in counted:
        found[key, name, number] += count
    return found


def _any(held: Counter[tuple[int | None, str, int]]) -> bool:
    return any(key is None for key, _name, _month in held)


def _row(branch: Organisation, year: int, key: int | None, label: str, held: Counter[Any]) -> OwnRow:
    numbers = Counter[int]()
    for (own, _name, month), count in held.items():
        numbers[month] += count if own == key else 0
    months = range(1, 13)
    return OwnRow(label, [(numbers[month], _list_of(branch, year, key, month)) for month in months])


def _list_of(branch: Organisation, year: int, key: int | None, month: int) -> str:
    """The list of exactly the meetings of that month."""
    first, last = Period(year, month, "month").first, Period(year, month, "month").last
    which = {"own_form": key} if key else {"own_form": 0, "form": Form.OTHER.value}
    asked = {"place": branch.pk, "state": "held", "held_after": first, "held_before": last} | which
    return f"{reverse('meeting_list')}?{urlencode(asked)}"
