"""The lives of a round and of a material on one page."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from branches.rights import Right
from workflow import words
from workflow.moves import Move
from workflow.moving import States


class RoundState(States):
    DRAFT = "draft", "neutral", _("In preparation")
    OPEN = "open", "active", _("Under way")
    CLOSED = "closed", "done", _("Closed")


_OPENERS = (Right.RUN_ROUNDS,)
_OPEN: dict[str, Any] = {"label": _("Open the round"), "primary": True}

# fmt: off
ROUND_MOVES = (
    #    name     from              to                 who
    Move("open",  RoundState.DRAFT, RoundState.OPEN,   _OPENERS, severity=2, **_OPEN),
    Move("close", RoundState.OPEN,  RoundState.CLOSED, _OPENERS, severity=2, label=_("Close the round")),
)
# fmt: on


class MaterialState(States):
    DRAFT = "draft", "neutral", _("Not submitted")
    SUBMITTED = "submitted", "waiting", _("Awaiting review")
    RETURNED = "returned", "alarm", _("Returned for changes")
    ACCEPTED = "accepted", "done", _("Review passed")
    VOID = "void", "neutral", _("No longer owed")


_WRITERS, _REVIEW = (Right.OWN, Right.WRITE_FOR_COMMITTEE), (Right.REVIEW,)
_SUGGEST: dict[str, Any] = {"label": _("Suggest changes"), "needs_note": True, "note_label": _("Suggestion")}
_RETURN: dict[str, Any] = {"label": _("Return for changes"), "needs_note": True}
_PASS: dict[str, Any] = {"label": _("Pass the review"), "primary": True}
_DRAFT, _SUBMITTED, _RETURNED = MaterialState.DRAFT, MaterialState.SUBMITTED, MaterialState.RETURNED

# fmt: off
MATERIAL_MOVES = (
    #    name         from        to                      who
    Move("submit",    _DRAFT,     _SUBMITTED,             _WRITERS),  # on the page on which it is written: no button
    Move("submit",    _RETURNED,  _SUBMITTED,             _WRITERS),
    Move("withdraw",  _SUBMITTED, _DRAFT,                 _WRITERS, label=_("Withdraw")),
    Move("suggest",   _SUBMITTED, _SUBMITTED,             _REVIEW,  **_SUGGEST),
    Move("send_back", _SUBMITTED, _RETURNED,              _REVIEW,  **_RETURN),
    Move("accept",    _SUBMITTED, MaterialState.ACCEPTED, _REVIEW,  **_PASS),
)
# fmt: on

words.add(
    {
        "create": _("Created"),
        "open": _("Opened"),
        "close": _("Closed"),
        "submit": _("Handed in"),
        "withdraw": _("Withdrawn"),
        "suggest": _("Changes suggested"),
        "send_back": _("Returned for changes"),
        "appraisals.material:accept": _("Review passed"),
    }
)
