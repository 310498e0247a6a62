"""The writers of history and audit rows. Both are called inside the action they tell of."""

from collections.abc import Iterable
from itertools import repeat
from typing import Any

from django.db import models

from workflow.actors import Actor
from workflow.models import AuditEvent, History, subject_key


def record(
    subject: models.Model, move: str, *, actor: Actor, organisation: Any = None, rights: Iterable[str] = (), **told: str
) -> History:
    """Add one history entry; `told` may hold source, target, note and entered_for.

    `organisation` is told for a subject that hangs on none itself; `rights` are those on which the actor acted, so that
    of several offices the entry names the one that gave them.
    """
    place = organisation or getattr(subject, "organisation", None)
    about = organisation or (place and subject)  # the row itself where it hangs on a place: rights may be of a group
    return History.objects.create(move=move, **_who(actor, about, rights), **_what(subject, place), **told)


def record_many(
    subjects: Iterable[models.Model],
    move: str,
    *,
    actor: Actor,
    places: Iterable[Any] | None = None,
    notes: Iterable[str] = repeat(""),
    rights: Iterable[str] = (),
    for_branch: bool = False,
    **told: str,
) -> None:
    """As `record` for each subject with its note, in few statements; without `places` each is told of under its own
    organisation. `told` may hold source and target; `for_branch`: done for each one's organisation as 代录人."""
    who: dict[Any, dict[str, Any]] = {}
    entries = []
    for subject, place, note in zip(subjects, repeat(None) if places is None else places, notes, strict=False):
        place = place or subject.organisation  # type: ignore[attr-defined]
        if place.pk not in who:
            who[place.pk] = _who(actor, place, rights) | {"entered_for": str(place) if for_branch else ""}
        entries.append(History(move=move, note=note, **told, **who[place.pk], **_what(subject, place)))
    History.objects.bulk_create(entries, batch_size=2000)


def audit(
    kind: str, *, actor: Actor, subject: models.Model | None = None, note: str = "", address: str | None = None,
    acted_as: str = "",
) -> AuditEvent:  # fmt: skip
    """Add one audit event; `subject` may be None, `address` is the client's IP where one is known, `acted_as` is given
    where no subject says as what the actor acted."""
    place = getattr(subject, "organisation", None)
    what = _what(subject, place) if subject is not None else {}
    who = _who(actor, place)
    who["acted_as"] = acted_as[:80] or who["acted_as"]
    return AuditEvent.objects.create(kind=kind, note=note, address=address, **who, **what)


def _who(actor: Actor, about: Any, rights: Iterable[str] = ()) -> dict[str, Any]:
    acting_as = getattr(actor, "acting_as", None) if about else None
    return {
        "actor_key": actor.actor_key,
        "actor_label": str(actor.actor_label)[:80],
        "acted_as": str(acting_as(about, tuple(rights)))[:80] if acting_as else "",
    }


def _what(subject: models.Model, place: Any) -> dict[str, str]:
    told = {"subject_label": str(subject)[:200], "subject_key": subject_key(subject)}
    if place is not None:
        told["organisation_key"] = str(place.pk)
        told["organisation_path"] = place.path
        told["organisation_label"] = place.name
    return told
