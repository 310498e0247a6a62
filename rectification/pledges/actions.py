"""Promising, looking over, publishing, looking at it on the way, rating."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from appraisals.models import Vote
from branches.models import Organisation, User
from branches.models.organisations import Kind
from branches.rights import Right
from figures.actions import recount
from figures.registry import Period as FigurePeriod
from rectification.pledges.checklists import Line
from rectification.pledges.metrics import OF_YEAR
from rectification.pledges.models import Pledge, PledgeReview
from rectification.pledges.states import LIVING, PledgeState
from rectification.problems.kinds import Whose
from rectification.problems.rules import WRITERS, check_people, may_enter
from workflow.actions import record
from workflow.actors import require_any
from workflow.moves import Move, MoveNotAllowed, make_move

RATINGS = ("keep", "fail", "keep_by_meeting", "fail_by_meeting")


@transaction.atomic
def promise(branch: Organisation, *, actor: User, client_key: UUID, **facts: Any) -> Pledge:
    """Write a pledge down; a form sent again under its key makes nothing new.

    A member promises for himself, whoever keeps the records enters any of the branch, a superior for the branch. Raises
    PermissionDenied, ValidationError.
    """
    pledge = Pledge(organisation=branch, client_key=client_key, **facts)
    _settle(pledge)
    if not may_enter(pledge, actor):
        raise PermissionDenied
    if branch.kind != Kind.BRANCH:
        raise ValidationError(_("A pledge is made in a branch."))
    if known := Pledge.objects.filter(client_key=client_key).first():
        return known
    _check(pledge)
    pledge.save()
    record(pledge, "create", actor=actor, target=pledge.state, entered_for=_entered_for(pledge, actor))
    _count(pledge, actor)
    return pledge


@transaction.atomic
def reword(pledge: Pledge, *, actor: User, **facts: Any) -> None:
    """Change its words while nobody has looked it over. Raises PermissionDenied, MoveNotAllowed, ValidationError."""
    require_any(actor, (*WRITERS, Right.OWN), pledge)
    if not pledge.may_change:
        raise MoveNotAllowed(_("This pledge is not changed any more: it is “%s”.") % pledge.get_state_display())
    before = pledge.year
    for name, value in facts.items():
        setattr(pledge, name, value)
    _settle(pledge)
    _check(pledge)
    pledge.save(update_fields=[*facts, "responsible", "year"])
    record(pledge, "change", actor=actor, entered_for=_entered_for(pledge, actor))
    _count(pledge, actor, before)


@transaction.atomic
def review(
    pledge: Pledge, *, actor: User, period: str, standing: str, met: Sequence[str], words: str, on: date
) -> None:
    """Note one look at it on the way, in place of the one of the same period. Raises PermissionDenied, MoveNotAllowed
    where it is not being kept, ValidationError."""
    require_any(actor, (*WRITERS, Right.OWN), pledge)
    if pledge.state != PledgeState.PUBLISHED:
        raise MoveNotAllowed(_("Only a pledge that is published and not yet rated is looked at on the way."))
    if on > timezone.localdate() or set(met) - set(Line.values):
        raise ValidationError(_("It is noted after it was looked at: please check the day."))
    told = {"reviewed_on": on, "standing": standing, "met": list(met), "words": words.strip(), "reviewed_by": actor}
    found = PledgeReview(pledge=pledge, period=period, **told)
    found.full_clean(exclude=["met"], validate_constraints=False)  # nothing may be met; one of the period is replaced
    PledgeReview.objects.update_or_create(pledge=pledge, period=period, defaults=told)
    record(pledge, "review", actor=actor, note=f"{found.get_period_display()}：{found.get_standing_display()}")


@transaction.atomic
def link_vote(pledge: Pledge, vote: Vote | None, *, actor: User) -> None:
    """Name the vote by which members and guests rate it. Raises PermissionDenied, ValidationError."""
    require_any(actor, WRITERS, pledge)
    if vote is not None and vote.organisation_id != pledge.organisation_id:
        raise ValidationError(_("Please choose a vote of this branch."))
    pledge.vote = vote
    pledge.save(update_fields=["vote"])
    record(pledge, "link_vote", actor=actor, note=str(vote or "--"))


@transaction.atomic
def move(pledge: Pledge, name: str, *, actor: User, note: str = "") -> Move:
    """Make one move; nobody rates or makes void his own. Raises PermissionDenied, MoveNotAllowed, NoteRequired,
    ValidationError."""
    changes: dict[str, Any] = {}
    if name == "publish":
        changes = {"published_on": timezone.localdate()}
    elif name in RATINGS:
        changes = {"rated_on": timezone.localdate(), "rated_words": note.strip()}
    made = make_move(pledge, name, actor=actor, note=note, **changes)
    for column, value in changes.items():
        setattr(pledge, column, value)
    if name == "void" and actor.member_id is not None and actor.member_id == pledge.responsible_id:
        raise ValidationError(_("Nobody makes his own pledge void: please leave it to the superior."))
    _count(pledge, actor)
    return made


def _settle(pledge: Pledge) -> None:
    """What follows from what was typed: a member keeps his own; the year is that of the round, else of its day."""
    if pledge.whose == Whose.MEMBER:
        pledge.responsible = pledge.member
    else:
        pledge.member = None
    if pledge.due_on:
        pledge.year = pledge.round.year if pledge.round else pledge.due_on.year


def _check(pledge: Pledge) -> None:
    pledge.full_clean(exclude=["client_key"])
    if pledge.due_on < timezone.localdate() and pledge.state in LIVING:
        raise ValidationError({"due_on": _("The day by which it is to be kept lies in the past: please check it.")})
    check_people(pledge.organisation, [pledge.member, pledge.responsible], timezone.localdate())


def _entered_for(pledge: Pledge, actor: Any) -> str:
    own = any(actor.may(right, pledge) for right in (Right.RECORD, Right.OWN))
    return "" if own else str(pledge.organisation)


def _count(pledge: Pledge, actor: Any, before: int | None = None) -> None:
    for year in {pledge.year, pledge.year if before is None else before}:
        recount([pledge.organisation_id], FigurePeriod(year=year), OF_YEAR, actor=actor)
