"""What is said to and fro: the meeting with the person, agreement or objection, answers, the assembly's vote."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from appraisals.grades.actions.moving import follow
from appraisals.grades.models import AssemblyVote, Grade, GradeWord
from appraisals.grades.models.words import OF_PERSON, WordKind
from appraisals.grades.steps import MOVES, changes, check, rights_of
from appraisals.materials.models import Confirmation, Source
from branches.models import User
from branches.rights import Right
from meetings.decisions.kinds import Business
from meetings.decisions.votes import Outcome, Vote, faults
from workflow.actions import record
from workflow.actors import require_any
from workflow.moves import MoveNotAllowed, make_move, make_moves

HELPERS = (Right.GRADE, Right.GRADE_FOR)


@dataclass(frozen=True, slots=True)
class Numbers:
    """A vote of the assembly in persons with the right to vote: due, present, in favour, against, abstentions."""

    due: int
    present: int
    yes: int
    no: int
    abstain: int


@transaction.atomic
def say(
    grade: Grade, kind: str, text: str, *, actor: User, said_on: date | None = None, source: str = Source.TYPED
) -> GradeWord:
    """Write down what was said and make the step that goes with it; the words stand in no history.

    Of the person on his own screen, or by a helper from a paper or by word of mouth (代录), which he confirms. Raises
    PermissionDenied, MoveNotAllowed, ValidationError.
    """
    name = MOVES[WordKind(kind)]
    require_any(actor, rights_of(grade, kind), grade)
    if kind != WordKind.AGREED and not text.strip():
        raise ValidationError(_("Please write down what was said."))
    said_on = said_on or timezone.localdate()
    _check_day(said_on)
    helped = kind in OF_PERSON and not actor.may(Right.OWN, grade)
    if helped and source == Source.TYPED:
        raise ValidationError(_("Please say whether the person wrote on paper or spoke."))
    check([grade], name)
    more = {"met_on": said_on} if kind == WordKind.MET else {}
    for_whom = str(grade) if helped else ""
    make_move(grade, name, actor=actor, entered_for=for_whom, **{**changes([grade], name), **more})
    word = GradeWord(
        grade=grade, kind=kind, text=text.strip(), said_on=said_on, source=source if helped else Source.TYPED,
        entered_by=actor if helped else None,
    )  # fmt: skip
    word.clean_fields(exclude=["grade"])
    word.save()
    follow([grade], actor=actor)
    return word


@transaction.atomic
def confirm(word: GradeWord, how: str, *, actor: User) -> None:
    """The person confirms on screen what a helper has entered, or the helper has a print that he signed.

    Raises PermissionDenied, MoveNotAllowed (nothing waits for it).
    """
    require_any(actor, (Right.OWN,) if how == Confirmation.SCREEN else HELPERS, word.grade)
    waiting = GradeWord.objects.filter(pk=word.pk, confirmed_on=None).exclude(entered_by=None)
    if not waiting.update(confirmed_on=timezone.localdate(), confirmed_how=how):
        raise MoveNotAllowed(_("There is no entry that waits for a confirmation."))
    record(word.grade, "confirm_word", actor=actor, note=str(Confirmation(how).label))


@transaction.atomic
def vote(grades: Sequence[Grade], numbers: Numbers, held_on: date, *, actor: User, minute: str = "") -> list[Grade]:
    """The assembly has voted on these grades of one branch, with one result for each (chain C); those decided.

    Raises PermissionDenied, MoveNotAllowed, ValidationError: no quorum, sums that differ, not carried, R10, R14.
    """
    for grade in grades:
        require_any(actor, HELPERS, grade)
    if not grades:
        raise ValidationError(_("Please tick at least one member."))
    _check_day(held_on)
    _check_numbers(numbers)
    check(grades, "vote")
    moved: list[Grade] = make_moves(grades, "vote", actor=actor, **(changes(grades, "vote") | {"decided_on": held_on}))
    if len(moved) < len(grades):
        raise MoveNotAllowed(_("Not every member ticked is to be voted on now. Please look at the page again."))
    told = asdict(numbers) | {"held_on": held_on, "minute": minute.strip()}
    AssemblyVote.objects.bulk_create(AssemblyVote(grade=grade, **told) for grade in moved)
    follow(moved, actor=actor)
    return moved


def _check_numbers(numbers: Numbers) -> None:
    told = Vote(Business.OPINION_VOTE, **asdict(numbers))
    if wrong := list(faults(told, numbers.present)):
        raise ValidationError(wrong)
    if told.outcome == Outcome.NO_QUORUM:
        raise ValidationError(
            _("Fewer than half of those with the right to vote were there: nothing is decided (R02).")
        )
    if told.outcome != Outcome.PASSED:
        raise ValidationError(_("Not carried: the grade is weighed anew before the assembly votes again."))


def _check_day(day: date) -> None:
    if day > timezone.localdate():
        raise ValidationError(_("The day lies in the future: please check it."))
