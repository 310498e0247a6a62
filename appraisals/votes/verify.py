"""What must hold between votes and their polls: `manage.py verify`."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from appraisals.models import Partner, Subject, Vote, VoteSite
from appraisals.votes.states import BOXED, UNDER_WAY, VoteState
from ballots.models import Box, Count, Poll, Slip
from workflow.checking import check


@check("votes.box_open", _("A box is open exactly while its vote is under way"))
def box_open() -> Iterable[Any]:
    return Vote.objects.exclude(
        Q(state=VoteState.OPEN, poll__is_open=True) | ~Q(state=VoteState.OPEN) & Q(poll__is_open=False)
    )


@check("votes.slips_and_boxes_end", _("Slips end with the voting, boxes with the confirmation"))
def slips_and_boxes_end() -> Iterable[Any]:
    slips = Exists(Slip.objects.filter(poll=OuterRef("poll_id"))) & ~Q(state__in=UNDER_WAY)
    boxes = Exists(Box.objects.filter(poll=OuterRef("poll_id"))) & ~Q(state__in=BOXED)
    return Vote.objects.filter(slips | boxes)


@check("votes.totals", _("A vote has totals exactly once it is counted"))
def totals() -> Iterable[Any]:
    has = Exists(Count.objects.filter(sheet__poll=OuterRef("poll_id")))
    counted = Q(state__in=[VoteState.COUNTED, VoteState.CONFIRMED])
    return Vote.objects.filter(has & ~counted | counted & ~has)


@check("votes.sites", _("What was issued of a counted vote outside a meeting is what its sites handed out"))
def sites() -> Iterable[Any]:
    given = VoteSite.objects.filter(vote=OuterRef("pk")).order_by().values("vote").annotate(n=Sum("issued")).values("n")
    counted = Count.objects.filter(sheet__poll=OuterRef("poll_id")).exclude(issued=Coalesce(OuterRef("given"), 0))
    outside = Vote.objects.exclude(until=None).annotate(given=Subquery(given))
    return outside.filter(Exists(counted))


@check("votes.sites_outside_only", _("Only a vote outside a meeting has sites"))
def sites_outside_only() -> Iterable[Any]:
    return VoteSite.objects.filter(vote__until=None)


@check("votes.subjects", _("Whom a line is about belongs to the vote of that line"))
def subjects() -> Iterable[Any]:
    return Subject.objects.exclude(line__sheet__poll=F("vote__poll"))


@check("votes.branches", _("Whoever stands on a ballot belongs to a branch that votes"))
def branches() -> Iterable[Any]:
    along = Partner.objects.filter(vote=OuterRef("vote"), organisation=OuterRef("branch"))
    return Subject.objects.exclude(branch=F("vote__organisation")).exclude(Exists(along))


@check("votes.meetings", _("A vote belongs to a meeting of its own branch"))
def meetings() -> Iterable[Any]:
    return Vote.objects.exclude(meeting=None).exclude(meeting__organisation=F("organisation"))


@check("votes.partners", _("No branch votes along with itself"))
def partners() -> Iterable[Any]:
    return Partner.objects.filter(organisation=F("vote__organisation"))


@check("votes.polls", _("Every poll belongs to a vote"))
def polls() -> Iterable[Any]:
    return Poll.objects.filter(held_vote=None)
