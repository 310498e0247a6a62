"""What was on the agenda of a meeting and what was said; and a filed record as it stood before a correction."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from branches.scope import NOTHING, OrganisationScoped
from meetings.kinds import OPEN_FORMS, Form
from meetings.models.attendance import Attendance
from meetings.models.meetings import Meeting
from meetings.states import WORDED


class AgendaItem(models.Model):
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(_("Agenda item"), max_length=200)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["meeting", "position"], name="agendaitem_position_once")]


class MinutesQuerySet(OrganisationScoped):
    path_lookup = "meeting__organisation__path"

    def visible_to(self, user: Any) -> Self:
        """The branch's record keepers always; members who may see the meeting, and superiors, once submitted."""
        reach, worded, above = user.reach, Q(meeting__state__in=WORDED), self.of_oversight(user)
        listed = self.rows_of(Attendance).filter(member=reach.member_key).values("meeting")
        took_part = Q(meeting__in=listed) & worded if reach.member_key else NOTHING
        public = self.of_home(user) & Q(meeting__form__in=OPEN_FORMS) & worded if reach.home_path else NOTHING
        led = Q(meeting__group__in=reach.group_keys) if reach.group_keys else NOTHING
        overseen = above & worded if above != NOTHING else NOTHING
        return self.reached(overseen, took_part, public, self.of_office(user), led)


class Minutes(models.Model):
    """The words of a meeting, apart from its facts so that a superior sees a draft exists and not what it says."""

    meeting = models.OneToOneField(Meeting, models.CASCADE, primary_key=True, related_name="minutes")
    text = models.TextField(_("Minutes"), blank=True)
    by_form = models.JSONField(default=dict, blank=True)  # words of the other forms of the same sitting, by code

    objects = MinutesQuerySet.as_manager()

    @property
    def parts(self) -> list[tuple[str, str]]:
        """The words form by form, (what they are of, text), those of the record's own form first."""
        own = [("", self.text)] if self.text else []
        return own + [(str(Form(form).label), text) for form, text in self.by_form.items()]

    @property
    def whole(self) -> str:
        """All words in one text, each further form under its name."""
        return "\n\n".join(f"【{name}】\n{text}" if name else text for name, text in self.parts)


class RevisionQuerySet(OrganisationScoped):
    path_lookup = "meeting__organisation__path"

    def visible_to(self, user: Any) -> Self:
        """Whoever reads the minutes of the record as it stands."""
        return self.filter(meeting__in=Minutes.objects.visible_to(user).values("pk"))


class Revision(models.Model):
    """A filed record as it stood before one correction (I6). Never changed; why and by whom stands in the history."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    filed = models.JSONField()
    words = models.TextField(blank=True)
    corrected_at = models.DateTimeField(auto_now_add=True)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="revision_number_once")]

    def __str__(self) -> str:
        return str(self.number)
