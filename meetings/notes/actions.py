"""Opening a check of study notes, entering what was found in one go, and the second look."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from branches.models import Organisation, Relation, User
from branches.models.organisations import Kind
from branches.rights import Right
from meetings.models import NotesCheck, NotesLine, NotesResult
from meetings.models.notes import FELL_SHORT
from meetings.notes.states import State
from workflow.actions import record
from workflow.actors import Actor
from workflow.moves import Move, MoveNotAllowed, make_move

EARLIEST = date(2000, 1, 1)


@dataclass(frozen=True)
class Facts:
    """What a check is about. `asked`: how many study questions there are, whether they are written down or not."""

    checked_on: date
    subject: str
    asked: int = 0
    questions: str = ""


@dataclass(frozen=True)
class Found:
    """What was found of one member."""

    result: str
    answered: int | None = None
    remark: str = ""


@transaction.atomic
def open_check(organisation: Organisation, facts: Facts, *, actor: User) -> NotesCheck:
    """Open a check of a branch. Raises PermissionDenied, ValidationError."""
    check = NotesCheck(organisation=organisation, recorded_by=actor)
    actor.require(Right.RECORD, check)
    if organisation.kind != Kind.BRANCH:
        raise ValidationError(_("Study notes are checked in a branch."))
    _set(check, facts)
    check.full_clean()
    check.save(force_insert=True)
    record(check, "create", actor=actor, rights=[Right.RECORD], target=check.state)
    return check


@transaction.atomic
def amend(check: NotesCheck, facts: Facts, *, actor: Actor, seen: int) -> None:
    """Change what a check is about; its day only before results are entered, for its register is that of the day.

    Raises PermissionDenied, MoveNotAllowed (void, or changed by somebody else since), ValidationError.
    """
    actor.require(Right.RECORD, check)
    if facts.checked_on != check.checked_on and check.looked_at:
        raise ValidationError({"checked_on": _("The day stays once results are entered: they are of its register.")})
    if facts.asked < (check.notes_lines.aggregate(most=Max("answered"))["most"] or 0):
        raise ValidationError({"asked": _("Somebody has answered more questions than that. Please check.")})
    _set(check, facts)
    check.full_clean()
    _change(check, seen, **{name: getattr(check, name) for name in ("checked_on", "subject", "asked", "questions")})
    record(check, "amend_notes", actor=actor, rights=[Right.RECORD])


@transaction.atomic
def fill(check: NotesCheck, found: Mapping[int, Found], *, correct_by: date | None, actor: Actor, seen: int) -> None:
    """Enter what was found of each member of the register of the day, by key, in place of what was entered before; who
    is left out was not looked at. What was put right stays so for whoever falls short still.

    Raises PermissionDenied, MoveNotAllowed (void, or changed by somebody else since), ValidationError.
    """
    actor.require(Right.RECORD, check)
    here = Relation.objects.filter(organisation=check.organisation).register(on=check.checked_on).order_by()
    if not found.keys() <= set(here.values_list("member", flat=True)):
        raise ValidationError(_("Somebody is not in the register of that day. Please open the page again."))
    short = any(line.result in FELL_SHORT for line in found.values())
    if short and (correct_by is None or correct_by < check.checked_on):
        raise ValidationError({"correct_by": _("Please say by when it is to be put right, not before the check.")})
    corrected = dict(check.notes_lines.exclude(corrected_on=None).values_list("member", "corrected_on"))
    lines = [_line(check, key, line, corrected.get(key)) for key, line in found.items()]
    count = Counter(line.result for line in lines)
    again = sum(line.corrected_on is not None for line in lines)
    numbers = {str(result): count[result] for result in NotesResult}
    _change(check, seen, correct_by=correct_by if short else None, corrected=again, **numbers)
    check.notes_lines.exclude(member__in=found).delete()
    NotesLine.objects.bulk_create(
        lines, update_conflicts=True, unique_fields=["notes_check", "member"],
        update_fields=["result", "answered", "remark", "corrected_on"],
    )  # fmt: skip
    record(check, "fill_notes", actor=actor, rights=[Right.RECORD])


@transaction.atomic
def look_again(check: NotesCheck, members: Collection[int], on: date, *, actor: Actor, seen: int) -> None:
    """Say which of those who fell short have put it right; whoever was not yet among them did so on that day, and
    whoever is no longer has not.

    Raises PermissionDenied, MoveNotAllowed (void, or changed by somebody else since), ValidationError.
    """
    actor.require(Right.RECORD, check)
    if not check.checked_on <= on <= timezone.localdate():
        raise ValidationError({"on": _("The day lies between that of the check and today.")})
    lines = check.notes_lines.filter(result__in=FELL_SHORT)
    chosen = set(members)
    if not chosen <= set(lines.values_list("member", flat=True)):
        raise ValidationError({"members": _("Please choose members who have something to put right.")})
    _change(check, seen, corrected=len(chosen))
    lines.exclude(member__in=chosen).update(corrected_on=None)
    lines.filter(member__in=chosen, corrected_on=None).update(corrected_on=on)
    record(check, "look_again", actor=actor, rights=[Right.RECORD])


@transaction.atomic
def move(check: NotesCheck, name: str, *, actor: Actor, note: str = "") -> Move:
    """Make a check void. Raises PermissionDenied, MoveNotAllowed, NoteRequired."""
    return make_move(check, name, actor=actor, note=note)


def _set(check: NotesCheck, facts: Facts) -> None:
    if not EARLIEST <= facts.checked_on <= timezone.localdate():
        raise ValidationError({"checked_on": _("A check is opened on its day or later: please check the day.")})
    lines = [line.strip() for line in facts.questions.splitlines() if line.strip()]
    if lines and facts.asked not in (0, len(lines)):
        raise ValidationError({"asked": _("Below stand %(count)d questions. Please check.") % {"count": len(lines)}})
    check.checked_on, check.subject = facts.checked_on, facts.subject.strip()
    check.asked, check.questions = facts.asked or len(lines), "\n".join(lines)


def _line(check: NotesCheck, member: int, found: Found, corrected_on: date | None) -> NotesLine:
    if found.answered is not None and found.answered > check.asked:
        raise ValidationError(_("More questions are answered than there are. Please check."))
    corrected_on = corrected_on if found.result in FELL_SHORT else None
    line = NotesLine(
        notes_check=check, member_id=member, result=found.result, answered=found.answered,
        remark=found.remark.strip(), corrected_on=corrected_on,
    )  # fmt: skip
    line.clean_fields(exclude=["notes_check", "member"])
    return line


def _change(check: NotesCheck, seen: int, **columns: Any) -> None:
    """Write these columns of a standing check, unless somebody has changed it since its version was `seen`."""
    standing = NotesCheck.objects.filter(pk=check.pk, state=State.STANDING)
    if not standing.filter(version=seen).update(version=F("version") + 1, **columns):
        gone = _("This check is void.") if not standing.exists() else _(
            "Somebody else has changed this check meanwhile. What you typed is still here: please open the check in a "
            "second window, compare, and enter it there."
        )  # fmt: skip
        raise MoveNotAllowed(gone)
