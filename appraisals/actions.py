"""What people do with rounds and materials; the only writes of this room."""

from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from appraisals.metrics import CODES
from appraisals.models import Aspect, Draft, Material, MaterialKind, Reviewer, Round, Version
from branches.models import Organisation, Relation
from branches.models.members import COMMITTEE_POSTS, PostKind
from branches.rights import Right
from branches.tree import under
from figures.actions import recount
from figures.registry import Period
from workflow.actions import record
from workflow.actors import Actor
from workflow.moves import Move, MoveNotAllowed, make_move

BATCH = 1000
REMARKS = ("suggest", "send_back")  # the moves by which a reviewer says what to change


class Stale(Exception):
    """This draft was saved from another window after the writer had opened it."""


# --- Rounds -------------------------------------------------------------------------------------------------------
@transaction.atomic
def prepare_round(organisation: Organisation, *, actor: Actor, aspects: Sequence[str], **facts: Any) -> Round:
    """Add a round in preparation; `facts` are columns of Round, `aspects` this year's headings in order.

    Raises PermissionDenied, ValidationError.
    """
    actor.require(Right.RUN_ROUNDS, organisation)
    round_ = Round(organisation=organisation, **facts)
    round_.full_clean()
    round_.save()
    Aspect.objects.bulk_create(Aspect(round=round_, position=n, title=title) for n, title in enumerate(aspects, 1))
    record(round_, "create", actor=actor, rights=[Right.RUN_ROUNDS], target=round_.state)
    return round_


@transaction.atomic
def move_round(round_: Round, name: str, *, actor: Actor, note: str = "") -> Move:
    """Open or close a round; opening it owes one self-analysis to each member of its roster and one to each committee.

    Raises MoveNotAllowed, PermissionDenied, ValidationError.
    """
    if name == "open" and not round_.aspects.exists():
        raise ValidationError(_("Please give the round at least one aspect first."))
    move = make_move(round_, name, actor=actor, note=note)
    if name == "open":
        owed = chain(_owed(round_), _owed_by_committees(round_))
        while rows := list(islice(owed, BATCH)):
            Material.objects.bulk_create(rows)
            recount({row.organisation_id for row in rows}, Period(round_key=round_.pk), CODES, actor=actor)
    return move


def _owed(round_: Round) -> Iterator[Material]:
    """One self-analysis per member of the register on the roster day, in every branch below the round's organisation.

    The branch secretary reviews; the secretary's own goes to the superior, who also reads the committee's (F3).
    """
    below = Relation.objects.filter(under(round_.organisation.path, "organisation__path"))
    for row in below.register(on=round_.roster_on).iterator(chunk_size=BATCH):
        yield Material(
            round=round_,
            organisation_id=row.organisation_id,
            author_id=row.member_id,
            kind=MaterialKind.SELF_ANALYSIS,
            reviewer=Reviewer.ABOVE if row.post == PostKind.SECRETARY else Reviewer.BRANCH,
            is_read_above=row.post in COMMITTEE_POSTS,
            due_on=round_.due_on,
        )


def _owed_by_committees(round_: Round) -> Iterator[Material]:
    """One 班子对照检查材料 per branch whose register has members on the roster day; the superior reviews it (F3)."""
    below = Relation.objects.filter(under(round_.organisation.path, "organisation__path"))
    branches = below.register(on=round_.roster_on).order_by().values_list("organisation_id", flat=True).distinct()
    for key in branches.iterator(chunk_size=BATCH):
        yield Material(
            round=round_,
            organisation_id=key,
            kind=MaterialKind.COMMITTEE_ANALYSIS,
            reviewer=Reviewer.ABOVE,
            is_read_above=True,
            due_on=round_.due_on,
        )


# --- Materials ----------------------------------------------------------------------------------------------------
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
    make_move(material, "submit", actor=actor, versions_count=F("versions_count") + 1, remarked_on=None)
    material.refresh_from_db(fields=["versions_count"])
    _recount(material, actor)
    written = [[title, sections.get(key, "")] for key, title in material.round.headings()]
    return Version.objects.create(material=material, number=material.versions_count, sections=written)


@transaction.atomic
def move_material(material: Material, name: str, *, actor: Actor, note: str = "") -> Move:
    """Withdraw, suggest changes to, return or pass a material.

    Raises MoveNotAllowed, PermissionDenied, NoteRequired; handing in has its own action, `submit`.
    """
    if name == "submit":
        actor.require(material.writing_right, material)
        raise MoveNotAllowed(_("Please submit from the page on which you write."))
    changes = {"remarked_on": timezone.localdate()} if name in REMARKS else {}
    move = make_move(material, name, actor=actor, note=note, **changes)
    _recount(material, actor)
    return move


def _recount(material: Material, actor: Actor) -> None:
    recount([material.organisation_id], Period(round_key=material.round_id), CODES, actor=actor)
