"""The life of a vote: on paper from preparation straight to the count, under slips over the box."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from branches.rights import Right
from workflow import words
from workflow.moves import Move
from workflow.moving import States


class VoteState(States):
    PREPARED = "prepared", "neutral", _("Being prepared")
    HANDED_OUT = "handed_out", "active", _("Slips printed")
    OPEN = "open", "active", _("Voting")
    CLOSED = "closed", "waiting", _("Box closed, to be counted")
    COUNTED = "counted", "waiting", _("Counted, to be confirmed")
    CONFIRMED = "confirmed", "done", _("Result confirmed")
    VOID = "void", "neutral", _("Void")


BEFORE_OPENING = (VoteState.PREPARED, VoteState.HANDED_OUT)
BEFORE_THE_COUNT = (*BEFORE_OPENING, VoteState.OPEN, VoteState.CLOSED)
UNDER_WAY = (VoteState.HANDED_OUT, VoteState.OPEN)  # slips are out
BOXED = (VoteState.OPEN, VoteState.CLOSED, VoteState.COUNTED)  # there may be boxes
LIVING = tuple(state for state in VoteState if state not in (VoteState.CONFIRMED, VoteState.VOID))

KEEPERS, TELLERS = (Right.RECORD,), (Right.COUNT_VOTES, Right.RECORD)
WRITERS = (*KEEPERS, Right.ENTER_FOR)
CONFIRMERS = (Right.COUNT_VOTES, Right.LEAD, Right.WRITE_FOR_COMMITTEE)
SUPERIORS = (Right.ENTER_FOR,)
_ABOVE: dict[str, Any] = {"by_proxy": (Right.ENTER_FOR,)}
_OPEN: dict[str, Any] = {"label": _("Open the box"), "primary": True, "when": "has_tellers"}
_CLOSE: dict[str, Any] = {"label": _("Close the box"), "primary": True, "severity": 2}
_PAPER: dict[str, Any] = {"label": _("Go on with paper"), "severity": 2}
_AGAIN: dict[str, Any] = {"label": _("Count again"), "severity": 2, **_ABOVE}
_CONFIRM: dict[str, Any] = {
    "label": _("Confirm the totals"),
    "primary": True,
    "severity": 2,
    "not_by": "count",
    **_ABOVE,
}
_SIGNED: dict[str, Any] = {
    "label": _("Confirm by the signed report"), "needs_note": True,
    "note_label": _("Who signed the report, and when (nothing can be changed afterwards)"), **_ABOVE,
}  # fmt: skip
_VOID: dict[str, Any] = {
    "label": _("Void"), "needs_note": True, "note_label": _("Reason and witnesses"), **_ABOVE,
}  # fmt: skip
_ANNUL: dict[str, Any] = {
    "label": _("Annul the result"), "needs_note": True, "note_label": _("What was wrong, and who found it"),
}  # fmt: skip
_S = VoteState

# fmt: off
VOTE_MOVES = (
    #    name              from           to             who
    Move("hand_out",       _S.PREPARED,   _S.HANDED_OUT, KEEPERS,    when="is_electronic"),  # on the page that prints
    Move("open",           _S.HANDED_OUT, _S.OPEN,       KEEPERS,    **_OPEN),
    Move("close",          _S.OPEN,       _S.CLOSED,     TELLERS,    **_CLOSE),
    Move("to_paper",       _S.HANDED_OUT, _S.PREPARED,   KEEPERS,    **_PAPER),
    Move("to_paper",       _S.OPEN,       _S.PREPARED,   KEEPERS,    **_PAPER),
    # Made on the pages that take or count totals.
    Move("count",          _S.PREPARED,   _S.COUNTED,    TELLERS,    when="is_paper", **_ABOVE),
    Move("count",          _S.CLOSED,     _S.COUNTED,    TELLERS),
    Move("recount",        _S.COUNTED,    _S.PREPARED,   TELLERS,    when="is_paper", **_AGAIN),
    Move("recount",        _S.COUNTED,    _S.CLOSED,     TELLERS,    when="is_electronic", **_AGAIN),
    Move("confirm",        _S.COUNTED,    _S.CONFIRMED,  CONFIRMERS, **_CONFIRM),
    Move("confirm_signed", _S.COUNTED,    _S.CONFIRMED,  CONFIRMERS, **_SIGNED),
    *(Move("void",         state,         _S.VOID,       KEEPERS,    **_VOID) for state in LIVING),
    Move("annul",          _S.CONFIRMED,  _S.VOID,       SUPERIORS,  **_ANNUL),  # the branch itself cannot
)
# fmt: on

words.add(
    {
        "appraisals.vote:create": _("Vote laid down"),
        "appraisals.vote:change": _("Changed"),
        "appraisals.vote:sites": _("Sites and what was handed out entered"),
        "appraisals.vote:spare": _("Spare slips printed"),
        "appraisals.vote:void_slip": _("A spoilt slip was made worthless"),
        "hand_out": _("Slips printed"),
        "appraisals.vote:open": _("Box opened"),
        "appraisals.vote:close": _("Box closed"),
        "to_paper": _("Goes on with paper; slips void"),
        "appraisals.vote:count": _("Totals found"),
        "recount": _("Count taken back"),
        "appraisals.vote:confirm": _("Totals confirmed"),
        "confirm_signed": _("Totals confirmed by the signed report"),
        "annul": _("Result annulled by the superior organisation"),
    }
)
