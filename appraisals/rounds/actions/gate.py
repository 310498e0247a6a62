"""A branch on its way through the stages: asks, reports, passes, is given back, gets more time, is exempt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from appraisals.rounds.actions.makeup import owe_each
from appraisals.rounds.actions.roster import merge_roster
from appraisals.rounds.gate import Finding, findings, told_of, unmet
from appraisals.rounds.metrics import OF_PROGRESS
from appraisals.rounds.models import Progress
from appraisals.rounds.states import BEHIND, OUT
from appraisals.states import RoundState
from branches.days_off.reading import offs
from branches.days_off.working import ahead
from branches.rights import Right
from figures.actions import recount
from figures.registry import Period
from workflow.actors import Actor, require_any
from workflow.moves import Move, MoveNotAllowed, joined, make_move, make_moves

LEAVING = ("request", "report", "finish")  # the moves with which a branch says that it is done
PASSING = ("report", "finish", "pass_on", "consent")  # those with which it is behind the branch
JUDGED = (*LEAVING, "pass_on", "consent")  # those at which the history keeps what was lacking
ANSWERED_WITHIN = 3  # working days, for a superior


@dataclass(slots=True)
class Outcome:
    """Of one move for many branches: those that made it, and why the others did not, by the key of the progress."""

    moved: list[Progress] = field(default_factory=list)
    refused: dict[int, str] = field(default_factory=dict)


@transaction.atomic
def move(progress: Progress, name: str, *, actor: Actor, note: str = "") -> Move:
    """Make a move of a branch in a stage, and begin its next stage where this one is behind it.

    What is missing goes along with a request or report, and stands in the history as it does when the superior lets it
    pass; a requirement that blocks refuses the former. Raises MoveNotAllowed,
    PermissionDenied, NoteRequired, ValidationError (what is missing, or an earlier stage is not passed).
    """
    _require_open(progress, name, actor)
    if name == "merge":
        return _merge(progress, actor=actor, note=note)
    changes: dict[str, Any] = {}
    found = findings([progress], actor) if name in JUDGED else {}
    if name in LEAVING:
        told, why = _leaving([progress], found, actor)
        if progress.pk in why:
            raise ValidationError(why[progress.pk])
        changes = told[progress.pk]
    if note.strip() or name != "consent":  # who agreed is to be said: what was lacking does not say it
        note = joined(note, _notes(found).get(progress.pk, ""))
    made = make_move(progress, name, actor=actor, note=note, **changes, **_passed(name))
    _follow([progress], name, actor)
    return made


@transaction.atomic
def move_many(rows: Sequence[Progress], name: str, *, actor: Actor, note: str = "") -> Outcome:
    """As `move` for the branches of one round, each where it can; in as many statements for one as for a thousand.

    Raises NoteRequired, MoveNotAllowed where the round is not open.
    """
    found = Outcome()
    if not rows:
        return found
    _require_running(rows[0])
    able, told = list(rows), dict[int, dict[str, Any]]()
    judged = findings(rows, actor) if name in JUDGED else {}
    if name in LEAVING:
        told, found.refused = _leaving(rows, judged, actor)
        able = [row for row in rows if row.pk not in found.refused]
    found.moved = make_moves(able, name, actor=actor, note=note, notes=_notes(judged), **_passed(name))
    if name in LEAVING:
        _keep(found.moved, told)
    done = {row.pk for row in found.moved}
    found.refused |= {row.pk: _("This step is not possible now.") for row in able if row.pk not in done}
    _follow(found.moved, name, actor)
    return found


@transaction.atomic
def give_back(progress: Progress, items: Sequence[str], due_on: date, *, actor: Actor, note: str) -> None:
    """Return a stage with the items to make up, each a line. Raises what `move` and `owe_each` raise."""
    move(progress, "give_back", actor=actor, note=note)
    owe_each(progress, items, actor=actor, due_on=due_on)


@transaction.atomic
def extend(progress: Progress, due_on: date, *, actor: Actor, note: str) -> Move:
    """Give a branch until `due_on`. Raises MoveNotAllowed, PermissionDenied, NoteRequired, ValidationError."""
    _require_open(progress, "extend", actor)
    if due_on <= progress.due_on:
        raise ValidationError(_("More time ends later than %s, as it is now.") % progress.due_on)
    if not note.strip():
        raise ValidationError(_("Please give a reason."))
    return make_move(progress, "extend", actor=actor, note=f"{due_on} {note}", due_on=due_on)


def _merge(progress: Progress, *, actor: Actor, note: str) -> Move:
    """并入: close every open stage of a merged branch; its roster goes to the successor, where each is counted once."""
    made = make_move(progress, "merge", actor=actor, note=note)
    branch = progress.organisation
    others = Progress.objects.filter(round=progress.round_id, organisation=branch).exclude(pk=progress.pk)
    make_moves(others.select_related("organisation", "stage"), "merge", actor=actor, note=note)
    if branch.successor is not None:  # as the move itself asks
        merge_roster(progress.round, branch, branch.successor, actor=actor, happened_on=timezone.localdate())
    recount([branch.pk], Period(round_key=progress.round_id), OF_PROGRESS, actor=actor)
    return made


def _notes(found: Mapping[int, Sequence[Finding]]) -> dict[int, str]:
    """What the history keeps of what was lacking, by key; nothing where nothing was."""
    return {key: told_of(unmet(of_row)) for key, of_row in found.items()}


def _leaving(
    rows: Sequence[Progress], found: Mapping[int, Sequence[Finding]], actor: Actor
) -> tuple[dict[int, dict[str, Any]], dict[int, str]]:
    """What each row keeps of the day on which it leaves its stage, and why a row may not leave it, by key."""
    why: dict[int, str] = {}
    today = timezone.localdate()
    answer_by = _answer_by(rows[0], today)
    lacking = {row.pk: unmet(found[row.pk]) for row in rows}
    earlier = _earlier_open(rows)
    for row in rows:
        if row.pk in earlier:
            why[row.pk] = _("Stage “%s” is not passed yet: please finish it first.") % earlier[row.pk]
        elif blocked := [finding for finding in lacking[row.pk] if finding.blocks]:
            why[row.pk] = told_of(blocked)
    return {
        row.pk: {
            "requested_on": today,
            "answer_by": answer_by if row.asks_approval else None,
            "lacking": len(lacking[row.pk]),
            "is_entered_for": not actor.may(Right.LEAD, row) or any(one.is_typed for one in found[row.pk]),
        }
        for row in rows
    }, why


def _answer_by(row: Progress, today: date) -> date:
    """The working day by which a superior answers: later the request stands in his to-dos as overdue (F13)."""
    return ahead(today, ANSWERED_WITHIN, offs(row.round.organisation.path, today, date.max))


def _earlier_open(rows: Sequence[Progress]) -> dict[int, str]:
    """The first stage before its own that each row's branch has not behind it; without those that have none."""
    mine = {row.organisation_id: row for row in rows}
    others = Progress.objects.filter(round=rows[0].round_id, organisation__in=mine).exclude(state__in=BEHIND)
    found: dict[int, str] = {}
    for place, position, name in others.order_by("stage__position").values_list(
        "organisation_id", "stage__position", "stage__name"
    ):
        if position < mine[place].stage.position:
            found.setdefault(mine[place].pk, name)
    return found


def _keep(rows: Sequence[Progress], told: dict[int, dict[str, Any]]) -> None:
    for row in rows:
        for name, value in told[row.pk].items():
            setattr(row, name, value)
    Progress.objects.bulk_update(rows, ["lacking", "requested_on", "answer_by", "is_entered_for"], batch_size=500)


def _passed(name: str) -> dict[str, Any]:
    return {"passed_on": timezone.localdate()} if name in PASSING else {}


def _follow(rows: Sequence[Progress], name: str, actor: Actor) -> None:
    """What moves bring: the next stage of each branch that has this one behind it, and the numbers."""
    if not rows:
        return
    places = [row.organisation_id for row in rows]
    if name in (*PASSING, "exempt"):
        ahead = Progress.objects.filter(round=rows[0].round_id, organisation__in=places).exclude(state__in=OUT)
        left = ahead.exclude(state__in=BEHIND).select_related("stage", "organisation").order_by("-stage__position")
        first = {row.organisation_id: row for row in left}  # of each branch the lowest: read from the last on
        make_moves(first.values(), "begin", actor=actor)
    recount(places, Period(round_key=rows[0].round_id), OF_PROGRESS, actor=actor)


def _require_open(progress: Progress, name: str, actor: Actor) -> None:
    """Rights are asked before the state of the round is told."""
    rights = {right for row in progress.MOVES if row.name == name for right in row.who + row.by_proxy}
    require_any(actor, rights, progress)
    _require_running(progress)


def _require_running(progress: Progress) -> None:
    if progress.round.state != RoundState.OPEN:
        raise MoveNotAllowed(_("This round is “%s”.") % progress.round.get_state_display())
