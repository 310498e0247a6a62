"""What opening a round brings: the roster of its day, and every branch at the first stage."""

from collections.abc import Iterator
from itertools import islice

from django.db import transaction

from appraisals.models import Grading, Round
from appraisals.rounds.metrics import OF_PROGRESS, OF_ROSTER
from appraisals.rounds.models import Progress, RosterEntry, Stage
from branches.models import Relation
from branches.tree import under
from figures.actions import recount
from figures.registry import Period
from workflow.actors import Actor
from workflow.moves import make_moves

BATCH = 1000


@transaction.atomic
def begin(round_: Round, *, actor: Actor) -> None:
    """Draw up the roster of all branches below, put each at the first stage and begin its grading; part of opening the
    round."""
    period = Period(round_key=round_.pk)
    entries = _entries(round_)
    while rows := list(islice(entries, BATCH)):
        RosterEntry.objects.bulk_create(rows)
        recount({row.organisation_id for row in rows}, period, OF_ROSTER, actor=actor)
    stages = list(round_.stages.all())
    places = round_.branches().values_list("pk", flat=True).iterator(chunk_size=BATCH)
    while keys := list(islice(places, BATCH)):
        Progress.objects.bulk_create([_progress(round_, stage, key) for key in keys for stage in stages])
        Grading.objects.bulk_create([Grading(round=round_, organisation_id=key) for key in keys])
        first = Progress.objects.filter(round=round_, organisation__in=keys, stage__position=1)
        make_moves(first.select_related("organisation"), "begin", actor=actor)
        recount(keys, period, OF_PROGRESS, actor=actor)


def _entries(round_: Round) -> Iterator[RosterEntry]:
    """One per member of the register on the roster day, with the category of that day."""
    below = Relation.objects.filter(under(round_.organisation.path, "organisation__path"))
    for row in below.register(on=round_.roster_on).iterator(chunk_size=BATCH):
        yield RosterEntry(
            round=round_, member_id=row.member_id, organisation_id=row.organisation_id, category=row.category
        )


def _progress(round_: Round, stage: Stage, organisation_key: int) -> Progress:
    return Progress(round=round_, stage=stage, organisation_id=organisation_key, due_on=stage.ends_on)
