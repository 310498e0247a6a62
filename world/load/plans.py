"""Exemptions of a big world: some branches are free of the local rule about lectures for a year."""

from datetime import date

from meetings.kinds import Form
from meetings.models import FormExemption
from world.load.registry import Load, fills

EVERY_BRANCH = 40  # one branch of so many


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
