"""参评名册: who is appraised in a round, where, and what happened to him since it was drawn up (users.md F7)."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from appraisals.states import RoundState
from branches.models import Member, Organisation
from branches.models.members import Category
from branches.rights import Right
from branches.scope import NOTHING, OrganisationScoped
from workflow import words
from workflow.addresses import page_of
from workflow.constraints import one_of
from workflow.models import History, HistoryQuerySet


class EventKind(models.TextChoices):
    """What changes a roster after its day."""

    ADDED = "added", _("Added")
    TRANSFERRED_OUT = "transferred_out", _("Transferred out")
    TRANSFERRED_IN = "transferred_in", _("Transferred in")
    HANDED_OVER = "handed_over", _("Appraised by another branch")
    MERGED = "merged", _("Branch merged")
    DIED = "died", _("Died")
    LEFT_PARTY = "left_party", _("Membership ended")
    ABROAD = "abroad", _("Went abroad")
    CONFIRMED = "confirmed", _("Became a full member")
    EXCUSED = "excused", _("Not appraised this year")
    BACK = "back", _("Appraised after all")


words.add({f"roster_{kind}": kind.label for kind in EventKind})
words.add(
    {
        "roster_offer": _("Another branch asked to appraise"),
        "roster_refuse": _("Not taken over"),
        "merge_roster": _("Roster of the merged branch taken over"),
    }
)


# Kinds after which the member is no longer 应参评; the others leave him on the roster, or move him to another branch.
ENDING = (EventKind.DIED, EventKind.LEFT_PARTY, EventKind.ABROAD, EventKind.EXCUSED)


class RosterEntryQuerySet(OrganisationScoped):
    def visible_to(self, user: Any) -> Self:
        """One's own; of the branches one serves, and what is offered to them; of all below an overseen organisation."""
        ways = self.of_own(user, "member"), self.of_office(user), self.offered(user)
        return self.reached(self.of_oversight(user), *ways)

    def offered(self, user: Any) -> Q:
        """Those that a branch this person leads is asked to appraise."""
        paths = user.reach.office_paths(Right.LEAD)
        return Q(offered_to__path__in=paths) if paths else NOTHING

    def to_take(self, user: Any) -> Self:
        """What waits for this person to take over (转评)."""
        return self.filter(self.offered(user), round__state=RoundState.OPEN)

    def due(self) -> Self:
        """应参评: those who are to be appraised."""
        return self.filter(is_due=True)

    def led_by(self, user: Any) -> Self:
        """Of the branches this person leads, or may enter for."""
        return self.filter(self.of_office(user, Right.LEAD) | self.of_oversight(user, Right.ENTER_FOR))


class RosterEntry(models.Model):
    """One member in one round: exactly once, where the formal relation was on the roster day unless handed over."""

    round = models.ForeignKey("appraisals.Round", models.CASCADE, related_name="roster")
    member = models.ForeignKey(Member, models.PROTECT, related_name="roster_entries", verbose_name=_("Member"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="roster_entries", verbose_name=_("Organisation")
    )
    category = models.CharField(_("Category"), max_length=20, choices=Category)
    is_due = models.BooleanField(_("To be appraised"), default=True)
    offered_to = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        related_name="roster_offers",
        verbose_name=_("Offered to"),
        editable=False,
    )

    objects = RosterEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("roster entry")
        indexes = [models.Index(fields=["organisation", "round"], name="rosterentry_by_branch")]
        constraints = [
            models.UniqueConstraint(fields=["round", "member"], name="rosterentry_once_a_round"),
            one_of("rosterentry", "category", Category),
            models.CheckConstraint(
                condition=~Q(offered_to=models.F("organisation")), name="rosterentry_offered_to_another"
            ),
        ]

    def __str__(self) -> str:
        return str(self.member)

    @property
    def owner_id(self) -> int:
        return self.member_id

    def get_absolute_url(self) -> str:
        return page_of("appraisee_detail", self.pk)

    @property
    def history(self) -> HistoryQuerySet:
        return History.objects.of(self)


class RosterEvent(models.Model):
    """One dated change of an entry, with its reason; never changed itself."""

    entry = models.ForeignKey(RosterEntry, models.CASCADE, related_name="events")
    kind = models.CharField(_("What happened"), max_length=20, choices=EventKind)
    happened_on = models.DateField(_("Day"))
    source = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+", verbose_name=_("From"))
    target = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+", verbose_name=_("To"))
    note = models.CharField(_("Note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("roster event")
        ordering = ["happened_on", "pk"]
        constraints = [
            one_of("rosterevent", "kind", EventKind),
            models.CheckConstraint(
                condition=Q(source=None, target=None) | Q(source__isnull=False, target__isnull=False),
                name="rosterevent_from_one_to_another",
            ),
        ]
