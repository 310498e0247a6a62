"""The cast with rows that make work for it, in any number: for the tests of reminders and of the dashboard."""

from datetime import date

from django.utils import timezone

from appraisals.models import Material, Round
from meetings.models import Meeting
from tests.cast import account, enrol

TODAY = date(2021, 3, 10)
DUE = date(2021, 3, 12)


class Work:
    """A round under way; `idle` is a member for whom nothing waits."""

    def __init__(self, cast):
        self.member, self.secretary, self.officer = cast.member, cast.secretary, cast.officer
        self.branch, self.sibling = cast.first, cast.second
        self.idle = account("idle", cast.siblings[1])
        self.round = Round.objects.create(
            organisation=cast.county, name="2020年度组织生活会", year=2020, roster_on=TODAY, due_on=DUE, state="open"
        )

    def material(self, user, *, kind="self_analysis", state="draft", due_on=DUE, **fields):
        fields = {"reviewer": "branch", "organisation": self.branch, "round": self.round} | fields
        return Material.objects.create(author=user.member, kind=kind, state=state, due_on=due_on, **fields)

    def meetings(self, number, state, branch=None):
        rows = [
            Meeting(
                organisation=branch or self.branch,
                form="org_life_meeting",
                theme=f"{state} {n}",
                state=state,
                started_at=timezone.now(),
                submitted_at=timezone.now(),
            )
            for n in range(number)
        ]
        return Meeting.objects.bulk_create(rows)

    def colleagues(self, number):
        return [account(f"colleague{n}", enrol(f"同事{n}", self.branch)) for n in range(number)]
