"""Meetings as they were held: the record, who may see it, and its numbers."""

from datetime import date, datetime
from typing import Any, Self

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from branches.models import Group, Member, Organisation
from branches.rights import Right
from branches.scope import NOTHING, OrganisationScoped
from meetings.kinds import KINDS, OPEN_FORMS, Form
from meetings.models.attendance import Attendance
from meetings.models.counted_as import counts_as, others
from meetings.models.own_forms import LONGEST_NAME, OwnForm
from meetings.states import MOVES, PLANS, UPCOMING, WORDED, State
from workflow.constraints import one_of
from workflow.moving import Moving


class Original(models.TextChoices):
    """Where the valid minutes are: here, or in the numbered paper record book (F9)."""

    SYSTEM = "system", _("This system")
    PAPER = "paper", _("Paper record book")


def midnight(day: date) -> datetime:
    """The moment at which that day begins in China."""
    return timezone.make_aware(datetime(day.year, day.month, day.day))


class MeetingQuerySet(OrganisationScoped):
    def visible_to(self, user: Any) -> Self:
        """Where one took part or could have; all of a branch one serves; every row below an overseen organisation.

        The row says that a record exists and how far it is; its words are in Minutes, with their own scope, and its
        facts are told as in `as_told_to`.
        """
        reach = user.reach
        told = ~Q(state__in=[State.PLANNED, State.DRAFT, State.VOID]) & ~Q(state=State.CANCELLED, announced_at=None)
        listed = self.rows_of(Attendance).filter(member=reach.member_key).values("meeting")
        took_part = Q(pk__in=listed) & told if reach.member_key else NOTHING
        public = self.of_home(user) & Q(form__in=OPEN_FORMS) & told if reach.home_path else NOTHING
        called = self._to_committee(user) & told if reach.committee[0] else NOTHING
        led = Q(group__in=reach.group_keys) if reach.group_keys else NOTHING
        return self.reached(self.of_oversight(user), took_part, public, called, self.of_office(user), led)

    def _to_committee(self, user: Any) -> Q:
        """Committee meetings announced to whoever serves on the committee by a post in the register."""
        return Q(form=Form.COMMITTEE_MEETING, state__in=PLANS, **{self.path_lookup: user.reach.committee[0]})

    def records(self) -> Self:
        """What was held and is being written or was: without what is only planned."""
        return self.exclude(state__in=PLANS)

    def plans(self) -> Self:
        """What is planned, announced or cancelled, and not recorded."""
        return self.filter(state__in=PLANS)

    def as_told_to(self, user: Any) -> Self:
        """With `other_forms` (codes, see `models.counted_as.others`), `told_theme` and `told_place`: these None where a
        superior sees that the branch is writing and not what (I9).

        Lists search, sort and print these, never the columns behind them.
        """
        facts = {f"told_{name}": Case(When(self._named(user), then=F(name))) for name in ("theme", "place")}
        return self.annotate(other_forms=others(), **facts)

    def _named(self, user: Any) -> Q:
        return Q(state__in=WORDED | PLANS) | self.of_office(user) | Q(group__in=user.reach.group_keys)

    def named_to(self, user: Any) -> Self:
        """Of rows this person sees those whose theme he may be told: what a link to one says (I9)."""
        return self.filter(self._named(user))

    def counting_as(self, form: str) -> Self:
        """Sittings that count as this form, whether the record goes by its name or not."""
        return self.filter(counts_as(form))

    def told_to(self, user: Any) -> Self:
        """Those this person sees and whose words he may be told."""
        told = Q(state__in=WORDED) | self.of_office(user) | Q(group__in=user.reach.group_keys)
        return self.visible_to(user).filter(told)

    def exportable_by(self, user: Any) -> Self:
        """Records of the branches one leads; of those one oversees, what they have handed in (I9)."""
        return self.records().filter(self._exportable(user))

    def left_out_for(self, user: Any) -> Self:
        """Those of these rows that an export by this person leaves out."""
        return self.exclude(self._exportable(user))

    def _exportable(self, user: Any) -> Q:
        handed_in = self.of_oversight(user, Right.EXPORT) & Q(state__in=WORDED)
        return self.of_office(user, Right.EXPORT) | handed_in

    def with_leaders(self) -> Self:
        """Sittings at which somebody of a superior's committee took part as an ordinary member (双重组织生活)."""
        came = self.rows_of(Attendance).filter(meeting=OuterRef("pk"), leads_above=True, status="present")
        return self.filter(Exists(came))

    def awaiting(self, user: Any) -> Self:
        """Records that wait for this person to accept them."""
        return self.filter(self.of_oversight(user, Right.ACCEPT), state=State.SUBMITTED)

    def unfinished(self, user: Any) -> Self:
        """Drafts and returned records that this person is to finish."""
        return self.filter(self._kept(user), state__in=[State.DRAFT, State.RETURNED])

    def unrecorded(self, user: Any) -> Self:
        """Plans whose day is over, that this person is to record, move or cancel."""
        over = midnight(user.reach.day)
        return self.filter(self._kept(user), state__in=UPCOMING, started_at__lt=over)

    def _kept(self, user: Any) -> Q:
        return self.of_office(user, Right.KEEP_REGISTER) & Q(group=None) | Q(group__in=user.reach.group_keys)


class Meeting(Moving):
    """One sitting; the record goes by its first form (CountedAs has all). A filed record is not edited (I6)."""

    State, MOVES, BEGINS = State, MOVES, State.DRAFT  # most records are begun without a plan

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="meetings", verbose_name=_("Organisation")
    )
    group = models.ForeignKey(
        Group, models.PROTECT, null=True, blank=True, related_name="meetings", verbose_name=_("Group")
    )
    form = models.CharField(_("Form"), max_length=30, choices=Form)
    # Laid down by a superior; its name at that time is told instead of the form's.
    own_form = models.ForeignKey(
        OwnForm, models.PROTECT, null=True, blank=True, related_name="meetings", editable=False
    )
    form_name = models.CharField(max_length=LONGEST_NAME, blank=True, editable=False)
    theme = models.CharField(_("Theme"), max_length=200, blank=True)
    appraisal_year = models.PositiveSmallIntegerField(_("Appraisal year"), null=True, blank=True)
    started_at = models.DateTimeField(_("Begins"))
    ended_at = models.DateTimeField(_("Ends"), null=True, blank=True)
    place = models.CharField(_("Place"), max_length=120, blank=True)
    host = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="hosted", verbose_name=_("Host")
    )
    recorder = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="recorded", verbose_name=_("Recorder")
    )
    minutes_original = models.CharField(_("Valid minutes"), max_length=10, choices=Original, default=Original.SYSTEM)
    book_number = models.CharField(_("Number of the record book"), max_length=40, blank=True)
    book_pages = models.CharField(_("Pages of the record book"), max_length=40, blank=True)
    # Set when it is first handed in (meetings/late.py).
    late_entry = models.BooleanField(_("Entered late"), default=False, editable=False)
    late_reason = models.CharField(_("Reason of the late entry"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    # The numbers of the attendance list (quorum.Count), kept by the action that writes it; `verify` counts again.
    due = models.PositiveIntegerField(_("Due"), default=0, editable=False)
    present = models.PositiveIntegerField(_("Came"), default=0, editable=False)
    on_leave = models.PositiveIntegerField(_("On leave"), default=0, editable=False)
    voting_due = models.PositiveIntegerField(_("Due with the right to vote"), default=0, editable=False)
    voting_present = models.PositiveIntegerField(_("Came with the right to vote"), default=0, editable=False)
    freed = models.PositiveIntegerField(_("Need not come"), default=0, editable=False)
    freed_voting = models.PositiveIntegerField(_("Need not come, with the right to vote"), default=0, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    submitted_at = models.DateTimeField(null=True, editable=False)
    announced_at = models.DateTimeField(null=True, editable=False)
    reschedules = models.PositiveSmallIntegerField(default=0, editable=False)  # each tells those called once more

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting record")
        indexes = [
            models.Index(fields=["organisation", "-started_at"], name="meeting_by_organisation"),
            models.Index(fields=["-started_at", "-id"], name="meeting_by_time"),
            models.Index(fields=["state", "organisation"], name="meeting_by_state"),
            models.Index(fields=["-started_at", "-id"], condition=Q(late_entry=True), name="meeting_late_by_time"),
            # A country's few plans, from the next one on: by time alone every record before them is walked over.
            models.Index(
                fields=["started_at", "id"],
                condition=Q(state__in=[State.PLANNED, State.ANNOUNCED, State.CANCELLED]),
                name="meeting_plans_by_time",
            ),
        ]
        constraints = [
            one_of("meeting", "form", Form),
            one_of("meeting", "minutes_original", Original),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gt=F("started_at")), name="meeting_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(own_form=None, form_name="") | Q(own_form__isnull=False) & ~Q(form_name=""),
                name="meeting_own_form_by_name",
            ),
            models.CheckConstraint(
                condition=Q(form="group_meeting") ^ Q(group=None), name="meeting_group_only_of_group_meetings"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.held_on} {self.theme or self.get_form_display()}"

    def get_form_display(self) -> str:  # type: ignore[no-redef]
        """What its form is called: by the name its superior gave it, where it has one of his."""
        return self.form_name or str(Form(self.form).label)

    @property
    def forms_told(self) -> str:
        """Every form it counts as, in words, its own first."""
        return "、".join(
            [self.get_form_display(), *(str(Form(form).label) for form in self.forms if form != self.form)]
        )

    @property
    def held_on(self) -> date:
        """The day of the meeting in China."""
        return timezone.localdate(self.started_at)

    @property
    def is_on_paper(self) -> bool:
        """True if the valid minutes stand in the paper record book: then only the facts of a register are asked."""
        return self.minutes_original == Original.PAPER

    @property
    def is_accepted_singly(self) -> bool:
        return KINDS[self.form].accepted_singly

    @property
    def decides(self) -> bool:
        """True if something may be voted on at this sitting."""
        return any(KINDS[form].decides for form in self.forms)

    @property
    def criticises(self) -> bool:
        """True where members criticise one another: that form of meeting, or a group's part of its year (F23)."""
        return any(KINDS[form].appraises for form in self.forms) or bool(self.group_id and self.appraisal_year)

    @property
    def forms(self) -> list[str]:
        """Every form this sitting counts as, its own first."""
        saved = [row.form for row in self.counted_as.all()] if self.pk else []
        return saved or [self.form]

    @property
    def is_filed_on_submission(self) -> bool:
        return not self.is_accepted_singly

    @property
    def submission(self) -> str:
        """The move that hands in this form of meeting."""
        return "submit" if self.is_accepted_singly else "file"

    @property
    def was_never_filed(self) -> bool:
        """A record that was filed once is handed in anew, but never becomes a draft again."""
        return not self.revisions.exists()

    @property
    def is_plan(self) -> bool:
        """True while it is only planned, announced, or was cancelled: no record yet."""
        return self.state in PLANS

    @property
    def has_come(self) -> bool:
        """True from its day on: only then may a record be begun."""
        return self.held_on <= timezone.localdate()

    @property
    def is_open(self) -> bool:
        """True while the branch still writes on it."""
        return self.state in (State.DRAFT, State.RETURNED)
