"""What the list of transfers shows, and what it can be narrowed by."""

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from branches.models import Transfer
from branches.models.members import Category
from branches.transfers.states import State
from shell.formats import choice, day, link, state_badge
from shell.lists import Column

TRANSFERS = (
    Column("member", _("Name"), lambda row: link(row.get_absolute_url(), row.called), css="nowrap"),
    Column("source", _("From branch"), lambda row: row.source.label),
    Column("organisation", _("To branch"), lambda row: row.organisation.label),
    Column("since", _("First day in the new branch"), lambda row: day(row.since), sort="since", css="nowrap"),
    Column("offered_at", _("Offered"), lambda row: day(row.offered_at), sort="offered_at", css="nowrap"),
    Column("state", _("State"), state_badge, css="nowrap"),
)


class TransferFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(field_name="member__name", lookup_expr="icontains", label=_("Name"), max_length=40)
    state = django_filters.ChoiceFilter(label=_("State"), choices=State.choices)

    class Meta:
        model = Transfer
        fields: list[str] = []


def facts(transfer: Any) -> list[tuple[str, str]]:
    """What both branches may know of a transfer; the particulars stay with the branch that counts the member."""
    told = [
        (_("Name"), transfer.member.name),
        (_("Category"), str(Category(transfer.category).label) if transfer.category else ""),
        (_("From branch"), transfer.source.name),
        (_("To branch"), transfer.organisation.name),
        (_("First day in the new branch"), day(transfer.since)),
        (_("Reason"), transfer.reason),
        (_("State"), choice(transfer, "state")),
    ]
    return [(str(label), value) for label, value in told]
