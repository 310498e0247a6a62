"""The two jobs of an import: check what it would do, and do it. Both read the file anew and ask the owner's rights."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from branches.models import RosterImport, User
from branches.rights import Right
from branches.roster import files, outcome
from branches.roster.actions import imports, writing
from branches.roster.plan import Plan, Planner
from branches.roster.reading import Reading
from branches.roster.register import branches_of, known_in, registered, staff_numbers
from branches.roster.states import State
from jobs import registry
from jobs.actions import renew
from jobs.models import Job
from sheets import reader
from sheets.refusals import SheetRefused
from workflow.actors import SYSTEM

CATEGORY = "category_if_empty"  # beside the columns in `mapping`


def check(job: Job, out: Path, tick: registry.Tick) -> str:
    """Read and match the rows; the sheet of what was found is the job's file."""
    sent = _sent(job, State.CHECKING)
    plan = planned(sent, job.owner, read(sent, tick))
    outcome.write(out, sent, plan, tick)
    files.keep_outcome(sent.file_key, outcome.told(plan))
    imports.note_found(sent, actor=SYSTEM, job=job, counts=plan.counts, fingerprint=plan.fingerprint)
    return _("Check of %(name)s") % {"name": Path(sent.file_name).stem}


def write(job: Job, out: Path, tick: registry.Tick) -> str:
    """Write what was confirmed; the sheet of what was written is the job's file."""
    sent = _sent(job, State.WRITING)
    reading = read(sent, tick)
    made: list[Plan] = []

    def plan() -> Plan:
        made.append(planned(sent, job.owner, reading))
        outcome.write(out, sent, made[0])
        return made[0]

    # From here on without `tick`: it writes through a connection of its own, which would wait for this transaction.
    writing.write(sent, actor=job.owner, plan=plan, still_held=lambda: _still_held(job, len(reading.lines)))
    tick(len(reading.lines), len(reading.lines))
    return _("Import of %(name)s") % {"name": Path(sent.file_name).stem}


def read(sent: RosterImport, tick: Callable[[int, int | None], None] = lambda done, total: None) -> Reading:
    """The lines of the file with their faults. Raises ValidationError where the file is refused."""
    mapping: dict[str, Any] = dict(sent.mapping)
    category = mapping.pop(CATEGORY, "")
    try:
        with reader.opened(files.sent(sent.file_key), sheet=sent.sheet) as book:
            reading = Reading(
                mapping, sent.headings, sent.heading_row, category=category, hidden=book.hidden_rows,
                formulas=book.formulas,
            )  # fmt: skip
            for rows in book.batches():
                reading.take(rows)
                tick(len(reading.lines), book.height)
    except SheetRefused as refused:
        raise ValidationError(str(refused)) from None
    except FileNotFoundError:
        raise ValidationError(_("The file is no longer there. Please choose it again.")) from None
    return reading


def planned(sent: RosterImport, user: User, reading: Reading) -> Plan:
    """What these lines would do to the register as it is now, within what `user` keeps."""
    branches = branches_of(user, sent.organisation)
    known = known_in([branch.pk for branch in branches], user)
    here = {one.digest for one in known}
    elsewhere = registered(line.digest for line in reading.lines if line.digest and line.digest not in here)
    staff = staff_numbers({line.staff_number.lower() for line in reading.lines} - {""})
    titles = {key: sent.headings[n] for key, n in sent.mapping.items() if key != CATEGORY and n < len(sent.headings)}
    return Planner(branches, known, elsewhere, sent.answers, reading.faults, titles=titles, staff=staff).make(
        reading.lines
    )


def _sent(job: Job, state: str) -> RosterImport:
    """The import this job works on, with its owner's rights of now; ValidationError where it has gone on without it."""
    rows = RosterImport.objects.visible_to(job.owner).select_related("organisation", "job")
    sent = rows.filter(pk=job.params["roster"]).first()
    if sent is None or not job.owner.may(Right.KEEP_REGISTER, sent):
        raise PermissionDenied
    if sent.state != state or sent.job_id != job.pk:
        raise ValidationError(_("This import has gone on without this job. Please look at its page."))
    return sent


def _still_held(job: Job, done: int) -> bool:
    """The lease renewed inside the transaction: whoever has cancelled the job undoes all of it."""
    if not renew(job, done=done, total=done, now=timezone.now()):
        raise registry.Cancelled
    return True


registry.register(imports.CHECK, label=gettext_lazy("Check of a roster"), run=check)
registry.register(imports.WRITE, label=gettext_lazy("Import of a roster"), run=write)
