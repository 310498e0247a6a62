"""Laying down the plan of a round: its stages and what each requires; after it was opened, by numbered revisions."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from appraisals.models import Round
from appraisals.rounds import templates
from appraisals.rounds.actions.makeup import owe_new_requirements
from appraisals.rounds.actions.scheme import copy_scheme
from appraisals.rounds.models import Applies, PlanRevision, Progress, Requirement, Stage
from appraisals.rounds.states import BEHIND, OUT, ProgressState
from appraisals.states import RoundState
from branches.rights import Right
from figures.registry import registered
from workflow.actions import record
from workflow.actors import Actor

MOST_STAGES = 8  # each has its figure in the summary (appraisals/rounds/metrics.py)


@transaction.atomic
def take_template(round_: Round, code: str, first: date, *, actor: Actor) -> None:
    """Lay down the stages of a shipped template from `first` on, in place of any.

    Raises PermissionDenied, ValidationError.
    """
    actor.require(Right.RUN_ROUNDS, round_)
    _refuse_open(round_)
    template = templates.named(code)
    if template is None:
        raise ValidationError(_("There is no such template. Please choose one of the list."))
    round_.stages.all().delete()
    stages = Stage.objects.bulk_create(template.stages(round_.pk, first))
    known = {metric.code for metric in registered()}
    Requirement.objects.bulk_create(templates.requirements(template, stages, known))


@transaction.atomic
def copy_plan(round_: Round, other: Round, *, actor: Actor) -> None:
    """Take over the stages of another round, as many days after its roster day as they were after that one's, only
    what was in force at its end; and who leads it and its steps, where nothing is written yet.

    Raises PermissionDenied, ValidationError.
    """
    actor.require(Right.RUN_ROUNDS, round_)
    _refuse_open(round_)
    later = round_.roster_on - other.roster_on
    round_.stages.all().delete()
    for stage in other.stages.prefetch_related("requirements"):
        needed = [need for need in stage.requirements.all() if not need.dropped_in]
        stage.pk, stage.round = None, round_
        stage.starts_on, stage.ends_on = stage.starts_on + later, stage.ends_on + later
        stage.save(force_insert=True)
        for need in needed:
            need.pk, need.stage, need.added_in = None, stage, 1
        Requirement.objects.bulk_create(needed)
    copy_scheme(round_, other, actor=actor)


@transaction.atomic
def save_stage(stage: Stage, *, actor: Actor) -> Stage:
    """Add a stage, or change one, of a round in preparation. Raises PermissionDenied, ValidationError."""
    actor.require(Right.RUN_ROUNDS, stage.round)
    _refuse_open(stage.round)
    if stage.pk is None:
        taken = set(stage.round.stages.values_list("position", flat=True))
        stage.position = max(taken, default=0) + 1
        if stage.position > MOST_STAGES:
            raise ValidationError(_("A round has at most %d stages.") % MOST_STAGES)
    stage.full_clean()
    stage.save()
    return stage


@transaction.atomic
def drop_stage(stage: Stage, *, actor: Actor) -> None:
    """Take a stage out of a round in preparation; those after it move up. Raises PermissionDenied, ValidationError."""
    actor.require(Right.RUN_ROUNDS, stage.round)
    _refuse_open(stage.round)
    rows = list(stage.round.stages.filter(position__gt=stage.position).order_by("position"))
    stage.delete()
    for row in rows:  # one by one and upwards: the position is unique at each moment
        Stage.objects.filter(pk=row.pk).update(position=row.position - 1)


@transaction.atomic
def save_requirement(requirement: Requirement, *, actor: Actor) -> Requirement:
    """Add or change what a stage requires, while the round is in preparation; afterwards `revise` does.

    Raises PermissionDenied, ValidationError.
    """
    actor.require(Right.RUN_ROUNDS, requirement.stage.round)
    _refuse_open(requirement.stage.round)
    _check(requirement)
    requirement.save()
    return requirement


@transaction.atomic
def drop_requirement(requirement: Requirement, *, actor: Actor) -> None:
    """Take out what a stage required, while the round is in preparation. Raises PermissionDenied, ValidationError."""
    actor.require(Right.RUN_ROUNDS, requirement.stage.round)
    _refuse_open(requirement.stage.round)
    requirement.delete()


@transaction.atomic
def revise(
    round_: Round, *, actor: Actor, applies: str, changes: str, reference: str = "",
    added: Sequence[Requirement] = (), dropped: Sequence[Requirement] = (),
) -> PlanRevision:  # fmt: skip
    """Change what an open round requires, as the next numbered revision (F7).

    Who has passed a stage is never thrown back: under 全部补做 he owes an item to make up for each new requirement that
    he does not meet. Raises PermissionDenied, ValidationError.
    """
    actor.require(Right.RUN_ROUNDS, round_)
    round_ = Round.objects.select_for_update().get(pk=round_.pk)
    if round_.state != RoundState.OPEN:
        raise ValidationError(_("Only a round under way is revised. In preparation its plan is changed directly."))
    if not (added or dropped or changes.strip()):
        raise ValidationError(_("Please say what changes."))
    number = 2 + round_.plan_revisions.count()
    revision = PlanRevision(
        round=round_, number=number, applies=applies, reference=reference, changes=changes, made_on=timezone.localdate()
    )
    revision.full_clean()
    revision.save()
    for requirement in added:
        requirement.added_in = number
        _check(requirement)
        requirement.save()
    Requirement.objects.filter(stage__round=round_, dropped_in=0, pk__in=[row.pk for row in dropped]).update(
        dropped_in=number
    )
    _bring_in(revision, list(added), actor)
    note = " · ".join(filter(None, [str(revision), revision.get_applies_display(), reference]))
    record(round_, "revise", actor=actor, rights=[Right.RUN_ROUNDS], note=note)
    return revision


def _bring_in(revision: PlanRevision, added: list[Requirement], actor: Actor) -> None:
    """Give the branches concerned the new plan; under 全部补做 let those who have passed owe what is new."""
    rows = Progress.objects.filter(round=revision.round_id).exclude(state__in=OUT)
    if revision.applies == Applies.NEXT:
        rows = rows.filter(state=ProgressState.AHEAD)
    elif revision.applies == Applies.UNPASSED:
        rows = rows.exclude(state__in=BEHIND)
    rows.update(revision=revision.number)
    if revision.applies == Applies.ALL:
        owe_new_requirements(revision, added, actor=actor)


def _refuse_open(round_: Round) -> None:
    if round_.state != RoundState.DRAFT:
        raise ValidationError(_("The round is open: its plan is changed by a revision, with its number and notice."))


def _check(requirement: Requirement) -> None:
    known = {metric.code for metric in registered()}
    requirement.full_clean()
    if not {requirement.metric, requirement.base} - {""} <= known:
        raise ValidationError(_("There is no such figure. Please choose one of the list."))
