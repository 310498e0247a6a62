"""Who was due at a meeting, who came, and its guests."""

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from branches.models import Member
from branches.scope import NOTHING
from shell.asked import asked
from workflow.constraints import one_of


class Status(models.TextChoices):
    PRESENT = "present", _("Came")
    ON_LEAVE = "on_leave", _("On leave")
    ABSENT = "absent", _("Absent")


class Way(models.TextChoices):
    """How a member took part otherwise than by sitting in the room (F14, F23): nobody who was away counts as there."""

    VIDEO = "video", _("By video")
    WRITTEN = "written", _("Written speech, read by another")
    AT_HOME = "at_home", _("Studied at home with a member of the branch")
    BY_POST = "by_post", _("Papers sent by post")


AWAY = tuple(way for way in Way if way != Way.VIDEO)  # those of members who were not there


class Attendance(models.Model):
    """One member of the register of that day at one meeting, with the rights as they were that day (F8)."""

    meeting = models.ForeignKey("meetings.Meeting", models.CASCADE, related_name="attendances")
    member = models.ForeignKey(Member, models.PROTECT, related_name="attendances")
    position = models.PositiveSmallIntegerField(default=0)
    status = models.CharField(_("Attendance"), max_length=10, choices=Status)
    reason = models.CharField(_("Reason"), max_length=100, blank=True)
    is_due = models.BooleanField(default=True)
    may_vote = models.BooleanField(default=False)
    way = models.CharField(_("Way of taking part"), max_length=10, choices=Way, blank=True)
    leads_above = models.BooleanField(default=False)  # serves in the committee of a superior: an ordinary member here

    class Meta:
        ordering = ["position"]
        constraints = [
            one_of("attendance", "status", Status),
            one_of("attendance", "way", Way, empty=True),
            models.CheckConstraint(
                condition=Q(way="") | (Q(way="video") ^ ~Q(status="present")), name="attendance_way_of_status"
            ),
            models.UniqueConstraint(fields=["meeting", "member"], name="attendance_once"),
            models.CheckConstraint(condition=Q(is_due=True) | ~Q(status="present"), name="attendance_who_came_was_due"),
        ]
        indexes = [
            models.Index(fields=["member", "meeting"], name="attendance_by_member"),
            models.Index(fields=["meeting"], condition=Q(leads_above=True), name="attendance_of_leaders"),
        ]


class GuestKind(models.TextChoices):
    OBSERVER = "observer", _("Observer")
    MASSES = "masses", _("Representative of the masses")
    SUPERIOR = "superior", _("Sent by the superior")
    TAKING_PART = "taking_part", _("Mobile member from elsewhere")


class Observer(models.Model):
    """A guest 列席人员: needs no account and no entry in the register."""

    meeting = models.ForeignKey("meetings.Meeting", models.CASCADE, related_name="observers")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("Name"), max_length=40)
    title = models.CharField(_("Title"), max_length=80, blank=True)
    kind = models.CharField(_("Kind of guest"), max_length=20, choices=GuestKind, default=GuestKind.OBSERVER)

    class Meta:
        ordering = ["position"]
        constraints = [one_of("observer", "kind", GuestKind)]

    def __str__(self) -> str:
        kind = "" if self.kind == GuestKind.OBSERVER else self.get_kind_display()
        more = "，".join(filter(None, (kind, self.title)))
        return f"{self.name}（{more}）" if more else self.name


def took_part(reach: Any, meeting: str) -> Q:
    """The condition that the person stands in the attendance list of the meeting named by that outer column."""
    if reach.member_key is None:
        return NOTHING
    return Q(Exists(asked(Attendance).filter(meeting=OuterRef(meeting), member=reach.member_key)))
