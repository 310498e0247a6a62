"""The menu items of this room, and what the frame says of a person: the unit, and as whom he acts."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from branches.models import Organisation
from branches.models.logos import address_of
from branches.prepared import Prepared
from branches.rights import Right
from branches.second_step.door import waits_outside
from shell.context import supply
from shell.menu import Item, register
from workflow import words

GROUND = _("Organisations and members")
ADMINISTRATION = _("Administration")
MOST_HATS = 6  # more lines than that would fill the screen of a telephone


def belongs(user: Any) -> bool:
    return bool(user.reach.paths_above)


def sees_organisations(user: Any) -> bool:
    return belongs(user) or user.reach.sees_the_tree


def manages_accounts(user: Any) -> bool:
    return user.may(Right.MANAGE_ACCOUNTS, None)


def sees_grants(user: Any) -> bool:
    return manages_accounts(user) or user.may(Right.OVERSEE, None) or user.may(Right.DELEGATE, None)


def gives_slips(user: Any) -> bool:
    return user.may(Right.GIVE_SLIPS, None)


def reads_audit(user: Any) -> bool:
    return user.may(Right.READ_AUDIT, None)


def sees_transfers(user: Any) -> bool:
    return user.may(Right.READ_BRANCH, None) or user.may(Right.OVERSEE, None)


def runs_system(user: Any) -> bool:
    return user.may(Right.RUN_SYSTEM, None)


def unit(request: Any) -> tuple[str, str]:
    """(name, address of the logo) of the root above the person's organisations; of the first root for an administrator
    who sees the tree."""
    reach = request.user.reach
    path = reach.paths_above[0] if reach.paths_above else _first_root(request.user)
    found = _UNIT.rows(path) if path else []
    return (found[0][0], address_of(*found[0][1:])) if found else ("", "")


def _first_root(user: Any) -> str | None:
    return Organisation.objects.visible_to(user).filter(depth=1).order_by("path").values_list("path", flat=True).first()


def _unit(path: str) -> QuerySet:
    return Organisation.objects.filter(path=path).values_list("name", "pk", "logo__path")


_UNIT = Prepared(_unit, ("0001",), ("0002",))


def acting_as(request: Any) -> list[str]:
    """Every office of the person, the first ones where there are many."""
    hats = request.user.reach.hats()
    more = [_("and %(count)s more") % {"count": len(hats) - MOST_HATS}] if len(hats) > MOST_HATS else []
    return [*hats[:MOST_HATS], *more]


# How the history tells of slips and offices.
words.add(
    {
        "give_slip": _("Activation slip given"),
        "void_slip": _("Activation slip replaced"),
        "use_slip": _("Activation slip used"),
        "grant": _("Office given"),
        "delegate": _("Office delegated"),
        "deactivate": _("Account closed"),
        "activate": _("Account opened again"),
        "end_delegation": _("Delegation taken back"),
        "revoke": _("Office taken back"),
    }
)
supply("unit", unit)
supply("at_door", lambda request: waits_outside(request.user))
supply("acting_as", acting_as)
register(Item("organisation_list", _("Organisations"), "diagram-3", 70, GROUND, sees_organisations))
register(Item("member_list", _("Register of members"), "people", 71, GROUND, belongs))
register(Item("slip_list", _("Accounts of members"), "person-plus", 74, GROUND, gives_slips))
register(Item("transfer_list", _("Transfers"), "arrow-left-right", 72, GROUND, sees_transfers))
register(Item("grant_list", _("Offices"), "person-check", 73, GROUND, sees_grants))
register(Item("user_list", _("Accounts"), "person-badge", 80, ADMINISTRATION, manages_accounts))
register(Item("audit_list", _("Audit log"), "journal-check", 82, ADMINISTRATION, reads_audit))
register(Item("system_status", _("System status"), "hdd-stack", 83, ADMINISTRATION, runs_system))
