"""The forms of meetings as data: what the regulation calls them and what each asks for.

Local departures belong to the rule set; a stable code stands in the database, the wording here.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class Form(TextChoices):
    GENERAL_MEETING = "general_meeting", _("General meeting")
    COMMITTEE_MEETING = "committee_meeting", _("Committee meeting")
    GROUP_MEETING = "group_meeting", _("Group meeting")
    PARTY_LECTURE = "party_lecture", _("Party lecture")
    THEME_DAY = "theme_day", _("Theme day")
    ORG_LIFE_MEETING = "org_life_meeting", _("Organisational life meeting")
    OTHER = "other", _("Other meeting")  # asked for by no rule: 座谈会, 动员会


class Circle(StrEnum):
    """Who is called: forms of one circle may fall on one sitting, for it has one attendance list."""

    BRANCH = "branch"
    COMMITTEE = "committee"
    GROUP = "group"


@dataclass(frozen=True)
class Kind:
    """circle: who is called.
    leads: the record goes by this form where several fall on one sitting, since its rules hold for the whole.
    accepted_singly: the superior accepts each record; the others are filed on submission and spot-checked (F13).
    open_to_members: a member of the branch who was not there may read the record.
    decides: something may be voted on, so that the page tells of the quorum.
    alone: counts as nothing else, and nothing else as it.
    appraises: part of the yearly appraisal, whose year the form begins with.
    agenda: the ready agenda, one item a line, to be edited.
    """

    circle: Circle = Circle.BRANCH
    leads: bool = False
    accepted_singly: bool = False
    open_to_members: bool = True
    decides: bool = False
    appraises: bool = False
    alone: bool = False
    agenda: tuple = ()


KINDS: dict[str, Kind] = {
    Form.GENERAL_MEETING: Kind(decides=True),
    Form.COMMITTEE_MEETING: Kind(circle=Circle.COMMITTEE, open_to_members=False, decides=True),
    Form.GROUP_MEETING: Kind(circle=Circle.GROUP),
    Form.PARTY_LECTURE: Kind(),
    Form.THEME_DAY: Kind(),
    Form.ORG_LIFE_MEETING: Kind(
        leads=True,
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
    Form.OTHER: Kind(alone=True),
}
# As which a superior's own forms are held: a group's meetings are the group's, whatever they are called.
OWNED = tuple(form for form in Form if KINDS[form].circle != Circle.GROUP)
REGULAR = tuple((form.value, form.label) for form in Form if not KINDS[form].alone)
OPEN_FORMS = tuple(form for form, kind in KINDS.items() if kind.open_to_members)


def refusal(form: str, other: str) -> str:
    """Why a sitting of `form` cannot count as `other` too, in words; empty where it can."""
    words = {"form": Form(form).label, "other": Form(other).label}
    if KINDS[form].circle != KINDS[other].circle:
        return gettext(
            "A sitting of the form “%(form)s” cannot count as “%(other)s” too: another circle of people is called."
            " Please record that one by itself."
        ) % words  # fmt: skip
    if KINDS[form].alone or KINDS[other].alone:
        return gettext("“%(form)s” and “%(other)s” are recorded each by itself.") % words
    if KINDS[other].leads or form == other:
        return gettext(
            "A sitting of the form “%(form)s” cannot count as “%(other)s” too: please record it as “%(other)s”, and"
            " let that one count as the other form."
        ) % words  # fmt: skip
    return ""


def combinable(form: str) -> tuple[Form, ...]:
    """The forms that a sitting of this form may count as, too."""
    return tuple(other for other in Form if form and not refusal(form, other))


COMBINABLE = tuple(other for other in Form if any(other in combinable(form) for form in Form))
