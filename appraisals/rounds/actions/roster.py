"""What happens to a roster after its day (users.md F7): each change is a dated event with its reason."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from appraisals.grades.metrics import OF_MEMBERS
from appraisals.models import Grading, Round
from appraisals.rounds.metrics import OF_ROSTER
from appraisals.rounds.models import RosterEntry, RosterEvent
from appraisals.rounds.models.roster import ENDING, EventKind
from branches.models import Organisation
from branches.models.organisations import Kind
from branches.rights import Right
from branches.tree import contains
from figures.actions import recount
from figures.registry import Period
from workflow.actions import record
from workflow.actors import Actor, require_any

KEEPERS = (Right.LEAD, Right.ENTER_FOR)
BY_HAND = (*ENDING, EventKind.TRANSFERRED_OUT, EventKind.CONFIRMED, EventKind.BACK)


@transaction.atomic
def note_event(entry: RosterEntry, kind: str, *, actor: Actor, happened_on: date, note: str = "") -> RosterEvent:
    """Note what happened to a member of the roster: whoever died, left or went abroad is no longer 应参评; who was
    transferred stays, and is appraised where he stood on the roster day. Raises PermissionDenied, ValidationError."""
    require_any(actor, KEEPERS, entry)
    if kind not in BY_HAND:
        raise ValidationError(_("Please choose what happened."))
    _check_day(entry, happened_on)
    if kind == EventKind.EXCUSED and not note.strip():
        raise ValidationError(_("Please give a reason."))
    if kind == EventKind.BACK and entry.is_due:
        raise ValidationError(_("This member is to be appraised already."))
    event = RosterEvent.objects.create(entry=entry, kind=kind, happened_on=happened_on, note=note)
    entry.is_due = kind == EventKind.BACK or (entry.is_due and kind not in ENDING)
    entry.save(update_fields=["is_due"])
    _tell(entry, event, actor)
    return event


@transaction.atomic
def offer(entry: RosterEntry, to: Organisation, *, actor: Actor, note: str = "") -> None:
    """转评: ask another branch of the round to appraise a member in place of his own. A superior of both hands him over
    at once. Raises PermissionDenied, ValidationError."""
    require_any(actor, KEEPERS, entry)
    if to.pk == entry.organisation_id:
        raise ValidationError(_("This branch appraises the member already."))
    if not contains(entry.round.organisation.path, to.path) or to.kind != Kind.BRANCH or to.has_ended:
        raise ValidationError(_("That branch does not take part in this round."))
    if any(actor.may(right, to) for right in KEEPERS):
        return _hand_over(entry, to, actor, note)
    entry.offered_to = to
    entry.save(update_fields=["offered_to"])
    record(entry, "roster_offer", actor=actor, rights=KEEPERS, note=f"{to} {note}".strip())
    return None


@transaction.atomic
def answer(entry: RosterEntry, *, takes: bool, actor: Actor) -> None:
    """Take a member over for appraisal, or say no; by whoever keeps the roster of the branch asked. Whoever asked may
    take the question back. Raises PermissionDenied, ValidationError."""
    to = entry.offered_to
    asked = [to] if takes and to else [entry, to]  # either side ends the question, only the other one takes over
    if not any(actor.may(right, place) for right in KEEPERS for place in asked if place):
        raise PermissionDenied
    if to is None:
        raise ValidationError(_("This member is not offered to another branch."))
    if takes:
        return _hand_over(entry, to, actor, "")
    entry.offered_to = None
    entry.save(update_fields=["offered_to"])
    record(entry, "roster_refuse", actor=actor, note=str(to))
    return None


def _hand_over(entry: RosterEntry, to: Organisation, actor: Actor, note: str) -> None:
    source, told = entry.organisation, {"source": entry.organisation, "target": to, "note": note}
    event = RosterEvent.objects.create(
        entry=entry, kind=EventKind.HANDED_OVER, happened_on=timezone.localdate(), **told
    )
    entry.organisation, entry.offered_to = to, None
    Grading.objects.get_or_create(round_id=entry.round_id, organisation=to)
    entry.save(update_fields=["organisation", "offered_to"])
    _tell(entry, event, actor, source)


@transaction.atomic
def merge_roster(round_: Round, source: Organisation, to: Organisation, *, actor: Actor, happened_on: date) -> int:
    """并入: every entry of a merged branch goes to its successor, each counted once; how many.

    Raises PermissionDenied.
    """
    actor.require(Right.ACCEPT, source)
    rows = list(RosterEntry.objects.filter(round=round_, organisation=source))
    told: dict[str, Any] = {"kind": EventKind.MERGED, "happened_on": happened_on, "source": source, "target": to}
    RosterEvent.objects.bulk_create([RosterEvent(entry=row, **told) for row in rows])
    RosterEntry.objects.filter(pk__in=[row.pk for row in rows]).update(organisation=to)
    Grading.objects.get_or_create(round=round_, organisation=to)
    recount([source.pk, to.pk], Period(round_key=round_.pk), (*OF_ROSTER, *OF_MEMBERS), actor=actor)
    record(round_, "merge_roster", actor=actor, rights=[Right.ACCEPT], note=f"{source} → {to}")
    return len(rows)


def _check_day(entry: RosterEntry, happened_on: date) -> None:
    if not entry.round.roster_on <= happened_on <= timezone.localdate():
        raise ValidationError(
            _("The day must lie between the roster day (%s) and today: please check it.") % entry.round.roster_on
        )


def _tell(entry: RosterEntry, event: RosterEvent, actor: Actor, *others: Organisation) -> None:
    places = [entry.organisation_id, *(place.pk for place in others)]
    recount(places, Period(round_key=entry.round_id), (*OF_ROSTER, *OF_MEMBERS), actor=actor)
    record(entry, f"roster_{event.kind}", actor=actor, rights=KEEPERS, note=event.note)
