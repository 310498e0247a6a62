"""What allauth does about the second step goes into the audit log. Connected by branches/apps.py."""

from typing import Any

from allauth.mfa import signals
from allauth.mfa.models import Authenticator
from django.dispatch import receiver
from django.http import HttpRequest

from branches.actions import second_step
from branches.models import User
from shell.address import client_address


@receiver(signals.authenticator_added)
def added(request: HttpRequest, user: User, authenticator: Authenticator, **rest: Any) -> None:
    """An app was set up; its recovery codes come along and are not told of their own."""
    if authenticator.type == Authenticator.Type.TOTP:
        second_step.switched_on(actor=user, address=client_address(request))


@receiver(signals.authenticator_removed)
def removed(request: HttpRequest, user: User, authenticator: Authenticator, **rest: Any) -> None:
    """An app was given up."""
    if authenticator.type == Authenticator.Type.TOTP:
        second_step.switched_off(actor=user, address=client_address(request))


@receiver(signals.authenticator_reset)
def reset(request: HttpRequest, user: User, **rest: Any) -> None:
    """New recovery codes were made."""
    second_step.made_codes(actor=user, address=client_address(request))


@receiver(signals.authentication_failed)
def failed(request: HttpRequest, user: User, **rest: Any) -> None:
    """A wrong code after the right password."""
    second_step.failed(actor=user, address=client_address(request))
