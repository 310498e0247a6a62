"""The list from which slips are given: the members of one's branches, and how far each has come to an account."""

from collections.abc import Sequence
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import reverse, reverse_lazy
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from branches.filters import OrganisationFilter
from branches.lists import NameFilter
from branches.models import Relation, User
from shell.formats import badge, link, moment
from shell.lists import Column, Deed

WITHOUT, GIVEN, ACCOUNT = "without", "given", "account"
PRINT = Deed(_("Print slips"), reverse_lazy("slip_create"), "printer")


class SlipFilter(django_filters.FilterSet):
    q = NameFilter(label=_("Name or pinyin"), max_length=40)
    organisation = OrganisationFilter()
    state = django_filters.ChoiceFilter(
        label=_("Account"),
        choices=[(WITHOUT, _("Without account")), (GIVEN, _("Slip given, not used")), (ACCOUNT, _("Has an account"))],
        method="in_state",
    )

    class Meta:
        model = Relation
        fields: list[str] = []

    def in_state(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        if value == ACCOUNT:
            return rows.exclude(username=None)
        return rows.filter(username=None, slip_until__isnull=value == WITHOUT)


def needs_slip(row: Any) -> int | None:
    """The member to tick: whoever has no account yet."""
    return None if row.username else row.member_id


def _state(row: Any) -> SafeString:
    if row.slip_until and row.username:
        return badge(_("Slip for a new password given"), "waiting")
    if row.username:
        return badge(_("Has an account"), "done") if row.is_open else badge(_("Disabled"), "neutral")
    return badge(_("Slip given, not used"), "waiting") if row.slip_until else badge(_("Without account"), "neutral")


def slips(reader: User) -> Sequence[Column]:
    """The columns as `reader` sees them: nobody gives himself a new password in this way."""

    def renew(row: Any) -> str | SafeString:
        if not (row.username and row.is_open) or row.member_id == reader.member_id:
            return " "  # nothing to do here; an empty cell would read "--"
        return link(reverse("slip_renew", args=[row.member_id]), _("Password forgotten"))

    return (
        Column("name", _("Name"), lambda row: row.called, sort="member__name_pinyin", css="nowrap"),
        Column("branch", _("Branch"), lambda row: row.organisation.label, sort="organisation__path"),
        Column("state", _("Account"), _state, css="nowrap"),
        Column("username", _("Login name"), lambda row: row.username, css="nowrap"),
        Column("until", _("Slip is good until"), lambda row: row.slip_until and moment(row.slip_until), css="nowrap"),
        Column("last_login", _("Last sign-in"), lambda row: row.last_login and moment(row.last_login), css="nowrap"),
        Column("actions", "", renew, css="actions"),
    )
