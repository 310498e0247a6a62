"""What a step of a grade asks and writes, for actions and pages: what is lacking, the days, who may say what."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from appraisals.grades.chains import LOW
from appraisals.grades.models import Grade, GradeText, Grading
from appraisals.grades.models.words import WordKind
from appraisals.grades.policies import policy_of
from appraisals.grades.quotas import limit_of
from appraisals.grades.states import GradeState
from appraisals.models import Round
from appraisals.states import RoundState
from branches.days_off.reading import offs
from branches.days_off.working import ahead
from branches.models import Organisation, User
from workflow.moves import Move, MoveNotAllowed

GIVING = ("propose", "decide", "vote")  # with these a grade stands: it is complete (R14)
DECIDING = ("decide", "vote", "submit")  # with these the number of 优秀 is looked at (R10)
ASKING = ("submit", "pass_up", "object", "appeal")  # with these the superior may have something to answer
ANEW = ("reopen", "reconsider", "send_down")
FORGOTTEN = dict.fromkeys(("met_on", "decided_on", "submitted_on", "answer_by", "fed_back_on"))
WAITS_FOR_VOTE = (GradeState.MET, GradeState.RETURNED)
MOVES = {
    WordKind.MET: "meet",
    WordKind.AGREED: "agree",
    WordKind.OBJECTED: "object",
    WordKind.ANSWERED: "answer",
    WordKind.APPEALED: "appeal",
    WordKind.CONCLUDED: "conclude",
}


def require_running(round_: Round) -> None:
    """Raises MoveNotAllowed unless the round is under way."""
    if Round.objects.get(pk=round_.pk).state != RoundState.OPEN:
        raise MoveNotAllowed(_("This round is not under way: nothing can be changed in it."))


def exists(row: Move, grade: Grade) -> bool:
    """True if the move is possible now."""
    return row.source == grade.state and (not row.when or bool(getattr(grade, row.when)))


def check(grades: Sequence[Grade], name: str) -> None:
    """Raises MoveNotAllowed where the round is over, ValidationError for what is lacking; of one branch."""
    first = grades[0].entry
    require_running(first.round)
    if name in GIVING and (lacking := incomplete(grades)):
        raise ValidationError(lacking)
    if name in DECIDING:
        grading = Grading.objects.select_related("organisation", "round").get(
            round=first.round_id, organisation=first.organisation_id
        )
        remark = limit_of(grading).remark
        if remark and remark.blocks:
            raise ValidationError(remark.refusal)


def incomplete(grades: Sequence[Grade]) -> list[str]:
    """What is lacking before these grades may stand, a sentence a member: the grade, or reason and help (R14)."""
    texts = GradeText.objects.in_bulk([grade.pk for grade in grades])
    found = []
    for grade in grades:
        text = texts.get(grade.pk)
        if not grade.level:
            found.append(_("%(name)s: please choose a grade first.") % {"name": grade})
        elif grade.level in LOW and not (text and text.reason.strip() and text.measure.strip()):
            words = _("%(name)s: this grade wants a written reason, and how the person is helped (R14).")
            found.append(words % {"name": grade})
    return found


def changes(grades: Sequence[Grade], name: str) -> dict[str, Any]:
    """What a step writes beside the state, for grades of one branch."""
    today = timezone.localdate()
    if name in ANEW:
        return dict(FORGOTTEN)
    found: dict[str, Any] = {}
    if name == "propose":
        found["first"] = F("level")
    if name in ("decide", "vote"):
        found["decided_on"] = today
    if name == "feed_back":
        found["fed_back_on"] = today
    if name == "give_back":
        found |= {"fed_back_on": None, "answer_by": None}
    if name in ASKING:
        first = grades[0].entry
        found["answer_by"] = answer_by(first.organisation, first.round, today)
    if name == "submit":
        found["submitted_on"] = today
    return found


def answer_by(branch: Organisation, round_: Round, today: date) -> date:
    """The working day by which the superior answers (F5): later it is 待上级, never the branch's delay."""
    days = policy_of(branch, round_.year).days
    return ahead(today, days, offs(branch.path, today, date.max))


def rights_of(grade: Grade, kind: str) -> set[str]:
    """Any of which lets somebody write such words down."""
    name = MOVES[WordKind(kind)]
    return {right for row in grade.MOVES if row.name == name for right in row.who + row.by_proxy}


def may_say(grade: Grade, user: User) -> list[WordKind]:
    """What this person may write down of this grade now, for its page."""
    found = []
    for kind, name in MOVES.items():
        rows = [row for row in grade.MOVES if row.name == name and row.source == grade.state]
        rows = [row for row in rows if not row.when or getattr(grade, row.when)]
        if any(user.may(right, grade) for row in rows for right in row.who + row.by_proxy):
            found.append(kind)
    return found
