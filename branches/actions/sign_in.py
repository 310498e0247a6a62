"""What signing in and out, a changed password and an ended session write: audit rows and sessions."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction

from branches.models import User
from branches.rights import Right
from workflow.actions import audit
from workflow.actors import SYSTEM, Actor, require_any


@dataclass(frozen=True)
class Visitor:
    """Whoever typed a login name and no right password: an actor without rights, known by what was typed."""

    typed: str
    actor_key = "visitor"

    @property
    def actor_label(self) -> str:
        return self.typed[:40]

    def may(self, right: str, subject: Any) -> bool:
        return False

    def require(self, right: str, subject: Any) -> None:
        raise PermissionDenied


@transaction.atomic
def enter(*, actor: User, address: str) -> None:
    """Tell of a sign-in; the oldest sessions of the account past the limit end."""
    mine = UserSession.objects.filter(user=actor).order_by("-created_at", "-pk")
    _end(mine[settings.MAX_SESSIONS_PER_USER :])
    audit("sign_in", actor=actor, address=address)


def fail(*, actor: Visitor, address: str) -> None:
    """Tell of a wrong login name or password."""
    audit("sign_in_failed", actor=actor, address=address)


def refuse(*, actor: User, address: str) -> None:
    """Tell of a right password for a closed account."""
    audit("sign_in_refused", actor=actor, address=address)


@transaction.atomic
def leave(session_key: str | None, *, actor: User, address: str) -> None:
    """Tell of a sign-out and forget the session it ends."""
    UserSession.objects.filter(user=actor, session_key=session_key).delete()
    audit("sign_out", actor=actor, address=address)


@transaction.atomic
def change_password(password: str, *, actor: User, address: str, kept_session: str | None) -> None:
    """Give one's own account a new password; its sessions end, but for the one at hand."""
    actor.set_password(password)
    actor.save(update_fields=["password"])
    _end(UserSession.objects.filter(user=actor).exclude(session_key=kept_session))
    audit("password_changed", actor=actor, address=address)


@transaction.atomic
def end_session(session: UserSession, *, actor: User, address: str) -> None:
    """End one of one's own sessions. Raises PermissionDenied."""
    if session.user_id != actor.pk:
        raise PermissionDenied
    _end([session])
    audit("session_ended", actor=actor, address=address, note=session.ip)


@transaction.atomic
def end_all_sessions(user: User, *, actor: Actor) -> None:
    """End every session of an account; part of the action that says why. Raises PermissionDenied."""
    require_any(actor, (Right.MANAGE_ACCOUNTS, SYSTEM.RIGHT), user)
    _end(UserSession.objects.filter(user=user))


def _end(sessions: Iterable[UserSession]) -> None:
    for session in sessions:
        session.end()
