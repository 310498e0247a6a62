"""Which form of meeting laid down by a superior a sitting may go by."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from branches.tree import contains
from meetings.models import Meeting


def require_offered(meeting: Meeting) -> None:
    """Raise ValidationError unless its form was laid down above its branch, for the form of the regulation it has."""
    own = meeting.own_form
    if own and not (own.form == meeting.form and contains(own.organisation.path, meeting.organisation.path)):
        raise ValidationError(_("This form of meeting is not laid down for this branch."))
