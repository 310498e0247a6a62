"""Writing a problem down, changing it, and telling how far it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from branches.models import Organisation, User
from branches.models.organisations import Kind
from branches.rights import Right
from rectification.problems.actions.counting import count
from rectification.problems.clear import refuse_unclear
from rectification.problems.kinds import Whose
from rectification.problems.models import Measure, Problem
from rectification.problems.rules import WRITERS, check_people, may_enter
from rectification.problems.states import ProblemState
from workflow.actions import record
from workflow.actors import require_any
from workflow.moves import MoveNotAllowed

MOST_MEASURES = 30
# What stays as it was found once somebody has set to work on it; the day and the person have deeds of their own.
SETTLED = ("text", "whose", "member", "responsible", "due_on", "found_on", "round", "year", "origin", "origin_words")


@dataclass(frozen=True, slots=True)
class Entry:
    """A problem as typed: columns of Problem, and its measures in order."""

    facts: dict[str, Any]
    measures: Sequence[str] = ()


class Behind(Exception):
    """Another window or an earlier sending has saved this problem since the form was opened."""


@transaction.atomic
def enter(branch: Organisation, entry: Entry, *, actor: User, client_key: UUID, origin_ref: str = "") -> Problem:
    """Write a problem down; a form sent again under its key makes nothing new.

    A member writes his own, whoever keeps the records any of the branch, a superior for the branch. Raises
    PermissionDenied, ValidationError, Behind where the form had been sent with other words.
    """
    problem = Problem(organisation=branch, client_key=client_key, origin_ref=origin_ref, **entry.facts)
    if problem.whose == Whose.MEMBER:
        problem.responsible = problem.member
    if not may_enter(problem, actor):
        raise PermissionDenied
    if branch.kind != Kind.BRANCH:
        raise ValidationError(_("A problem is written down for a branch."))
    known = Problem.objects.filter(client_key=client_key).first()
    if known is not None:
        if known.organisation_id != branch.pk or known.text != problem.text:
            raise Behind
        return known
    problem.first_due_on, problem.year = problem.due_on, _year(problem)
    _check(problem, entry.measures)
    check_people(branch, [problem.member, problem.responsible], timezone.localdate())
    problem.save()
    _put_measures(problem, entry.measures)
    record(problem, "create", actor=actor, target=problem.state, entered_for=_entered_for(problem, actor))
    count([problem], actor=actor)
    return problem


@transaction.atomic
def change(problem: Problem, entry: Entry, *, actor: User, seen: int) -> Problem:
    """Save a problem anew; `seen` is the version its page knows. Once it is claimed what was found stays as it is.

    Raises PermissionDenied, MoveNotAllowed, ValidationError, Behind.
    """
    require_any(actor, (*WRITERS, Right.OWN), problem)
    if not problem.is_open:
        raise MoveNotAllowed(_("This problem is not changed any more: it is “%s”.") % problem.get_state_display())
    fixed = SETTLED if problem.state != ProblemState.UNCLAIMED else ()
    facts = {name: value for name, value in entry.facts.items() if name not in fixed}
    before = (problem.round_id, problem.year)
    for name, value in facts.items():
        setattr(problem, name, value)
    _settle(problem, facts)
    if not fixed:
        check_people(problem.organisation, [problem.member, problem.responsible], timezone.localdate())
    _check(problem, entry.measures)
    rows = Problem.objects.filter(pk=problem.pk, version=seen, state=problem.state)
    if not rows.update(version=F("version") + 1, **facts):
        raise Behind
    problem.version = seen + 1
    _put_measures(problem, entry.measures)
    if fixed:
        refuse_unclear(problem)
    record(problem, "change", actor=actor, entered_for=_entered_for(problem, actor))
    count([problem], actor=actor, before=before)
    return problem


@transaction.atomic
def tell_progress(
    problem: Problem, words: str, *, actor: User, done: Sequence[int] = (), satisfied: str = "", on: date | None = None
) -> None:
    """Say how far it is: in words, by the positions of measures carried out, and what the people say of it.

    Raises PermissionDenied, MoveNotAllowed once it is closed or void.
    """
    require_any(actor, (*WRITERS, Right.OWN), problem)
    if problem.state in (ProblemState.CLOSED, ProblemState.VOID):
        raise MoveNotAllowed(_("This problem is not changed any more: it is “%s”.") % problem.get_state_display())
    problem.so_far, problem.satisfied = words.strip(), satisfied
    problem.full_clean(exclude=["client_key"])
    problem.save(update_fields=["so_far", "satisfied"])
    carried = Measure.objects.filter(problem=problem, position__in=done)
    carried.filter(done_on=None).update(done_on=on or timezone.localdate())
    Measure.objects.filter(problem=problem).exclude(position__in=done).update(done_on=None)
    record(problem, "progress", actor=actor, note=words.strip(), entered_for=_entered_for(problem, actor))


def _check(problem: Problem, measures: Sequence[str]) -> None:
    problem.full_clean(exclude=["client_key"])
    if problem.found_on > timezone.localdate():
        raise ValidationError({"found_on": _("The day on which it was found lies in the future: please check it.")})
    if problem.due_on and problem.due_on < problem.found_on:
        raise ValidationError({"due_on": _("It cannot be put right before it was found: please check the day.")})
    if problem.round is not None and not problem.round.branches().filter(pk=problem.organisation_id).exists():
        raise ValidationError({"round": _("This branch takes no part in that round.")})
    if len(measures) > MOST_MEASURES or any(len(words) > 500 for words in measures):
        raise ValidationError(_("At most %(most)d measures, each of at most 500 characters.") % {"most": MOST_MEASURES})


def _settle(problem: Problem, facts: dict[str, Any]) -> None:
    """What follows from the columns typed: whose it is says who is responsible, and whether somebody is named to check;
    the first day is the first deadline."""
    if problem.whose == Whose.MEMBER and "responsible" in facts:
        problem.responsible = facts["responsible"] = problem.member
    if "found_on" in facts:
        problem.year = facts["year"] = _year(problem)
    if "due_on" in facts:
        problem.first_due_on = facts["first_due_on"] = facts["due_on"]
    if problem.checker_id and (problem.whose != Whose.MEMBER or problem.responsible_id == problem.checker_id):
        problem.checker = facts["checker"] = None


def _year(problem: Problem) -> int:
    """The year it belongs to: that of its round, else the one in which it was found."""
    return problem.round.year if problem.round else problem.found_on.year


def _put_measures(problem: Problem, measures: Sequence[str]) -> None:
    """The measures as typed; those whose words stay keep the day they were carried out."""
    done = dict(Measure.objects.filter(problem=problem).values_list("text", "done_on"))
    Measure.objects.filter(problem=problem).delete()
    rows = [
        Measure(problem=problem, position=place, text=text, done_on=done.get(text))
        for place, text in enumerate(measures, 1)
    ]
    Measure.objects.bulk_create(rows)


def _entered_for(problem: Problem, actor: Any) -> str:
    """The branch, where a superior types for it."""
    own = (Right.RECORD, Right.OWN)
    return "" if any(actor.may(right, problem) for right in own) else str(problem.organisation)
