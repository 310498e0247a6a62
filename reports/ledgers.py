"""What can be exported, and the job that writes it: saved filter in, official table out, with the owner's rights."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters import FilterSet

from appraisals.opinions import exports as opinions
from appraisals.opinions.filters import SummaryFilter
from appraisals.supervision import exports as visits
from appraisals.supervision.filters import VisitFilter
from appraisals.votes.filters import VoteFilter
from appraisals.votes.summary import table as votes
from branches import exports as members
from branches.filters import PlaceFilter
from branches.models import Organisation
from branches.models.organisations import Kind
from branches.rights import Right
from branches.tree import above
from jobs import registry
from jobs.models import Job
from meetings import exports as meetings
from meetings.filters import MeetingFilter
from meetings.study import exports as study
from meetings.talks import exports as talks
from meetings.talks.filters import TalkFilter
from rectification.ledger import exports as problems
from rectification.problems.filters import ProblemFilter
from sheets.layout import Column, Layout
from sheets.writer import Sections, write_sections
from workflow.actions import audit

Line = tuple[str, tuple[object, ...]]


@dataclass(frozen=True)
class Ledger:
    """One table for superiors: whose rows, narrowed by which filter, printed how.

    `counted` names what a row is, `rule` says how its figures come about. `lines` yields for each row the path of its
    organisation and its cells, in the order of the tree. `left_out` words what of the list's own rows, `listed`, it
    leaves out.
    """

    label: str | Promise
    title: str
    unit: str
    counted: str
    rule: str
    columns: Sequence[Column]
    filters: type[FilterSet]
    rows: Callable[[Any], QuerySet]
    lines: Callable[[QuerySet], Iterator[Line]]
    listed: Callable[[Any], QuerySet] | None = None
    left_out: Callable[[QuerySet, Any], str] | None = None


LEDGERS = {
    "meeting_ledger": Ledger(
        gettext_lazy("Ledger of meetings"),
        meetings.TITLE,
        meetings.UNIT,
        meetings.COUNTED,
        meetings.RULE,
        meetings.COLUMNS,
        MeetingFilter,
        meetings.ledger_rows,
        meetings.ledger,
        meetings.listed,
        meetings.left_out,
    ),
    "talk_ledger": Ledger(
        gettext_lazy("Ledger of talks"),
        talks.TITLE,
        talks.UNIT,
        talks.COUNTED,
        talks.RULE,
        talks.COLUMNS,
        TalkFilter,
        talks.ledger_rows,
        talks.ledger,
    ),
    "visit_ledger": Ledger(
        gettext_lazy("Summary of supervision"),
        visits.TITLE,
        visits.UNIT,
        visits.COUNTED,
        visits.RULE,
        visits.COLUMNS,
        VisitFilter,
        visits.ledger_rows,
        visits.ledger,
    ),
    "opinion_summary": Ledger(
        gettext_lazy("Summary of opinions"),
        opinions.TITLE,
        opinions.UNIT,
        opinions.COUNTED_AS,
        opinions.RULE,
        opinions.COLUMNS,
        SummaryFilter,
        opinions.summary_rows,
        opinions.summary,
    ),
    "rectification_ledger": Ledger(
        gettext_lazy("Ledger of problems"),
        problems.TITLE,
        problems.UNIT,
        problems.COUNTED,
        problems.RULE,
        problems.COLUMNS,
        ProblemFilter,
        problems.ledger_rows,
        problems.ledger,
    ),
    "vote_summary": Ledger(
        gettext_lazy("Summary of committees rated"),
        votes.TITLE,
        votes.UNIT,
        votes.COUNTED,
        votes.RULE,
        votes.COLUMNS,
        VoteFilter,
        votes.ledger_rows,
        votes.ledger,
    ),
    "study_ledger": Ledger(
        gettext_lazy("Ledger of study hours"),
        study.TITLE,
        study.UNIT,
        study.COUNTED,
        study.RULE,
        study.COLUMNS,
        members.RosterFilter,
        study.ledger_rows,
        study.ledger,
    ),
    "member_roster": Ledger(
        gettext_lazy("Roster of members"),
        members.TITLE,
        members.UNIT,
        members.COUNTED,
        members.RULE,
        members.COLUMNS,
        members.RosterFilter,
        members.roster_rows,
        members.roster,
    ),
}


def run(job: Job, out: Path, tick: registry.Tick) -> str:
    """Write the ledger a job asks for, with what its owner may export at this moment; the file's name."""
    ledger, user = LEDGERS[job.kind], job.owner
    user.require(Right.EXPORT, None)
    if job.params.get("within") != places(user):
        raise ValidationError(_("Your offices have changed since this export was asked for. Please start it again."))
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
        counted=ledger.counted,
        notes=[*_notes(user, chosen, len(keys or ())), *_left_out(ledger, job, user), ("口径", ledger.rule)],
    )
    sections = _sections(user, ledger.lines(rows))
    written = write_sections(out, layout, sections, tick=lambda done, _total: tick(done, total))
    told = _("%(file)s, %(rows)d rows") % {"file": ledger.title, "rows": written}
    audit("exported", actor=user, note=told, address=job.params.get("address"), acted_as=_hats(user))
    return f"{ledger.title}_{timezone.localdate():%Y%m%d}.xlsx"


def places(user: Any) -> list[int]:
    """Where the person exports on this day: a file is for whoever still exports wherever it was made for."""
    return sorted({held.organisation_id for held in user.reach.giving(Right.EXPORT)})


def _hats(user: Any) -> str:
    """The offices on which the person exports."""
    return "、".join(dict.fromkeys(held.words for held in user.reach.giving(Right.EXPORT)))


def may_fetch(job: Job, user: Any) -> bool:
    """True while the person still exports everywhere the file was made for."""
    return "within" in job.params and set(job.params["within"]) <= set(places(user))


def _sections(user: Any, lines: Iterator[Line]) -> Sections:
    """The rows of each general branch under its name, those that hang on none between them without one."""
    generals = Organisation.objects.visible_to(user).filter(kind=Kind.GENERAL_BRANCH)
    names = dict(generals.values_list("path", "name"))
    paths = groupby(lines, key=lambda line: next((path for path in above(line[0]) if path in names), ""))
    return ((names.get(path, ""), (cells for _path, cells in part)) for path, part in paths)


def _asked_by(user: Any) -> Any:
    """What a filter asks of a request: for whom."""
    return SimpleNamespace(user=user)


def _unit_of(user: Any) -> str:
    """The topmost organisation the person exports for."""
    return Organisation.objects.visible_to(user).values_list("name", flat=True).first() or ""


def _notes(user: Any, chosen: FilterSet, selected: int) -> list[tuple[str, str]]:
    """Who, when, by which filter; words of the official sheet, hence Chinese."""
    told = [
        f"{field.label}：{_told(user, chosen, name)}"
        for name, field in chosen.form.fields.items()
        if chosen.form.cleaned_data.get(name)
    ]
    if selected:
        told.append(f"勾选的{selected}条")
    return [
        ("导出人", f"{user.name}（{user.acting_as() or '本人'}）"),
        ("导出时间", f"{timezone.localtime():%Y-%m-%d %H:%M}"),
        ("筛选条件", "；".join(told) or "全部（本人可见范围）"),
    ]


def _left_out(ledger: Ledger, job: Job, user: Any) -> list[tuple[str, str]]:
    """What of the list as filtered, or as ticked, is not in the file."""
    if not ledger.listed or not ledger.left_out:
        return []
    rows = ledger.filters(QueryDict(job.params["query"]), queryset=ledger.listed(user), request=_asked_by(user)).qs
    keys = job.params.get("selected")
    words = ledger.left_out(rows.filter(pk__in=keys) if keys else rows, user)
    return [("导出范围", words)] if words else []


def _told(user: Any, chosen: FilterSet, name: str) -> str:
    """A condition as the filter area words it: a place by its name, the label of a choice, both ends of a span."""
    field, value = chosen.form.fields[name], chosen.form.cleaned_data[name]
    if isinstance(chosen.filters[name], PlaceFilter):
        return Organisation.objects.visible_to(user).filter(pk=value).values_list("name", flat=True).first() or "—"
    if isinstance(value, slice):
        return f"{value.start or ''}～{value.stop or ''}"
    if isinstance(value, Model):
        return str(value)
    return str(dict(getattr(field, "choices", ())).get(value, value))


for _kind, _ledger in LEDGERS.items():
    registry.register(_kind, label=_ledger.label, run=run, may_fetch=may_fetch)
