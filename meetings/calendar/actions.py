"""Switching the calendar feeds of a branch on and off, and getting an address of one's own. Its secret part is seen
once, on the page that makes it; kept is a keyed hash."""

import secrets

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from branches.models import Organisation, User
from branches.rights import Right
from meetings.models import CalendarFeed, FeedSwitch
from workflow import codes
from workflow.actions import audit, record
from workflow.actors import Actor

PURPOSE = "calendar feed"


@transaction.atomic
def switch(organisation: Organisation, *, on: bool, actor: Actor) -> None:
    """Let the members of a branch have calendar addresses, or end all there are. Raises PermissionDenied."""
    actor.require(Right.LEAD, organisation)
    if on:
        _row, changed = FeedSwitch.objects.get_or_create(organisation=organisation)
    else:
        changed = bool(FeedSwitch.objects.filter(organisation=organisation).delete()[0])
        CalendarFeed.objects.filter(organisation=organisation, ended_at=None).update(ended_at=timezone.now())
    if changed:
        record(organisation, "open_feeds" if on else "close_feeds", actor=actor, organisation=organisation)


@transaction.atomic
def make_address(branch: Organisation | None, *, actor: User, address: str | None = None) -> str:
    """A new address for the meetings of the actor's own `branch`; one made before ends. Returns its secret part.

    Raises ValidationError where the branch has not switched feeds on or is not the actor's.
    """
    if branch is None or branch.path != actor.reach.home_path:
        raise ValidationError(_("Only the members of a branch can have its calendar."))
    if not FeedSwitch.objects.filter(organisation=branch).exists():
        raise ValidationError(_("Your branch has not switched this on. Please ask your secretary."))
    CalendarFeed.objects.filter(user=actor, ended_at=None).update(ended_at=timezone.now())
    token = secrets.token_urlsafe(32)
    CalendarFeed.objects.create(user=actor, organisation=branch, digest=codes.digest(PURPOSE, token))
    audit("calendar_address_made", actor=actor, subject=actor, address=address)
    return token


@transaction.atomic
def end_address(*, actor: User, address: str | None = None) -> None:
    """End one's own address: from now on it is as one that never was."""
    if CalendarFeed.objects.filter(user=actor, ended_at=None).update(ended_at=timezone.now()):
        audit("calendar_address_ended", actor=actor, subject=actor, address=address)
