"""What a meeting decided, and who was left out of those due at its elections and disposals."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from branches.models import Member
from branches.scope import OrganisationScoped
from meetings.decisions.kinds import Business, Ground, Method
from meetings.decisions.votes import Outcome, Vote
from meetings.models.meetings import Meeting
from meetings.models.minutes import MinutesQuerySet
from meetings.states import WORDED
from workflow.constraints import one_of


class DecisionQuerySet(MinutesQuerySet):
    """Read by whoever reads the minutes of its meeting: `visible_to` is theirs."""


class Decision(models.Model):
    """One matter a meeting decided, with its numbers in persons. `due`, `present` and `outcome` are worked out by the
    action that writes the record; `verify` works them out again."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="decisions")
    position = models.PositiveSmallIntegerField()
    subject = models.CharField(_("Matter decided"), max_length=200)
    business = models.CharField(_("Kind of business"), max_length=20, choices=Business)
    method = models.CharField(_("Way of voting"), max_length=10, choices=Method, default=Method.HANDS)
    due = models.PositiveIntegerField(_("Due with the right to vote"), default=0)
    present = models.PositiveIntegerField(_("Came with the right to vote"), default=0)
    yes = models.PositiveIntegerField(_("In favour"), null=True, blank=True)
    no = models.PositiveIntegerField(_("Against"), null=True, blank=True)
    abstain = models.PositiveIntegerField(_("Abstentions"), null=True, blank=True)
    written_yes = models.PositiveIntegerField(_("Yes in writing"), default=0)
    announced = models.CharField(_("Result announced"), max_length=20, choices=Outcome, blank=True)
    outcome = models.CharField(_("Outcome"), max_length=20, choices=Outcome, default=Outcome.OPEN)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        ordering = ["position"]
        constraints = [
            one_of("decision", "business", Business),
            one_of("decision", "method", Method),
            one_of("decision", "outcome", Outcome),
            one_of("decision", "announced", Outcome, empty=True),
            models.UniqueConstraint(fields=["meeting", "position"], name="decision_position_once"),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def vote(self) -> Vote:
        """Its numbers, to be worked with."""
        return Vote(
            self.business, self.due, self.present, self.yes, self.no, self.abstain, self.written_yes, self.announced
        )


class DueExclusionQuerySet(OrganisationScoped):
    path_lookup = "meeting__organisation__path"

    def visible_to(self, user: Any) -> Self:
        """The branch's record keepers, and superiors once it is handed in: it tells of illness and punishment."""
        return self.filter(self.of_office(user) | self.of_oversight(user) & Q(meeting__state__in=WORDED))


class DueExclusion(models.Model):
    """A member left out of those due at the elections and disposals of one sitting: on what ground, with whose consent,
    by which resolution. Never out of 应参加, nor of an ordinary decision (F8)."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="exclusions")
    position = models.PositiveSmallIntegerField()
    member = models.ForeignKey(Member, models.PROTECT, related_name="exclusions", verbose_name=_("Member"))
    ground = models.CharField(_("Ground"), max_length=20, choices=Ground)
    consent_by = models.CharField(_("Superior who consented"), max_length=80, blank=True)
    consent_on = models.DateField(_("Consented on"), null=True, blank=True)
    reference = models.CharField(_("Document number"), max_length=60, blank=True)
    resolution = models.CharField(_("Resolution of the meeting"), max_length=120, blank=True)

    objects = DueExclusionQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            one_of("dueexclusion", "ground", Ground),
            models.UniqueConstraint(fields=["meeting", "member"], name="dueexclusion_member_once"),
        ]
