"""What is counted of meetings and talks: over the year they were held in, or the appraisal year they belong to."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from figures.actions import recount
from figures.registry import Metric, Period, register
from figures.units import Unit
from meetings.kinds import Form
from meetings.models import Meeting, Talk
from meetings.states import State
from meetings.talks.states import State as TalkState
from workflow.actors import Actor

APART = (Form.ORG_LIFE_MEETING, Form.COMMITTEE_MEETING)  # at neither of them a branch studies for its appraisal


def _filed(form: str) -> Callable[[], Any]:
    return lambda: Meeting.objects.filter(state=State.FILED).counting_as(form)


def _studied() -> Any:
    """What R07 asks for: sittings of the appraisal year other than its organisational life meeting."""
    return Meeting.objects.filter(state=State.FILED, appraisal_year__isnull=False).exclude(form__in=APART)


def _of_form(form: str) -> Callable[[int, Period], str]:
    return _opens("meeting_list", f"&state=filed&form={form}", "held")


def _opens(page: str, query: str, years: str) -> Callable[[int, Period], str]:
    """The list of those rows: `years` names its span of days, or the field of the appraisal year."""

    def address(place: int, period: Period) -> str:
        span = (
            f"{years}={period.year}" if years == "appraisal_year"
            else f"{years}_after={period.year}-01-01&{years}_before={period.year}-12-31"
        )  # fmt: skip
        return f"{reverse(page)}?place={place}{query}&{span}"

    return address


HELD = tuple(
    Metric(
        f"meetings.{form.value}", slot, form.label, Unit.TIMES,
        rows=_filed(form), year="started_at__year", opens=_of_form(form),
    )
    for slot, form in (
        (1, Form.GENERAL_MEETING), (2, Form.COMMITTEE_MEETING), (3, Form.GROUP_MEETING), (4, Form.PARTY_LECTURE),
        (5, Form.THEME_DAY),
    )
)  # fmt: skip
DUE = "meetings.due"
ATTENDED = tuple(
    Metric(
        code, slot, label, Unit.ATTENDANCES, rows=lambda: Meeting.objects.filter(state=State.FILED),
        year="started_at__year", amount=amount, opens=_opens("meeting_list", "&state=filed", "held"), share_of=whole,
    )
    for code, slot, label, amount, whole in (
        (DUE, 12, _("Due at meetings"), "due", ""), ("meetings.present", 13, _("Present at meetings"), "present", DUE),
    )
)  # fmt: skip
APPRAISED = (
    Metric(
        "meetings.org_life", 6, _("Organisational life meeting held"), Unit.TIMES,
        rows=_filed(Form.ORG_LIFE_MEETING), year="appraisal_year",
        opens=_opens("meeting_list", "&state=filed&form=org_life_meeting", "appraisal_year"),
    ),
    Metric(
        "meetings.study", 7, _("Study before the organisational life meeting"), Unit.TIMES,
        rows=_studied, year="appraisal_year", opens=_opens("meeting_list", "&state=filed", "appraisal_year"),
    ),
)  # fmt: skip
TALKS = (
    Metric(
        "talks.held", 8, _("Talks"), Unit.TIMES, rows=lambda: Talk.objects.filter(state=TalkState.HELD),
        year="held_on__year", opens=_opens("talk_list", "&state=held", "held"),
    ),
    Metric(
        "talks.persons", 9, _("Persons talked with"), Unit.ATTENDANCES,
        rows=lambda: Talk.objects.filter(state=TalkState.HELD), year="held_on__year", amount="persons",
        opens=_opens("talk_list", "&state=held", "held"),
    ),
)  # fmt: skip
OF_YEAR = tuple(register(metric).code for metric in (*HELD, *ATTENDED))
OF_APPRAISAL = tuple(register(metric).code for metric in APPRAISED)
OF_TALKS = tuple(register(metric).code for metric in TALKS)


def count_meeting(meeting: Meeting, *, actor: Actor) -> None:
    """Bring the numbers of its years up to the rows: part of the action that has filed it, or no longer has."""
    recount([meeting.organisation_id], Period(year=meeting.held_on.year), OF_YEAR, actor=actor)
    if meeting.appraisal_year:
        recount([meeting.organisation_id], Period(year=meeting.appraisal_year), OF_APPRAISAL, actor=actor)


def count_talks(organisation_key: int, year: int, *, actor: Actor) -> None:
    """The same of the talks of a branch in a year."""
    recount([organisation_key], Period(year=year), OF_TALKS, actor=actor)
