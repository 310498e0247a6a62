"""What must hold of meetings: the attendance is that of the register of the day, with the rights of the day (F8)."""

from datetime import datetime
from typing import Any

from django.db.models import Case, Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Length, Substr, TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from branches.models import Exemption, Post, Relation, RightsLimit, Standing
from branches.models.dated import holds
from branches.models.members import COMMITTEE_POSTS, Category, RelationKind
from meetings.kinds import Form, combinable
from meetings.models import Attendance, CountedAs, FollowUp, Meeting, Minutes, Status, Unsaved
from meetings.states import WORDED, State
from workflow.checking import check

DAY: Any = OuterRef("day")
DAY_ABOVE: Any = OuterRef(OuterRef("day"))


def _day(lookup: str) -> TruncDate:
    """The day of the meeting in China."""
    return TruncDate(lookup, tzinfo=timezone.get_default_timezone())


def _on_the_day(facts: QuerySet[Any], member: str) -> Exists:
    return Exists(facts.filter(holds(DAY), member=OuterRef(member)))


def _attendances() -> QuerySet[Any]:
    return Attendance.objects.annotate(day=_day("meeting__started_at"))


@check("meetings.attendance_of_register", _("Only members of that day's register stand in an attendance list"))
def attendance_of_register() -> QuerySet[Any]:
    """For a group meeting those of the group, for a committee meeting those with a post."""
    here = {"organisation": OuterRef("meeting__organisation_id"), "member": OuterRef("member_id")}
    register = Relation.objects.filter(holds(DAY), kind=RelationKind.FORMAL, **here)
    posts = Post.objects.filter(holds(DAY), kind__in=COMMITTEE_POSTS, **here)
    in_group = register.filter(group=OuterRef("meeting__group_id"))
    due = Case(
        When(meeting__form=Form.GROUP_MEETING, then=Exists(in_group)),
        When(meeting__form=Form.COMMITTEE_MEETING, then=Exists(posts)),
        default=Exists(register),
    )
    return _attendances().annotate(belongs=due).filter(belongs=False)


@check("meetings.rights_of_the_day", _("The right to vote in an attendance list is the right of that day"))
def rights_of_the_day() -> QuerySet[Any]:
    formal = _on_the_day(Standing.objects.filter(category=Category.FORMAL), "member_id")
    limited = _on_the_day(RightsLimit.objects.all(), "member_id")
    may_vote = Case(When(Q(formal, ~limited), then=True), default=False)
    return _attendances().annotate(really=may_vote).exclude(really=F("may_vote"))


@check("meetings.due_unless_exempt", _("Only who was freed from coming is left out of those due"))
def due_unless_exempt() -> QuerySet[Any]:
    return _attendances().filter(~_on_the_day(Exemption.objects.all(), "member_id"), is_due=False)


@check("meetings.leaders_of_the_day", _("Who is marked as serving with a superior held a post there on that day"))
def leaders_of_the_day() -> QuerySet[Any]:
    posts = Post.objects.filter(holds(DAY), kind__in=COMMITTEE_POSTS, member=OuterRef("member_id"))
    head = Substr(OuterRef("meeting__organisation__path"), 1, Length("organisation__path"))
    led = posts.annotate(head=head).filter(head=F("organisation__path"))
    led = led.exclude(organisation=OuterRef("meeting__organisation_id"))
    return _attendances().annotate(really=Exists(led)).exclude(really=F("leads_above"))


_COUNTED = {
    "due": Q(is_due=True),
    "present": Q(status=Status.PRESENT),
    "on_leave": Q(is_due=True, status=Status.ON_LEAVE),
    "voting_due": Q(may_vote=True),
    "voting_present": Q(may_vote=True, status=Status.PRESENT),
    "freed": Q(is_due=False),
    "freed_voting": Q(is_due=False, may_vote=True),
}


@check("meetings.numbers_of_the_list", _("The numbers of a record are those of its attendance list"))
def numbers_of_the_list() -> QuerySet[Any]:
    lists = Attendance.objects.filter(meeting=OuterRef("pk"))
    counted = {f"counted_{name}": _number(lists.filter(which)) for name, which in _COUNTED.items()}
    return Meeting.objects.annotate(**counted).exclude(**{name: F(f"counted_{name}") for name in _COUNTED})


@check("meetings.everybody_due", _("A record handed in lists everybody due on its day"))
def everybody_due() -> QuerySet[Any]:
    """Counted for each record: 应参加 of the register against the lines of the list."""
    exempt = Exists(Exemption.objects.filter(holds(DAY_ABOVE), member=OuterRef("member_id")))
    register = Relation.objects.filter(
        ~exempt, holds(DAY), kind=RelationKind.FORMAL, organisation=OuterRef("organisation_id")
    )
    posts = Post.objects.filter(
        holds(DAY_ABOVE),
        kind__in=COMMITTEE_POSTS,
        member=OuterRef("member_id"),
        organisation=OuterRef("organisation_id"),
    )
    due = Case(
        When(form=Form.GROUP_MEETING, then=_number(register.filter(group=OuterRef("group_id")))),
        When(form=Form.COMMITTEE_MEETING, then=_number(register.filter(Exists(posts)))),
        default=_number(register),
    )
    listed = Attendance.objects.filter(meeting=OuterRef("pk"), is_due=True)
    came_freed = listed.filter(Exists(Exemption.objects.filter(holds(DAY_ABOVE), member=OuterRef("member_id"))))
    rows = Meeting.objects.filter(state__in=WORDED).annotate(day=_day("started_at"))
    return rows.annotate(called=due, listed=_number(listed), came_freed=_number(came_freed)).filter(
        listed__lt=F("called") + F("came_freed")
    )


def _number(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.order_by().annotate(one=Value(1)).values("one").annotate(n=Count("pk"))
    return Coalesce(Subquery(counted.values("n")), 0)


@check("meetings.reasons", _("In a record handed in, whoever was due and not there has a reason"))
def reasons() -> QuerySet[Any]:
    handed_in = Attendance.objects.filter(meeting__state__in=WORDED, is_due=True, reason="")
    return handed_in.exclude(status=Status.PRESENT)


@check("meetings.handed_in_at", _("A record handed in says when, and is not of the future"))
def handed_in_at() -> QuerySet[Any]:
    now: datetime = timezone.now()
    return Meeting.objects.filter(Q(submitted_at=None) | Q(started_at__gt=now), state__in=WORDED)


@check("meetings.revisions_counted", _("The corrections of a record are numbered from 1 without a gap"))
def revisions_counted() -> QuerySet[Any]:
    rows = Meeting.objects.annotate(real=Count("revisions"), last=Max("revisions__number"))
    return rows.exclude(real=0).exclude(real=F("last"))


@check("meetings.followed_up_who_was_away", _("Only for members who were not there something is noted afterwards"))
def followed_up_who_was_away() -> QuerySet[Any]:
    away = Attendance.objects.filter(meeting=OuterRef("meeting"), member=OuterRef("member"))
    return FollowUp.objects.filter(~Exists(away.exclude(status=Status.PRESENT)))


@check("meetings.counted_as_own", _("A record counts first of all as its own form"))
def counted_as_own() -> QuerySet[Any]:
    own = CountedAs.objects.filter(meeting=OuterRef("pk"), form=OuterRef("form"), position=1)
    return Meeting.objects.records().filter(~Exists(own))


@check("meetings.counted_as_may", _("A record counts as no form that cannot fall on its sitting"))
def counted_as_may() -> QuerySet[Any]:
    may = Q(form=F("meeting__form"))
    for own in Form:
        may |= Q(meeting__form=own, form__in=combinable(own))
    return CountedAs.objects.exclude(may)


@check("meetings.plans_are_no_records", _("What is only planned has no list and no words and counts as nothing"))
def plans_are_no_records() -> QuerySet[Any]:
    parts = [Exists(part.objects.filter(meeting=OuterRef("pk"))) for part in (Attendance, CountedAs, Minutes)]
    written = Q(*parts, _connector=Q.OR) | Q(submitted_at__isnull=False)
    return Meeting.objects.plans().filter(written | Q(state=State.ANNOUNCED, announced_at=None))


@check("meetings.unsaved_of_open", _("Autosaved fields belong to a record that is still being written"))
def unsaved_of_open() -> QuerySet[Any]:
    return Unsaved.objects.exclude(meeting=None).exclude(meeting__state__in=[State.DRAFT, State.RETURNED])


@check("meetings.group_of_branch", _("A group meeting is one of a group of its branch"))
def group_of_branch() -> QuerySet[Any]:
    return Meeting.objects.exclude(group=None).exclude(group__organisation=F("organisation"))


@check("meetings.own_form_offered", _("A meeting goes by a form laid down above its branch, for the form it has"))
def own_form_offered() -> QuerySet[Any]:
    laid = F("own_form__organisation__path")
    above = Q(organisation__path__startswith=laid, form=F("own_form__form"))
    return Meeting.objects.exclude(own_form=None).exclude(above)
