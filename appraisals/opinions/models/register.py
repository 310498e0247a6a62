"""Opinions: that one was given, through which channel and about whom; apart from that what it says.

No table here has a column for whoever gave it, and no moment finer than a day.
"""

from types import SimpleNamespace
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from appraisals.opinions.channels import COUNTED, Channel, ReadBy, Target
from appraisals.opinions.models.digests import Digest
from appraisals.opinions.models.readers import ReadByTarget
from appraisals.opinions.states import OPINION_MOVES, OpinionState
from branches.models import Member, Organisation, User
from branches.scope import NOTHING, OrganisationScoped
from figures.units import Approx, told
from workflow.constraints import one_of
from workflow.moving import Moving

LONGEST, MOST = 4000, 100_000


class OpinionQuerySet(ReadByTarget):
    def visible_to(self, user: Any) -> Self:
        """Rows of branches one serves and of those one oversees; none about oneself or one's own committee: channel
        and day alone may tell who has spoken. The row, not the words."""
        return self.reached(self.of_oversight(user), self.of_office(user)).filter(*self.not_about(user))

    def awaiting(self, user: Any) -> Self:
        """Those this person has to sort, in rounds under way."""
        return self.legible_to(user).filter(state=OpinionState.RECEIVED, round__state="open")

    def counted(self) -> Self:
        """What enters figures: neither void nor handed over."""
        return self.filter(state__in=[OpinionState.RECEIVED, OpinionState.SORTED])


class Opinion(Moving):
    """One opinion, or `count` that say the same (条次). Handed over it says nothing but that."""

    State, MOVES = OpinionState, OPINION_MOVES

    round = models.ForeignKey("appraisals.Round", models.PROTECT, related_name="opinions", verbose_name=_("Round"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="opinions", verbose_name=_("Collected by")
    )
    channel = models.CharField(_("Channel"), max_length=20, choices=Channel, blank=True)
    target = models.CharField(_("About"), max_length=20, choices=Target, blank=True)
    concerns = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="opinions", verbose_name=_("Person concerned")
    )
    read_by = models.CharField(_("Read by"), max_length=20, choices=ReadBy)
    count = models.PositiveIntegerField(_("Mentions"), default=1)
    noted_on = models.DateField(_("Noted on"))
    digest = models.ForeignKey(
        Digest, models.PROTECT, null=True, blank=True, related_name="opinions", verbose_name=_("Digest")
    )

    objects = OpinionQuerySet.as_manager()

    class Meta:
        verbose_name = _("opinion")
        indexes = [
            models.Index(fields=["organisation", "round", "state"], name="opinion_by_organisation"),
            models.Index(fields=["-noted_on", "-id"], name="opinion_in_list"),
            models.Index(fields=["round", "target", "channel"], name="opinion_by_target"),
        ]
        constraints = [
            one_of("opinion", "channel", Channel, empty=True),
            one_of("opinion", "target", Target, empty=True),
            one_of("opinion", "read_by", ReadBy),
            models.CheckConstraint(condition=Q(count__gte=1, count__lte=MOST), name="opinion_counted"),
            models.CheckConstraint(
                condition=Q(concerns=None) | Q(target__in=["leader", "member"]), name="opinion_person_by_target"
            ),
        ]

    def __str__(self) -> str:
        return gettext("Opinion %(key)s") % {"key": self.pk or ""}  # history keeps these words: no target, no person

    def is_read_by(self, reach: Any) -> bool:
        """True if the words are this person's to read and sort."""
        return Opinion.objects.legible_to(SimpleNamespace(reach=reach)).filter(pk=self.pk).exists()

    def concerns_whom(self, reach: Any) -> bool:
        """True if it is about this person, or about a committee he serves."""
        own = self.concerns_id is not None and self.concerns_id == reach.member_key
        return own or (self.read_by == ReadBy.ABOVE and self.organisation.path in reach.served_paths)


class OpinionTextQuerySet(OrganisationScoped):
    path_lookup = "opinion__organisation__path"

    def visible_to(self, user: Any) -> Self:
        """Whoever the target makes the reader (F6)."""
        return self.filter(opinion__in=self.rows_of(Opinion).legible_to(user))


class OpinionText(models.Model):
    """What was said, as it was said; destroyed after the round."""

    opinion = models.OneToOneField(Opinion, models.CASCADE, primary_key=True, related_name="verbatim")
    text = models.TextField(_("Opinion"))

    objects = OpinionTextQuerySet.as_manager()


class SealedOpinionQuerySet(OrganisationScoped):
    path_lookup = "receiver__path"

    def visible_to(self, user: Any) -> Self:
        """Whoever holds the office it was handed to, at just that organisation; never the person it is about."""
        mine = NOTHING
        for held in user.reach.held:
            mine |= Q(receiver=held.organisation_id, seat=held.office)
        return self.filter(mine, ~self.of_own(user, "concerns"))


class SealedOpinion(models.Model):
    """移交: what was taken out of the register and is read by the receiver alone."""

    opinion = models.OneToOneField(Opinion, models.CASCADE, primary_key=True, related_name="sealed")
    receiver = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("Handed to"))
    seat = models.CharField(_("Office"), max_length=20)
    concerns = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    text = models.TextField(_("Opinion"))

    objects = SealedOpinionQuerySet.as_manager()


class ChannelCountQuerySet(OrganisationScoped):
    def visible_to(self, user: Any) -> Self:
        """Those of branches one serves, and of all below an overseen organisation."""
        return self.filter(self.of_office(user) | self.of_oversight(user))


class ChannelCount(models.Model):
    """How one organisation asked through one channel: what `channels.COUNTED` names. Approximate ones stay so (余)."""

    round = models.ForeignKey("appraisals.Round", models.PROTECT, related_name="channels", verbose_name=_("Round"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="channels", verbose_name=_("Organisation")
    )
    channel = models.CharField(_("Channel"), max_length=20, choices=Channel)
    issued = models.PositiveIntegerField(_("How many"), default=0)
    returned = models.PositiveIntegerField(_("Handed back"), default=0)
    approximate = models.BooleanField(_("Approximately"), default=False)
    counted_on = models.DateField(_("Counted on"), default=timezone.localdate)
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)

    objects = ChannelCountQuerySet.as_manager()

    class Meta:
        verbose_name = _("channel")
        constraints = [
            one_of("channelcount", "channel", Channel),
            models.UniqueConstraint(fields=["round", "organisation", "channel"], name="channelcount_once"),
            models.CheckConstraint(
                condition=Q(returned__lte=models.F("issued")), name="channelcount_returned_of_issued"
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_channel_display())

    @property
    def told_issued(self) -> str:
        """The first number as it was reported: 40余."""
        return told(self.issued, self._sign)

    @property
    def told_returned(self) -> str:
        """The second; empty where the channel has none."""
        return told(self.returned, self._sign) if COUNTED[self.channel].returned else ""

    @property
    def _sign(self) -> Approx:
        return Approx.OVER if self.approximate else Approx.EXACT
