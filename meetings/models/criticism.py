"""What was said about people where members criticise one another (F34): how often, what each makes his own, and, only
where a superior wants it written down, the words. None of it is part of the minutes."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from branches.models import Member, User
from branches.rights import Right
from branches.scope import NOTHING, OrganisationScoped
from meetings.states import WORDED
from workflow.constraints import one_of

LONGEST = 500  # of one remark
POINTS = 2000  # of the list of one member


class CriticismScoped(OrganisationScoped):
    """Rows beside a meeting: the committee reads them always, a superior who accepts records once this one is handed
    in. Where a branch has no committee, its secretary stands for it."""

    path_lookup = "meeting__organisation__path"

    def _readers(self, user: Any) -> Q:
        superior = self.of_oversight(user, Right.ACCEPT)
        above = superior & Q(meeting__state__in=WORDED) if superior != NOTHING else NOTHING
        return self.of_office(user, Right.WRITE_FOR_COMMITTEE) | above

    def _keepers(self, user: Any) -> Q:
        """Rows of the records this person writes."""
        groups = user.reach.group_keys
        return self.of_office(user, Right.KEEP_REGISTER) | (Q(meeting__group__in=groups) if groups else NOTHING)

    def _about(self, user: Any) -> Q:
        """Rows about this person, once the record is handed in."""
        own = self.of_own(user, "member")
        return own & Q(meeting__state__in=WORDED) if own != NOTHING else NOTHING


class CriticismCountQuerySet(CriticismScoped):
    def visible_to(self, user: Any) -> Self:
        """As above; whoever writes the record; and one's own."""
        return self.filter(self._readers(user) | self._keepers(user) | self._about(user))


class CriticismCount(models.Model):
    """对×××提出批评意见 n 条: how many were made of one member, or, without one, of the committee together."""

    meeting = models.ForeignKey("meetings.Meeting", models.CASCADE, related_name="criticism_counts")
    member = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    number = models.PositiveSmallIntegerField(_("Criticisms"))

    objects = CriticismCountQuerySet.as_manager()

    class Meta:
        verbose_name = _("number of criticisms")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "member"], name="criticismcount_once"),
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(member=None), name="criticismcount_of_committee_once"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="criticismcount_some"),
        ]

    def __str__(self) -> str:
        return str(self.number)


class RemarkKind(models.TextChoices):
    CRITICISM = "criticism", _("Criticism")
    COMMENT = "comment", _("Comment of the host or the superior")


class SpokenRemarkQuerySet(CriticismScoped):
    def visible_to(self, user: Any) -> Self:
        """As above, and its writer while he writes the records. Whom it is about reads it only in the committee."""
        return self.filter(self._readers(user) | (Q(written_by=user.pk) & self._keepers(user)))


class SpokenRemark(models.Model):
    """Raw words about one member, or, without one, about the committee. In no export, no search, no history, on no
    paper; destroyed after its days (meetings/retention.py)."""

    meeting = models.ForeignKey("meetings.Meeting", models.CASCADE, related_name="spoken_remarks")
    kind = models.CharField(_("Kind of remark"), max_length=10, choices=RemarkKind)
    member = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    speaker = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    text = models.CharField(_("What was said"), max_length=LONGEST)
    written_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)

    objects = SpokenRemarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("remark")
        ordering = ["pk"]
        constraints = [
            one_of("spokenremark", "kind", RemarkKind),
            models.CheckConstraint(condition=~Q(text=""), name="spokenremark_says_something"),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())  # no word of it: history and jobs keep these


class ClaimQuerySet(CriticismScoped):
    def visible_to(self, user: Any) -> Self:
        """As above, and the member himself."""
        return self.filter(self._readers(user) | self._about(user))


class Claim(models.Model):
    """认领清单: what a member makes his own of what was said about him, one point a line."""

    meeting = models.ForeignKey("meetings.Meeting", models.CASCADE, related_name="claims")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    text = models.TextField(_("Points"))

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("list of points made one's own")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "member"], name="claim_once"),
            models.CheckConstraint(condition=~Q(text=""), name="claim_says_something"),
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @property
    def owner_id(self) -> int:
        """Whose work it is: Right.OWN is asked of him."""
        return self.member_id

    @property
    def points(self) -> list[str]:
        """One a line."""
        return self.text.splitlines()
