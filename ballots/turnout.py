"""How full the box is, roughly: an exact number would tell, watched in the hall, whose ballot was the last."""

from django.utils.translation import gettext as _

from ballots.models import Box, Poll, Slip, SlipState

STEP = 5


def turnout(poll: Poll) -> str:
    """In words: so many or more, in steps; all, once every slip that is out was used."""
    states = list(Slip.objects.filter(poll=poll).exclude(state=SlipState.VOID).values_list("state", flat=True))
    used = states.count(SlipState.USED)
    if states and used == len(states):
        return _("All %(number)d slips are in the box.") % {"number": used}
    if used < STEP:
        return _("Fewer than %(number)d ballots are in the box.") % {"number": STEP}
    return _("%(number)d ballots or more are in the box.") % {"number": used - used % STEP}


def slips_out(poll: Poll) -> int:
    """How many slips are out and not void, used or not."""
    return Slip.objects.filter(poll=poll).exclude(state=SlipState.VOID).count()


def holds_few(poll: Poll) -> bool:
    """Whether it holds fewer ballots than totals are shown of."""
    return Box.objects.filter(poll=poll).count() < poll.min_show


def box_numbers(poll: Poll) -> tuple[int, int]:
    """Of a closed box: how many slips were printed and not void, and how many ballots it holds."""
    issued = Poll.objects.values_list("issued", flat=True).get(pk=poll.pk)
    return issued, Box.objects.filter(poll=poll).count()
