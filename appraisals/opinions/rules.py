"""What is asked of an entry before it is written."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from appraisals.models import Opinion, Round
from appraisals.opinions.models.register import LONGEST, MOST
from appraisals.states import RoundState
from branches.models import Organisation, Relation
from branches.tree import contains, under

EARLIEST = date(2000, 1, 1)
ABOUT_ONESELF = gettext_lazy(
    "An opinion about yourself, or about a committee you serve on, is entered by somebody else: please hand"
    " the paper to the superior organisation, or to a clerk who is not concerned."
)


def check_round(round_: Round, organisation: Organisation) -> None:
    """Raises ValidationError unless opinions are being asked for there now."""
    if round_.state != RoundState.OPEN or not contains(round_.organisation.path, organisation.path):
        raise ValidationError(_("This round is not under way at that organisation: please choose another round."))


def check_day(day: date) -> None:
    """Raises ValidationError for a day that has not come."""
    if not EARLIEST <= day <= timezone.localdate():
        raise ValidationError(_("Opinions are entered after they were given: please check the day."))


def check_words(text: str, count: int) -> None:
    """Raises ValidationError where it is too long or counts nothing."""
    if len(text) > LONGEST:
        raise ValidationError(_("At most %(most)d characters an opinion, please shorten it.") % {"most": LONGEST})
    if not 1 <= count <= MOST:
        raise ValidationError(_("An opinion counts from 1 to %(most)d mentions.") % {"most": MOST})


def check_person(member: Any, organisation: Organisation, on: date) -> None:
    """Raises ValidationError unless the member belongs to the organisation, or to one below it, on that day."""
    here = Relation.objects.on(on).filter(under(organisation.path, "organisation__path"), member=member)
    if not here.exists():
        raise ValidationError(_("%(name)s does not belong to this organisation on that day.") % {"name": member})


def check_writer(opinion: Opinion, actor: Any) -> None:
    """Raises ValidationError for whoever it is about: he would read it."""
    reach = getattr(actor, "reach", None)
    if reach is not None and opinion.concerns_whom(reach):
        raise ValidationError(ABOUT_ONESELF)
