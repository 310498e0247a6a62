"""R08: which pairs of the committee have not talked with one another before the organisational life meeting."""

from django.utils.translation import gettext as _

from branches.rules.sets import RuleSet
from meetings.models import Meeting
from meetings.talks.coverage import lacking_pairs
from meetings.talks.rules import first_day


def untalked(meeting: Meeting) -> str:
    """The pairs in words, empty where all have talked: from the first day of the year that is appraised, or of the
    meeting's own where it names none, to the day of the meeting."""
    year = meeting.appraisal_year or meeting.held_on.year
    since = first_day(RuleSet(meeting.organisation.path, year), year)
    pairs = lacking_pairs(meeting.organisation, since, meeting.held_on)
    if not pairs:
        return ""
    told = "、".join(f"{one}—{two}" for one, two in pairs)
    return _("Committee members who have not yet talked with one another: %s.") % told
