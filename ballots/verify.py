"""What must hold over polls: `manage.py verify`."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, F, OuterRef, Sum
from django.utils.translation import gettext_lazy as _

from ballots.models import Box, Count, Line, Poll, Slip, Tally
from workflow.checking import check


@check("ballots.sums", _("Where one option may be marked, marks and abstentions are as many as valid ballots"))
def sums() -> Iterable[Any]:
    counted = Line.objects.filter(most=1, sheet__ballot_numbers__isnull=False)
    return counted.annotate(given=Sum("tallies__n", default=0)).exclude(given=F("sheet__ballot_numbers__valid"))


@check("ballots.within_valid", _("No option was marked more often than there are valid ballots"))
def within_valid() -> Iterable[Any]:
    return Tally.objects.filter(n__gt=F("line__sheet__ballot_numbers__valid"))


@check("ballots.no_total_while_open", _("While a poll is open there is no total of it"))
def no_total_while_open() -> Iterable[Any]:
    return Poll.objects.filter(Exists(Count.objects.filter(sheet__poll=OuterRef("pk"))), is_open=True)


@check("ballots.slips_end_with_the_poll", _("No slip of a poll that was counted is kept"))
def slips_end_with_the_poll() -> Iterable[Any]:
    counted = Count.objects.filter(sheet__poll=OuterRef("poll_id"))
    return Slip.objects.filter(Exists(counted))


@check("ballots.boxes_have_a_key", _("A box that no key opens is kept nowhere"))
def boxes_have_a_key() -> Iterable[Any]:
    return Box.objects.filter(poll__public_key=None)
