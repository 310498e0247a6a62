"""What must hold of publications."""

from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from branches.models.organisations import Kind
from rectification.models import Publication, PublicationLine
from rectification.publishing.rules import OF_ALL
from rectification.publishing.states import ONCE_PUBLIC, PublicationState
from workflow.checking import check, untold


@check("rectification.publications_told", _("The history tells of every publication"))
def publications_told() -> QuerySet[Any]:
    return untold(Publication.objects.all())


@check("rectification.publications_passed", _("What is public was proposed, reviewed and approved, each on its day"))
def publications_passed() -> QuerySet[Any]:
    steps = Q(proposed_by=None) | Q(proposed_on=None)
    reviewed = Q(reviewed_by=None) | Q(reviewed_on=None) | Q(reviewed_words="")
    approved = Q(approved_by=None) | Q(approved_on=None)
    lines = Exists(PublicationLine.objects.filter(publication=OuterRef("pk")))
    lacking = Q(state__in=[*ONCE_PUBLIC, PublicationState.APPROVED]) & (steps | reviewed | approved | ~Q(lines))
    lacking |= Q(state=PublicationState.REVIEWED) & (steps | reviewed) | Q(state=PublicationState.PROPOSED) & steps
    undated = Q(state__in=ONCE_PUBLIC) & (Q(published_on=None) | Q(published_on__gt=F("until")))
    return Publication.objects.filter(lacking | undated | ~Q(organisation__kind=Kind.BRANCH))


@check(
    "rectification.publications_of_all", _("What is put before an audience is a problem of that branch, no member's")
)
def publications_of_all() -> QuerySet[Any]:
    own = Q(publication__organisation=F("problem__organisation"), problem__whose__in=OF_ALL)
    return PublicationLine.objects.exclude(own)
