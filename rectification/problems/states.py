"""The life of a problem (users.md F28): nothing is deleted, 逾期 and 临期 are signs beside the state and no states."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from branches.rights import Right
from workflow import words
from workflow.moves import Move
from workflow.moving import States


class ProblemState(States):
    UNCLAIMED = "unclaimed", "neutral", _("To be claimed")
    UNDERWAY = "underway", "active", _("Being put right")
    CLOSING_REQUESTED = "closing_requested", "waiting", _("Closing requested")
    CLOSED = "closed", "done", _("Problem closed")
    RETURNED = "returned", "alarm", _("Closing refused")
    STANDING = "standing", "active", _("Kept up for good")
    VOID = "void", "neutral", _("Void")


OWED = (ProblemState.UNCLAIMED, ProblemState.UNDERWAY, ProblemState.RETURNED)  # the branch has to act: may be late
LIVING = (*OWED, ProblemState.CLOSING_REQUESTED, ProblemState.STANDING)  # not closed: goes on into the next year
CLOSINGS = ("close", "close_by_assembly", "close_signed", "close_at_once")

_DOER: dict[str, Any] = {"who": (Right.OWN, Right.LEAD), "by_proxy": (Right.ENTER_FOR,)}
_LEAD: dict[str, Any] = {"who": (Right.LEAD,), "by_proxy": (Right.ENTER_FOR,)}
_VERIFIER: dict[str, Any] = {"who": (Right.VERIFY,)}
_NOTED: dict[str, Any] = {"needs_note": True}
_REQUEST: dict[str, Any] = {
    "label": _("Request closing"), "primary": True, "note_label": _("What was done, and where to see it"), **_NOTED,
}  # fmt: skip
_WITHDRAW: dict[str, Any] = {"label": _("Withdraw the request")}
_CLOSE: dict[str, Any] = {
    "label": _("Verify and close"), "primary": True, "note_label": _("What was looked at, and the result"), **_NOTED,
}  # fmt: skip
_ASSEMBLY: dict[str, Any] = {
    "label": _("Close by the general meeting"), "when": "may_go_to_assembly",
    "note_label": _("Number of the minutes, and what the meeting found"), **_NOTED,
}  # fmt: skip
_SIGNED: dict[str, Any] = {
    "label": _("Close by the checker's signature"), "when": "has_checker",
    "note_label": _("What the checker signed, and when"), **_NOTED,
}  # fmt: skip
_AT_ONCE: dict[str, Any] = {
    "label": _("Put right at once: close"), "when": "may_close_at_once", "note_label": _("What was done"), **_NOTED,
}  # fmt: skip
_HOLD: dict[str, Any] = {"label": _("Keep up for good"), "note_label": _("Why it is kept up"), **_NOTED}
_BACK: dict[str, Any] = {"label": _("Refuse the closing"), "note_label": _("What is still lacking"), **_NOTED}
_VOID: dict[str, Any] = {"label": _("Void"), **_NOTED}
_IMPORTED: dict[str, Any] = {"when": "is_imported"}  # nobody verified it here: the branch takes a wrong ledger back
_S = ProblemState

# fmt: off
PROBLEM_MOVES = (
    #    name                 from                   to                    who
    Move("claim",             _S.UNCLAIMED,          _S.UNDERWAY,          label=_("Claim"), primary=True, **_DOER),
    *(Move("request",         state,                 _S.CLOSING_REQUESTED, **_REQUEST, **_DOER)
      for state in (_S.UNDERWAY, _S.RETURNED, _S.STANDING)),
    Move("withdraw",          _S.CLOSING_REQUESTED,  _S.UNDERWAY,          when="was_underway", **_WITHDRAW, **_DOER),
    Move("withdraw",          _S.CLOSING_REQUESTED,  _S.STANDING,          when="was_standing", **_WITHDRAW, **_DOER),
    Move("close",             _S.CLOSING_REQUESTED,  _S.CLOSED,            **_CLOSE, **_VERIFIER),
    Move("close_by_assembly", _S.CLOSING_REQUESTED,  _S.CLOSED,            **_ASSEMBLY, **_LEAD),
    Move("close_signed",      _S.CLOSING_REQUESTED,  _S.CLOSED,            **_SIGNED, **_LEAD),
    *(Move("close_at_once",   state,                 _S.CLOSED,            **_AT_ONCE, **_LEAD) for state in OWED),
    Move("send_back",         _S.CLOSING_REQUESTED,  _S.RETURNED,          **_BACK, **_VERIFIER),
    Move("hold",              _S.CLOSING_REQUESTED,  _S.STANDING,          **_HOLD, **_VERIFIER),
    *(Move("void",            state,                 _S.VOID, (Right.LEAD, Right.LEAD_ABOVE), **_VOID)
      for state in LIVING),
    Move("void",              _S.CLOSED,             _S.VOID, (Right.LEAD, Right.LEAD_ABOVE), **_IMPORTED, **_VOID),
    Move("void",              _S.CLOSED,             _S.VOID, (Right.LEAD_ABOVE,), when="is_verified", **_VOID),
)
# fmt: on

_TOLD = {
    "create": _("Found"),
    "import": _("Imported from a ledger"),
    "change": _("Changed"),
    "assign": _("Given to somebody"),
    "extend": _("Deadline changed"),
    "progress": _("Progress told"),
    "name_checker": _("Checker named"),
    "recheck": _("Looked at again"),
    "claim": _("Claimed"),
    "request": _("Closing requested"),
    "withdraw": _("Request withdrawn"),
    "close": _("Verified and closed"),
    "close_by_assembly": _("Closed by the general meeting"),
    "close_signed": _("Closed by the checker's signature"),
    "close_at_once": _("Put right at once and closed"),
    "send_back": _("Closing refused"),
    "hold": _("Kept up for good"),
    "void": _("Made void"),
}
words.add({f"rectification.problem:{move}": told for move, told in _TOLD.items()})
