"""What was done afterwards for who was not there: he was told of the meeting, or made up for what was studied."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from branches.models import Member, User
from workflow.constraints import one_of


class Purpose(models.TextChoices):
    STUDIED = "studied", _("Study made up for")
    TOLD = "told", _("Told of the meeting afterwards")


class Manner(models.TextChoices):
    ALONE = "alone", _("By himself")
    TOGETHER = "together", _("Together with others")
    AT_HOME = "at_home", _("Visited at home")
    BY_POST = "by_post", _("By post or electronically")
    BY_PHONE = "by_phone", _("By telephone or in talk")


class FollowUp(models.Model):
    """One member, one purpose, one meeting; stays beside the list, which is written anew with each correction."""

    meeting = models.ForeignKey("meetings.Meeting", models.CASCADE, related_name="follow_ups")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    purpose = models.CharField(_("What was done"), max_length=10, choices=Purpose)
    way = models.CharField(_("Way"), max_length=10, choices=Manner)
    done_on = models.DateField(_("Done on"))
    noted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        ordering = ["done_on", "pk"]
        constraints = [
            one_of("followup", "purpose", Purpose),
            one_of("followup", "way", Manner),
            models.UniqueConstraint(fields=["meeting", "member", "purpose"], name="followup_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {self.done_on} {self.get_way_display()}"
