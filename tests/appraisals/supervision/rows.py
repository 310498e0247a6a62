"""Visits of the cast's supervisor to the first branch."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from appraisals.supervision.actions import visits
from appraisals.supervision.actions.visits import Entry, Found
from appraisals.supervision.checklists import SHIPPED


def entry(world, *found, **facts):
    """What a supervisor types: the talks fall short and are to be made up, unless something else is found."""
    today = timezone.localdate()
    told = {
        "visited_on": today, "manner": "on_site", "round": world.round, "met": "甲书记", "saw_record_book": True,
        "saw_notebooks": False, "saw_ledgers": False, "comments": "COMMENT-OF-VISIT", "opinion": "OPINION-OF-VISIT",
        "due_on": today + timedelta(9), **facts,
    }  # fmt: skip
    return Entry(told, found or (Found("talks", "short", "Two members left out", True), Found("opinions", "reached")))


def visit(world, *, actor=None, branch=None, submit=True, entry_=None, key=None, checklist="five"):
    """One visit, submitted unless said."""
    return visits.write(
        branch or world.first, SHIPPED[checklist], entry_ or entry(world), actor=actor or world.supervisor,
        client_key=key or uuid4(), submit=submit,
    )  # fmt: skip
