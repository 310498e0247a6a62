"""What is being typed for a record and not yet saved: kept on the server as it stands in the fields."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from branches.models import Group, Organisation
from branches.rights import Right
from branches.scope import OrganisationScoped
from meetings.kinds import Form
from meetings.models.meetings import Meeting
from meetings.models.own_forms import OwnForm
from workflow.constraints import one_of


class UnsavedQuerySet(OrganisationScoped):
    def visible_to(self, user: Any) -> Self:
        """Whoever keeps the records there, and nobody else: not members, not superiors (I9)."""
        return self.filter(self.of_office(user, Right.KEEP_REGISTER) | Q(group__in=user.reach.group_keys))

    def of(self, meeting: Meeting, writer_key: str) -> Self:
        """What is typed for that record; for one that has no row yet, by that writer."""
        if meeting.pk:
            return self.filter(meeting=meeting)
        here = {"organisation": meeting.organisation_id, "form": meeting.form, "group": meeting.group_id}
        here["own_form"] = meeting.own_form_id
        return self.filter(meeting=None, writer_key=writer_key, **here)


class Unsaved(models.Model):
    """`values` are the fields of the writing page by name, valid or not; `revision` counts the savings."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    group = models.ForeignKey(Group, models.PROTECT, null=True, related_name="+")
    form = models.CharField(max_length=30, choices=Form)
    own_form = models.ForeignKey(OwnForm, models.PROTECT, null=True, related_name="+")
    meeting = models.OneToOneField(Meeting, models.CASCADE, null=True, related_name="+")
    writer_key = models.CharField(max_length=40)
    values = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(auto_now=True)

    objects = UnsavedQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("unsaved", "form", Form),
            models.UniqueConstraint(
                fields=["organisation", "form", "writer_key"],
                condition=Q(meeting=None, group=None, own_form=None),
                name="unsaved_once_a_form",
            ),
            models.UniqueConstraint(
                fields=["organisation", "own_form", "writer_key"],
                condition=Q(meeting=None, own_form__isnull=False),
                name="unsaved_once_an_own_form",
            ),
            models.UniqueConstraint(
                fields=["group", "writer_key"],
                condition=Q(meeting=None, group__isnull=False),
                name="unsaved_once_a_group",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def subject(self) -> Meeting:
        """The record it is typed for, also where that has no row yet: its rights are those of this."""
        return self.meeting or Meeting(organisation=self.organisation, form=self.form, group=self.group)
