"""One's own sign-ins: which browsers and devices are signed in now."""

from typing import Any, Self

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from workflow.scope import ScopedQuerySet

# The first that fits counts: Edge also calls itself Chrome, and Chrome calls itself Safari.
BROWSERS = (
    ("MicroMessenger", "WeChat"),
    ("Edg/", "Edge"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


class SessionQuerySet(ScopedQuerySet):
    """allauth's rows about sessions. Its own manager deletes stale ones while it lists them; this one hides them."""

    def visible_to(self, user: Any) -> Self:
        """The user's own that still hold, the newest first."""
        held: QuerySet[Session] = QuerySet(Session).filter(session_key=OuterRef("session_key"), expire_date__gt=Now())
        return self.filter(Exists(held), user=user.pk).order_by("-created_at", "-pk")


SESSIONS = SessionQuerySet(UserSession)


def device(user_agent: str) -> str:
    """“Chrome · Windows”, from what the browser says of itself."""
    known = [next((name for sign, name in table if sign in user_agent), "") for table in (BROWSERS, SYSTEMS)]
    return " · ".join(filter(None, known)) or _("Unknown browser")
