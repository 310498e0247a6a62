"""Recording talks, making one void, and wording the occasions on which they are due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from branches.models import Organisation, User
from branches.models.organisations import Kind
from branches.rights import Right
from meetings.metrics import count_talks
from meetings.models import Talk, TalkContent, TalkParty, TriggerList
from meetings.models.talks import LONGEST_TRIGGER
from meetings.talks.parties import Party
from meetings.talks.rules import takes_content
from workflow.actions import record
from workflow.actors import Actor, require_any
from workflow.moves import Move, make_move

WRITERS = (Right.RECORD, Right.WRITE_FOR_COMMITTEE)
EARLIEST = date(2000, 1, 1)


@dataclass(frozen=True)
class Entry:
    """One talk as typed: who talked with whom, of which class, on what occasion, and what was said."""

    talkers: Sequence[Party]
    partners: Sequence[Party]
    kind: str
    trigger: str = ""
    content: str = ""


@transaction.atomic
def record_talks(
    organisation: Organisation, held_on: date, place: str, entries: Sequence[Entry], *, actor: User
) -> list[Talk]:
    """Record the talks of one day, all of them or none. Raises PermissionDenied, ValidationError."""
    require_any(actor, WRITERS, Talk(organisation=organisation))
    if not EARLIEST <= held_on <= timezone.localdate():
        raise ValidationError(_("A talk is recorded after it took place: please check the day."))
    if any(entry.content for entry in entries):
        _require_content(organisation, held_on, actor)
    talks = [_record(organisation, held_on, place, entry, actor) for entry in entries]
    count_talks(organisation.pk, held_on.year, actor=actor)
    return talks


def _require_content(organisation: Organisation, held_on: date, actor: User) -> None:
    """Only secretary and committee write what was said, and only where a superior wants it written down."""
    actor.require(Right.WRITE_FOR_COMMITTEE, Talk(organisation=organisation))
    if not takes_content(organisation.path, held_on):
        raise ValidationError(_("Here no contents of talks are written down. Please leave that field empty."))


def _record(organisation: Organisation, held_on: date, place: str, entry: Entry, actor: User) -> Talk:
    parties = [*entry.talkers, *entry.partners]
    if not entry.talkers or not entry.partners:
        raise ValidationError(_("A talk needs who talked and with whom."))
    known = [party.member_id for party in parties if party.member_id]
    if len(known) != len(set(known)):
        raise ValidationError(_("Somebody is named twice in one talk: %s.") % "、".join(map(str, parties)))
    talk = Talk(
        organisation=organisation, held_on=held_on, place=place.strip(), kind=entry.kind, trigger=entry.trigger,
        talkers="、".join(map(str, entry.talkers)), partners="、".join(map(str, entry.partners)),
        persons=sum(party.count for party in entry.partners), recorded_by=actor,
    )  # fmt: skip
    talk.full_clean()
    talk.save(force_insert=True)
    TalkParty.objects.bulk_create(
        TalkParty(
            talk=talk, position=n, leads=n <= len(entry.talkers), member_id=party.member_id, name=party.name,
            title=party.title, count=party.count,
        )
        for n, party in enumerate(parties, 1)
    )  # fmt: skip
    if text := entry.content.strip():
        TalkContent.objects.create(talk=talk, text=text, written_by=actor)
    record(talk, "create", actor=actor, rights=WRITERS, target=talk.state)
    return talk


@transaction.atomic
def move(talk: Talk, name: str, *, actor: Actor, note: str = "") -> Move:
    """Make a talk void. Raises PermissionDenied, MoveNotAllowed, NoteRequired."""
    made = make_move(talk, name, actor=actor, note=note)
    count_talks(talk.organisation_id, talk.held_on.year, actor=actor)
    return made


@transaction.atomic
def word_triggers(organisation: Organisation, lines: Sequence[str], *, actor: Actor) -> TriggerList:
    """Lay down the occasions for an organisation and all below it; talks recorded before keep their words.

    Raises PermissionDenied, ValidationError.
    """
    actor.require(Right.ARRANGE, organisation)
    if organisation.kind == Kind.BRANCH:
        raise ValidationError(_("Occasions are worded by a superior organisation, for itself and those below."))
    words = [line.strip() for line in lines if line.strip()]
    if not words:
        raise ValidationError(_("Please write at least one occasion."))
    if long := [line for line in words if len(line) > LONGEST_TRIGGER]:
        told = {"most": LONGEST_TRIGGER, "text": long[0][:20]}
        raise ValidationError(_("At most %(most)d characters a line, please shorten: “%(text)s…”") % told)
    wording = "\n".join(dict.fromkeys(words))
    row, _made = TriggerList.objects.update_or_create(organisation=organisation, defaults={"wording": wording})
    record(row, "word_triggers", actor=actor, note=wording)
    return row
