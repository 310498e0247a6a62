"""Pledges of the cast's first branch."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from rectification.models import Pledge
from rectification.pledges import actions


def facts(world, **told):
    """What is typed of a member's pledge, unless something else is."""
    person = told.get("member", world.people[4])
    return {
        "whose": "member", "member": person, "responsible": person, "text": "PLEDGE", "how": "", "sort": "basic",
        "due_on": timezone.localdate() + timedelta(60), "round": world.round, **told,
    }  # fmt: skip


def promised(world, *, actor=None, branch=None, key=None, **told):
    """One to be looked over."""
    made = actions.promise(branch or world.first, actor=actor or world.secretary, client_key=key or uuid4(),
                           **facts(world, **told))  # fmt: skip
    return again(made)


def moved(row, *moves, actor, note="Because"):
    """The row after these moves."""
    for name in moves:
        actions.move(row, name, actor=actor, note=note)
    return again(row)


def published(world, **told):
    """One that the branch reads."""
    row = promised(world, **told)
    judge = world.officer if row.is_branchs else world.committee_member
    return moved(moved(row, "accept", actor=judge), "publish", actor=world.secretary)


def look(world, row, *, actor=None, period="h2", **told):
    """One look at it on the way."""
    given = {"standing": "behind", "met": ["told"], "words": "Half", "on": timezone.localdate(), **told}
    actions.review(row, actor=actor or world.secretary, period=period, **given)


def again(row):
    """As another request would find it."""
    return Pledge.objects.select_related("organisation", "round", "member", "responsible").get(pk=row.pk)
