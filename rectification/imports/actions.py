"""Writing what a ledger tells, all of it or nothing."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from branches.models import User
from rectification.imports.plan import Plan
from rectification.imports.reading import Line
from rectification.problems.actions.counting import count
from rectification.problems.actions.telling import tell
from rectification.problems.kinds import Verified
from rectification.problems.models import Measure, Problem
from rectification.problems.rules import LEADERS
from rectification.problems.states import ProblemState
from workflow.actors import require_any


@transaction.atomic
def write(plan: Plan, *, actor: User, round_: Any = None, file: str = "") -> int:
    """Write down every new problem with its measures; how many there are. Raises PermissionDenied, ValidationError
    where somebody has written some of them meanwhile."""
    for branch in {line.branch.row.pk: line.branch.row for line, _key in plan.new}.values():
        require_any(actor, LEADERS, branch)
    today = timezone.localdate()
    rows = [_row(line, key, round_, today) for line, key in plan.new]
    try:
        with transaction.atomic():
            made = Problem.objects.bulk_create(rows, batch_size=500)
    except IntegrityError:
        words = _("Somebody has written some of these problems down meanwhile. Please check the file again.")
        raise ValidationError(words) from None
    Measure.objects.bulk_create(
        (
            Measure(problem=row, position=place, text=text)
            for row, (line, _key) in zip(made, plan.new, strict=True)
            for place, text in enumerate(line.measures, 1)
        ),
        batch_size=1000,
    )
    for state in ProblemState:
        tell({row: file for row in made if row.state == state}, "import", actor=actor, target=str(state))
    count(made, actor=actor)
    return len(made)


def _row(line: Line, key: Any, round_: Any, today: Any) -> Problem:
    facts = {name: value for name, value in line.facts.items() if name not in ("member", "responsible")}
    member, responsible = line.facts["member"], line.facts["responsible"]
    row = Problem(organisation=line.branch.row, round=round_, client_key=key, state=line.state, **facts)
    row.member_id, row.responsible_id, row.first_due_on = member, responsible, facts["due_on"]
    row.year = round_.year if round_ else row.found_on.year
    if line.state in (ProblemState.CLOSED, ProblemState.STANDING):
        row.requested_on = line.closed_on or today
        row.evidence = row.so_far or str(_("As the ledger tells that was imported."))
    if line.state == ProblemState.CLOSED:
        row.closed_on, row.verified_as, row.verified_words = line.closed_on, Verified.IMPORTED, line.verifier
        row.verifier_member_id = line.branch.people.get(line.verifier)
    return row
