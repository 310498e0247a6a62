"""Opinions for tests, through the actions."""

from django.utils import timezone

from appraisals.models import Opinion
from appraisals.opinions import actions
from appraisals.opinions.actions import Entry
from branches.models import User


def fresh(user):
    return User.objects.get(pk=user.pk)


def opinion(world, target="member", concerns=None, text="RAW-WORDS", *, at=None, by=None, channel="box", count=1):
    """One opinion that the clerk of the first branch typed today."""
    entry = Entry(target, text, concerns, count)
    place = at or world.first
    (row,) = actions.enter(world.round, place, channel, timezone.localdate(), [entry], actor=by or world.clerk)
    return Opinion.objects.select_related("organisation").get(pk=row.pk)
