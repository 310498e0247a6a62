"""Sessions, and whom they belong to: read by every request, hence by statements that are kept (shell.asked)."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.sessions.backends import db
from django.utils import timezone

from branches.models import User
from shell.asked import asked


class SessionStore(db.SessionStore):
    """Django's sessions in the database."""

    def load(self) -> dict[str, Any]:
        """What the session holds; nothing, and a new key, where it is unknown or over."""
        rows = asked(self.model).filter(session_key=self.session_key, expire_date__gt=timezone.now())
        found = rows.values_list("session_data").first()
        if found is None:
            self._session_key = None
            return {}
        kept: dict[str, Any] = self.decode(found[0])
        return kept


class Accounts(AuthenticationBackend):
    """allauth's sign-in by login name."""

    def get_user(self, user_id: Any) -> User | None:
        """The account of a session, while it is active."""
        user = asked(User).filter(pk=int(user_id)).first()
        return user if user and self.user_can_authenticate(user) else None
