"""Giving problems to somebody, setting another day, naming a checker, looking at them again."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from branches.models import Member, User
from branches.rights import Right
from rectification.problems.actions.counting import count
from rectification.problems.actions.telling import tell
from rectification.problems.kinds import Origin, Whose
from rectification.problems.models import Problem, Recheck
from rectification.problems.rules import CHECKERS, LEADERS, check_people, is_his
from rectification.problems.states import LIVING, OWED, ProblemState
from workflow.actions import record
from workflow.actors import require_any
from workflow.moves import MoveNotAllowed, NoteRequired


@transaction.atomic
def assign(problems: Sequence[Problem], responsible: Member, *, actor: User, due_on: date | None = None) -> int:
    """Make somebody responsible for problems of one branch, with a day where none was set; how many there are.

    Raises PermissionDenied, ValidationError for a member's own problem, for what is closed, for a stranger.
    """
    for problem in problems:
        require_any(actor, LEADERS, problem)
    rows = _held(problems)
    if any(row.whose == Whose.MEMBER for row in rows):
        raise ValidationError(_("A member's problem is his own to put right: it is given to nobody else."))
    check_people(_branch(rows), [responsible], timezone.localdate())
    _refuse_past(due_on)
    for row in rows:
        row.responsible = responsible
        if due_on and row.due_on is None:
            row.due_on = row.first_due_on = due_on
        row.version += 1
    Problem.objects.bulk_update(rows, ["responsible", "due_on", "first_due_on", "version"])
    tell({row: str(responsible) for row in rows}, "assign", actor=actor)
    return len(rows)


@transaction.atomic
def extend(problems: Sequence[Problem], due_on: date, *, actor: User, reason: str) -> int:
    """Set another day for problems, with a reason that their history keeps; how many there are.

    Raises PermissionDenied, NoteRequired, ValidationError for what is closed and for a day in the past.
    """
    for problem in problems:
        require_any(actor, LEADERS, problem)
    if not reason.strip():
        raise NoteRequired(_("Please give a reason."))
    rows = _held(problems)
    _refuse_past(due_on)
    notes = {row: f"{row.due_on or '--'} → {due_on}：{reason.strip()}" for row in rows}
    for row in rows:
        row.first_due_on = row.first_due_on or due_on
        row.due_on, row.late_marked = due_on, False
        row.version += 1
    Problem.objects.bulk_update(rows, ["due_on", "first_due_on", "late_marked", "version"])
    tell(notes, "extend", actor=actor)
    count(rows, actor=actor)
    return len(rows)


@transaction.atomic
def name_checker(problem: Problem, checker: Member | None, *, actor: User) -> None:
    """Name the member who verifies a member's problem where the branch has no committee (F4).

    Raises PermissionDenied, MoveNotAllowed, ValidationError.
    """
    require_any(actor, LEADERS, problem)
    if problem.state in (ProblemState.CLOSED, ProblemState.VOID):
        raise MoveNotAllowed(_("This problem is not changed any more: it is “%s”.") % problem.get_state_display())
    if problem.whose != Whose.MEMBER or not problem.is_without_committee:
        raise ValidationError(_("A checker is named for a member's problem in a branch without a committee."))
    if checker is not None:
        if checker.pk == problem.responsible_id:
            raise ValidationError(_("Nobody verifies a problem that he is responsible for himself."))
        check_people(problem.organisation, [checker], timezone.localdate())
    problem.checker = checker
    problem.save(update_fields=["checker"])
    record(problem, "name_checker", actor=actor, note=str(checker or "--"))


@transaction.atomic
def recheck(problem: Problem, *, actor: User, holds: bool, words: str, checked_on: date) -> Recheck:
    """Look at a closed problem again; where it has come back, a new one is written down that follows it.

    Raises PermissionDenied for whoever is responsible and for whoever neither leads nor oversees, MoveNotAllowed,
    ValidationError.
    """
    require_any(actor, CHECKERS, problem)
    if is_his(problem, actor):
        raise PermissionDenied
    if problem.state != ProblemState.CLOSED:
        raise MoveNotAllowed(_("Only what was closed is looked at again."))
    if not problem.closed_on or not problem.closed_on <= checked_on <= timezone.localdate():
        raise ValidationError(_("It is looked at again after it was closed: please check the day."))
    follow_up = None if holds else _again(problem, words, checked_on, actor)
    found = Recheck(problem=problem, holds=holds, words=words.strip(), checked_on=checked_on, checked_by=actor,
                    follow_up=follow_up)  # fmt: skip
    found.full_clean()
    found.save()
    record(problem, "recheck", actor=actor, note=words.strip())
    if follow_up is not None:
        record(follow_up, "create", actor=actor, target=follow_up.state)
        count([follow_up], actor=actor)
    return found


def _again(problem: Problem, words: str, on: date, actor: User) -> Problem:
    """The same problem once more, to be claimed anew. Raises ValidationError where it has come back already."""
    if before := Problem.objects.filter(follows=problem, state__in=LIVING).first():
        raise ValidationError(_("It has come back already and is being put right: №%(key)d.") % {"key": before.pk})
    kept = ("organisation", "round", "year", "whose", "member", "text", "category", "goal", "leader", "responsible",
            "helpers", "priority", "difficulty")  # fmt: skip
    facts = {name: getattr(problem, name) for name in kept}
    origin = Origin.SELF if actor.may(Right.LEAD, problem) else Origin.INSPECTION
    again = Problem(client_key=uuid4(), origin=origin, origin_words=words.strip()[:120], found_on=on,
                    follows=problem, **facts)  # fmt: skip
    again.save()
    return again


def _held(problems: Sequence[Problem]) -> list[Problem]:
    """The rows themselves, locked. Raises ValidationError where one of them is not open any more."""
    keys = [problem.pk for problem in problems]
    rows = Problem.objects.filter(pk__in=keys).select_related("organisation", "responsible").order_by("pk")
    held = list(rows.select_for_update(of=("self",)))
    closed = [row.short for row in held if row.state not in OWED]
    if closed or not held:
        told = {"names": "；".join(closed[:5])}
        raise ValidationError(_("Only open problems can be given to somebody or get another day: %(names)s") % told)
    return held


def _branch(rows: Sequence[Problem]) -> Any:
    if len({row.organisation_id for row in rows}) > 1:
        raise ValidationError(_("Please choose problems of one branch: who is responsible belongs to it."))
    return rows[0].organisation


def _refuse_past(due_on: date | None) -> None:
    if due_on and due_on < timezone.localdate():
        raise ValidationError(_("The day by which it is to be put right lies in the past: please check it."))
