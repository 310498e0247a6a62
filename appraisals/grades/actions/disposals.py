"""A disposal file: made, kept and closed by hand; no grade and no other deed opens one (users.md F27)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from appraisals.grades.chains import Level
from appraisals.grades.disposal_states import DisposalState
from appraisals.grades.models import DisposalFile, DisposalNote, Grade
from appraisals.grades.policies import committee_above, keeps_files
from branches.rights import Right
from workflow.actions import record
from workflow.actors import Actor
from workflow.moves import Move, MoveNotAllowed, make_move

KEEPERS = (Right.KEEP_FILE,)


@transaction.atomic
def open_file(grade: Grade, *, actor: Actor, informed: str, informed_on: date) -> DisposalFile:
    """Make a file beside an unqualified grade that was decided, after the basic-level committee was informed.

    Raises PermissionDenied, ValidationError (the rule is not applied there, another grade, nobody was informed).
    """
    file = DisposalFile(grade=grade, committee=committee_above(grade.organisation), informed=informed.strip()[:80])
    actor.require(Right.KEEP_FILE, file)
    if not keeps_files(grade.organisation, grade.entry.round.year):
        raise ValidationError(_("Disposal files are not kept here: a superior applies rule F27-1 first."))
    if grade.level != Level.UNQUALIFIED or not grade.is_graded:
        raise ValidationError(_("A file is made only of a member whose grade “unqualified” is decided."))
    if not file.informed:
        raise ValidationError(_("Please write who at the basic-level committee was informed."))
    if DisposalFile.objects.filter(grade=grade).exclude(state=DisposalState.VOID).exists():
        raise ValidationError(_("There is a file of this member already."))
    _check_day(informed_on)
    file.informed_on = informed_on
    file.save()
    record(file, "create", actor=actor, rights=KEEPERS, target=file.state)
    return file


@transaction.atomic
def change(file: DisposalFile, *, actor: Actor, way: str, due_on: date | None) -> None:
    """Lay down the way of disposal and its time limit. Raises PermissionDenied, MoveNotAllowed, ValidationError."""
    actor.require(Right.KEEP_FILE, file)
    _require_open(file)
    file.way, file.due_on = way, due_on
    file.clean_fields(exclude=["grade", "committee"])
    file.save(update_fields=["way", "due_on"])
    record(file, "change_disposal", actor=actor, rights=KEEPERS)


@transaction.atomic
def note(file: DisposalFile, text: str, noted_on: date, *, actor: Actor) -> DisposalNote:
    """Note one fact. Raises PermissionDenied, MoveNotAllowed, ValidationError."""
    actor.require(Right.KEEP_FILE, file)
    _require_open(file)
    _check_day(noted_on)
    made = DisposalNote(file=file, text=text.strip(), noted_on=noted_on)
    made.full_clean(exclude=["file"])
    made.save()
    record(file, "note_disposal", actor=actor, rights=KEEPERS)
    return made


@transaction.atomic
def move_file(file: DisposalFile, name: str, *, actor: Actor, note: str = "") -> Move:
    """Close a file or make it void. Raises PermissionDenied, MoveNotAllowed, NoteRequired."""
    return make_move(file, name, actor=actor, note=note)


def _require_open(file: DisposalFile) -> None:
    if DisposalFile.objects.select_for_update().get(pk=file.pk).state != DisposalState.OPEN:
        raise MoveNotAllowed(_("This file is closed: nothing is noted in it any more."))


def _check_day(day: date) -> None:
    if day > timezone.localdate():
        raise ValidationError(_("The day lies in the future: please check it."))
