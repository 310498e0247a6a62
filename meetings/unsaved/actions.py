"""Keeping what is typed for a record while it is typed: no record, no history, nothing anybody else reads."""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from branches.rights import Right
from meetings.models import Meeting, Unsaved
from workflow.actors import Actor
from workflow.moves import MoveNotAllowed


class Behind(Exception):
    """Another window has kept or saved something since this one was opened."""


@transaction.atomic
def keep(meeting: Meeting, values: dict[str, str], *, actor: Actor, seen: int) -> int:
    """Keep the fields as typed and return the new revision; `seen` is the one the page knows, 0 for none.

    Raises PermissionDenied, MoveNotAllowed (no longer open), Behind.
    """
    actor.require(Right.RECORD, meeting)
    if not meeting.is_open:
        raise MoveNotAllowed(_("This record can no longer be edited: it is “%s”.") % meeting.get_state_display())
    if meeting.pk and values.get("version") != str(meeting.version):
        raise Behind
    rows = Unsaved.objects.of(meeting, actor.actor_key)
    if seen:
        if not rows.filter(revision=seen).update(values=values, revision=F("revision") + 1, saved_at=timezone.now()):
            raise Behind
        return seen + 1
    _row, is_new = rows.get_or_create(defaults=_place(meeting, actor) | {"values": values})
    if not is_new:
        raise Behind
    return 1


@transaction.atomic
def discard(unsaved: Unsaved, *, actor: Actor) -> None:
    """Drop what was typed, at its writer's wish. Raises PermissionDenied."""
    actor.require(Right.RECORD, unsaved.subject)
    unsaved.delete()


@transaction.atomic
def settle(meeting: Meeting, *, actor: Actor, seen: int | None) -> None:
    """Drop what is kept, since all of it is being saved; `seen` is the revision the page knows, None for no page.

    Raises PermissionDenied, Behind where another window has kept something else.
    """
    actor.require(Right.RECORD, meeting)
    rows = Unsaved.objects.of(meeting, actor.actor_key)
    if seen is not None and rows.exclude(revision=seen).exists():
        raise Behind
    rows.delete()


def drop(meeting: Meeting, *, actor: Actor) -> None:
    """Drop what is kept of a record that has moved on; part of a move that has asked."""
    Unsaved.objects.filter(meeting=meeting).delete()


def _place(meeting: Meeting, actor: Actor) -> dict[str, Any]:
    here = {"organisation": meeting.organisation, "form": meeting.form, "group": meeting.group}
    here["own_form"] = meeting.own_form
    return {**here, "meeting": meeting if meeting.pk else None, "writer_key": actor.actor_key}
