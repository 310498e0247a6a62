"""What happens to the second step of an account: told in the audit log, and taken away on the server itself."""

from allauth.mfa.models import Authenticator
from django.db import transaction

from branches.actions.sign_in import end_all_sessions
from branches.models import User
from workflow.actions import audit
from workflow.actors import SYSTEM, Actor


def switched_on(*, actor: User, address: str) -> None:
    """Tell that an authenticator app was set up."""
    audit("second_step_on", actor=actor, subject=actor, address=address)


def switched_off(*, actor: User, address: str) -> None:
    """Tell that the authenticator app was given up."""
    audit("second_step_off", actor=actor, subject=actor, address=address)


def made_codes(*, actor: User, address: str) -> None:
    """Tell that new recovery codes were made."""
    audit("recovery_codes_made", actor=actor, subject=actor, address=address)


def failed(*, actor: User, address: str) -> None:
    """Tell of a wrong code of the second step."""
    audit("second_step_failed", actor=actor, subject=actor, address=address)


@transaction.atomic
def take_away(user: User, *, actor: Actor) -> None:
    """Remove app and recovery codes of whoever has lost both; every sign-in ends. Raises PermissionDenied."""
    actor.require(SYSTEM.RIGHT, None)
    Authenticator.objects.filter(user=user).delete()
    end_all_sessions(user, actor=actor)
    audit("second_step_off", actor=actor, subject=user)
