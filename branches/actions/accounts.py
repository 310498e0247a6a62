"""Opening accounts."""

from django.db import transaction

from branches.models import Member, User
from branches.rights import Right
from workflow.actions import audit
from workflow.actors import SYSTEM, Actor, require_any


@transaction.atomic
def open_account(
    username: str,
    *,
    actor: Actor,
    name: str,
    password: str | None = None,
    member: Member | None = None,
    admin_role: str = "",
) -> User:
    """Open an account for a member, a superior's officer, or one of the three administrators.

    Without a password nobody can sign in with it yet. Raises PermissionDenied, ValidationError.
    """
    require_any(actor, (Right.MANAGE_ACCOUNTS, SYSTEM.RIGHT), None)
    user = User.objects.create_user(username, password, name=name, member=member, admin_role=admin_role)
    user.full_clean(exclude={"password"})
    audit("account_created", actor=actor, subject=user)
    return user
