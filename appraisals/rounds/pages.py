"""What the pages of a round show: the plan, the way of a branch, and one branch at its gate."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from appraisals.models import MakeupItem, Progress, Requirement, Round, Stage
from appraisals.rounds.gate import Finding, findings, told_of, unmet
from appraisals.rounds.lists import state
from appraisals.rounds.states import AT_WORK
from appraisals.states import RoundState
from branches import moving
from branches.models import Organisation, User
from branches.rights import Right
from workflow.moves import available_moves

MOST = 10  # branches that a question names one by one


@dataclass(frozen=True, slots=True)
class Planned:
    """One stage with what it requires now."""

    stage: Stage
    needed: Sequence[Requirement]


def plan_of(round_: Round, user: User) -> list[Planned]:
    """The stages of a round in order, each with the requirements still in force. Two queries."""
    needed: dict[int, list[Requirement]] = {}
    for row in Requirement.objects.visible_to(user).in_force(round_):
        needed.setdefault(row.stage_id, []).append(row)
    stages = Stage.objects.visible_to(user).filter(round=round_)
    return [Planned(stage, needed.get(stage.pk, [])) for stage in stages]


def cautions_of(round_: Round, user: User) -> list[str]:
    """What looks like a slip in a round, for whoever runs it until it is closed."""
    is_his = round_.state != RoundState.CLOSED and user.may(Right.RUN_ROUNDS, round_)
    return round_.cautions() if is_his else []


def asked_before(cautions: Sequence[str]) -> dict[str, str]:
    """The question before a round is opened that looks so."""
    return {"open": "\n\n".join([*cautions, _("Open the round all the same?")])} if cautions else {}


def links(round_: Round, user: User) -> dict[str, bool]:
    """Which pages of an opened round its own page leads to, for this person."""
    reads = user.may(Right.OVERSEE, None) or user.may(Right.READ_BRANCH, None)
    return {
        "reads_board": reads and Stage.objects.visible_to(user).filter(round=round_).exists(),
        "reads_roster": reads and round_.state != RoundState.DRAFT,
        "reads_evaluations": reads and round_.state != RoundState.DRAFT,
    }


@dataclass(frozen=True, slots=True)
class Step:
    """One stage of a branch, with what the figures say where it is at work."""

    row: Progress
    findings: Sequence[Finding]

    @property
    def unmet(self) -> int:
        return sum(not finding.is_met for finding in self.findings)


def asked_of_many(rows: Iterable[Progress], name: str, user: User) -> str:
    """The same question before one move of many branches: which of them lack what; empty where none does. Nothing is
    asked about a branch that cannot make the move: it is told afterwards."""
    from_states = {move.source for move in Progress.MOVES if move.name == name}
    found = findings(rows := [row for row in rows if row.state in from_states], user)
    lines = [
        f"{row.organisation.label}：{told_of(unmet(found[row.pk]))}"
        for row in rows
        if asked_at_gate(found[row.pk], [name])
    ]
    more = [_("And %d more.") % (len(lines) - MOST)] if len(lines) > MOST else []
    question = _("Go on all the same? The history keeps what was lacking.")
    return "\n".join([*lines[:MOST], *more, "", question]) if lines else ""


def steps_of(round_: Round, organisation: Organisation, user: User) -> list[Step]:
    """The way of one branch through a round, in order."""
    rows = list(
        Progress.objects.visible_to(user).filter(round=round_, organisation=organisation)
        .select_related("stage", "organisation", "round").with_late(timezone.localdate()).order_by("stage__position")
    )  # fmt: skip
    found = findings(rows, user)
    return [Step(row, found[row.pk]) for row in rows]


ASKED = ("request", "report", "finish", "pass_on")  # where something is lacking; who records a consent writes why


def asked_at_gate(found: Sequence[Finding], names: Sequence[str] = ASKED) -> dict[str, str]:
    """The question before a branch leaves a stage that lacks something, by the name of the move; none before a move
    that is refused, with the same words."""
    lacking, blocked = told_of(unmet(found)), any(finding.blocks for finding in found)
    words = f"{lacking}\n\n" + _("Go on all the same? The history keeps what was lacking.")
    return {name: words for name in names if lacking and (name == "pass_on" or not blocked)}


def gate_of(progress: Progress, user: User) -> dict[str, Any]:
    """The page of one branch in one stage: what is required and missing, what is to be made up, what may be done."""
    items = MakeupItem.objects.visible_to(user).filter(stage=progress.stage_id, organisation=progress.organisation_id)
    found = findings([progress], user)[progress.pk]
    is_open = progress.round.state == RoundState.OPEN
    shown = moving.shown(progress, user, asked_at_gate(found))
    return {
        "progress": progress,
        "state": state(progress),
        "findings": found,
        "items": items.select_related("member").with_late(timezone.localdate()).order_by("due_on", "pk"),
        "may_extend": is_open and progress.state in AT_WORK and user.may(Right.ACCEPT, progress),
        "may_give_back": is_open and any(move.name == "give_back" for move in available_moves(progress, user)),
        **shown,
        "moves": shown["moves"] if is_open else [],
    }
