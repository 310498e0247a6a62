"""The steps around an organisational life meeting, each with its last day, as the branch has scheduled them."""

from datetime import timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from branches.rights import Right
from branches.scope import OrganisationScoped
from meetings.kinds import Form
from meetings.models.meetings import Meeting
from meetings.schedule.steps import StepCode
from meetings.states import State
from workflow.constraints import one_of

AHEAD = timedelta(14)  # so long before its day a step waits for the secretary: nine lines at once would say nothing
GONE = (State.CANCELLED, State.VOID)


class ScheduleStepQuerySet(OrganisationScoped):
    path_lookup = "meeting__organisation__path"

    def visible_to(self, user: Any) -> Self:
        """Those of the branches one serves: a help for the branch, no report to anybody."""
        return self.filter(self.of_office(user))

    def waiting(self, user: Any) -> Self:
        """Open steps of the branches one leads, from some time before their day on."""
        soon = user.reach.day + AHEAD
        rows = self.filter(self.of_office(user, Right.LEAD), done_on=None, due_on__lte=soon)
        return rows.filter(meeting__form=Form.ORG_LIFE_MEETING).exclude(meeting__state__in=GONE)


class ScheduleStep(models.Model):
    """One step of one meeting: to be done by 18:00 of `due_on`; ticked by a person."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="steps")
    code = models.CharField(_("Step"), max_length=20, choices=StepCode)
    due_on = models.DateField(_("Until"))
    done_on = models.DateField(_("Done on"), null=True, blank=True)

    objects = ScheduleStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of a schedule")
        indexes = [models.Index(fields=["due_on"], name="schedulestep_open", condition=Q(done_on=None))]
        constraints = [
            one_of("schedulestep", "code", StepCode),
            models.UniqueConstraint(fields=["meeting", "code"], name="schedulestep_once"),
        ]

    def __str__(self) -> str:
        return f"{self.due_on} {self.get_code_display()}"
