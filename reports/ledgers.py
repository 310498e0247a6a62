"""What can be exported, and the job that writes it: saved filter in, official table out, with the owner's rights."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import Field
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters import FilterSet

from branches.models import Organisation
from branches.rights import Right
from jobs import registry
from jobs.models import Job
from meetings import exports as meetings
from meetings.filters import MeetingFilter
from sheets.layout import Column, Layout
from sheets.writer import write
from workflow.actions import audit


@dataclass(frozen=True)
class Ledger:
    """One table for superiors: whose rows, narrowed by which filter, printed how."""

    label: str | Promise
    title: str
    unit: str
    columns: Sequence[Column]
    filters: type[FilterSet]
    rows: Callable[[Any], QuerySet]
    lines: Callable[[QuerySet], Iterator[tuple[object, ...]]]


LEDGERS = {
    "meeting_ledger": Ledger(
        gettext_lazy("Ledger of meetings"),
        meetings.TITLE,
        meetings.UNIT,
        meetings.COLUMNS,
        MeetingFilter,
        meetings.ledger_rows,
        meetings.ledger,
    ),
}


def run(job: Job, out: Path, tick: registry.Tick) -> str:
    """Write the ledger a job asks for, with what its owner may export at this moment; the file's name."""
    ledger, user = LEDGERS[job.kind], job.owner
    user.require(Right.EXPORT, None)
    chosen = ledger.filters(QueryDict(job.params["query"]), queryset=ledger.rows(user), request=_asked_by(user))
    if not chosen.is_valid():
        raise ValidationError(_("The filter of this export can no longer be read. Please start it from the list."))
    keys = job.params.get("selected")
    rows = chosen.qs.filter(pk__in=keys) if keys else chosen.qs
    total = rows.order_by().count()
    layout = Layout(
        title=ledger.title,
        columns=ledger.columns,
        reporting_unit=_unit_of(user),
        unit=ledger.unit,
        total="last",
        notes=_notes(user, chosen, len(keys or ())),
    )
    written = write(out, layout, ledger.lines(rows), tick=lambda done, _total: tick(done, total))
    audit("exported", actor=user, note=f"{ledger.title} {written}")
    return f"{ledger.title}_{timezone.localdate():%Y%m%d}.xlsx"


def _asked_by(user: Any) -> Any:
    """What a filter asks of a request: for whom."""
    return SimpleNamespace(user=user)


def _unit_of(user: Any) -> str:
    """The topmost organisation the person exports for."""
    return Organisation.objects.visible_to(user).values_list("name", flat=True).first() or ""


def _notes(user: Any, chosen: FilterSet, selected: int) -> list[tuple[str, str]]:
    """Who, when, by which filter; words of the official sheet, hence Chinese."""
    told = [
        f"{field.label}：{_told(field, chosen.form.cleaned_data[name])}"
        for name, field in chosen.form.fields.items()
        if chosen.form.cleaned_data.get(name)
    ]
    if selected:
        told.append(f"勾选的{selected}条")
    return [
        ("导出人", f"{user.name}（{user.acting_as() or '本人'}）"),
        ("导出时间", f"{timezone.localtime():%Y-%m-%d %H:%M}"),
        ("筛选条件", "；".join(told) or "全部（本人可见范围）"),
        ("口径", "应参加=会议当日花名册扣除经批准免过组织生活人员；应到会（有表决权）=当日有表决权的正式党员"),
    ]


def _told(field: Field, value: Any) -> str:
    """A condition as the filter area words it: the label of a choice, both ends of a span of days."""
    if isinstance(value, slice):
        return f"{value.start or ''}～{value.stop or ''}"
    return str(dict(getattr(field, "choices", ())).get(value, value))


for _kind, _ledger in LEDGERS.items():
    registry.register(_kind, label=_ledger.label, run=run)
