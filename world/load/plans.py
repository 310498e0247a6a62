"""Plans of a big world: meetings to come with their steps, and branches free of the local rule about lectures."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from meetings.kinds import Form
from meetings.models import FormExemption, Meeting, OwnForm, ScheduleStep
from meetings.schedule.steps import SCHEDULE, days
from meetings.states import State
from world.load.plan import Branch, Plan
from world.load.registry import Load, fills

EVERY_BRANCH = 40  # one branch of so many
PLANS = 10  # as above: with meetings to come
COMING = ((Form.THEME_DAY, State.ANNOUNCED, 9), (Form.ORG_LIFE_MEETING, State.PLANNED, 40))  # in so many days


@dataclass(frozen=True, slots=True)
class Coming:
    """One meeting to come; its key follows those of the records."""

    key: int
    branch: Branch
    form: Form
    state: State
    begins: datetime


def coming(plan: Plan) -> Iterator[Coming]:
    """All meetings to come in the order of their keys."""
    key = max((keys[-1] for keys in map(plan.meetings_of, plan.branches) if keys), default=0)
    for branch in plan.branches:
        for form, state, apart in COMING if branch.number % PLANS == 0 else ():
            key += 1
            day = plan.today + timedelta(apart)
            yield Coming(key, branch, form, state, timezone.make_aware(datetime(day.year, day.month, day.day, 15, 0)))


@fills(Meeting, ScheduleStep)
def plans(load: Load) -> None:
    """A theme day that is announced, an organisational life meeting that is planned, with its steps."""
    columns = ("id", "organisation_id", "form", "theme", "started_at", "place", "state", "created_at", "announced_at")
    rows = (
        (c.key, c.branch.key, c.form, f"{c.form.label}安排", c.begins, "二楼会议室", c.state, load.now,
         load.now if c.state == State.ANNOUNCED else None)
        for c in coming(load.plan)
    )  # fmt: skip
    load.put(Meeting, columns, rows)
    today = load.plan.today
    steps = (
        (c.key, code, day)
        for c in coming(load.plan) if c.form == Form.ORG_LIFE_MEETING
        for code, day in days(c.begins.date(), SCHEDULE.defaults, {}, today).items()
    )  # fmt: skip
    load.put(ScheduleStep, ("meeting_id", "code", "due_on"), steps)


@fills(OwnForm)
def own_forms(load: Load) -> None:
    """One, laid down at the root."""
    row = load.plan.nodes[0].key, "民主恳谈会", Form.OTHER, "通报情况\n恳谈交流"
    load.put(OwnForm, ("organisation_id", "name", "form", "agenda"), [row])


@fills(FormExemption)
def exemptions(load: Load) -> None:
    """From the first day of the year to its last."""
    year = load.plan.today.year
    since, until = date(year, 1, 1), date(year, 12, 31)
    rows = (
        (branch.key, Form.PARTY_LECTURE, since, until, "抗洪抢险期间，任务繁重")
        for branch in load.plan.branches
        if branch.number % EVERY_BRANCH == 0
    )
    load.put(FormExemption, ("organisation_id", "form", "since", "until", "reason"), rows)
