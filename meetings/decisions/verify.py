"""What must hold of decisions: their numbers are those of the attendance list, their outcome that of the numbers."""

from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThan, GreaterThanOrEqual
from django.utils.translation import gettext_lazy as _

from meetings.decisions.kinds import BUSINESS_KINDS, EXCLUDING, Business, BusinessKind, Share
from meetings.decisions.votes import ELECTED, Outcome
from meetings.models import Attendance, Decision, DueExclusion
from meetings.states import WORDED
from workflow.checking import check


@check("meetings.decision_due", _("Those due at a decision are those with the right to vote on the list"))
def decision_due() -> QuerySet[Any]:
    """Less those left out, at an election or a disposal, who were not there (F8)."""
    excluded = DueExclusion.objects.filter(meeting=OuterRef("meeting"), member=OuterRef("member"))
    lists = Attendance.objects.filter(meeting=OuterRef("meeting"), may_vote=True).order_by()
    here = lists.filter(~Exists(excluded) | Q(status="present"))
    due = Case(When(business__in=EXCLUDING, then=_number(here)), default=_number(lists))
    return Decision.objects.annotate(really=due).exclude(due=F("really"))


def _number(rows: QuerySet[Any]) -> Coalesce:
    return Coalesce(Subquery(rows.annotate(one=Value(1)).values("one").annotate(n=Count("pk")).values("n")), 0)


@check("meetings.decision_sum", _("In a record handed in, yes, no and abstentions are those who took part in the vote"))
def decision_sum() -> QuerySet[Any]:
    votes = Decision.objects.filter(meeting__state__in=WORDED).exclude(business=Business.OPINION)
    right = Q(present=F("yes") + F("no") + F("abstain"), present__lte=F("meeting__voting_present"))
    right &= Q(due__gte=F("present") + F("written_yes"))
    return votes.annotate(adds_up=Case(When(right, then=True), default=False)).filter(adds_up=False)


@check("meetings.decision_outcome", _("The outcome of a decision is that of its numbers"))
def decision_outcome() -> QuerySet[Any]:
    """Worked out by the database from the same table of kinds; an announced result may not contradict it."""
    really = Case(*(When(business=name, then=_outcome(kind)) for name, kind in BUSINESS_KINDS.items()))
    return Decision.objects.annotate(really=really).exclude(outcome=F("really"))


def _outcome(kind: BusinessKind) -> Any:
    if kind.passes is None:
        return Value(Outcome.NOTED)
    uncounted = Q(yes=None) | Q(no=None) | Q(abstain=None)
    agree: Any = F("yes") + F("written_yes") if kind.counts_written else F("yes")
    enough = _holds(kind.passes, agree, "present" if kind.of_present else "due")
    decided = Case(When(enough, then=Value(Outcome.PASSED)), default=Value(Outcome.REJECTED))
    if kind.announced:
        elected = kind.of_present
        possible = Q(announced__in=ELECTED if elected else [Outcome.PASSED])
        otherwise = Q(announced=Outcome.NOT_ELECTED if elected else Outcome.REJECTED)
        fits = (enough & possible) | (~enough & otherwise)
        decided = Case(When(fits, then=F("announced")), default=Value(Outcome.OPEN))
    quorum = _holds(kind.quorum, F("present"), "due")
    return Case(
        When(~quorum, then=Value(Outcome.NO_QUORUM)), When(uncounted, then=Value(Outcome.OPEN)), default=decided
    )


def _holds(share: Share, number: Any, base: str) -> Q:
    have, need = number * share.times, F(base) * share.of
    compared: Any = GreaterThanOrEqual if share.or_equal else GreaterThan
    return Q(**{f"{base}__gt": 0}) & Q(compared(have, need))


@check("meetings.left_out", _("Who is left out of an election or a disposal stands on that day's list, with consent"))
def left_out() -> QuerySet[Any]:
    """Of records handed in: on the list with the right to vote and not there; consent and resolution are told."""
    line = Attendance.objects.filter(meeting=OuterRef("meeting"), member=OuterRef("member"), may_vote=True)
    told = ~Q(consent_by="") & ~Q(resolution="") & Q(consent_on__isnull=False)
    called = Exists(Decision.objects.filter(meeting=OuterRef("meeting"), business__in=EXCLUDING))
    rows = DueExclusion.objects.filter(meeting__state__in=WORDED)
    return rows.exclude(told & Q(called) & Q(Exists(line.exclude(status="present"))))
