"""Who acts: a signed-in person, or the system itself when the clock does something."""

from collections.abc import Iterable
from typing import Any, Protocol

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _


class Actor(Protocol):
    """What the engine and every action ask of whoever acts."""

    @property
    def actor_key(self) -> str:
        """The key under which history and audit keep the actor."""
        ...

    @property
    def actor_label(self) -> Any:
        """The name they show."""
        ...

    def may(self, right: str, subject: Any) -> bool:
        """True if this actor holds `right` over `subject`."""
        ...

    def require(self, right: str, subject: Any) -> None:
        """Raise PermissionDenied unless `may`."""
        ...


class SystemActor:
    """The named actor of beat and workers. It holds the right `system` and no other."""

    RIGHT = "system"
    actor_key = "system"
    actor_label = _("System")

    def may(self, right: str, subject: Any) -> bool:
        return right == self.RIGHT

    def require(self, right: str, subject: Any) -> None:
        if not self.may(right, subject):
            raise PermissionDenied


SYSTEM = SystemActor()


def require_any(actor: Actor, rights: Iterable[str], subject: Any) -> None:
    """Raise PermissionDenied unless `actor` holds one of `rights` over `subject`."""
    if not any(actor.may(right, subject) for right in rights):
        raise PermissionDenied
