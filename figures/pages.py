"""What the pages of figures show: the numbers of a place in a period, and one of them by the organisations below."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from branches.http import AuthedRequest
from branches.models import Organisation, User
from branches.models.organisations import Kind
from branches.overview import KEY, Overview
from branches.rights import Right
from branches.tree import STEP
from figures import printing, totals
from figures.registry import Metric, Period, of_period, registered, rounds

YEARS = range(2000, 2100)


def period_of(asked: Any, this_year: int) -> Period:
    """The period that ?round= or ?year= names, else this year. Raises Http404."""
    if key := asked.get("round", ""):
        if not KEY.fullmatch(key) or not int(key):
            raise Http404
        return Period(round_key=int(key))
    year = asked.get("year", "") or str(this_year)
    if not (year.isascii() and year.isdecimal() and int(year) in YEARS):
        raise Http404
    return Period(year=int(year))


def place_of(request: AuthedRequest) -> Organisation:
    """The organisation that ?under= names, else the topmost one whose figures the reader may read.

    Raises Http404 for one not seen, PermissionDenied where its figures are not the reader's.
    """
    user = request.user
    if key := request.GET.get("under", ""):
        if not KEY.fullmatch(key):
            raise Http404
        place = get_object_or_404(Organisation.objects.visible_to(user), pk=key)
        require_reader(user, place)
        return place
    paths = sorted({*user.reach.oversight_paths(Right.OVERSEE), *user.reach.office_paths(Right.READ_BRANCH)})
    if not paths:
        raise PermissionDenied
    return get_object_or_404(Organisation.objects.visible_to(user), path=min(paths, key=len))


@dataclass(frozen=True, slots=True)
class Asked:
    """The total that is to be typed: where, which figure, for which period."""

    organisation: Organisation
    metric: Metric
    period: Period

    @classmethod
    def of(cls, request: AuthedRequest) -> "Asked":
        """As ?organisation=, ?metric= and the period name it. Raises Http404."""
        key = request.GET.get("organisation", "")
        rows = Organisation.objects.visible_to(request.user)
        organisation = get_object_or_404(rows, pk=key if KEY.fullmatch(key) else 0)
        period = period_of(request.GET, request.user.reach.day.year)
        found = [m for m in registered() if m.code == request.GET.get("metric") and m.belongs_to(period)]
        if not found:
            raise Http404
        return cls(organisation, found[0], period)

    @property
    def told(self) -> tuple[Organisation, str, Period]:
        return self.organisation, self.metric.code, self.period

    @property
    def back(self) -> str:
        """Where it is seen: beside the rows of its branch; above branches, added to nothing, in the list."""
        if self.organisation.kind != Kind.BRANCH:
            return f"{reverse('total_list')}?place={self.organisation.pk}&{self.period.query}&metric={self.metric.code}"
        return f"{reverse('figure_list')}?under={self.organisation.pk}&{self.period.query}"


def require_reader(user: User, place: Organisation) -> None:
    """Raise PermissionDenied unless the figures of that organisation are this person's to read."""
    if not (user.may(Right.READ_BRANCH, place) or user.may(Right.OVERSEE, place)):
        raise PermissionDenied


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of a table: its words, and where each number leads."""

    label: str
    unit: str
    line: totals.Line
    address: str
    opens: str
    typed_at: str
    types_at: str = ""
    whole: totals.Line | None = None

    @property
    def share(self) -> str:
        """What part it is of the number that it is a share of: 98.5%; empty where there is none, or nothing in it."""
        return f"{100 * self.line.total / self.whole.total:.1f}%" if self.whole and self.whole.total else ""


class Board:
    """The page of figures: one place, one period, all metrics, and one of them broken down."""

    def __init__(self, request: AuthedRequest) -> None:
        self.user, self.asked = request.user, request.GET
        self._metrics: dict[Period, list[Metric]] = {}
        self.place = place_of(request)
        self.period = period_of(request.GET, request.user.reach.day.year)
        if self.period.round_key and self.period.round_key not in dict(self.campaigns):
            raise Http404
        if not self.metrics and self.campaigns and not (self.asked.get("year") or self.asked.get("round")):
            self.period = Period(round_key=self.campaigns[0][0])  # a first look is at figures, where there are any

    @cached_property
    def campaigns(self) -> list[tuple[int, str]]:
        """(key, name) of the rounds held here."""
        return rounds(self.user, self.place.path)

    @property
    def period_name(self) -> str:
        return dict(self.campaigns)[self.period.round_key] if self.period.round_key else str(self.period.year)

    @property
    def years(self) -> tuple[int, ...]:
        """The years to choose from."""
        year = self.period.year or self.user.reach.day.year
        return (year - 1, year, year + 1)

    @property
    def metrics(self) -> list[Metric]:
        """Those that may be asked of the period, which is looked for while the page is made."""
        if self.period not in self._metrics:
            self._metrics[self.period] = of_period(self.user, self.period)
        return self._metrics[self.period]

    @cached_property
    def lines(self) -> list[Shown]:
        """Every metric of the period over the place and all below it."""
        found = totals.lines(self.user, self.place.path, self.period, self.metrics)
        by_code = {line.metric.code: line for line in found}
        return [self._shown(str(one.metric.label), one, self.place, by_code.get(one.metric.share_of)) for one in found]

    @cached_property
    def metric(self) -> Metric | None:
        """The one that is broken down: asked by ?metric=, else the first."""
        asked = [m for m in self.metrics if m.code == self.asked.get("metric")]
        return next(iter(asked or self.metrics), None)

    @cached_property
    def children(self) -> list[Shown]:
        """The chosen metric for each organisation right below, in set order; empty at a branch."""
        if self.metric is None or self.place.kind == Kind.BRANCH:
            return []
        below = list(Overview(self.user).below(self.place))
        code, whole = self.metric.code, self.metric.share_of
        asked = [metric for metric in self.metrics if metric.code in (code, whole)]
        found = totals.by_child(self.user, [row.path for row in below], self.period, asked)
        return [self._shown(row.label, found[row.path][code], row, found[row.path].get(whole)) for row in below]

    heads = staticmethod(printing.heads)

    def printed_lines(self) -> SafeString:
        """`lines` as rows of a table."""
        return printing.printed(self.lines, _("Figure"))

    def printed_children(self) -> SafeString:
        """`children` as rows of a table."""
        return printing.printed(self.children, _("Organisation"))

    @property
    def above(self) -> Organisation | None:
        """The organisation right above, where the reader may read its figures too."""
        rows = Organisation.objects.visible_to(self.user).filter(path=self.place.path[:-STEP])
        found = rows.first() if len(self.place.path) > STEP else None
        return found if found and self.user.may(Right.OVERSEE, found) else None

    def _shown(self, label: str, line: totals.Line, place: Organisation, whole: totals.Line | None) -> Shown:
        metric, query = line.metric, self.period.query
        own = reverse("figure_list") + f"?under={place.pk}&{query}&metric={metric.code}"
        typed = reverse("total_list") + f"?place={place.pk}&{query}&metric={metric.code}&counted=yes"
        opens, unit = metric.opens(place.pk, self.period), str(metric.unit.label)
        return Shown(label, unit, line, own, opens, typed, self._types_at(metric, place), whole)

    def _types_at(self, metric: Metric, place: Organisation) -> str:
        """Where a total is typed for this place; empty where this person or this figure takes none."""
        if not metric.typable or place.pk != self.place.pk or not self._may_type:
            return ""
        return f"{reverse('total_create')}?organisation={place.pk}&metric={metric.code}&{self.period.query}"

    @cached_property
    def _may_type(self) -> bool:
        is_branch = self.place.kind == Kind.BRANCH
        return is_branch and any(self.user.may(right, self.place) for right in (Right.RECORD, Right.ENTER_FOR))
