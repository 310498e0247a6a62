"""Writing down what a branch thinks of its members: grade, opinion, and for a low one why and how he is helped."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from appraisals.grades.models import Grade, GradeText, Grading
from appraisals.grades.policies import laid_down, seats_of
from appraisals.grades.states import GradeState
from appraisals.grades.steps import require_running
from appraisals.models import RosterEntry
from branches.models.members import Category
from branches.rights import Right
from workflow.actions import record_many
from workflow.actors import Actor, require_any
from workflow.moves import MoveNotAllowed

WRITERS = (Right.GRADE, Right.GRADE_FOR)
WORDS = ("peers", "opinion", "reason", "measure")


@dataclass(frozen=True, slots=True)
class Weighed:
    """What is written of one member, by the key of his entry; `seen`: the version the page knows, 0 for none."""

    entry: int
    level: str
    peers: str = ""
    opinion: str = ""
    reason: str = ""
    measure: str = ""
    seen: int = 0


class Behind(Exception):
    """Somebody else has written of these members since the page was opened: keys of their entries."""

    def __init__(self, entries: Sequence[int]) -> None:
        super().__init__(entries)
        self.entries = list(entries)


@transaction.atomic
def weigh(grading: Grading, rows: Sequence[Weighed], *, actor: Actor) -> list[Grade]:
    """Write down grades and words of these members of the branch, all or none; what is decided is not touched.

    In as many statements for one as for a hundred. Raises PermissionDenied, MoveNotAllowed, ValidationError, Behind.
    """
    require_any(actor, (*WRITERS, Right.SETTLE_GRADE), grading)
    require_running(grading.round)
    grades = _held(grading, [row.entry for row in rows])
    if any(not any(actor.may(right, grade) for right in WRITERS) for grade in grades.values()):
        raise PermissionDenied
    if late := [row.entry for row in rows if grades[row.entry].version != row.seen]:
        raise Behind(late)
    new = {key for key, grade in grades.items() if grade.pk is None}
    for row in rows:
        _put(grades[row.entry], row)
    _save([grades[row.entry] for row in rows])
    _write(rows, grades)
    _tell(list(grades.values()), new, actor)
    _leave_to_superior(grading, actor)
    return list(grades.values())


def _held(grading: Grading, keys: Sequence[int]) -> dict[int, Grade]:
    """The grades of these entries, locked, by key of the entry; new ones are not yet saved. Raises ValidationError for
    somebody who is not graded here."""
    inside = RosterEntry.objects.due().filter(round=grading.round_id, organisation=grading.organisation_id)
    rows = inside.filter(pk__in=keys).select_related("member", "organisation", "round")
    entries = {entry.pk: entry for entry in rows.select_for_update(of=["self"])}
    if missing := [key for key in keys if key not in entries]:
        raise ValidationError(_("%(n)d members are not on the roster of this branch any more.") % {"n": len(missing)})
    if named := [str(entry) for entry in entries.values() if entry.category != Category.FORMAL]:
        raise ValidationError(_("Probationary members get no grade: %s.") % "、".join(named))
    found = {grade.entry_id: grade for grade in Grade.objects.filter(entry__in=entries).select_for_update()}
    for key, grade in found.items():
        grade.entry = entries[key]
    new = [entry for key, entry in entries.items() if key not in found]
    today = timezone.localdate()
    made = laid_down(new, grading.organisation, grading.round.year, today) if new else []
    return found | {grade.entry_id: grade for grade in made}


def _put(grade: Grade, row: Weighed) -> None:
    if not grade.is_weighed:
        told = {"name": grade, "state": grade.get_state_display()}
        raise MoveNotAllowed(_("%(name)s: “%(state)s”, so the grade cannot be changed now.") % told)
    grade.level, grade.version = row.level, grade.version + 1
    grade.clean_fields(exclude=["entry"])


def _save(grades: Sequence[Grade]) -> None:
    new, old = [grade for grade in grades if grade.pk is None], [grade for grade in grades if grade.pk]
    Grade.objects.bulk_create(new)
    Grade.objects.bulk_update(old, ["level", "version"])


def _write(rows: Sequence[Weighed], grades: dict[int, Grade]) -> None:
    texts = [GradeText(grade=grades[row.entry], **{name: getattr(row, name).strip() for name in WORDS}) for row in rows]
    for text in texts:
        text.clean_fields(exclude=["grade"])
    GradeText.objects.bulk_create(texts, update_conflicts=True, unique_fields=["grade"], update_fields=WORDS)


def _leave_to_superior(grading: Grading, actor: Actor) -> None:
    """In a branch without a committee the secretary waits for the superior from now on (F4)."""
    seats = seats_of(grading.organisation, timezone.localdate())
    if seats.has_committee:
        return
    here = {"round": grading.round_id, "organisation": grading.organisation_id, "category": Category.FORMAL}
    entries = RosterEntry.objects.due().filter(member__in=seats.secretaries, graded_as=None, **here)
    rows = list(entries.select_related("member", "organisation", "round"))
    grades = Grade.objects.bulk_create(
        laid_down(rows, grading.organisation, grading.round.year, timezone.localdate()) if rows else []
    )
    record_many(grades, "begin", actor=actor, rights=WRITERS, target=str(GradeState.DRAFT))


def _tell(grades: Sequence[Grade], new: Collection[int], actor: Actor) -> None:
    """Who wrote of whom, and nothing of what: the history of a new one begins here."""
    mine = {grade.pk for grade in grades if actor.may(Right.GRADE, grade)}
    for is_new, for_branch in ((True, True), (True, False), (False, True), (False, False)):
        told = [one for one in grades if (one.entry_id in new) == is_new and (one.pk not in mine) == for_branch]
        target = str(GradeState.DRAFT) if is_new else ""
        record_many(told, "weigh", actor=actor, rights=WRITERS, for_branch=for_branch, target=target)
