"""What must hold of visits."""

from typing import Any

from django.db.models import CharField, Count, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from appraisals.models import MakeupItem, Urging, Visit, VisitLine
from appraisals.supervision.states import STANDING, VisitState
from branches.models import Organisation
from branches.models.organisations import Kind
from workflow.checking import check


@check("supervision.dated", _("A visit record has a day for each step it has made, and none for others"))
def dated() -> QuerySet[Any]:
    told = Q(state__in=[*STANDING, VisitState.REPLACED])
    known = Q(state=VisitState.ACKNOWLEDGED)
    undated = told & Q(submitted_on=None) | known & Q(acknowledged_on=None)
    early = Q(state=VisitState.DRAFT, submitted_on__isnull=False)
    early |= Q(state__in=[VisitState.DRAFT, VisitState.SUBMITTED], acknowledged_on__isnull=False)
    return Visit.objects.filter(undated | early)


@check("supervision.of_branches", _("Visits are made to branches, below the organisation of their round"))
def of_branches() -> QuerySet[Any]:
    within = Organisation.objects.filter(pk=OuterRef("round__organisation_id"))
    inside = within.annotate(below=ExpressionWrapper(OuterRef("organisation__path"), CharField())).filter(
        below__startswith=F("path")
    )
    astray = Q(round__isnull=False) & ~Exists(inside)
    return Visit.objects.filter(~Q(organisation__kind=Kind.BRANCH) | astray)


@check("supervision.replaced", _("A record is replaced exactly while a correction of it exists"))
def replaced() -> QuerySet[Any]:
    corrected = Exists(Visit.objects.filter(corrects=OuterRef("pk")))
    is_replaced = Q(state=VisitState.REPLACED)
    return Visit.objects.filter(is_replaced & ~corrected | ~is_replaced & corrected)


@check("supervision.has_lines", _("A visit record has the lines of its checklist"))
def has_lines() -> QuerySet[Any]:
    return Visit.objects.annotate(n=Count("found_lines")).filter(n=0)


@check("supervision.items", _("What a submitted visit wants made up is an item of that branch and round"))
def items() -> QuerySet[Any]:
    same = MakeupItem.objects.filter(
        pk=OuterRef("item"), organisation=OuterRef("visit__organisation"), round=OuterRef("visit__round")
    )
    owed = Q(wants_makeup=True, visit__state__in=STANDING)
    early = Q(item__isnull=False, visit__state=VisitState.DRAFT)
    return VisitLine.objects.filter(owed & ~Exists(same) | early)


@check("supervision.urged_there", _("Whoever was urged was urged for a stage of that branch"))
def urged_there() -> QuerySet[Any]:
    return Urging.objects.exclude(organisation=F("step__organisation"))
