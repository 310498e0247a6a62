"""What people do with opinions; the only writes of this package."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from appraisals.metrics import OPINION_CODES
from appraisals.models import ChannelCount, Digest, Opinion, OpinionText, Round, SealedOpinion
from appraisals.opinions import rules
from appraisals.opinions.channels import COUNTED, Channel, Target
from appraisals.opinions.models.readers import reader_of
from appraisals.opinions.receivers import Receiver, receivers_of
from branches.models import Member, Organisation, User
from branches.rights import Right
from figures.actions import recount
from figures.registry import Period
from workflow.actions import audit, record, record_many
from workflow.actors import Actor, require_any
from workflow.moves import Move, make_move

WRITERS = (Right.RECORD, Right.ENTER_FOR)


@dataclass(frozen=True, slots=True)
class Entry:
    """One opinion as typed; without words it is a number that was reported."""

    target: str
    text: str = ""
    concerns: Member | None = None
    count: int = 1


@transaction.atomic
def enter(
    round_: Round, organisation: Organisation, channel: str, noted_on: date, entries: Sequence[Entry], *, actor: Actor
) -> list[Opinion]:
    """Enter the opinions of one channel, all of them or none. Raises PermissionDenied, ValidationError."""
    require_any(actor, WRITERS, Opinion(organisation=organisation))
    rules.check_round(round_, organisation)
    rules.check_day(noted_on)
    if channel not in Channel.values or not entries:
        raise ValidationError(_("Please write at least one opinion."))
    at = {"round": round_, "organisation": organisation, "channel": channel, "noted_on": noted_on}
    rows = [_row(entry, at, actor) for entry in entries]
    _write(rows, entries)
    record_many(rows, "create", actor=actor, rights=WRITERS, target=Opinion.State.RECEIVED)
    _recount(rows[0], actor)
    return rows


def _row(entry: Entry, at: dict[str, Any], actor: Actor) -> Opinion:
    rules.check_words(entry.text, entry.count)
    organisation, on = at["organisation"], at["noted_on"]
    person = _person(entry.target, entry.concerns)
    if person is not None:
        rules.check_person(person, organisation, on)
    reader = reader_of(organisation, entry.target, person, on)
    row = Opinion(target=entry.target, concerns=person, count=entry.count, read_by=reader, **at)
    rules.check_writer(row, actor)
    return row


def _person(target: str, concerns: Member | None) -> Member | None:
    """Whom it is about. Raises ValidationError for a target that is no person's, or none at all."""
    if target not in Target.values:
        raise ValidationError(_("Please choose whom the opinion is about."))
    if concerns is not None and target not in (Target.LEADER, Target.MEMBER):
        raise ValidationError(_("An opinion about a person is about a leading cadre or an ordinary member."))
    return concerns


def _write(rows: Sequence[Opinion], entries: Sequence[Entry]) -> None:
    Opinion.objects.bulk_create(rows)
    worded = zip(rows, entries, strict=True)
    OpinionText.objects.bulk_create(
        OpinionText(opinion=row, text=e.text.strip()) for row, e in worded if e.text.strip()
    )


@transaction.atomic
def retarget(opinion: Opinion, target: str, concerns: Member | None, *, actor: Actor) -> Opinion:
    """Say anew whom it is about; who reads it follows, and may be somebody else from now on.

    Raises PermissionDenied, ValidationError.
    """
    actor.require(Right.SORT_OPINIONS, opinion)
    if opinion.state != Opinion.State.RECEIVED:
        raise ValidationError(_("Only what is still to be sorted can be given another target."))
    opinion.concerns = _person(target, concerns)
    if opinion.concerns is not None:
        rules.check_person(opinion.concerns, opinion.organisation, opinion.noted_on)
    opinion.target = target
    opinion.read_by = reader_of(opinion.organisation, target, opinion.concerns, opinion.noted_on)
    opinion.save(update_fields=["target", "concerns", "read_by"])
    record(opinion, "retarget", actor=actor, rights=[Right.SORT_OPINIONS])  # in whose favour is not told
    return opinion


@transaction.atomic
def move(opinion: Opinion, name: str, *, actor: Actor, note: str = "") -> Move:
    """Make an opinion void. Raises PermissionDenied, MoveNotAllowed, NoteRequired."""
    made = make_move(opinion, name, actor=actor, note=note)
    _recount(opinion, actor)
    return made


@transaction.atomic
def seal(opinion: Opinion, receiver: Receiver, *, actor: Actor) -> SealedOpinion:
    """移交: hand the text to an office above and take all it says out of the register; never answered, never counted.

    Raises PermissionDenied, MoveNotAllowed, ValidationError.
    """
    actor.require(Right.SORT_OPINIONS, opinion)
    if receiver not in receivers_of(opinion):
        raise ValidationError(_("Nobody holds that office there now: please choose another receiver."))
    concerns, text = opinion.concerns, OpinionText.objects.filter(opinion=opinion)
    said = text.values_list("text", flat=True).first() or ""
    nothing: dict[str, Any] = {"target": "", "channel": "", "concerns": None, "count": 1}
    make_move(opinion, "seal", actor=actor, **nothing)
    sealed = SealedOpinion.objects.create(
        opinion=opinion, receiver_id=receiver.organisation_id, seat=receiver.seat, concerns=concerns, text=said
    )
    text.delete()
    _recount(opinion, actor)
    return sealed


def note_reading(seen: Opinion | Digest, count: int, *, actor: Actor, address: str) -> None:
    """Tell the audit log who looked at the words of `count` opinions, on the page of which row, from where and as what;
    of no words at all nothing is told."""
    if count:
        # Administrators are blind to content: the round, the branch and the number of the row, nobody it is about.
        told = ngettext("%(round)s, %(n)d opinion", "%(round)s, %(n)d opinions", count)
        audit(
            "opinions_read", actor=actor, subject=seen, note=told % {"round": seen.round, "n": count}, address=address
        )


@dataclass(frozen=True, slots=True)
class Numbers:
    """What was counted of one channel."""

    issued: int = 0
    returned: int = 0
    approximate: bool = False


@transaction.atomic
def count_channels(
    round_: Round, organisation: Organisation, counted: Mapping[str, Numbers], counted_on: date, *, actor: User
) -> list[ChannelCount]:
    """Enter the numbers of channels in place of those before; what did not change keeps its day.

    Raises PermissionDenied, ValidationError.
    """
    require_any(actor, WRITERS, Opinion(organisation=organisation))
    rules.check_round(round_, organisation)
    rules.check_day(counted_on)
    at: dict[str, Any] = {"round": round_, "organisation": organisation}
    before = {row.channel: row for row in ChannelCount.objects.filter(**at)}
    rows = [_counted(before.get(name) or ChannelCount(channel=name, **at), given) for name, given in counted.items()]
    changed = [row for row in rows if row]
    for row in changed:
        row.counted_on, row.entered_by = counted_on, actor
        row.save()
        words = COUNTED[row.channel]
        note = f"{words.issued} {row.told_issued}" + (
            f" · {words.returned} {row.told_returned}" if words.returned else ""
        )
        record(row, "count_channel", actor=actor, rights=WRITERS, note=note)
    if changed:
        _recount(changed[0], actor)
    return changed


def _counted(row: ChannelCount, given: Numbers) -> ChannelCount | None:
    """The row with the numbers given; None where they are those it has. Raises ValidationError."""
    words = COUNTED.get(row.channel)
    if words is None or not words.issued:
        raise ValidationError(_("Nothing is counted of this channel."))
    if given.returned and (not words.returned or given.returned > given.issued):
        raise ValidationError(_("No more forms can be returned than were issued: please check both numbers."))
    told = (given.issued, given.returned, given.approximate)
    if told == (row.issued, row.returned, row.approximate):
        return None
    row.issued, row.returned, row.approximate = told
    return row


def _recount(row: Any, actor: Actor) -> None:
    recount([row.organisation_id], Period(round_key=row.round_id), OPINION_CODES, actor=actor)
