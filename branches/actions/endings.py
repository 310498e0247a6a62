"""What ends when a member leaves a branch: posts and offices there. Parts of actions that have asked the right."""

from collections.abc import Collection
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from branches import telling
from branches.models import Grant, Organisation, Post
from branches.models.dated import still
from workflow.actions import audit, record
from workflow.actors import Actor


@transaction.atomic
def end_ties(members: Collection[int], *, actor: Actor, organisation: Organisation, last_day: date) -> None:
    """End the posts and offices these members (keys) hold at `organisation`; that day is the last.

    A post that begins later stands in the way: whoever made it must take it back first. Raises ValidationError.
    """
    posts = Post.objects.filter(still(last_day), organisation=organisation, member__in=members)
    if later := posts.filter(since__gt=last_day).select_related("member").first():
        told = {"who": later.member.name, "post": later.get_kind_display(), "day": later.since}
        raise ValidationError(_("%(who)s is named %(post)s here from %(day)s. Please choose a later day.") % told)
    posts.update(until=last_day)
    end_grants(
        Grant.objects.filter(organisation=organisation, user__member__in=members), actor=actor, last_day=last_day
    )


@transaction.atomic
def end_grants(grants: QuerySet[Grant], *, actor: Actor, last_day: date) -> None:
    """End these offices with that day; one that has not begun by then is taken back."""
    rows = grants.filter(still(last_day), revoked_at=None).select_related("user", "organisation", "group")
    for grant in rows:
        if grant.since <= last_day:
            Grant.objects.filter(pk=grant.pk).update(until=last_day)
        else:
            Grant.objects.filter(pk=grant.pk).update(revoked_at=timezone.now())
        note = _("Last day: %s") % last_day
        record(grant, "expire", actor=actor, note=note)
        audit("grant_revoked", actor=actor, subject=grant, note=note)
    telling.changed(Grant, [grant.pk for grant in rows])
