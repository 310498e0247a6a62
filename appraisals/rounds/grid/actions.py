"""What an officer does with a grid: types totals for the branches of a stage, and passes the stage for them."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from appraisals.models import Progress, Stage
from appraisals.rounds.actions.gate import Outcome, move_many
from appraisals.rounds.states import AT_WORK, Gate, ProgressState
from appraisals.states import RoundState
from branches.models import Organisation
from branches.rights import Right
from figures.actions import Entry, type_totals
from workflow.actions import audit
from workflow.actors import Actor
from workflow.moves import MoveNotAllowed

SAYING = {Gate.APPROVAL: "request", Gate.REPORT: "report", Gate.NONE: "finish"}


@transaction.atomic
def save(stage: Stage, entries: Sequence[Entry], *, actor: Actor, note: str = "") -> int:
    """Type all of these totals for branches in a stage, or none; how many. Raises as `figures.actions.type_totals`,
    and MoveNotAllowed where the round is not open."""
    for entry in entries:
        actor.require(Right.ENTER_FOR, entry.organisation)
    if stage.round.state != RoundState.OPEN:
        raise MoveNotAllowed(_("This round is “%s”.") % stage.round.get_state_display())
    type_totals(entries, actor=actor, note=note)
    return len(entries)


@transaction.atomic
def finish(rows: Sequence[Progress], *, actor: Actor) -> Outcome:
    """Report the stage for these branches and let them pass it, each where nothing that is lacking blocks it.

    All of one stage. In as many statements for one as for a thousand. Raises PermissionDenied, MoveNotAllowed.
    """
    for row in rows:
        actor.require(Right.ENTER_FOR, row)
    found = Outcome()
    at_work = [row for row in rows if row.state in (*AT_WORK, ProgressState.AHEAD)]
    asked = [row for row in rows if row.state == ProgressState.REQUESTED]
    if at_work:
        found = move_many(at_work, SAYING[Gate(at_work[0].stage.gate)], actor=actor)
        asked += [row for row in found.moved if row.state == ProgressState.REQUESTED]
    found.refused |= move_many(asked, "pass_on", actor=actor).refused
    done = {row.pk for row in (*at_work, *asked)}
    found.moved = [row for row in rows if row.pk in done and row.state == ProgressState.PASSED]
    found.refused |= {row.pk: _("It has passed the stage already.") for row in rows if row.pk not in done}
    return found


def note_export(stage: Stage, place: Organisation, rows: int, *, actor: Actor, address: str) -> None:
    """Tell the audit log who fetched which grid. Raises PermissionDenied."""
    actor.require(Right.ENTER_FOR, place)
    told = _("%(file)s, %(rows)d rows") % {"file": f"{stage.round} · {stage} · {place}", "rows": rows}
    audit("exported", actor=actor, subject=place, note=told[:200], address=address)
