"""What the sites say against what was counted."""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from appraisals.models import Vote
from appraisals.votes.sites.reading import sites_of
from ballots.actions import Ballots
from ballots.turnout import box_numbers


def require_agreement(vote: Vote, numbers: Collection[Ballots]) -> None:
    """Of forms on paper: what was issued is what the sites have handed out, and no more were collected than came back
    to them. Raises ValidationError."""
    sites = sites_of(vote)
    if not sites:
        raise ValidationError(_("Please enter first how many forms were handed out at each site."))
    if any(one.issued != sites.issued for one in numbers):
        raise ValidationError(_("The sites have handed out %(number)d forms together.") % {"number": sites.issued})
    most = sites.issued if sites.collected is None else sites.collected
    counted = max(one.collected for one in numbers)
    if counted > most:
        words = _("%(collected)d ballots are more than came back to the sites (%(most)d). Please check their numbers.")
        raise ValidationError(words % {"collected": counted, "most": most})


def handed_out(vote: Vote) -> int | None:
    """How many slips the sites have given out: no fewer than were cast, no more than were printed; None at a meeting,
    where each slip printed is drawn. Raises ValidationError."""
    if not vote.is_outside:
        return None
    given = sites_of(vote).issued
    printed, cast = box_numbers(vote.poll)
    if not cast <= given <= printed:
        words = _(
            "The sites have handed out %(issued)d slips, but %(cast)d are in the box and %(printed)d were printed. "
            "Please correct the numbers of the sites."
        )
        raise ValidationError(words % {"issued": given, "cast": cast, "printed": printed})
    return given
