"""Laying a vote down, handing it out, counting, confirming. What is cast stands in neither history nor audit log."""

import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from appraisals.votes.meeting import require_meeting
from appraisals.votes.models import Partner, Subject, Vote, Way
from appraisals.votes.rules import of_the_way, require_way
from appraisals.votes.sheets import NO_BALLOT, REFUSED, Wanted, drawn_up
from appraisals.votes.sites.agreement import handed_out, require_agreement
from appraisals.votes.states import KEEPERS, TELLERS, WRITERS, VoteState
from appraisals.votes.together import require_neighbours
from ballots import actions as ballots
from ballots import keys
from ballots.actions import Ballots, Place
from ballots.counting import CountsDiffer
from ballots.marks import lines_of
from ballots.models import Count
from ballots.sealing import Tampered
from ballots.turnout import slips_out
from branches.models import Organisation
from branches.rights import Right
from workflow.actions import record
from workflow.actors import SYSTEM, Actor, require_any
from workflow.moves import Move, MoveNotAllowed, make_move

COUNTERS = (*TELLERS, Right.ENTER_FOR)


@dataclass(frozen=True)
class Printed:
    """What is shown once: codes of slips, and the two halves of the key where tellers keep it."""

    codes: list[str]
    halves: tuple[str, str] | None = None


@transaction.atomic
def lay_down(vote: Vote, wanted: Wanted, *, actor: Actor, along: Collection[Organisation] = ()) -> Vote:
    """Write a new vote, or one still being prepared; `along`: the other branches that vote with this one.

    Raises PermissionDenied, MoveNotAllowed, ValidationError.
    """
    require_any(actor, WRITERS, vote)
    is_new = vote.pk is None
    if not is_new and Vote.objects.select_for_update().get(pk=vote.pk).state != VoteState.PREPARED:
        raise MoveNotAllowed(_("Slips or totals are there already: the vote cannot be changed any more."))
    if REFUSED.search(vote.title) or REFUSED.search(wanted.items):
        raise ValidationError(str(NO_BALLOT))
    require_way(vote)
    require_meeting(vote)
    require_neighbours(vote.organisation, vote.held_on, along)
    if not is_new:
        vote.subjects.all().delete()
        vote.partners.all().delete()
    if not is_new and not vote.is_outside:
        vote.sites.all().delete()
    sheets = drawn_up(wanted)
    vote.poll = ballots.lay_down([paper for paper, _about in sheets], poll=None if is_new else vote.poll)
    vote.save()
    about = zip(lines_of(vote.poll), (person for _paper, people in sheets for person in people), strict=True)
    Subject.objects.bulk_create(
        Subject(line_id=line.key, vote=vote, member_id=person.key, branch_id=person.branch)
        for line, person in about
        if person
    )
    Partner.objects.bulk_create(Partner(vote=vote, organisation=branch) for branch in along)
    record(vote, "create" if is_new else "change", actor=actor, rights=WRITERS, target=vote.state if is_new else "")
    return vote


@transaction.atomic
def hand_out(vote: Vote, *, actor: Actor, halved: bool = False) -> Printed:
    """Make the key and as many slips as there are voters; they are returned this once and kept nowhere.

    Raises PermissionDenied, MoveNotAllowed, ValidationError.
    """
    make_move(vote, "hand_out", actor=actor)
    _require_tellers(vote)
    require_way(vote)
    halves = ballots.give_key(vote.poll, halved=halved)
    return Printed(ballots.add_slips(vote.poll, vote.voters), halves)


@transaction.atomic
def print_spare(vote: Vote, number: int, reason: str, *, actor: Actor, late: bool = False) -> Printed:
    """More slips: for voters who came `late`, who are voters from now on, or in place of slips that are spoilt or lost.

    Raises PermissionDenied, MoveNotAllowed, ValidationError.
    """
    require_any(actor, KEEPERS, vote)
    _refuse_unless_out(vote)
    if not reason.strip():
        raise ValidationError(_("Please give a reason."))
    require_way(vote)
    if late:
        vote.voters = Vote.objects.values_list("voters", flat=True).get(pk=vote.pk) + number
        vote.save(update_fields=["voters"])
    elif number > (left := vote.most_slips - slips_out(vote.poll)):
        raise ValidationError(
            _("At most %(left)d more in place of spoilt or lost slips: please enter those handed back as handed back "
              "first, or say that voters came late.") % {"left": max(0, left)}
        )  # fmt: skip
    printed = Printed(ballots.add_slips(vote.poll, number))
    record(vote, "spare", actor=actor, rights=KEEPERS, note=f"{number}：{reason.strip()}")
    return printed


@transaction.atomic
def void_slip(vote: Vote, code: str, *, actor: Actor) -> None:
    """A slip that was handed back. Raises PermissionDenied, MoveNotAllowed, ValidationError."""
    require_any(actor, TELLERS, vote)
    _refuse_unless_out(vote)
    ballots.void_slip(vote.poll, code)
    record(vote, "void_slip", actor=actor, rights=TELLERS)


def _refuse_unless_out(vote: Vote) -> None:
    state = Vote.objects.select_for_update().get(pk=vote.pk).state
    if state not in (VoteState.HANDED_OUT, VoteState.OPEN):
        raise MoveNotAllowed(_("No slips are out now."))


def _require_tellers(vote: Vote) -> None:
    if not vote.has_tellers:
        raise ValidationError(_("Please name a scrutineer and a teller first: open “Edit” on the page of the vote."))


# --- Counting -------------------------------------------------------------------------------------------------------
@transaction.atomic
def type_totals(vote: Vote, numbers: Mapping[int, Ballots], marks: Mapping[Place, int], *, actor: Actor) -> Vote:
    """What two people counted on paper. Raises PermissionDenied, MoveNotAllowed, ValidationError."""
    require_any(actor, COUNTERS, vote)
    if vote.is_electronic:
        raise MoveNotAllowed(_("These ballots lie in the box: they are counted there."))
    make_move(vote, "count", actor=actor)
    _require_tellers(vote)
    if vote.is_outside:
        require_agreement(vote, numbers.values())
    elif wrong := _too_many(vote, [one.collected for one in numbers.values()]):
        raise ValidationError(wrong + _("Please check the numbers, or correct the voters under “Edit” first."))
    ballots.write_totals(vote.poll, numbers, marks)
    return vote


@transaction.atomic
def count_box(vote: Vote, halves: tuple[str, str], *, actor: Actor) -> Vote:
    """Open the box and count it twice; `halves` are empty where the key lies in its file.

    Raises PermissionDenied, MoveNotAllowed, ValidationError (wrong halves, the key is lost, a box was changed).
    """
    require_any(actor, TELLERS, vote)
    make_move(vote, "count", actor=actor)
    try:
        private = keys.joined(*halves, vote.poll.public_key) if any(halves) else keys.kept(vote.poll.public_key)
    except keys.KeyLost:
        raise ValidationError(
            _("The key of this box is lost (the server was started again?). Please make the vote void and repeat it.")
        ) from None
    try:
        ballots.count_boxes(vote.poll, private, issued=handed_out(vote))
    except (Tampered, CountsDiffer):
        raise ValidationError(
            _("A ballot is not as it was cast, so nothing was counted: please make the vote void and repeat it.")
        ) from None
    return vote


@transaction.atomic
def move(vote: Vote, name: str, *, actor: Actor, note: str = "") -> Move:
    """Open, close, go on with paper, take a count back, confirm, make void; with what each does to the box.

    Raises PermissionDenied, MoveNotAllowed, NoteRequired, ValidationError (a superior wants paper only).
    """
    made = make_move(vote, name, actor=actor, note=note, **({"way": Way.PAPER} if name == "to_paper" else {}))
    if after := _AFTER.get(name):
        after(vote)
    return made


def _open(vote: Vote) -> None:
    require_way(vote)
    ballots.open_box(vote.poll)


def _close(vote: Vote) -> None:
    """What was written anew in another order leaves the old order behind in the file: it goes before anybody counts."""
    ballots.close_box(vote.poll)
    transaction.on_commit(lambda: wipe(actor=SYSTEM))


def _end(vote: Vote) -> None:
    ballots.destroy(vote.poll)
    if vote.is_electronic:
        transaction.on_commit(lambda: wipe(actor=SYSTEM))


def _confirm(vote: Vote) -> None:
    """What cannot be a result is no result: an empty box, and more ballots than voters."""
    collected = list(Count.objects.filter(sheet__poll=vote.poll_id).values_list("collected", flat=True))
    if not any(collected):
        raise MoveNotAllowed(_("No ballot came in, so there is no result: please make the vote void."))
    if not vote.is_outside and (wrong := _too_many(vote, collected)):
        raise MoveNotAllowed(wrong + _("The vote is invalid: please make it void and vote again."))
    _end(vote)


def _too_many(vote: Vote, collected: Collection[int]) -> str:
    """In words, where more ballots came in than there are voters."""
    if max(collected, default=0) <= vote.voters:
        return ""
    words = _("%(collected)d ballots came in, but there are %(voters)d voters.")
    return words % {"collected": max(collected), "voters": vote.voters}


def _void(vote: Vote) -> None:
    ballots.forget_totals(vote.poll)
    _end(vote)


def _to_paper(vote: Vote) -> None:
    vote.way = Way.PAPER
    ballots.destroy(vote.poll)
    transaction.on_commit(lambda: wipe(actor=SYSTEM))


_AFTER: dict[str, Any] = {
    "open": _open,
    "close": _close,
    "recount": lambda vote: ballots.forget_totals(vote.poll),
    "to_paper": _to_paper,
    "confirm": _confirm,
    "confirm_signed": _confirm,
    "void": _void,
    "annul": _void,
}


def wipe(*, actor: Actor) -> None:
    """Write the tables of slips and boxes anew; what is busy now is done by the clock, once a day."""
    if not actor.may(SYSTEM.RIGHT, None):
        raise PermissionDenied
    try:
        ballots.wipe()
    except DatabaseError:
        logging.getLogger(__name__).warning("the tables of ballots were busy: they are written anew tonight")


@transaction.atomic
def repeat(vote: Vote, *, actor: Actor) -> Vote:
    """The same vote anew after one was made void, on paper where a superior has since forbidden slips.

    Raises PermissionDenied, MoveNotAllowed.
    """
    require_any(actor, WRITERS, vote)
    if vote.state != VoteState.VOID or Vote.objects.filter(repeats=vote).exists():
        raise MoveNotAllowed(_("Only a void vote is repeated, and once."))
    facts = ("organisation_id", "round_id", "meeting_id", "title", "held_on", "until", "way", "voters", "scrutineer_id",
             "scrutineer_name", "teller_id", "teller_name")  # fmt: skip
    new = Vote(repeats=vote, poll=ballots.copy(vote.poll), **{name: getattr(vote, name) for name in facts})
    remark = of_the_way(new)
    if remark and remark.blocks:
        new.way = Way.PAPER
    new.save()
    pairs = dict(zip(lines_of(vote.poll), lines_of(new.poll), strict=True))
    lines = {was.key: now.key for was, now in pairs.items()}
    subjects, partners = list(vote.subjects.all()), list(vote.partners.all())
    for row in subjects:
        row.line_id, row.vote = lines[row.line_id], new
    for partner in partners:
        partner.pk, partner.vote = None, new
    Subject.objects.bulk_create(subjects)
    Partner.objects.bulk_create(partners)
    record(new, "create", actor=actor, rights=WRITERS, target=new.state)
    return new
