"""Imports of rosters (花名册导入): which file for which organisation, how its columns are read, how far it is."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from branches.models.organisations import Organisation
from branches.rights import Right
from branches.roster.states import MOVES, WITH_FILE, State
from branches.scope import OrganisationScoped
from jobs.models import Job
from workflow.moving import Moving, StateField


class RosterImportQuerySet(OrganisationScoped):
    def visible_to(self, user: Any) -> Self:
        """Those for organisations whose register the user keeps: nobody else reads what a roster holds."""
        right = Right.KEEP_REGISTER
        return self.filter(self.of_office(user, right) | self.of_oversight(user, right))

    def forgotten(self, since: datetime) -> Self:
        """Begun before `since` and not ended: their files are still there."""
        return self.filter(state__in=WITH_FILE, created_at__lt=since)


class RosterImport(Moving):
    """One file on its way into the register. The rows themselves stay in private files (branches/roster/files.py).

    `mapping` says for each field its column (from 0); `answers` for a row number who a namesake is; `counts` what the
    last check found; `fingerprint` what exactly it would have written.
    """

    State, MOVES, NOUN = State, MOVES, "roster"

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="roster_imports", verbose_name=_("Organisation")
    )
    state = StateField(_("Status"), max_length=10)
    file_name = models.CharField(_("File"), max_length=200)
    file_key = models.CharField(max_length=32, unique=True, editable=False)
    since = models.DateField(_("Date of the roster"))
    sheets = models.JSONField(default=list)
    sheet = models.PositiveSmallIntegerField(_("Sheet"), default=0)
    heading_row = models.PositiveIntegerField(default=0)
    headings = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    answers = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    fingerprint = models.CharField(max_length=64, blank=True)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")
    uploaded_by = models.CharField(_("Uploaded by"), max_length=80)
    created_at = models.DateTimeField(_("Uploaded"), auto_now_add=True)

    objects = RosterImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import of a roster")
        indexes = [models.Index(fields=["organisation", "-id"], name="roster_by_organisation")]

    def __str__(self) -> str:
        return self.file_name

    @property
    def job_is_over(self) -> bool:
        """True if no job works on it: it has failed, was cancelled, or its row is gone."""
        return self.job is None or not self.job.is_open

    @property
    def may_be_written(self) -> bool:
        """True if the last check found no row to be corrected, nobody to ask about, and something to write."""
        told = self.counts
        open_ends = told.get("errors", 1) or told.get("questions", 1)
        return not open_ends and bool(told.get("new") or told.get("changed"))

    @property
    def has_file(self) -> bool:
        return self.state in WITH_FILE
