"""What a branch has to make up for (补课/返工): laid down by a return, a revision, a visit; closed by a second look."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from appraisals.rounds.gate import findings
from appraisals.rounds.models import MakeupItem, PlanRevision, Progress, Requirement
from appraisals.rounds.states import ProgressState
from branches.rights import Right
from workflow.actions import record_many
from workflow.actors import Actor
from workflow.moves import Move, make_move

DAYS_TO_MAKE_UP = 10


def owe(progress: Progress, what: str, *, actor: Actor, due_on: date) -> MakeupItem:
    """Lay down one item for a branch in a stage. Raises as `owe_each`."""
    (item,) = owe_each(progress, [what], actor=actor, due_on=due_on)
    return item


@transaction.atomic
def owe_each(
    progress: Progress, wanted: Sequence[str], *, actor: Actor, due_on: date, clause: str = ""
) -> list[MakeupItem]:
    """Lay down an item for each of these words, in their order, for a branch in a stage; in as many statements for one
    as for thirty. Raises PermissionDenied, ValidationError."""
    actor.require(Right.ACCEPT, progress)
    if due_on < timezone.localdate():
        raise ValidationError(_("The day by which it is to be made up lies in the past: please check it."))
    place = {"round": progress.round, "stage": progress.stage, "organisation": progress.organisation}
    items = [MakeupItem(what=what.strip(), clause=clause, due_on=due_on, **place) for what in wanted]
    for item in items:
        item.clean_fields(exclude=[*place])  # known to be there: not asked one by one
    MakeupItem.objects.bulk_create(items)
    record_many(items, "owe", actor=actor, rights=[Right.ACCEPT], target=str(MakeupItem.State.OPEN))
    return items


def owe_new_requirements(revision: PlanRevision, added: Sequence[Requirement], *, actor: Actor) -> None:
    """For each branch that has passed a stage and does not meet what the revision adds to it: one item each."""
    passed = Progress.objects.filter(round=revision.round_id, state=ProgressState.PASSED)
    rows = passed.filter(stage__in={row.stage_id for row in added}).select_related("round", "organisation", "stage")
    found = findings(rows, actor)
    mine = {requirement.pk for requirement in added}
    due_on = timezone.localdate() + timedelta(DAYS_TO_MAKE_UP)
    items = [
        MakeupItem(
            round=revision.round, stage=row.stage, organisation=row.organisation, what=finding.words[:300],
            clause=(revision.reference or str(revision))[:120], due_on=due_on,
        )
        for row in rows for finding in found[row.pk] if finding.requirement.pk in mine and not finding.is_met
    ]  # fmt: skip
    MakeupItem.objects.bulk_create(items, batch_size=1000)
    record_many(items, "owe", actor=actor, rights=[Right.ACCEPT], target=str(MakeupItem.State.OPEN))


@transaction.atomic
def move(item: MakeupItem, name: str, *, actor: Actor, note: str = "") -> Move:
    """Make it up, close it, or say that it is not enough. Raises MoveNotAllowed, PermissionDenied, NoteRequired."""
    return make_move(item, name, actor=actor, note=note)
