"""整理稿: what the person or committee is told, re-worded and merged; without giver, day and channel."""

from types import SimpleNamespace
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from appraisals.opinions.channels import ReadBy, Target
from appraisals.opinions.models.readers import ReadByTarget
from appraisals.opinions.states import DIGEST_MOVES, TOLD, DigestState
from branches.models import Member, Organisation
from branches.scope import NOTHING, OrganisationScoped
from workflow.constraints import one_of
from workflow.moving import Moving


class DigestQuerySet(ReadByTarget):
    def visible_to(self, user: Any) -> Self:
        """That one exists: what is about oneself or one's committee once it is fed back; that of branches one serves
        and of those one oversees otherwise."""
        near = self.of_oversight(user) | self.of_office(user)
        mine = self._concerns(user) & Q(state__in=TOLD)
        others = near
        for condition in self.not_about(user) if near != NOTHING else ():
            others &= condition
        return self.filter(mine | others)

    def kept_from(self, user: Any) -> Self:
        """As of opinions; but what is fed back to oneself one reads."""
        kept, mine = super().kept_from(user), self._concerns(user)
        return kept if mine == NOTHING else kept.exclude(mine, state__in=TOLD)

    def kept_from_some(self) -> Self:
        """What is told to one person alone, of whom the superior reads; what the committee is told it all reads."""
        return self.filter(read_by=ReadBy.ABOVE, concerns__isnull=False)

    def told_to(self, user: Any) -> Self:
        """What is fed back to this person: about himself, or about a committee he serves."""
        return self.filter(self._concerns(user), state__in=TOLD)

    def awaiting(self, user: Any) -> Self:
        """Fed back to this person and not yet acknowledged."""
        return self.filter(self._concerns(user), state=DigestState.FED_BACK)

    def _concerns(self, user: Any) -> Q:
        served = user.reach.served_paths
        committee = Q(concerns=None, **{f"{self.path_lookup}__in": served}) if served else NOTHING
        return self.of_own(user, "concerns") | committee


class Digest(Moving):
    """One point put to one person or committee, gathered from `opinions`."""

    State, MOVES = DigestState, DIGEST_MOVES

    round = models.ForeignKey("appraisals.Round", models.PROTECT, related_name="digests", verbose_name=_("Round"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="digests", verbose_name=_("Organisation")
    )
    target = models.CharField(_("About"), max_length=20, choices=Target)
    concerns = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="digests", verbose_name=_("Person concerned")
    )
    read_by = models.CharField(_("Read by"), max_length=20, choices=ReadBy)
    noted_on = models.DateField(_("Written on"))
    fed_back_on = models.DateField(_("Fed back on"), null=True, editable=False)
    acknowledged_on = models.DateField(_("Acknowledged on"), null=True, editable=False)

    objects = DigestQuerySet.as_manager()

    class Meta:
        verbose_name = _("digest")
        indexes = [
            models.Index(fields=["organisation", "round", "state"], name="digest_by_organisation"),
            models.Index(fields=["concerns", "state"], name="digest_by_person"),
        ]
        constraints = [
            one_of("digest", "target", Target),
            one_of("digest", "read_by", ReadBy),
            models.CheckConstraint(
                condition=Q(concerns=None) | Q(target__in=["leader", "member"]), name="digest_person_by_target"
            ),
        ]

    def __str__(self) -> str:
        return gettext("Digest %(key)s") % {"key": self.pk or ""}  # history keeps these words: no target, no person

    @property
    def addressee(self) -> str:
        """Whom it is put to: the person, or the organisation whose committee it is."""
        return str(self.concerns or self.organisation)

    def is_read_by(self, reach: Any) -> bool:
        """True if this person gathers and words it."""
        return Digest.objects.legible_to(SimpleNamespace(reach=reach)).filter(pk=self.pk).exists()

    def concerns_whom(self, reach: Any) -> bool:
        """True if it is put to this person, himself or as one of the committee."""
        if self.concerns_id is not None:
            return self.concerns_id == reach.member_key
        return self.organisation.path in reach.served_paths


class DigestTextQuerySet(OrganisationScoped):
    path_lookup = "digest__organisation__path"

    def visible_to(self, user: Any) -> Self:
        """Whoever words it, and once it is fed back whom it concerns."""
        written = Q(digest__in=self.rows_of(Digest).legible_to(user))
        return self.filter(written | Q(digest__in=self.rows_of(Digest).told_to(user)))


class DigestText(models.Model):
    """What they are told."""

    digest = models.OneToOneField(Digest, models.CASCADE, primary_key=True, related_name="worded")
    text = models.TextField(_("Digest"))

    objects = DigestTextQuerySet.as_manager()
