"""Polls, what their sheets ask, slips, sealed boxes and totals.

No table here knows a person, an account or an organisation, and none but Poll carries a running number of its own. A
slip and a box hold no time, no order and nothing in common but the poll; tests/ballots/test_columns.py lists every
column by hand, and a new one fails there first.
"""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from workflow.constraints import one_of

ABSTAIN = 0  # the number of 弃权 among the options of a line; those of its scale follow from 1


class Poll(models.Model):
    """One vote as the ballot box sees it: open or not, and the key under which boxes are sealed (none on paper)."""

    is_open = models.BooleanField(default=False)
    public_key = models.BinaryField(max_length=32, null=True)
    issued = models.PositiveIntegerField(default=0)  # slips that were out when the box was closed
    min_show = models.PositiveSmallIntegerField(_("Fewest ballots whose totals are shown"), default=5)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(is_open=False) | Q(public_key__isnull=False), name="poll_open_has_key"),
            models.CheckConstraint(condition=Q(min_show__gte=3), name="poll_min_show_at_least_three"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class Sheet(models.Model):
    """One table of marks: its lines share a scale. `about_people`: each line is a person, whose totals few may read.

    `limit` is how many lines of one ballot may be marked with the first option (优秀); none: as many as one likes.
    """

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="sheets")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("Sheet"), max_length=80)
    about_people = models.BooleanField(default=False)
    scale = models.JSONField(default=list)  # words of its options in order
    limit = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering = ["poll", "position"]
        constraints = [
            models.UniqueConstraint(fields=["poll", "position"], name="sheet_position_once"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def scale_words(self) -> tuple[str, ...]:
        """Its options; a line with others is printed otherwise."""
        return tuple(self.scale)

    @property
    def columns(self) -> int:
        """How many columns its options and 弃权 take."""
        return len(self.scale) + 1


class Line(models.Model):
    """What one mark is given to, as it is printed: a name, an item under a heading, a question with options of its own.

    `most`: how many options may be marked; more than one only in a question.
    """

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    heading = models.CharField(max_length=120, blank=True)
    label = models.CharField(max_length=200)
    options = models.JSONField(null=True)  # where they are not those of the sheet
    most = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["sheet", "position"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "position"], name="line_position_once"),
            models.CheckConstraint(condition=Q(most__gte=1), name="line_takes_a_mark"),
        ]

    def __str__(self) -> str:
        return self.label


class SlipState(models.TextChoices):
    UNUSED = "unused", _("Not used")
    USED = "used", _("In the box")
    VOID = "void", _("Void")


class Slip(models.Model):
    """The keyed hash of a code printed on one slip, and whether it was used. Gone once the poll is closed."""

    code_hash = models.CharField(max_length=64, primary_key=True)
    poll = models.ForeignKey(Poll, models.CASCADE, related_name="+")
    state = models.CharField(max_length=6, choices=SlipState, default=SlipState.UNUSED)

    class Meta:
        constraints = [one_of("slip", "state", SlipState)]


class Box(models.Model):
    """One sealed ballot: as many bytes as every other of its poll. Gone once the count is confirmed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    poll = models.ForeignKey(Poll, models.CASCADE, related_name="+")
    body = models.BinaryField()


class Count(models.Model):
    """The numbers of one sheet, in ballots: 发出, 收回, 有效, 无效."""

    sheet = models.OneToOneField(Sheet, models.CASCADE, primary_key=True, related_name="ballot_numbers")
    issued = models.PositiveIntegerField(_("Issued"))
    collected = models.PositiveIntegerField(_("Collected"))
    valid = models.PositiveIntegerField(_("Valid"))
    invalid = models.PositiveIntegerField(_("Invalid"), default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(collected__lte=F("issued")), name="count_collected_at_most_issued"),
            models.CheckConstraint(
                condition=Q(collected=F("valid") + F("invalid")), name="count_valid_and_invalid_are_collected"
            ),
        ]


class Tally(models.Model):
    """How often one option of one line was marked, zeros too; exists only after the count."""

    line = models.ForeignKey(Line, models.CASCADE, related_name="tallies")
    option = models.PositiveSmallIntegerField()
    n = models.PositiveIntegerField()

    class Meta:
        ordering = ["line", "option"]
        constraints = [models.UniqueConstraint(fields=["line", "option"], name="tally_option_once")]
