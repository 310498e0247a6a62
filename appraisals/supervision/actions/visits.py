"""Writing down a visit, handing it over to the branch, correcting it, making it void."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from appraisals.supervision.actions.follow_up import count, owe_for, take_back
from appraisals.supervision.checklists import Checklist
from appraisals.supervision.models import Visit, VisitLine
from appraisals.supervision.models.visits import Result
from appraisals.supervision.offered import checklist_of
from branches.models import Organisation, User
from branches.models.organisations import Kind
from branches.rights import Right
from workflow.actions import record
from workflow.moves import Move, MoveNotAllowed, make_move

WRITER = (Right.WRITE_VISIT,)


@dataclass(frozen=True, slots=True)
class Found:
    """What was found under one line of the checklist, by its code."""

    code: str
    result: str = Result.UNSEEN
    evidence: str = ""
    wants_makeup: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A visit as typed: columns of Visit, and what was found under each line."""

    facts: dict[str, Any]
    found: Sequence[Found]


class Behind(Exception):
    """Another window or an earlier sending has saved this record since the form was opened."""


@transaction.atomic
def write(
    branch: Organisation, checklist: Checklist, entry: Entry, *, actor: User, client_key: UUID, submit: bool = False
) -> Visit:
    """Record a visit as a draft, or submitted; a form sent again under its key changes nothing and makes nothing new.

    Raises PermissionDenied, ValidationError, Behind where the form had been sent with other words.
    """
    actor.require(Right.OVERSEE, branch)
    if branch.kind != Kind.BRANCH:
        raise ValidationError(_("A visit is recorded for a branch."))
    begun = _begun(branch, checklist, entry.facts, actor)
    visit, is_new = Visit.objects.get_or_create(visitor=actor, client_key=client_key, defaults=begun)
    if not is_new:
        return _sent_again(visit, entry, actor, submit)
    _put(visit, checklist, entry)
    record(visit, "create", actor=actor, rights=WRITER, target=Visit.State.DRAFT)
    return _submitted(visit, actor) if submit else visit


@transaction.atomic
def rewrite(visit: Visit, entry: Entry, *, actor: User, seen: int, submit: bool = False) -> Visit:
    """Save a draft anew, or submit it; `seen` is the version its page knows.

    Raises PermissionDenied, MoveNotAllowed, ValidationError, Behind.
    """
    actor.require(Right.WRITE_VISIT, visit)
    if not visit.is_draft:
        raise MoveNotAllowed(_("What was submitted is not changed any more: please write a correction."))
    rows = Visit.objects.filter(pk=visit.pk, version=seen, state=Visit.State.DRAFT)
    if not rows.update(version=F("version") + 1, **entry.facts):
        raise Behind
    for name, value in entry.facts.items():
        setattr(visit, name, value)
    visit.version = seen + 1
    _check(visit)
    _put_again(visit, entry)
    return _submitted(visit, actor) if submit else visit


@transaction.atomic
def correct(old: Visit, entry: Entry, *, actor: User, client_key: UUID, reason: str) -> Visit:
    """Write a submitted record anew: the old one stays beside it, with the reason, and what it asked to be made up goes
    over to the new one or is taken back.

    Raises PermissionDenied, MoveNotAllowed, NoteRequired, ValidationError, Behind.
    """
    actor.require(Right.WRITE_VISIT, old)
    known = Visit.objects.filter(visitor=actor, client_key=client_key).first()
    if known is not None:
        if known.corrects_id != old.pk or not _says(known, entry):
            raise Behind
        return known
    checklist = checklist_of(old)
    made = _begun(old.organisation, checklist, entry.facts, actor)
    visit = Visit(visitor=actor, client_key=client_key, corrects=old, **made)
    visit.checklist_name = old.checklist_name
    make_move(old, "replace", actor=actor, note=reason)
    visit.save()
    _put(visit, checklist, entry)
    record(visit, "correct_visit", actor=actor, rights=WRITER, target=Visit.State.DRAFT, note=reason.strip())
    return _submitted(visit, actor, old=old, reason=reason)


@transaction.atomic
def move(visit: Visit, name: str, *, actor: User, note: str = "") -> Move:
    """Discard a draft, acknowledge, make void; what a void record asked to be made up is void with it.

    Raises PermissionDenied, MoveNotAllowed, NoteRequired.
    """
    changes: dict[str, Any] = {"acknowledged_on": timezone.localdate()} if name == "acknowledge" else {}
    made = make_move(visit, name, actor=actor, note=note, **changes)
    for column, value in changes.items():
        setattr(visit, column, value)
    if name == "void":
        take_back(visit, actor=actor, reason=note)
        count(visit, actor=actor)
    return made


def _begun(branch: Organisation, checklist: Checklist, facts: dict[str, Any], actor: User) -> dict[str, Any]:
    """The columns of a new record, checked."""
    own = "" if checklist.is_shipped else str(checklist.name)
    made = {"organisation": branch, "checklist": checklist.code, "checklist_name": own, **facts}
    visit = Visit(visitor=actor, **made)
    _check(visit)
    return made


def _check(visit: Visit) -> None:
    visit.full_clean(exclude=["client_key"])
    if visit.visited_on > timezone.localdate():
        raise ValidationError({"visited_on": _("A visit is recorded after it took place: please check the day.")})
    if visit.round is not None and not visit.round.branches().filter(pk=visit.organisation_id).exists():
        raise ValidationError({"round": _("This branch takes no part in that round.")})


def _put(visit: Visit, checklist: Checklist, entry: Entry) -> None:
    """The lines of a new record."""
    told = {found.code: found for found in entry.found}
    rows = []
    for number, line in enumerate(checklist.lines, 1):
        found = told.get(line.code, Found(line.code))
        own = "" if checklist.is_shipped else str(line.words)
        rows.append(VisitLine(visit=visit, position=number, code=line.code, own_words=own, result=found.result,
                              evidence=found.evidence, wants_makeup=found.wants_makeup))  # fmt: skip
    VisitLine.objects.bulk_create(rows)


def _put_again(visit: Visit, entry: Entry) -> None:
    """The lines of a draft, as typed now."""
    told = {found.code: found for found in entry.found}
    lines = list(VisitLine.objects.filter(visit=visit, code__in=told))
    for line in lines:
        found = told[line.code]
        line.result, line.evidence, line.wants_makeup = found.result, found.evidence, found.wants_makeup
    VisitLine.objects.bulk_update(lines, ["result", "evidence", "wants_makeup"])


def _submitted(visit: Visit, actor: User, *, old: Visit | None = None, reason: str = "") -> Visit:
    """Hand it over: the branch reads it, and owes what is to be made up."""
    lines = list(VisitLine.objects.filter(visit=visit).select_related("visit"))
    _refuse_empty(visit, lines)
    today = timezone.localdate()
    make_move(visit, "submit", actor=actor, submitted_on=today)
    visit.submitted_on = today
    owe_for(visit, lines, actor=actor, old=old, reason=reason)
    count(visit, *([old] if old else []), actor=actor)
    return visit


def _refuse_empty(visit: Visit, lines: Sequence[VisitLine]) -> None:
    """Raise ValidationError for a record that says nothing, or nothing about what falls short."""
    if bare := [line.words for line in lines if line.result == Result.SHORT and not line.evidence.strip()]:
        raise ValidationError(_("Please say what was found where it falls short: %s.") % "；".join(bare))
    looked = any(line.result != Result.UNSEEN for line in lines)
    if not (looked or visit.comments.strip() or visit.opinion.strip()):
        raise ValidationError(_("Please say what was found: a line of the checklist, a comment or an opinion."))


def _sent_again(visit: Visit, entry: Entry, actor: User, submit: bool) -> Visit:
    """The record that this form made when it was sent before: as it is where it says the same; a draft goes on."""
    if visit.is_draft:
        return rewrite(visit, entry, actor=actor, seen=1, submit=submit)
    if not _says(visit, entry):
        raise Behind
    return visit


def _says(visit: Visit, entry: Entry) -> bool:
    told = {found.code: found for found in entry.found}
    for line in visit.found_lines.all():
        found = told.get(line.code, Found(line.code))
        if (found.result, found.evidence, found.wants_makeup) != (line.result, line.evidence, line.wants_makeup):
            return False
    return all(getattr(visit, name) == value for name, value in entry.facts.items())
