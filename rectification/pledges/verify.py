"""What must hold of pledges."""

from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from branches.models.organisations import Kind
from rectification.models import Pledge
from rectification.pledges.states import SHOWN_AT_HOME, PledgeState
from workflow.checking import check, untold


@check("rectification.pledges_told", _("The history tells of every pledge"))
def pledges_told() -> QuerySet[Any]:
    return untold(Pledge.objects.all())


@check("rectification.pledges_dated", _("A pledge of a branch has the days of the steps it has made, and no others"))
def pledges_dated() -> QuerySet[Any]:
    rated = [PledgeState.KEPT, PledgeState.UNKEPT]
    undated = Q(state__in=SHOWN_AT_HOME, published_on=None) | Q(state__in=rated) & (
        Q(rated_on=None) | Q(rated_words="")
    )
    early = Q(rated_on__isnull=False) & ~Q(state__in=rated)
    return Pledge.objects.filter(undated | early | ~Q(organisation__kind=Kind.BRANCH))


@check("rectification.pledges_rated", _("A pledge is rated by a vote of its own branch"))
def pledges_rated() -> QuerySet[Any]:
    return Pledge.objects.filter(vote__isnull=False).exclude(vote__organisation=F("organisation"))
