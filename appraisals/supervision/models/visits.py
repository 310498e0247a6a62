"""督导记录: one visit to a branch as its writer has recorded it."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from appraisals.supervision.checklists import SHIPPED, shipped_words
from appraisals.supervision.states import STANDING, TOLD, VISIT_MOVES, VisitState
from branches.models import Organisation, User
from branches.rights import Right
from branches.scope import NOTHING, OrganisationScoped
from workflow.constraints import one_of
from workflow.moving import Moving

LONGEST = 4000


class Manner(models.TextChoices):
    ON_SITE = "on_site", _("On site")
    PHONE = "phone", _("By telephone")
    SAT_IN = "sat_in", _("Sat in on a meeting")
    PAPERS = "papers", _("Looked through papers")


class VisitQuerySet(OrganisationScoped):
    def visible_to(self, user: Any) -> Self:
        """One's own drafts; what was submitted for secretary and committee of the branch, and for whoever oversees it.

        A draft is its writer's alone, and only while he oversees the branch: not even that it exists is told (I9).
        """
        above = self.of_oversight(user)
        read = above & (Q(visitor=user.pk) | self._told()) if above != NOTHING else NOTHING
        offices = [self.of_office(user, right) for right in (Right.LEAD, Right.WRITE_FOR_COMMITTEE)]
        return self.reached(read, *(way & self._told() for way in offices if way != NOTHING))

    def told(self) -> Self:
        """What was submitted once."""
        return self.filter(self._told())

    @staticmethod
    def _told() -> Q:
        return Q(state__in=TOLD, submitted_on__isnull=False)

    def standing(self) -> Self:
        """What counts: submitted, and neither replaced nor void."""
        return self.filter(state__in=STANDING)

    def awaiting(self, user: Any) -> Self:
        """What the branches this person leads have not yet acknowledged."""
        return self.filter(self.of_office(user, Right.LEAD), state=VisitState.SUBMITTED)

    def unfinished(self, user: Any) -> Self:
        """The drafts of this person."""
        return self.filter(self.of_oversight(user), visitor=user.pk, state=VisitState.DRAFT)

    def exportable_by(self, user: Any) -> Self:
        """What stands of the branches one leads and of those one oversees."""
        return self.standing().filter(self.of_office(user, Right.EXPORT) | self.of_oversight(user, Right.EXPORT))


class Visit(Moving):
    """What was looked at, found and said on one visit. `client_key` is made with the form, so that a form sent twice
    over a bad line makes one record; `version` counts the savings of a draft."""

    State, MOVES = VisitState, VISIT_MOVES

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="visits", verbose_name=_("Branch visited")
    )
    round = models.ForeignKey(
        "appraisals.Round", models.PROTECT, null=True, blank=True, related_name="visits", verbose_name=_("Round")
    )
    visitor = models.ForeignKey(User, models.PROTECT, related_name="visits", verbose_name=_("Visitor"), editable=False)
    client_key = models.UUIDField(editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="correction", editable=False)
    visited_on = models.DateField(_("Day of the visit"))
    manner = models.CharField(_("Manner"), max_length=10, choices=Manner, default=Manner.ON_SITE)
    met = models.CharField(_("People met"), max_length=200, blank=True)
    saw_record_book = models.BooleanField(_("Record book"), default=False)
    saw_notebooks = models.BooleanField(_("Members' notebooks"), default=False)
    saw_ledgers = models.BooleanField(_("Ledgers"), default=False)
    checklist = models.CharField(_("Checklist"), max_length=20)
    checklist_name = models.CharField(max_length=40, blank=True, editable=False)  # of one laid down by a superior
    comments = models.TextField(_("Points of comment"), max_length=LONGEST, blank=True)
    opinion = models.TextField(_("Supervision opinion"), max_length=LONGEST, blank=True)
    due_on = models.DateField(_("To be put right by"), null=True, blank=True)
    submitted_on = models.DateField(_("Submitted on"), null=True, editable=False)
    acknowledged_on = models.DateField(_("Acknowledged on"), null=True, editable=False)

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("visit record")
        indexes = [
            models.Index(fields=["organisation", "state", "-visited_on"], name="visit_by_branch"),
            models.Index(fields=["visitor", "state"], name="visit_by_visitor"),
            models.Index(fields=["-visited_on", "-id"], name="visit_in_list"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["visitor", "client_key"], name="visit_once_a_form"),
            one_of("visit", "manner", Manner),
        ]

    def __str__(self) -> str:
        return f"{self.visited_on} {self.get_manner_display()}"  # history keeps these words: nothing of what was found

    @property
    def list_name(self) -> str:
        """The name of its checklist."""
        return self.checklist_name or str(SHIPPED[self.checklist].name if self.checklist in SHIPPED else "")

    @property
    def is_draft(self) -> bool:
        return self.state == VisitState.DRAFT

    @property
    def is_standing(self) -> bool:
        return self.state in STANDING

    @property
    def seen(self) -> list[str]:
        """What was looked at, in words."""
        names = ("saw_record_book", "saw_notebooks", "saw_ledgers")
        return [str(self._meta.get_field(name).verbose_name) for name in names if getattr(self, name)]  # type: ignore[union-attr]


class Result(models.TextChoices):
    REACHED = "reached", _("Reached")
    SHORT = "short", _("Falls short")
    UNSEEN = "unseen", _("Not looked at")


class VisitLineQuerySet(OrganisationScoped):
    path_lookup = "visit__organisation__path"

    def visible_to(self, user: Any) -> Self:
        """Of the visits this person reads."""
        return self.filter(visit__in=self.rows_of(Visit).visible_to(user))

    def short(self) -> Self:
        return self.filter(result=Result.SHORT)


class VisitLine(models.Model):
    """What was found under one line of the checklist; `item` is what the branch has to make up for it."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="found_lines")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=20)
    own_words = models.CharField(max_length=200, blank=True)  # of a list laid down by a superior
    result = models.CharField(_("Result"), max_length=10, choices=Result, default=Result.UNSEEN)
    evidence = models.CharField(_("What was found"), max_length=500, blank=True)
    wants_makeup = models.BooleanField(_("To be made up"), default=False)
    item = models.ForeignKey("appraisals.MakeupItem", models.PROTECT, null=True, related_name="visit_lines")

    objects = VisitLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of a visit record")
        ordering = ["visit", "position"]
        constraints = [
            models.UniqueConstraint(fields=["visit", "position"], name="visitline_position_once"),
            models.UniqueConstraint(fields=["visit", "code"], name="visitline_code_once"),
            models.CheckConstraint(
                condition=Q(wants_makeup=False) | Q(result="short"), name="visitline_makes_up_what_falls_short"
            ),
            one_of("visitline", "result", Result),
        ]

    def __str__(self) -> str:
        return str(self.position)

    @property
    def words(self) -> str:
        return self.own_words or str(shipped_words(self.visit.checklist, self.code))


def last_visits(places: Iterable[int], user: Any) -> dict[int, date]:
    """The day of the last visit that stands to each of these branches, by key. One query."""
    rows = Visit.objects.visible_to(user).standing().filter(organisation__in=list(places)).order_by()
    return dict(rows.values_list("organisation").annotate(day=models.Max("visited_on")))
