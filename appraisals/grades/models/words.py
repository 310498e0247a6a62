"""What is said about a grade: by the branch, by the assembly in numbers, and to and fro with the person."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from appraisals.grades.models.grades import Grade
from appraisals.materials.models import Confirmation, Source
from branches.models import User
from branches.scope import OrganisationScoped
from workflow.constraints import one_of

LONGEST = 2000


class OfGrade(OrganisationScoped):
    path_lookup = "grade__entry__organisation__path"

    def visible_to(self, user: Any) -> Self:
        """Of the grades one reads."""
        return self.filter(grade__in=self.rows_of(Grade).visible_to(user))


class GradeText(models.Model):
    """What the branch writes: mutual review, its opinion, and for a low grade why and how the person is helped."""

    grade = models.OneToOneField(Grade, models.CASCADE, primary_key=True, related_name="worded")
    peers = models.TextField(_("Mutual review, opinion of the group"), max_length=LONGEST, blank=True)
    opinion = models.TextField(_("Opinion of the branch"), max_length=LONGEST, blank=True)
    reason = models.TextField(_("Reason of a low grade"), max_length=LONGEST, blank=True)
    measure = models.TextField(_("How the person is helped"), max_length=LONGEST, blank=True)

    objects = OfGrade.as_manager()

    class Meta:
        verbose_name = _("words of a grade")


class AssemblyVote(models.Model):
    """表决: what the assembly decided on one grade, in persons; a later vote stands beside it (F67)."""

    grade = models.ForeignKey(Grade, models.CASCADE, related_name="assembly_votes")
    held_on = models.DateField(_("Day of the meeting"))
    due = models.PositiveIntegerField(_("Due with the right to vote"))
    present = models.PositiveIntegerField(_("Came with the right to vote"))
    yes = models.PositiveIntegerField(_("In favour"))
    no = models.PositiveIntegerField(_("Against"))
    abstain = models.PositiveIntegerField(_("Abstentions"))
    minute = models.CharField(_("Number of the minutes"), max_length=60, blank=True)

    objects = OfGrade.as_manager()

    class Meta:
        verbose_name = _("vote of the assembly on a grade")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(present__lte=F("due"), present=F("yes") + F("no") + F("abstain")), name="assemblyvote_sums"
            ),
            models.CheckConstraint(condition=Q(yes__gt=F("due") - F("yes")), name="assemblyvote_carried"),
        ]


class WordKind(models.TextChoices):
    MET = "met", _("Meeting with the person")
    AGREED = "agreed", _("The person agrees")
    OBJECTED = "objected", _("The person objects")
    ANSWERED = "answered", _("Answer of the branch")
    APPEALED = "appealed", _("Taken to the superior")
    CONCLUDED = "concluded", _("Answer of the superior")


OF_PERSON = (WordKind.AGREED, WordKind.OBJECTED, WordKind.APPEALED)


class GradeWord(models.Model):
    """One thing said, never changed: by the person, or to him. `entered_by`: the helper who typed what the person wrote
    on paper or said (代录), to be confirmed on screen or by a signed print."""

    grade = models.ForeignKey(Grade, models.CASCADE, related_name="said")
    kind = models.CharField(_("What was said"), max_length=10, choices=WordKind)
    text = models.TextField(_("Words"), max_length=LONGEST, blank=True)
    said_on = models.DateField(_("Day"))
    source = models.CharField(_("Source"), max_length=10, choices=Source, default=Source.TYPED)
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_on = models.DateField(_("Confirmed on"), null=True, blank=True)
    confirmed_how = models.CharField(max_length=10, choices=Confirmation, blank=True)

    objects = OfGrade.as_manager()

    class Meta:
        verbose_name = _("word about a grade")
        ordering = ["pk"]
        constraints = [
            one_of("gradeword", "kind", WordKind),
            one_of("gradeword", "source", Source),
            one_of("gradeword", "confirmed_how", Confirmation, empty=True),
            models.CheckConstraint(condition=Q(kind="agreed") | ~Q(text=""), name="gradeword_says_something"),
            models.CheckConstraint(
                condition=Q(source="typed") ^ Q(entered_by__isnull=False), name="gradeword_entered_unless_typed"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_how="") ^ Q(confirmed_on__isnull=False), name="gradeword_confirmed_somehow"
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())  # no word of it

    @property
    def awaits_confirmation(self) -> bool:
        """True for what a helper entered and the person has not yet confirmed."""
        return self.entered_by_id is not None and self.confirmed_on is None
