"""Keeping numbers beside their rows, and typing totals where there are no rows; the only writes of this room."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, astuple, dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from branches.models import Organisation
from branches.models.organisations import Kind
from figures.models import Summary, TypedTotal
from figures.registry import Metric, Period, named, registered
from figures.states import State
from figures.units import Approx, Source, Span
from workflow.actions import record_many
from workflow.actors import Actor, SystemActor, require_any
from workflow.moves import Move, MoveNotAllowed, make_move, make_moves

WRITERS = ("record", "enter_for")
PARTS = ("organisation", "summary")


@transaction.atomic
def recount(places: Collection[int], period: Period, codes: Iterable[str], *, actor: Actor) -> None:
    """Bring the numbers named up to the rows of these branches, by key: part of the action that has changed them.

    Their summary rows are locked first and the rows counted after: of two actions at once the second waits, and counts
    what the first has written. Deltas would be one statement less, and wrong for good after one that was forgotten.
    """
    metrics = [named(code) for code in codes]
    if not places or not metrics:
        return
    rows = _held(places, period)
    if len(rows) < len(set(places)):
        whole = asdict(period)
        Summary.objects.bulk_create([Summary(organisation_id=key, **whole) for key in places], ignore_conflicts=True)
        rows = _held(places, period)
    value = period.round_key or period.year
    counted: dict[str, Any] = {m.column: _zero_or(m.number(OuterRef("organisation_id"), value)) for m in metrics}
    Summary.objects.filter(pk__in=rows).update(**counted)


def _held(places: Collection[int], period: Period) -> list[int]:
    """The keys of their summary rows, locked in one order so that no two actions wait for one another."""
    rows = Summary.objects.of(period).filter(organisation__in=places)
    return list(rows.order_by("pk").select_for_update().values_list("pk", flat=True))


def _zero_or(number: Any) -> Coalesce:
    return Coalesce(Subquery(number), 0)


@transaction.atomic
def rebuild(*, actor: Actor, codes: Iterable[str] = ()) -> int:
    """Count every summary anew from the rows, for all metrics or those named; how many summary rows there are.

    Raises PermissionDenied for anybody but the system.
    """
    actor.require(SystemActor.RIGHT, None)
    metrics = [named(code) for code in codes] or registered()
    for metric in metrics:
        _add_missing(metric)
    for kind, of_kind in (("round_key", [m for m in metrics if m.round]), ("year", [m for m in metrics if m.year])):
        rows = Summary.objects.exclude(**{kind: 0})
        numbers = {m.column: _zero_or(m.number(OuterRef("organisation_id"), OuterRef(kind))) for m in of_kind}
        if numbers:
            rows.update(**numbers)
    return Summary.objects.count()


def _add_missing(metric: Metric) -> None:
    """A summary row for every branch and period in which the metric counts something."""
    found = metric.rows().order_by().values_list(metric.organisation, metric.period).distinct()
    kind = "round_key" if metric.round else "year"
    rows = (Summary(organisation_id=place, **{kind: period}) for place, period in found if place and period)
    Summary.objects.bulk_create(rows, batch_size=2000, ignore_conflicts=True)


@dataclass(frozen=True, slots=True)
class Told:
    """A total as it was reported: the number, how exact, over which span, from where, as of which day."""

    value: int
    as_of: date
    approx: str = Approx.EXACT
    span: str = Span.STAGE
    source: str = Source.PAPER
    note: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One total to be typed, or without `told` the standing one to be made void. `over` is the key of the total it
    takes the place of, 0 where none stood; None: of whichever stands."""

    organisation: Organisation
    code: str
    period: Period
    told: Told | None
    over: int | None = None

    @property
    def place(self) -> tuple[Any, ...]:
        """Where it stands: at most one total stands there."""
        return self.organisation.pk, self.period, self.code, self.told.span if self.told else Span.STAGE


def type_total(organisation: Organisation, code: str, period: Period, given: Told, *, actor: Actor) -> TypedTotal:
    """Type one number for a whole branch, in place of the one typed before. Raises as `type_totals`."""
    (total,) = type_totals([Entry(organisation, code, period, given)], actor=actor)
    return total


@transaction.atomic
def type_totals(entries: Sequence[Entry], *, actor: Actor, note: str = "") -> list[TypedTotal]:
    """Type one number each for whole branches, all or none; `note` says why those without a number are made void.

    Typed by a superior it says so (代录), and the branch may confirm it. In as many statements for one as for a
    thousand. Raises PermissionDenied, ValidationError, NoteRequired; MoveNotAllowed where another total than `over`
    stands by now.
    """
    for entry in entries:
        require_any(actor, WRITERS, entry.organisation)
        _check(entry)
    by_period: dict[Period, list[Entry]] = {}
    for entry in entries:
        by_period.setdefault(entry.period, []).append(entry)
    summaries: dict[tuple[int, Period], int] = {}
    for period in sorted(by_period, key=astuple):
        places = {entry.organisation.pk for entry in by_period[period]}
        recount(places, period, sorted({entry.code for entry in by_period[period]}), actor=actor)
        held = Summary.objects.of(period).filter(organisation__in=places)
        summaries |= {(place, period): key for key, place in held.values_list("pk", "organisation_id")}
    _make_way(entries, summaries, actor, note)
    totals = [_total(entry, entry.told, summaries, actor) for entry in entries if entry.told]
    TypedTotal.objects.bulk_create(totals, batch_size=500)
    for is_for_branch in (False, True):
        mine = [total for total in totals if total.is_for_branch == is_for_branch]
        target = str(State.TYPED)
        record_many(mine, "type_total", actor=actor, rights=WRITERS, for_branch=is_for_branch, target=target)
    return totals


def _check(entry: Entry) -> None:
    metric = named(entry.code)
    if not metric.typable or not metric.belongs_to(entry.period):
        raise ValidationError(_("This figure cannot be typed as a total for that period."))
    if entry.told and entry.told.as_of > timezone.localdate():
        raise ValidationError(_("The day the total was taken lies in the future: please check it."))
    if entry.told and entry.told.span == Span.STAGE and entry.organisation.kind != Kind.BRANCH:
        # It would be added to the rows of the branches below, which it means to sum up.
        raise ValidationError(_("Above branches a total is typed to date: this stage is added up from the branches."))


def _make_way(entries: Sequence[Entry], summaries: dict[tuple[int, Period], int], actor: Actor, note: str) -> None:
    """Replace or make void what stands where these are typed; the summaries are held: nobody else types now."""
    rows = TypedTotal.objects.standing().filter(
        summary__in=summaries.values(), metric__in={entry.code for entry in entries}
    )
    found = {(r.organisation_id, r.summary.period, r.metric, r.span): r for r in rows.select_related(*PARTS)}
    old: dict[str, list[TypedTotal]] = {"replace": [], "void": []}
    for entry in entries:
        row = found.get(entry.place)
        if entry.over is not None and entry.over != (row.pk if row else 0):
            raise MoveNotAllowed(_("Somebody else has just changed this record. Please look at it again."))
        if row:
            old["replace" if entry.told else "void"].append(row)
    for name, of_name in old.items():
        if len(make_moves(of_name, name, actor=actor, note=note if name == "void" else "")) < len(of_name):
            raise MoveNotAllowed(_("Somebody else has just changed this record. Please look at it again."))


def _total(entry: Entry, told: Told, summaries: dict[tuple[int, Period], int], actor: Actor) -> TypedTotal:
    total = TypedTotal(organisation=entry.organisation, metric=entry.code, **asdict(told))
    total.summary_id = summaries[entry.organisation.pk, entry.period]
    total.is_for_branch = not actor.may("record", total)
    total.clean_fields(exclude=["organisation", "summary"])  # known to be there: not asked one by one
    return total


@transaction.atomic
def move(total: TypedTotal, name: str, *, actor: Actor, note: str = "") -> Move:
    """Confirm a total or make it void. Raises MoveNotAllowed, PermissionDenied, NoteRequired."""
    return make_move(total, name, actor=actor, note=note)
