"""What the pages of talks show."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from branches import moving
from branches.models import Organisation, User
from branches.models.organisations import Kind
from branches.rights import Right
from meetings.models import Talk, TalkContent
from meetings.talks import actions
from meetings.talks.forms import DayForm, RowSet
from meetings.talks.parties import people_on
from meetings.talks.rules import takes_content
from meetings.talks.triggers import triggers_of
from shell.dates import DateError, read_day


def places(user: User) -> QuerySet[Organisation]:
    """The branches in which this person records talks."""
    rights = (Right.KEEP_REGISTER, Right.WRITE_FOR_COMMITTEE)
    paths = {path for right in rights for path in user.reach.office_paths(right)}
    return Organisation.objects.visible_to(user).filter(Q(path__in=paths), kind=Kind.BRANCH).order_by("path")


class Sheet:
    """The page on which the talks of one day are typed."""

    def __init__(self, organisation: Organisation, data: QueryDict | None, writer: User) -> None:
        self.organisation, self.writer = organisation, writer
        today = timezone.localdate()
        day = _day(data) or today
        may_write = writer.may(Right.WRITE_FOR_COMMITTEE, Talk(organisation=organisation))
        self.takes_content = may_write and takes_content(organisation.path, day)
        self.people = people_on(organisation, day, writer)
        self.day = DayForm(data, initial={"held_on": today})
        given = {
            "people": self.people,
            "triggers": triggers_of(organisation.path),
            "takes_content": self.takes_content,
        }
        self.rows = RowSet(data, prefix="row", form_kwargs=given)

    def is_valid(self) -> bool:
        """Both parts are read, so that every fault is shown at once."""
        valid = all([self.day.is_valid(), self.rows.is_valid()])
        if not self.rows.is_valid():
            faults = [words for row in self.rows for messages in row.errors.values() for words in messages]
            self.day.add_error(None, list(dict.fromkeys(map(str, faults))))
        if valid and not self._entries():
            self.day.add_error(None, _("Please fill in at least one line."))
            return False
        return valid

    def save(self) -> int:
        """Record what was typed; how many talks. Raises what the action raises."""
        found = self.day.cleaned_data
        made = actions.record_talks(
            self.organisation, found["held_on"], found["place"], self._entries(), actor=self.writer
        )
        return len(made)

    def _entries(self) -> list[actions.Entry]:
        return [entry for row in self.rows if (entry := row.entry())]


def _day(data: QueryDict | None) -> Any:
    """The day whose register counts, as far as it can be read."""
    try:
        return read_day(data.get("held_on", "")) if data else None
    except DateError:
        return None


def shown(talk: Talk, user: User) -> dict[str, Any]:
    """What the page of a talk prints for this person; its content only where that is his."""
    content = TalkContent.objects.visible_to(user).filter(talk=talk).first()
    return {
        "talk": talk,
        "content": content,
        "hides_notes": not any(user.may(right, talk) for right in (Right.READ_BRANCH, Right.OVERSEE)),
        **moving.shown(talk, user),
    }
