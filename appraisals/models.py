"""Rounds a superior opens for its subtree; what is owed in them stands in appraisals/materials/models/, what others
say in appraisals/opinions/models/."""

import hashlib
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from appraisals.materials.models import (
    Comment,
    Confirmation,
    Draft,
    Material,
    MaterialKind,
    MaterialQuerySet,
    MaterialRules,
    ReturnReason,
    Reviewer,
    Source,
    Version,
)
from appraisals.states import ROUND_MOVES, RoundState
from branches.capabilities import COUNTED
from branches.models import Organisation
from branches.models.dated import holds
from branches.scope import OrganisationScoped
from branches.tree import above, under
from shell.asked import asked
from shell.formats import day
from workflow.moving import Moving


class RoundQuerySet(OrganisationScoped):
    def visible_to(self, user: Any) -> Self:
        """Rounds laid down for one's own organisations, and those of the organisations one oversees."""
        below = self.of_superior(user) & ~Q(state=RoundState.DRAFT)
        return self.filter(below | self.of_oversight(user))

    def held_at(self, path: str) -> Self:
        """Rounds of the organisation at `path` and of those above it, newest first; those in preparation left out."""
        return self.filter(organisation__path__in=above(path)).exclude(state=RoundState.DRAFT)

    def under_way(self, path: str) -> Self:
        """Rounds open at the organisation at `path`, laid down there or above it."""
        return self.filter(state=RoundState.OPEN, organisation__path__in=above(path))


class Round(Moving):
    """活动: a year's campaign for all branches below one organisation."""

    State, MOVES = RoundState, ROUND_MOVES

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="rounds", verbose_name=_("Organisation")
    )
    name = models.CharField(_("Round name"), max_length=120)
    year = models.PositiveSmallIntegerField(_("Appraisal year"))
    reference = models.CharField(_("Notice number"), max_length=60, blank=True)
    roster_on = models.DateField(_("Roster as of"))
    due_on = models.DateField(_("Materials due on"))
    template = models.CharField(_("Kind of campaign"), max_length=20, blank=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("round")
        ordering = ["-year", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "year", "name"], name="round_name_once_a_year"),
        ]

    def __str__(self) -> str:
        return self.name

    def headings(self) -> list[tuple[str, str]]:
        """(key, title) of this year's aspects in order; the key names the section of a draft."""
        return [
            (str(position), title)
            for position, title in asked(Aspect).filter(round=self.pk).values_list("position", "title")
        ]

    @property
    def fingerprint(self) -> str:
        """The same while nobody has changed what is typed for it."""
        told = (self.year, self.name, self.reference, self.roster_on, self.due_on, self.headings())
        return hashlib.sha256(repr(told).encode()).hexdigest()

    def branches(self) -> Any:
        """The branches that take part: all below its organisation on the roster day which count members (F21). One that
        was merged since is closed by the superior as such, so that its members are not forgotten."""
        inside = Organisation.objects.branches().filter(under(self.organisation.path), branch_kind__in=COUNTED)
        return inside.filter(holds(self.roster_on))

    def gaps(self) -> list[str]:
        """What keeps it from being opened, in words."""
        stages = list(self.stages.all())
        found = [] if self.aspects.exists() else [gettext("Please give the round at least one aspect first.")]
        for before, after in zip(stages, stages[1:], strict=False):
            if after.starts_on < before.starts_on:
                words = gettext("“%(after)s” begins before “%(before)s”: please set the days in order.")
                found.append(words % {"after": after, "before": before})
        return found

    def cautions(self) -> list[str]:
        """What looks like a slip in its plan and keeps it from nothing, in words: materials due before they begin."""
        asked_for = Requirement.objects.in_force(self).filter(metric__startswith="materials.")
        stage = self.stages.filter(requirements__in=asked_for).order_by("position").first()
        if stage is None or self.due_on >= stage.starts_on:
            return []
        words = gettext(
            "Materials are due on %(due)s, before the stage “%(stage)s” that asks for them begins on %(begins)s: please"
            " check both days."
        )
        return [words % {"due": day(self.due_on), "stage": stage, "begins": day(stage.starts_on)}]


class Aspect(models.Model):
    """One heading under which this year's materials are written."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="aspects")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("Aspect"), max_length=80)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["round", "position"], name="aspect_position_once")]

    def __str__(self) -> str:
        return self.title


from appraisals.evaluations.models import Evaluation, EvaluationScale  # noqa: E402
from appraisals.grades.models import (  # noqa: E402
    AssemblyVote,
    DisposalFile,
    DisposalNote,
    Grade,
    GradeText,
    GradeWord,
    Grading,
)  # fmt: skip
from appraisals.opinions.models import (  # noqa: E402
    ChannelCount,
    Digest,
    DigestText,
    Opinion,
    OpinionAnswer,
    OpinionPage,
    OpinionText,
    OpinionTicket,
    SealedOpinion,
)  # fmt: skip
from appraisals.rounds.models import (  # noqa: E402
    LeadingPost,
    MakeupItem,
    PlanRevision,
    Progress,
    Requirement,
    RosterEntry,
    RosterEvent,
    SchemeStep,
    Stage,
)
from appraisals.supervision.models import (  # noqa: E402
    GroupBranch,
    OwnChecklist,
    SupervisionGroup,
    Urging,
    Visit,
    VisitLine,
)  # fmt: skip
from appraisals.votes.models import Partner, Subject, Vote, VoteSite  # noqa: E402

__all__ = [
    "Aspect", "AssemblyVote", "ChannelCount", "Comment", "Confirmation", "Digest", "DigestText", "DisposalFile",
    "DisposalNote", "Draft", "Evaluation", "EvaluationScale",
    "Grade", "GradeText", "GradeWord", "Grading", "GroupBranch", "LeadingPost", "MakeupItem",
    "Material", "MaterialKind", "MaterialQuerySet", "MaterialRules", "Opinion", "OpinionAnswer",
    "OpinionPage", "OpinionText", "OpinionTicket", "OwnChecklist", "Partner", "PlanRevision", "Progress",
    "Requirement",
    "ReturnReason", "Reviewer", "RosterEntry", "RosterEvent", "Round", "SchemeStep", "SealedOpinion", "Source",
    "Stage", "Subject", "SupervisionGroup", "Urging", "Version", "Visit", "VisitLine", "Vote", "VoteSite",
]  # fmt: skip
