"""To what a file can be attached: upper rooms register their models from AppConfig.ready().

    kinds.register(kinds.Kind("meeting", Meeting, readable=_readable, require=_require))

The owner's own scope decides who reads its files; no attachment is ever found by another door.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from workflow import words


@dataclass(frozen=True, slots=True)
class Kind:
    """`readable(user)`: the keys of the owners whose files this person may read. `require(actor, owner)` raises
    PermissionDenied, or ValidationError where the owner takes no files any more."""

    code: str
    model: type[Model]
    readable: Callable[[Any], QuerySet[Any]]
    require: Callable[[Any, Any], None]


_kinds: dict[str, Kind] = {}
words.add(
    {
        "attach": _("File added"),
        "withdraw_file": _("File withdrawn"),
        "choose_logo": _("Logo chosen"),
        "take_logo_away": _("Logo removed"),
    }
)


def register(kind: Kind) -> None:
    """Let files be attached to rows of `kind.model`; registering the same code again replaces it."""
    _kinds[kind.code] = kind


def registered() -> list[Kind]:
    return list(_kinds.values())


def find(code: str) -> Kind | None:
    return _kinds.get(code)


def of(owner: Model) -> Kind:
    """The kind of a row. Raises LookupError where its model takes no files."""
    for kind in _kinds.values():
        if isinstance(owner, kind.model):
            return kind
    raise LookupError(f"{type(owner).__name__} takes no files")
