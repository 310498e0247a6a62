"""The summaries of a big world, counted from the rows that are there, and totals some branches have typed."""

from django.db import connection

from figures import actions
from figures.models import Summary, TypedTotal
from figures.states import State
from workflow import streams
from workflow.actors import SYSTEM
from world.load.appraisals import due_on, pieces
from world.load.registry import Load, fills

EVERY_BRANCH = 10  # one branch of so many, of those in a round, has told a total by telephone
EXTRA = 3


@fills(Summary)
def summaries(load: Load) -> None:
    """One row a branch and period, from the facts loaded before."""
    streams.analyse(connection)
    load.counts[Summary._meta.label] = actions.rebuild(actor=SYSTEM)


@fills(TypedTotal)
def totals(load: Load) -> None:
    """A few more accepted materials than there are rows, from branches that keep a paper book."""
    asked = {(p.branch.key, p.round): p.branch.size for p in pieces(load.plan) if p.branch.key % EVERY_BRANCH == 0}
    summaries = Summary.objects.exclude(round_key=0).order_by("pk")
    found = summaries.values_list("organisation_id", "round_key", "pk").iterator()
    columns = ("summary_id", "organisation_id", "metric", "value", "as_of", "state", "is_for_branch")
    rows = (
        (pk, branch, "materials.accepted", asked[branch, key] + EXTRA, due_on(load.plan), State.TYPED, True)
        for branch, key, pk in found
        if (branch, key) in asked
    )
    load.put(TypedTotal, columns, rows)
