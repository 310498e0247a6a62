"""公开页: a page open to strangers for a time, and the codes under which they may read an answer."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from appraisals.opinions.models.digests import Digest
from appraisals.opinions.models.register import Opinion
from appraisals.opinions.states import ANSWER_MOVES, DOOR_MOVES, AnswerState, DoorState
from branches.models import Organisation
from branches.rights import Right
from branches.scope import OrganisationScoped
from workflow.moving import Moving
from workflow.scope import ScopedQuerySet


class OpinionPageQuerySet(OrganisationScoped):
    def visible_to(self, user: Any) -> Self:
        """Those of branches one serves, and of all below an overseen organisation."""
        return self.filter(self.of_office(user) | self.of_oversight(user))

    def awaiting(self, user: Any) -> Self:
        """Those that wait for this person's approval."""
        return self.filter(self.of_oversight(user, Right.RUN_ROUNDS), state=DoorState.ASKED)

    def open_on(self, day: date) -> Self:
        """Those a stranger finds on that day."""
        return self.filter(state=DoorState.OPEN, until__gte=day, round__state="open")


class OpinionPage(Moving):
    """One page of one round and organisation; closed until the superior has approved it, and after its last day."""

    State, MOVES, NOUN = DoorState, DOOR_MOVES, "opinion_page"

    round = models.ForeignKey("appraisals.Round", models.PROTECT, related_name="opinion_pages", verbose_name=_("Round"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="opinion_pages", verbose_name=_("Organisation")
    )
    until = models.DateField(_("Open until"))
    token = models.CharField(max_length=24, unique=True, editable=False)

    objects = OpinionPageQuerySet.as_manager()

    class Meta:
        verbose_name = _("public page")
        constraints = [
            models.UniqueConstraint(
                fields=["round", "organisation"],
                condition=Q(state__in=["asked", "open"]),
                name="opinionpage_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()} · {self.until}"


class NobodysQuerySet(ScopedQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Nobody: it is looked up by the code alone."""
        return self.none()


class OpinionTicket(models.Model):
    """查询码: the keyed hash of a code somebody took away, and the opinion it belongs to."""

    opinion = models.OneToOneField(Opinion, models.CASCADE, primary_key=True, related_name="ticket")
    code = models.CharField(max_length=64, unique=True)

    objects = NobodysQuerySet.as_manager()


class AnswerQuerySet(OrganisationScoped):
    path_lookup = "digest__organisation__path"

    def visible_to(self, user: Any) -> Self:
        """Whoever sees the digest."""
        return self.filter(digest__in=self.rows_of(Digest).visible_to(user))

    def awaiting(self, user: Any) -> Self:
        """Those that wait for this person's approval."""
        return self.filter(self.of_oversight(user, Right.RUN_ROUNDS), state=AnswerState.PROPOSED)


class OpinionAnswer(Moving):
    """What is answered to whoever has a code: proposed, approved by the superior, then published (F19)."""

    State, MOVES, NOUN = AnswerState, ANSWER_MOVES, "opinion_answer"

    digest = models.ForeignKey(Digest, models.PROTECT, related_name="replies", verbose_name=_("Digest"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", editable=False)
    text = models.TextField(_("Answer"))

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer")
        constraints = [
            models.UniqueConstraint(
                fields=["digest"], condition=Q(state__in=["proposed", "published"]), name="opinionanswer_once"
            )
        ]

    def __str__(self) -> str:
        return gettext("Answer %(key)s") % {"key": self.pk or ""}

    def is_read_by(self, reach: Any) -> bool:
        """Whoever words the digest words its answer."""
        return self.digest.is_read_by(reach)
