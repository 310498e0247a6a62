"""The columns of the list of materials."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from appraisals.models import Material
from shell.formats import choice, day, link, state_badge
from shell.lists import Column


def _author(row: Material) -> SafeString:
    return link(row.get_absolute_url(), row.author or row.organisation)


def _due(row: Any) -> SafeString | str:
    """The day, with a sign where it has passed; `late` is annotated for the list's own day."""
    if row.late:
        return format_html('<span class="overdue">{} {}</span>', day(row.due_on), _("overdue"))
    return day(row.due_on)


MATERIAL_READS = (
    "kind", "due_on", "late", "versions_count", "reviewer", "state", "author__name", "round__name",
    "organisation__name", "organisation__short_name",
)  # fmt: skip
MATERIAL_COLUMNS = (
    Column("author", _("Author"), _author, sort="author__name_pinyin", css="wide"),
    Column("kind", _("Kind"), lambda row: choice(row, "kind"), sort="kind", css="nowrap"),
    Column("organisation", _("Branch"), lambda row: row.organisation.label, sort="organisation__path"),
    Column("round", _("Round"), lambda row: row.round.name),
    Column("due_on", _("Due on"), _due, sort="due_on", css="nowrap"),
    Column("versions", _("Versions"), lambda row: row.versions_count or "", sort="versions_count", css="num"),
    Column("reviewer", _("Reviewed by"), lambda row: choice(row, "reviewer")),
    Column("state", _("State"), state_badge, sort="state", css="nowrap"),
)
