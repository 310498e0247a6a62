"""Checks of study notes 笔记检查 (F18): that a branch looked at its members' notebooks, and what it found of each."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from branches.models import Member, Organisation, User
from branches.rights import Right
from branches.scope import NOTHING, OrganisationScoped
from meetings.notes.states import MOVES, State
from workflow.constraints import one_of
from workflow.moving import Moving

MOST_ASKED = 50  # study questions of one check
REMARK = 120  # characters of the line about one member


class NotesResult(models.TextChoices):
    MEETS = "meets", _("Meets the requirements")
    SHORT = "short", _("To be completed")
    MISSING = "missing", _("Not handed in")


FELL_SHORT = (NotesResult.SHORT, NotesResult.MISSING)


class NotesCheckQuerySet(OrganisationScoped):
    def visible_to(self, user: Any) -> Self:
        """Where one's own notes were looked at, while that stands; all of a branch one serves or of whose committee one
        is; all below an overseen organisation, which tells numbers and no names."""
        lines = self.rows_of(NotesLine).filter(member=user.reach.member_key).values("notes_check")
        own = Q(pk__in=lines, state=State.STANDING) if user.reach.member_key else NOTHING
        office = self.of_office(user)
        return self.reached(self.of_oversight(user), own, office, self.of_office(user, Right.WRITE_FOR_COMMITTEE))


class NotesCheck(Moving):
    """One check, with the numbers of its lines: they stay when what was said of each member has been destroyed."""

    State, MOVES = State, MOVES
    NOUN = "notes"

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="notes_checks", verbose_name=_("Branch")
    )
    checked_on = models.DateField(_("Day of the check"))
    subject = models.CharField(_("What is checked"), max_length=80)
    asked = models.PositiveSmallIntegerField(_("Number of study questions"), default=0)
    questions = models.TextField(_("Study questions"), blank=True)  # one a line; empty where only their number is known
    correct_by = models.DateField(_("To be put right by"), null=True, blank=True)
    meets = models.PositiveSmallIntegerField(_("Meets the requirements"), default=0, editable=False)
    short = models.PositiveSmallIntegerField(_("To be completed"), default=0, editable=False)
    missing = models.PositiveSmallIntegerField(_("Not handed in"), default=0, editable=False)
    corrected = models.PositiveSmallIntegerField(_("Put right"), default=0, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)

    objects = NotesCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("check of study notes")
        indexes = [
            models.Index(fields=["organisation", "-checked_on"], name="notescheck_by_organisation"),
            models.Index(fields=["-checked_on", "-id"], name="notescheck_by_day"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(corrected__lte=models.F("short") + models.F("missing")),
                name="notescheck_corrected_fell_short",
            ),
            models.CheckConstraint(
                condition=Q(short=0, missing=0) | Q(correct_by__gte=models.F("checked_on")),
                name="notescheck_says_until_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.checked_on} {self.subject}"

    @property
    def looked_at(self) -> int:
        """How many notebooks were asked for."""
        return self.meets + self.short + self.missing

    @property
    def lacking(self) -> int:
        """How many still have something to put right."""
        return self.short + self.missing - self.corrected

    @property
    def question_lines(self) -> list[str]:
        """One a line."""
        return self.questions.splitlines()


class NotesLineQuerySet(OrganisationScoped):
    path_lookup = "notes_check__organisation__path"

    def visible_to(self, user: Any) -> Self:
        """One's own, while the check stands; all of a branch one serves or of whose committee one is. Above, officer
        and inner secretary read who has something to put right still, as with hours of study; nobody else any name."""
        own = self.of_own(user, "member")
        own = own & Q(notes_check__state=State.STANDING) if own != NOTHING else NOTHING
        above = self.of_oversight(user, Right.ARRANGE)
        above = above & Q(result__in=FELL_SHORT, corrected_on=None) if above != NOTHING else NOTHING
        return self.filter(own | self.of_office(user) | self.of_office(user, Right.WRITE_FOR_COMMITTEE) | above)


class NotesLine(models.Model):
    """What was found of one member: a tick, one line, how many questions were answered, and the second look."""

    notes_check = models.ForeignKey(NotesCheck, models.PROTECT, related_name="notes_lines")
    member = models.ForeignKey(Member, models.PROTECT, related_name="notes_lines")
    result = models.CharField(_("Result"), max_length=10, choices=NotesResult)
    answered = models.PositiveSmallIntegerField(_("Questions answered"), null=True, blank=True)
    remark = models.CharField(_("Remark on the notes"), max_length=REMARK, blank=True)
    corrected_on = models.DateField(_("Put right on"), null=True, blank=True)

    objects = NotesLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of a check of study notes")
        indexes = [
            models.Index(
                fields=["member"], name="notesline_open",
                condition=Q(corrected_on=None, result__in=["missing", "short"]),
            )
        ]  # fmt: skip
        constraints = [
            one_of("notesline", "result", NotesResult),
            models.UniqueConstraint(fields=["notes_check", "member"], name="notesline_once"),
            models.CheckConstraint(
                condition=Q(corrected_on=None) | ~Q(result=NotesResult.MEETS), name="notesline_corrected_fell_short"
            ),
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)  # no name and no word about anybody
