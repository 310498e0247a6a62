"""What secretaries are told of a round once each: that it is open for their branch, that its plan was revised.

Both follow the post: whoever is named secretary later is told as well. Rows are stages of branches, and which stage
stands for the branch does not change while it goes on, so that nobody is told twice. A round without stages has none:
there the round itself is the row, once for each branch on its roster.
"""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from appraisals.models import PlanRevision, Progress, RosterEntry, Round
from appraisals.states import RoundState
from branches.models.dated import holds
from branches.models.members import PostKind
from reminders import rules


def _of_open_rounds(today: date) -> QuerySet[Any]:
    """The stages of branches in open rounds, each once a secretary."""
    here = holds(today, "organisation__posts__")
    return Progress.objects.filter(here, organisation__posts__kind=PostKind.SECRETARY, round__state=RoundState.OPEN)


def opened(today: date) -> QuerySet[Any]:
    """The first stage of each branch."""
    return _of_open_rounds(today).filter(stage__position=1)


def opened_bare(today: date) -> QuerySet[Any]:
    """Each open round without stages, once for each branch with somebody on its roster and each secretary there."""
    same = {"round": OuterRef("pk"), "organisation": OuterRef("roster__organisation")}
    before = RosterEntry.objects.filter(**same, pk__lt=OuterRef("roster"))
    here = holds(today, "roster__organisation__posts__")
    of_secretaries = {"roster__organisation__posts__kind": PostKind.SECRETARY}
    return Round.objects.filter(here, ~Exists(before), stages=None, state=RoundState.OPEN, **of_secretaries)


def revised(today: date) -> QuerySet[Any]:
    """The first stage of each branch for which a revision holds, with the day it was made: one row a branch and
    revision. Where the next revision takes its place everywhere, there is nothing more to tell of it."""
    same = {"round": OuterRef("round"), "organisation": OuterRef("organisation"), "revision": OuterRef("revision")}
    before = Progress.objects.filter(**same, stage__position__lt=OuterRef("stage__position"))
    made = PlanRevision.objects.filter(round=OuterRef("round"), number=OuterRef("revision")).values("made_on")
    rows = _of_open_rounds(today).filter(~Exists(before), revision__gt=1)
    return rows.annotate(revised_on=Subquery(made))


_SECRETARY: dict[str, Any] = {
    "recipient": "organisation__posts__member", "label": "round__name", "url_name": "branch_stages",
    "period": "revision",
}  # fmt: skip
rules.register(
    rules.Rule(
        "round_opened", _("“%(subject)s” is open for your branch; its first stage ends on %(due)s."), rows=opened,
        **_SECRETARY | {"period": "round_id"},
    )
)  # fmt: skip
rules.register(
    rules.Rule(
        "bare_round_opened", _("“%(subject)s” is open for your branch; its materials are due on %(due)s."),
        rows=opened_bare, recipient="roster__organisation__posts__member", organisation="roster__organisation",
        label="name", url_name="round_detail", period="pk",
    )
)  # fmt: skip
rules.register(
    rules.Rule(
        "plan_revised",
        _("On %(due)s the plan of “%(subject)s” was revised: please look at what changes for your branch."),
        rows=revised, due_on="revised_on", **_SECRETARY,
    )
)  # fmt: skip
