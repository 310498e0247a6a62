"""Who was due at a meeting, who came, and its guests."""

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from branches.models import Member
from branches.scope import NOTHING
from workflow.constraints import one_of


class Status(models.TextChoices):
    PRESENT = "present", _("Came")
    ON_LEAVE = "on_leave", _("On leave")
    ABSENT = "absent", _("Absent")


class Attendance(models.Model):
    """One member of the register of that day at one meeting, with the rights as they were that day (F8)."""

    meeting = models.ForeignKey("meetings.Meeting", models.CASCADE, related_name="attendances")
    member = models.ForeignKey(Member, models.PROTECT, related_name="attendances")
    position = models.PositiveSmallIntegerField(default=0)
    status = models.CharField(_("Attendance"), max_length=10, choices=Status)
    reason = models.CharField(_("Reason"), max_length=100, blank=True)
    is_due = models.BooleanField(default=True)
    may_vote = models.BooleanField(default=False)

    class Meta:
        ordering = ["position"]
        constraints = [
            one_of("attendance", "status", Status),
            models.UniqueConstraint(fields=["meeting", "member"], name="attendance_once"),
            models.CheckConstraint(condition=Q(is_due=True) | ~Q(status="present"), name="attendance_who_came_was_due"),
        ]
        indexes = [models.Index(fields=["member", "meeting"], name="attendance_by_member")]


class Observer(models.Model):
    """A guest 列席人员: needs no account and no entry in the register."""

    meeting = models.ForeignKey("meetings.Meeting", models.CASCADE, related_name="observers")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("Name"), max_length=40)
    title = models.CharField(_("Title"), max_length=80, blank=True)

    class Meta:
        ordering = ["position"]


def took_part(reach: Any, meeting: str) -> Q:
    """The condition that the person stands in the attendance list of the meeting named by that outer column."""
    if reach.member_key is None:
        return NOTHING
    return Q(Exists(Attendance.objects.filter(meeting=OuterRef(meeting), member=reach.member_key)))
