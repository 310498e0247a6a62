"""The forms of meetings as data: what the regulation calls them and what each asks for.

Local departures belong to the rule set; a stable code stands in the database, the wording here.
"""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Form(TextChoices):
    GENERAL_MEETING = "general_meeting", _("General meeting")
    COMMITTEE_MEETING = "committee_meeting", _("Committee meeting")
    GROUP_MEETING = "group_meeting", _("Group meeting")
    PARTY_LECTURE = "party_lecture", _("Party lecture")
    THEME_DAY = "theme_day", _("Theme day")
    ORG_LIFE_MEETING = "org_life_meeting", _("Organisational life meeting")


@dataclass(frozen=True)
class Kind:
    """accepted_singly: the superior accepts each record; the others are filed on submission and spot-checked (F13).
    open_to_members: a member of the branch who was not there may read the record.
    decides: something may be voted on, so that the page tells of the quorum.
    appraises: part of the yearly appraisal, whose year the form begins with.
    agenda: the ready agenda, one item a line, to be edited.
    """

    accepted_singly: bool = False
    open_to_members: bool = True
    decides: bool = False
    appraises: bool = False
    agenda: tuple = ()


KINDS: dict[str, Kind] = {
    Form.GENERAL_MEETING: Kind(decides=True),
    Form.COMMITTEE_MEETING: Kind(open_to_members=False, decides=True),
    Form.GROUP_MEETING: Kind(),
    Form.PARTY_LECTURE: Kind(),
    Form.THEME_DAY: Kind(),
    Form.ORG_LIFE_MEETING: Kind(
        accepted_singly=True,
        decides=True,
        appraises=True,
        agenda=(
            _("The secretary examines the work of the committee; members comment on it"),
            _("Committee members and members examine themselves and criticise one another"),
            _("The secretary comments on each member"),
            _("The guest from the superior comments"),
            _("The secretary states what will follow"),
        ),
    ),
}
OPEN_FORMS = tuple(form for form, kind in KINDS.items() if kind.open_to_members)
