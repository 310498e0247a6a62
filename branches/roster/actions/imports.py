"""What people decide about an import of a roster, and what its check tells; writing it is in writing.py."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction

from branches.models import Organisation, RosterImport
from branches.rights import Right
from branches.roster import files
from branches.roster.look import Look
from branches.roster.states import WITH_FILE, State
from jobs.actions import enqueue
from jobs.models import Job
from workflow.actions import audit, record
from workflow.actors import SYSTEM, Actor
from workflow.moves import MoveNotAllowed, make_move

CHECK, WRITE = "roster_check", "roster_write"
KEPT_DAYS = 30


@transaction.atomic
def upload(organisation: Organisation, *, actor: Actor, key: str, seen: Look, name: str, since: date) -> RosterImport:
    """Begin the import of a file for `organisation` and what hangs below it. Raises PermissionDenied."""
    actor.require(Right.KEEP_REGISTER, organisation)
    sent = RosterImport(organisation=organisation, file_key=key, since=since, **_seen(seen))
    sent.file_name, sent.uploaded_by = name[:200], str(actor.actor_label)[:80]
    sent.save(force_insert=True)
    record(sent, "upload", actor=actor, note=sent.file_name)
    audit("roster_uploaded", actor=actor, subject=sent)
    return sent


@transaction.atomic
def note_look(sent: RosterImport, *, actor: Actor, seen: Look) -> None:
    """Note what a look into another sheet found. Raises PermissionDenied."""
    actor.require(Right.KEEP_REGISTER, sent)
    RosterImport.objects.filter(pk=sent.pk, state=State.MAPPING).update(**_seen(seen))


@transaction.atomic
def name_columns(sent: RosterImport, *, actor: Any, mapping: Mapping[str, Any]) -> None:
    """Say which column holds what, and have the rows checked. Raises PermissionDenied, MoveNotAllowed."""
    make_move(sent, "check", actor=actor, mapping=dict(mapping), answers={}, job=_job(sent, CHECK, actor))


@transaction.atomic
def answer(sent: RosterImport, *, actor: Any, answers: Mapping[str, str]) -> None:
    """Decide about namesakes, and have the rows checked with that. Raises PermissionDenied, MoveNotAllowed."""
    make_move(sent, "answer", actor=actor, answers=sent.answers | dict(answers), job=_job(sent, CHECK, actor))


@transaction.atomic
def move(sent: RosterImport, name: str, *, actor: Any, note: str = "") -> None:
    """Make a move that has a button. Raises PermissionDenied, MoveNotAllowed."""
    changes: dict[str, Any] = {}
    if name in ("confirm", "recheck"):
        changes["job"] = _job(sent, WRITE if name == "confirm" else CHECK, actor)
    make_move(sent, name, actor=actor, note=note, **changes)
    if name == "discard":
        transaction.on_commit(partial(files.remove, sent.file_key))


@transaction.atomic
def note_found(sent: RosterImport, *, actor: Actor, job: Job, counts: dict[str, int], fingerprint: str) -> None:
    """Tell what the check of `job` has found. Raises PermissionDenied, MoveNotAllowed where another job took over."""
    actor.require("system", sent)
    held = RosterImport.objects.select_for_update().filter(pk=sent.pk, job=job.pk).first()
    if held is None:
        raise MoveNotAllowed
    make_move(held, "tell", actor=actor, counts=counts, fingerprint=fingerprint)


def expire(*, now: datetime, actor: Actor = SYSTEM) -> None:
    """Give up imports that nobody went on with, and remove files that belong to none: they tell of people."""
    actor.require("system", None)
    for sent in RosterImport.objects.forgotten(now - timedelta(days=KEPT_DAYS)).select_related("job", "organisation"):
        with suppress(MoveNotAllowed), transaction.atomic():
            make_move(sent, "expire", actor=actor)
            transaction.on_commit(partial(files.remove, sent.file_key))
    files.remove_strays(set(RosterImport.objects.filter(state__in=WITH_FILE).values_list("file_key", flat=True)), now)


def _seen(seen: Look) -> dict[str, Any]:
    heading = {"heading_row": seen.heading.row, "headings": list(seen.heading.titles)}
    return {**heading, "sheets": seen.sheets, "sheet": seen.sheet, "mapping": seen.mapping}


def _job(sent: RosterImport, kind: str, actor: Any) -> Job:
    """The work owed for an import; undone with the transaction where the move is refused."""
    actor.require(Right.KEEP_REGISTER, sent)
    return enqueue(kind, actor=actor, params={"roster": sent.pk}, organisation_key=str(sent.organisation_id))
