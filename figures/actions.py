"""Keeping numbers beside their rows, and typing totals where there are no rows; the only writes of this room."""

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from branches.models import Organisation
from figures.models import Summary, TypedTotal
from figures.registry import Metric, Period, named, registered
from figures.units import Approx, Source, Span
from workflow.actions import record
from workflow.actors import Actor, SystemActor, require_any
from workflow.moves import Move, make_move

WRITERS = ("record", "enter_for")


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


@transaction.atomic
def type_total(organisation: Organisation, code: str, period: Period, given: Told, *, actor: Actor) -> TypedTotal:
    """Type one number for a whole branch, in place of the one typed before.

    Typed by a superior it says so (代录), and the branch may confirm it. Raises PermissionDenied, ValidationError.
    """
    metric = named(code)
    total = TypedTotal(organisation=organisation, metric=code)
    require_any(actor, WRITERS, total)
    if not metric.typable or not metric.belongs_to(period):
        raise ValidationError(_("This figure cannot be typed as a total for that period."))
    if given.as_of > timezone.localdate():
        raise ValidationError(_("The day the total was taken lies in the future: please check it."))
    recount([organisation.pk], period, [code], actor=actor)
    summary = Summary.objects.of(period).get(organisation=organisation)
    for name in ("value", "as_of", "approx", "span", "source", "note"):
        setattr(total, name, getattr(given, name))
    total.summary = summary
    total.is_for_branch = not actor.may("record", total)
    standing = TypedTotal.objects.standing().filter(summary=summary, metric=code, span=given.span).first()
    if standing:
        make_move(standing, "replace", actor=actor)
    total.full_clean(validate_constraints=False)
    total.save(force_insert=True)
    for_whom = str(organisation) if total.is_for_branch else ""
    record(total, "type_total", actor=actor, rights=WRITERS, target=total.state, entered_for=for_whom)
    return total


@transaction.atomic
def move(total: TypedTotal, name: str, *, actor: Actor, note: str = "") -> Move:
    """Confirm a total or make it void. Raises MoveNotAllowed, PermissionDenied, NoteRequired."""
    return make_move(total, name, actor=actor, note=note)
