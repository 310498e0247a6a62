"""Writing down who leads a round and which steps it takes: its superior for all, a branch for itself."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from appraisals.models import LeadingPost, Round, SchemeStep
from appraisals.rounds.scheme.content import right_to_write, scheme_of
from appraisals.states import RoundState
from branches.models import Organisation
from workflow.actions import record
from workflow.actors import Actor

Lines = Sequence[Mapping[str, Any]]


class SchemeChanged(Exception):
    """Somebody saved this plan after the writer had opened it."""


@transaction.atomic
def write_scheme(
    round_: Round, organisation: Organisation, posts: Lines, steps: Lines, *, actor: Actor, seen: str
) -> None:
    """Put these lines, columns of LeadingPost and SchemeStep, in place of what an organisation has for a round.

    `seen` is the fingerprint of the plan the writer had opened. Raises PermissionDenied, SchemeChanged,
    ValidationError.
    """
    right = right_to_write(round_, organisation)
    actor.require(right, SchemeStep(round=round_, organisation=organisation))
    round_ = Round.objects.select_for_update().get(pk=round_.pk)
    if round_.state == RoundState.CLOSED:
        raise ValidationError(_("The round is closed: its plan is kept as it was."))
    if scheme_of(round_, organisation, actor).fingerprint != seen:
        raise SchemeChanged
    told: tuple[tuple[type[LeadingPost] | type[SchemeStep], Lines], ...] = ((LeadingPost, posts), (SchemeStep, steps))
    for model, lines in told:
        model.objects.filter(round=round_, organisation=organisation).delete()
        rows = [model(round=round_, organisation=organisation, position=n, **line) for n, line in enumerate(lines, 1)]
        for row in rows:
            row.full_clean(validate_unique=False, validate_constraints=False)
        model.objects.bulk_create(rows)  # type: ignore[arg-type]
    # Of a branch in its own history: that of the round is read by all who take part.
    is_own = organisation.pk != round_.organisation_id
    record(organisation if is_own else round_, "write_scheme", actor=actor, rights=[right], note=str(round_))


@transaction.atomic
def copy_scheme(round_: Round, other: Round, *, actor: Actor) -> None:
    """Give a round without a plan the lines of another's: part of an action that has asked."""
    if scheme_of(round_, round_.organisation, actor):
        return
    scheme = scheme_of(other, other.organisation, actor)
    for row in (*scheme.leaders, *scheme.course):
        row.pk, row.round, row.organisation = None, round_, round_.organisation
    LeadingPost.objects.bulk_create(scheme.leaders)
    SchemeStep.objects.bulk_create(scheme.course)
