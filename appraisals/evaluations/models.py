"""An evaluation of one branch in one round, and the words of the scale that the round's superior lays down."""

import hashlib
from typing import Any, Self

from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from appraisals.evaluations.states import EVALUATION_MOVES, TOLD, EvaluationState
from branches.models import Organisation
from branches.rights import Right
from branches.scope import OrganisationScoped
from workflow.moving import Moving

WORD, WORDS = 30, 1000  # characters: of one word of a scale, of an evaluation


class EvaluationScaleQuerySet(OrganisationScoped):
    path_lookup = "round__organisation__path"

    def visible_to(self, user: Any) -> Self:
        """As the round: whoever belongs below it may know on which scale its superior speaks."""
        return self.filter(self.of_superior(user) | self.of_oversight(user))


class EvaluationScale(models.Model):
    """The superior's own words for branches in a round, one a line. They have no order and no points."""

    round = models.OneToOneField("appraisals.Round", models.CASCADE, primary_key=True, related_name="evaluation_scale")
    words = models.TextField(_("Grades for branches"), max_length=200)

    objects = EvaluationScaleQuerySet.as_manager()

    class Meta:
        verbose_name = _("scale for branches")

    def __str__(self) -> str:
        return "、".join(self.lines)

    @property
    def lines(self) -> list[str]:
        """Its words, as laid down."""
        return self.words.splitlines()


class EvaluationQuerySet(OrganisationScoped):
    def visible_to(self, user: Any) -> Self:
        """Once fed back: whoever serves the branch by an office that reads it, and all superiors. Before that only
        superiors who decide."""
        near = self.of_office(user) | self.of_oversight(user)
        return self.filter(self.of_oversight(user, Right.ACCEPT) | (near & models.Q(state__in=TOLD)))

    def taken_back_from(self, user: Any) -> Self:
        """Those that were fed back and taken back, for whoever read them before and does not now: that it happened and
        on which day, never the words or the grade, which are being reworded."""
        near = self.of_office(user) | self.of_oversight(user)
        gone = self.filter(near, state=EvaluationState.DRAFT, taken_back_on__isnull=False)
        return gone.exclude(pk__in=self.rows_of(Evaluation).visible_to(user).values("pk")).defer("words", "level")

    def told(self) -> Self:
        """Those that were fed back: only these count."""
        return self.filter(state__in=TOLD)

    def to_note(self, user: Any) -> Self:
        """What was said of the branches this person leads, and not yet taken note of."""
        return self.filter(self.of_office(user, Right.LEAD), state=EvaluationState.GIVEN)


class Evaluation(Moving):
    """评估意见 of a superior on one branch: seen by that branch and upward, by nobody beside it."""

    State, MOVES = EvaluationState, EVALUATION_MOVES

    round = models.ForeignKey("appraisals.Round", models.PROTECT, related_name="evaluations", verbose_name=_("Round"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("Branch"))
    words = models.TextField(_("Evaluation of the branch"), max_length=WORDS, validators=[MaxLengthValidator(WORDS)])
    level = models.CharField(_("Grade of the branch"), max_length=WORD, blank=True)
    given_on = models.DateField(_("Fed back on"), null=True, editable=False)
    taken_back_on = models.DateField(_("Taken back on"), null=True, editable=False)

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        verbose_name = _("evaluation of a branch")
        constraints = [models.UniqueConstraint(fields=["round", "organisation"], name="evaluation_once_a_round")]
        indexes = [models.Index(fields=["organisation", "state"], name="evaluation_by_branch")]

    def __str__(self) -> str:
        return f"{self.organisation.label} · {self.round}"

    @property
    def beginning(self) -> str:
        """Its first words, for a list."""
        return self.words if len(self.words) <= 60 else f"{self.words[:59]}…"

    @property
    def fingerprint(self) -> str:
        """The same while nobody has changed what is written; also of one that is not saved yet."""
        return hashlib.sha256(repr((self.pk, self.words, self.level)).encode()).hexdigest()
