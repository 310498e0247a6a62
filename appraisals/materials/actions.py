"""What people do with what they owe in a round."""

from collections.abc import Sequence
from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from appraisals.materials.owed import BATCH, owed, rules_of
from appraisals.materials.reasons import offered, split
from appraisals.metrics import CODES
from appraisals.models import Draft, Material, ReturnReason, Round, Version
from branches.rights import Right
from figures.actions import recount
from figures.registry import Period
from workflow.actors import Actor
from workflow.moves import Move, MoveNotAllowed, make_move

REMARKS = ("suggest", "send_back")  # the moves by which a reviewer says what to change


class Stale(Exception):
    """This draft was saved from another window after the writer had opened it."""


@transaction.atomic
def owe(round_: Round, *, actor: Actor) -> None:
    """Let each member of the roster of a round, and each committee, owe what F3 says.

    Raises PermissionDenied.
    """
    actor.require(Right.RUN_ROUNDS, round_)
    rows = owed(round_)
    while batch := list(islice(rows, BATCH)):
        Material.objects.bulk_create(batch)
        recount({row.organisation_id for row in batch}, Period(round_key=round_.pk), CODES, actor=actor)


@transaction.atomic
def save_draft(material: Material, sections: dict[str, str], *, actor: Actor, seen: int) -> Draft:
    """Keep what the author is writing; `seen` is the revision the author had opened, 0 before the first.

    Raises PermissionDenied, MoveNotAllowed (no longer open), Stale.
    """
    actor.require(material.writing_right, material)
    if not material.is_open:
        raise MoveNotAllowed(_("This material can no longer be edited: it is “%s”.") % material.get_state_display())
    if not seen:
        draft, is_new = Draft.objects.get_or_create(material=material, defaults={"sections": sections, "revision": 1})
        if not is_new:
            raise Stale
        return draft
    if not Draft.objects.filter(material=material, revision=seen).update(sections=sections, revision=F("revision") + 1):
        raise Stale
    return Draft(material=material, sections=sections, revision=seen + 1)


@transaction.atomic
def submit(material: Material, sections: dict[str, str], *, actor: Actor, seen: int) -> Version:
    """Save the draft and hand it in as the next version, which nobody changes afterwards.

    Raises what `save_draft` raises, and ValidationError where nothing is written.
    """
    save_draft(material, sections, actor=actor, seen=seen)
    if not any(text.strip() for text in sections.values()):
        raise ValidationError(_("Please write something before submitting."))
    make_move(material, "submit", actor=actor, versions_count=F("versions_count") + 1, **_anew(material))
    material.refresh_from_db(fields=["versions_count"])
    _recount(material, actor)
    written = [[title, sections.get(key, "")] for key, title in material.round.headings()]
    return Version.objects.create(material=material, number=material.versions_count, sections=written)


@transaction.atomic
def move_material(material: Material, name: str, *, actor: Actor, note: str = "", reasons: Sequence[str] = ()) -> Move:
    """Withdraw, suggest changes to, return or pass a material; `reasons` are choices of `reasons.offered` for a return.

    Raises MoveNotAllowed, PermissionDenied, NoteRequired, ValidationError; handing in has its own action, `submit`.
    """
    if name == "submit":
        actor.require(material.writing_right, material)
        raise MoveNotAllowed(_("Please submit from the page on which you write."))
    given = _given(material, reasons) if name == "send_back" else []
    said = "；".join(filter(None, ["、".join(str(reason) for reason in given), note.strip()]))
    following = {"reviewer": material.next_reader, "is_read_above": True} if name == "pass_on" else {}
    changes = {"remarked_on": timezone.localdate()} if name in REMARKS else following
    made = make_move(material, name, actor=actor, note=said, **changes)
    ReturnReason.objects.bulk_create(given)
    if made.target != made.source:  # else it only goes to another reader, or is spoken of: no figure counts that
        _recount(material, actor)
    return made


def _given(material: Material, reasons: Sequence[str]) -> list[ReturnReason]:
    """The reasons of a return, none of them saved."""
    own = rules_of(material.round).reasons
    if unknown := set(reasons) - {value for value, _words in offered(own)}:
        raise ValidationError(_("There is no such reason: %s.") % "、".join(sorted(unknown)))
    pairs = map(split, dict.fromkeys(reasons))
    return [ReturnReason(material=material, version=material.versions_count, code=c, words=w) for c, w in pairs]


def _anew(material: Material) -> dict[str, Any]:
    """What handing in begins anew: the first reader has it, and nothing has been said about it."""
    return {"remarked_on": None, "reviewer": material.readers[0]}


def _recount(material: Material, actor: Actor) -> None:
    recount([material.organisation_id], Period(round_key=material.round_id), CODES, actor=actor)
