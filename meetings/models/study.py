"""Study hours 学时: what was studied outside meetings, and where a computed credit was corrected by hand."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from branches.models import Member, Organisation, User
from branches.rights import Right
from branches.scope import OrganisationScoped
from meetings.models.meetings import Meeting
from workflow.constraints import one_of

MOST = 24  # hours of one entry or credit


class StudyKind(models.TextChoices):
    """The two columns, never one sum: 集中 and 自学 (F29)."""

    COLLECTIVE = "collective", _("Collective study")
    OWN = "own", _("Own study")


class StudyQuerySet(OrganisationScoped):
    def visible_to(self, user: Any) -> Self:
        """One's own; all of a branch one serves; below what one arranges as officer. Nobody else compares hours."""
        own = self.of_own(user, "member")
        return self.filter(own | self.of_office(user) | self.of_oversight(user, Right.ARRANGE))


class StudyEntry(models.Model):
    """What a member studied by himself, or made up for: typed, never computed. Withdrawn, never deleted."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="study_entries")
    member = models.ForeignKey(Member, models.PROTECT, related_name="study_entries")
    kind = models.CharField(_("Kind of study"), max_length=12, choices=StudyKind, default=StudyKind.OWN)
    studied_on = models.DateField(_("Day"))
    hours = models.DecimalField(_("Hours"), max_digits=4, decimal_places=1)
    subject = models.CharField(_("What was studied"), max_length=120)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    objects = StudyQuerySet.as_manager()

    class Meta:
        verbose_name = _("study entry")
        indexes = [models.Index(fields=["member", "studied_on"], name="studyentry_by_member")]
        constraints = [
            one_of("studyentry", "kind", StudyKind),
            models.CheckConstraint(condition=Q(hours__gt=0, hours__lte=MOST), name="studyentry_hours_of_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.studied_on} {self.get_kind_display()}"

    @property
    def owner_id(self) -> int:
        """Whose work it is: Right.OWN is asked of him."""
        return self.member_id


class StudyCorrection(models.Model):
    """The hours of one member at one meeting as set by hand, with the reason, in place of those computed."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="study_corrections")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="study_corrections")
    member = models.ForeignKey(Member, models.PROTECT, related_name="study_corrections")
    hours = models.DecimalField(_("Hours"), max_digits=4, decimal_places=1)
    reason = models.CharField(_("Reason"), max_length=200)

    objects = StudyQuerySet.as_manager()

    class Meta:
        verbose_name = _("corrected study credit")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "member"], name="studycorrection_once"),
            models.CheckConstraint(condition=Q(hours__gte=0, hours__lte=MOST), name="studycorrection_hours_of_a_day"),
        ]

    def __str__(self) -> str:
        return str(self.hours)


class StudyShortfallQuerySet(OrganisationScoped):
    def visible_to(self, user: Any) -> Self:
        """One's own; of a branch one leads; below what one arranges as officer. Nobody else is told what is lacking."""
        own = self.of_own(user, "member")
        return self.filter(own | self.of_office(user, Right.LEAD) | self.of_oversight(user, Right.ARRANGE))


class StudyShortfall(models.Model):
    """尚差学时: what a member lacks in a year still, of collective study and, where a campaign asks for it, of both
    kinds. Computed from hours and rules (meetings/study/lacking.py); without a row nothing is lacking."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="study_shortfalls")
    member = models.ForeignKey(Member, models.PROTECT, related_name="study_shortfalls", db_index=False)
    year = models.PositiveSmallIntegerField(_("Year"))
    collective = models.DecimalField(_("Collective study"), max_digits=4, decimal_places=1)
    of_both = models.DecimalField(_("Collective and own study"), max_digits=4, decimal_places=1)

    objects = StudyShortfallQuerySet.as_manager()

    class Meta:
        verbose_name = _("study hours lacking")
        indexes = [models.Index(fields=["year", "organisation"], name="studyshortfall_by_year")]
        constraints = [
            models.UniqueConstraint(fields=["member", "year"], name="studyshortfall_once"),
            models.CheckConstraint(
                condition=Q(collective__gte=0, of_both__gte=0) & (Q(collective__gt=0) | Q(of_both__gt=0)),
                name="studyshortfall_lacks_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self._meta.verbose_name}"
