"""What the pages of imports show."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from branches import moving
from branches.models import RosterImport, User
from branches.roster import files
from branches.roster.columns import FIELDS
from branches.roster.forms import AnswersForm
from branches.roster.states import State
from jobs.models import Job
from sheets import layout
from sheets.template import write_template
from shell.formats import badge, day, link, moment, state_badge
from shell.lists import Column

LIST = (
    Column("file", gettext_lazy("File"), lambda row: link(row.get_absolute_url(), row.file_name)),
    Column("organisation", gettext_lazy("Organisation"), lambda row: row.organisation.label),
    Column("state", gettext_lazy("Status"), lambda row: _state(row), css="nowrap"),
    Column("new", gettext_lazy("New"), lambda row: row.counts.get("new", ""), css="num"),
    Column("changed", gettext_lazy("Changed"), lambda row: row.counts.get("changed", ""), css="num"),
    Column("by", gettext_lazy("Uploaded by"), lambda row: row.uploaded_by, css="nowrap"),
    Column("at", gettext_lazy("Uploaded"), lambda row: moment(row.created_at), sort="created_at", css="nowrap"),
)
FIGURES = (
    # what, in words, where on the page its rows are
    ("errors", gettext_lazy("To be corrected"), "faults"),
    ("questions", gettext_lazy("To be decided"), "questions"),
    ("new", gettext_lazy("New"), "new"),
    ("changed", gettext_lazy("Changed"), "changed"),
    ("same", gettext_lazy("Unchanged"), ""),
    ("missing", gettext_lazy("Missing, perhaps left"), "missing"),
    ("notes", gettext_lazy("For information"), "faults"),
)


def told_of_import(sent: RosterImport, reader: User) -> dict[str, Any]:
    """Facts, buttons and history of an import; while it waits for a decision also what its check found."""
    waits = sent.state == State.CHECKED
    found = files.outcome(sent.file_key) if waits else {}
    job = Job.objects.visible_to(reader).filter(pk=sent.job_id).first()
    return {
        "sent": sent,
        "facts": _facts(sent),
        "job": job,
        "is_at_work": sent.state in (State.CHECKING, State.WRITING) and not sent.job_is_over,
        "has_failed": _has_failed(sent),
        "waits": waits,
        "is_done": sent.state == State.DONE,
        "figures": [(sent.counts[key], words, place) for key, words, place in FIGURES if key in sent.counts],
        "found": found,
        "lists": _lists(found),
        "answers": AnswersForm(questions=found.get("questions", [])),
        **moving.shown(sent, reader),
    }


def _has_failed(sent: RosterImport) -> bool:
    return sent.state in (State.CHECKING, State.WRITING) and sent.job_is_over


def _state(sent: RosterImport) -> SafeString:
    """Its state; of one whose job ended without result that nothing was written, and what to do."""
    if not _has_failed(sent):
        return state_badge(sent)
    if sent.state == State.WRITING:
        return badge(_("Not written: please check again"), "alarm")
    return badge(_("Check failed: please name the columns anew"), "alarm")


def _facts(sent: RosterImport) -> list[tuple[str, Any]]:
    return [
        (_("Organisation"), sent.organisation),
        (_("Date of the roster"), day(sent.since)),
        (_("Status"), _state(sent)),
        (_("Uploaded by"), sent.uploaded_by),
        (_("Uploaded"), moment(sent.created_at)),
    ]


def _lists(found: dict[str, Any]) -> list[tuple[str, str, str, list[Any]]]:
    """(place on the page, title, hint, rows) of the three lists that are not empty."""
    titles = {
        "new": (_("New"), _("They are entered into the register.")),
        "changed": (_("Changed"), _("An empty cell of the file changes nothing.")),
        "missing": (
            _("Missing, perhaps left"),
            _("In the register and not in the file. Nobody is removed by an import."),
        ),
    }
    return [(key, *titles[key], found[key]) for key in titles if found.get(key)]


def template() -> bytes:
    """The empty roster to fill in, as .xlsx."""
    columns = [layout.Column(field.title, field.width) for field in FIELDS]
    notes = [(field.title, field.how) for field in FIELDS if field.how]
    with TemporaryDirectory() as scratch:
        path = Path(scratch) / "roster.xlsx"
        write_template(path, layout.Layout("党员花名册", columns), [field.example for field in FIELDS], notes)
        return path.read_bytes()
