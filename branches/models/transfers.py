"""A member on the way from one branch to another (组织关系转接)."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from branches.models.dated import holds
from branches.models.members import Member, Standing
from branches.models.organisations import Organisation
from branches.rights import Right
from branches.scope import OrganisationScoped
from branches.transfers.states import MOVES, State
from workflow.moving import Moving


class TransferQuerySet(OrganisationScoped):
    """`organisation` is the branch that receives and decides, `source` the one that gives."""

    def visible_to(self, user: Any) -> Self:
        """One's own; those of the branches one serves or oversees, coming and going."""
        places = Organisation.objects.all()
        given = Q(source__in=places.filter(places.of_office(user) | places.of_oversight(user)))
        return self.filter(self.of_own(user, "member") | self.of_office(user) | self.of_oversight(user) | given)

    def awaiting(self, user: Any) -> Self:
        """Those that this person may take over or refuse."""
        deciding = self.of_office(user, Right.LEAD) | self.of_oversight(user, Right.ARRANGE)
        return self.filter(deciding, state=State.OFFERED)

    def with_category(self, on: date) -> Self:
        """Each with the member's `category` on that day: the one thing the receiving branch must know beforehand."""
        standing = Standing.objects.filter(holds(on), member=OuterRef("member_id")).order_by("-since")
        return self.annotate(category=Subquery(standing.values("category")[:1]))


class Transfer(Moving):
    """`since` is the first day in the receiving branch. Drafts and materials stay where and whose they are."""

    State, MOVES = State, MOVES

    member = models.ForeignKey(Member, models.PROTECT, related_name="transfers")
    source = models.ForeignKey(Organisation, models.PROTECT, related_name="transfers_out")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="transfers_in")
    since = models.DateField(_("First day in the new branch"))
    reason = models.CharField(_("Reason"), max_length=80)
    offered_at = models.DateTimeField(_("Offered"), auto_now_add=True)

    objects = TransferQuerySet.as_manager()

    class Meta:
        verbose_name = _("transfer")
        constraints = [
            models.CheckConstraint(condition=~Q(source=F("organisation")), name="transfer_to_another_branch"),
            models.UniqueConstraint(
                fields=["member"], condition=Q(state=State.OFFERED), name="transfer_one_open_per_member"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.source.label} → {self.organisation.label}"
