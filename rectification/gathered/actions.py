"""Naming a common problem, gathering problems under it, taking them out again."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from branches.models import User
from branches.models.organisations import Kind
from branches.rights import Right
from branches.tree import contains
from rectification.gathered.models import CommonProblem
from rectification.gathered.states import CommonState
from rectification.problems.models import Problem
from rectification.problems.states import ProblemState
from workflow.actions import record
from workflow.moves import Move, MoveNotAllowed, make_move

MOST = 2000  # problems under one


@transaction.atomic
def save(common: CommonProblem, *, actor: User, **facts: Any) -> CommonProblem:
    """Name a common problem, or word it otherwise while it is open. Raises PermissionDenied, MoveNotAllowed,
    ValidationError."""
    actor.require(Right.ARRANGE, common.organisation)
    if common.organisation.kind == Kind.BRANCH:
        raise ValidationError(_("A common problem is named by a superior of several branches."))
    if common.state != CommonState.OPEN:
        raise MoveNotAllowed(_("It is open no more: please take it up again first."))
    is_new, before = common.pk is None, common.due_on
    for name, value in facts.items():
        setattr(common, name, value)
    common.full_clean()
    if common.due_on not in (None, before) and common.due_on < timezone.localdate():
        raise ValidationError(
            {"due_on": _("The day by which it is to be put right lies in the past: please check it.")}
        )
    common.save()
    told = {"target": common.state} if is_new else {}
    record(common, "create" if is_new else "change", actor=actor, **told)
    return common


@transaction.atomic
def gather(common: CommonProblem, problems: Sequence[Problem], *, actor: User) -> int:
    """Put these problems under it, those of branches below its organisation; how many there were.

    Raises PermissionDenied, MoveNotAllowed, ValidationError.
    """
    actor.require(Right.ARRANGE, common)
    if common.state != CommonState.OPEN:
        raise MoveNotAllowed(_("It is open no more: please take it up again first."))
    if not all(contains(common.organisation.path, problem.organisation.path) for problem in problems):
        raise ValidationError(_("Only problems of branches below %(place)s.") % {"place": common.organisation})
    rows = Problem.objects.filter(pk__in=[problem.pk for problem in problems]).exclude(state=ProblemState.VOID)
    if Problem.objects.filter(common=common).count() + len(problems) > MOST:
        raise ValidationError(_("At most %(most)d problems are gathered under one.") % {"most": MOST})
    _take_out_of_others(common, rows, actor)
    number = rows.update(common=common)
    record(common, "gather", actor=actor)
    return number


def _take_out_of_others(common: CommonProblem, rows: Any, actor: User) -> None:
    """Tell the common problems under which some of these rows stood until now. Raises ValidationError where one of them
    is another superior's."""
    elsewhere = rows.exclude(common=None).exclude(common=common).select_related("common__organisation").order_by("pk")
    before: dict[CommonProblem, list[str]] = {}
    for row in elsewhere:
        before.setdefault(row.common, []).append(f"№{row.pk}")
    for other, keys in before.items():
        told = {"keys": "、".join(keys), "other": str(other), "place": str(other.organisation)}
        if not actor.may(Right.ARRANGE, other):
            raise ValidationError(_("%(keys)s stand under “%(other)s” of %(place)s: they take it out first.") % told)
        record(other, "release", actor=actor, note=told["keys"])


@transaction.atomic
def release(problem: Problem, *, actor: User) -> None:
    """Take a problem out of the common one it stands under. Raises PermissionDenied."""
    common = problem.common
    if common is None:
        raise PermissionDenied
    actor.require(Right.ARRANGE, common)
    Problem.objects.filter(pk=problem.pk, common=common).update(common=None)
    record(common, "release", actor=actor, note=f"№{problem.pk}")


@transaction.atomic
def move(common: CommonProblem, name: str, *, actor: User, note: str = "") -> Move:
    """Make a move; one that is void gathers nothing. Raises PermissionDenied, MoveNotAllowed, NoteRequired."""
    made = make_move(common, name, actor=actor, note=note)
    if name == "void":
        Problem.objects.filter(common=common).update(common=None)
    return made
