"""What the lists of accounts and grants show."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from branches.models import Grant, User
from branches.rights import Right
from shell.formats import badge, day, link, moment
from shell.lists import Column

USERS = (
    Column("name", _("Name"), lambda user: link(reverse("user_edit", args=[user.pk]), user.name), sort="name"),
    Column("username", _("Login name"), lambda user: user.username, sort="username"),
    Column("branch", _("Branch"), lambda user: user.home_name),
    Column("admin_role", _("Administrator"), lambda user: user.get_admin_role_display()),
    Column("grants", _("Offices"), lambda user: len(user.held_grants), css="num"),
    Column("last_login", _("Last sign-in"), lambda user: moment(user.last_login), sort="last_login", css="nowrap"),
    Column("state", _("State"), lambda user: account_badge(user), css="nowrap"),
)


def account_badge(user: User) -> SafeString:
    return badge(_("Enabled"), "done") if user.is_active else badge(_("Disabled"), "neutral")


def grant_badge(grant: Grant, today: date) -> SafeString:
    """Whether a grant is in force, in a word on its ground."""
    if grant.revoked_at:
        return badge(_("Taken back"), "neutral")
    if grant.since > today:
        return badge(_("Not yet in force"), "waiting")
    if grant.until and grant.until < today:
        return badge(_("Expired"), "neutral")
    return badge(_("In force"), "done")


def _office(grant: Grant) -> str | SafeString:
    """The office; and who has delegated it."""
    office = grant.get_office_display()
    if not grant.delegated_by_id:
        return office
    words = _("delegated by %(name)s") % {"name": grant.delegated_by}
    return format_html("{} {}", office, badge(words, "active"))


def grants(reader: User, today: date) -> Sequence[Column]:
    """The columns of grants as `reader` sees them: whoever may take a grant back gets a link to it."""

    def take_back(grant: Grant) -> str:
        ended = grant.revoked_at or (grant.until and grant.until < today)
        if not ended and reader.may(Right.END_DELEGATION, grant):
            return link(reverse("delegation_end", args=[grant.pk]), _("Take back"))
        if ended or not reader.may(Right.MANAGE_ACCOUNTS, grant):
            return " "  # nothing to do here; an empty cell would read "--"
        return link(reverse("grant_revoke", args=[grant.pk]), _("Take back"))

    return (
        Column("user", _("Name"), lambda grant: grant.user.name, sort="user__name"),
        Column("username", _("Login name"), lambda grant: grant.user.username),
        Column("office", _("Office"), _office, sort="office"),
        Column("organisation", _("Organisation"), lambda grant: grant.organisation.name, sort="organisation__path"),
        Column("group", _("Group"), lambda grant: grant.group and grant.group.name),
        Column("since", _("From"), lambda grant: day(grant.since), sort="since", css="nowrap"),
        Column("until", _("Until"), lambda grant: day(grant.until), sort="until", css="nowrap"),
        Column("state", _("State"), lambda grant: grant_badge(grant, today), css="nowrap"),
        Column("actions", "", take_back, css="actions"),
    )
