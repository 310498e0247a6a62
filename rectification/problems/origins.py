"""Where a problem came from: the row that gave cause, for whoever may be told of it; everybody else reads its kind."""

from dataclasses import dataclass
from typing import Any

from appraisals.models import Digest, Material, Opinion, Visit, Vote
from meetings.models import Meeting, Talk
from rectification.problems.kinds import Origin

ROWS: dict[str, tuple[Origin, Any]] = {
    model._meta.label_lower: (origin, model)
    for origin, model in (
        (Origin.OPINION, Opinion),
        (Origin.OPINION, Digest),
        (Origin.MATERIAL, Material),
        (Origin.MEETING, Meeting),
        (Origin.TALK, Talk),
        (Origin.VOTE, Vote),
        (Origin.VISIT, Visit),
    )
}


@dataclass(frozen=True, slots=True)
class Cause:
    """A row that gave cause, as the name under which history speaks of it, with the kind of origin it is."""

    ref: str
    origin: Origin
    row: Any

    @property
    def url(self) -> str:
        return str(self.row.get_absolute_url())

    @property
    def words(self) -> str:
        return str(self.row)


def cause_of(ref: str, user: Any) -> Cause | None:
    """The row that `ref` names (`app.model:key`) where this person may be told of it; None for any other. One query."""
    label, _colon, key = ref.partition(":")
    if label not in ROWS or not (key.isascii() and key.isdecimal()) or len(key) > 18:
        return None
    origin, model = ROWS[label]
    seen = model._default_manager.visible_to(user).filter(pk=key)
    if model is Meeting:  # its words are its theme
        seen = seen.named_to(user)
    row = seen.select_related("organisation").first()
    return Cause(ref, origin, row) if row is not None else None
