"""What must hold of stages, progress and rosters."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from appraisals.models import LeadingPost, Progress, Requirement, RosterEntry, RosterEvent, Round, SchemeStep, Stage
from appraisals.rounds.states import BEHIND, OUT, ProgressState
from figures.registry import registered
from workflow.checking import check


@check("rounds.positions", _("The stages of a round are numbered from 1 without a gap"))
def positions() -> QuerySet[Any]:
    counted = Round.objects.annotate(n=Count("stages"), last=Max("stages__position"))
    return counted.exclude(n=0).exclude(n=F("last"))


@check("rounds.known_figures", _("Requirements ask for figures that exist"))
def known_figures() -> QuerySet[Any]:
    codes = [metric.code for metric in registered()]
    return Requirement.objects.exclude(metric__in=codes, base__in=["", *codes])


@check("rounds.progress_of_round", _("A branch is in stages of the round it belongs to"))
def progress_of_round() -> QuerySet[Any]:
    return Progress.objects.exclude(round=F("stage__round"))


@check("rounds.dated", _("What was asked for or passed says on which day"))
def dated() -> QuerySet[Any]:
    undated = Q(state=ProgressState.PASSED, passed_on=None) | Q(state=ProgressState.REQUESTED, requested_on=None)
    return Progress.objects.filter(undated)


@check("rounds.every_stage", _("A branch in one stage of a round is in each of them"))
def every_stage() -> Iterator[str]:
    """A line for each (round, branch) with fewer rows than the round has stages."""
    stages = dict(Stage.objects.order_by().values_list("round").annotate(n=Count("pk")))
    rows = Progress.objects.order_by().values_list("round", "organisation").annotate(n=Count("pk"))
    yield from (f"appraisals.round:{key} branches.organisation:{place}" for key, place, n in rows if n != stages[key])


@check("rounds.one_after_another", _("No stage is passed before the one ahead of it"))
def one_after_another() -> QuerySet[Any]:
    earlier = Progress.objects.filter(
        round=OuterRef("round"), organisation=OuterRef("organisation"), stage__position__lt=OuterRef("stage__position")
    )
    open_before = earlier.exclude(state__in=[*BEHIND, *OUT, ProgressState.RETURNED])
    return Progress.objects.filter(Exists(open_before), state=ProgressState.PASSED)


@check("rounds.roster_events", _("Whoever was handed over is appraised by the branch he was handed to last"))
def roster_events() -> QuerySet[Any]:
    moved = RosterEvent.objects.filter(entry=OuterRef("pk"), target__isnull=False).order_by("-happened_on", "-pk")
    rows = RosterEntry.objects.annotate(last=moved.values("target")[:1])
    return rows.filter(~Q(last=None), ~Q(last=F("organisation")))


@check("rounds.schemes_within", _("The plan of an organisation for a round is of the round's own, or of one below it"))
def schemes_within() -> Iterator[str]:
    """A line for each (round, organisation) whose plan stands where the round does not reach."""
    for model in (LeadingPost, SchemeStep):
        rows = model.objects.exclude(organisation__path__startswith=F("round__organisation__path")).order_by()
        for key, place in rows.values_list("round", "organisation").distinct():
            yield f"appraisals.round:{key} branches.organisation:{place}"
