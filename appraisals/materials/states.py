"""The life of a material, and of a comment on one of its passages, on one page."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from branches.rights import Right
from workflow import words
from workflow.moves import Move
from workflow.moving import States


class MaterialState(States):
    DRAFT = "draft", "neutral", _("Not submitted")
    SUBMITTED = "submitted", "waiting", _("Awaiting review")
    RETURNED = "returned", "alarm", _("Returned for changes")
    ACCEPTED = "accepted", "done", _("Review passed")
    VOID = "void", "neutral", _("No longer owed")


_WRITERS, _REVIEW = (Right.OWN, Right.WRITE_FOR_COMMITTEE), (Right.REVIEW,)
_ENTER = (Right.ENTER_WORDS,)
_SUGGEST: dict[str, Any] = {"label": _("Suggest changes"), "needs_note": True, "note_label": _("Suggestion")}
_RETURN: dict[str, Any] = {"label": _("Return for changes"), "needs_note": True}
_PASS: dict[str, Any] = {"label": _("Pass the review"), "primary": True}
_ON: dict[str, Any] = {"label": _("Pass on to the next reader"), "primary": True}
_DRAFT, _SUBMITTED, _RETURNED = MaterialState.DRAFT, MaterialState.SUBMITTED, MaterialState.RETURNED

# fmt: off
MATERIAL_MOVES = (
    #    name         from        to                      who
    Move("submit",    _DRAFT,     _SUBMITTED,             _WRITERS),  # on the page on which it is written: no button
    Move("submit",    _RETURNED,  _SUBMITTED,             _WRITERS),
    Move("enter",     _DRAFT,     _SUBMITTED,             _ENTER),  # from paper, on a page of its own
    Move("enter",     _RETURNED,  _SUBMITTED,             _ENTER),
    Move("hear",      _DRAFT,     MaterialState.ACCEPTED, _ENTER,   when="may_be_spoken"),  # spoken: counts as done
    Move("hear",      _RETURNED,  MaterialState.ACCEPTED, _ENTER,   when="may_be_spoken"),
    Move("withdraw",  _SUBMITTED, _DRAFT,                 _WRITERS, label=_("Withdraw")),
    Move("suggest",   _SUBMITTED, _SUBMITTED,             _REVIEW,  **_SUGGEST),
    Move("send_back", _SUBMITTED, _RETURNED,              _REVIEW,  **_RETURN),
    Move("pass_on",   _SUBMITTED, _SUBMITTED,             _REVIEW,  when="is_read_on", **_ON),
    Move("accept",    _SUBMITTED, MaterialState.ACCEPTED, _REVIEW,  when="is_at_last_reader", **_PASS),
)
# fmt: on


class CommentState(States):
    OPEN = "open", "waiting", _("Not answered")
    ANSWERED = "answered", "active", _("Answered")
    RESOLVED = "resolved", "done", _("Resolved")


# fmt: off
COMMENT_MOVES = (  # made on the page of the material: no buttons of their own
    #    name       from                   to                     who
    Move("answer",  CommentState.OPEN,     CommentState.ANSWERED, _WRITERS),
    Move("resolve", CommentState.OPEN,     CommentState.RESOLVED, _REVIEW),
    Move("resolve", CommentState.ANSWERED, CommentState.RESOLVED, _REVIEW),
)
# fmt: on

words.add(
    {
        "submit": _("Handed in"),
        "withdraw": _("Withdrawn"),
        "suggest": _("Changes suggested"),
        "send_back": _("Returned for changes"),
        "enter": _("Entered from paper"),
        "hear": _("Spoken statement noted"),
        "confirm_entry": _("Entry confirmed"),
        "comment": _("Passage commented on"),
        "answer": _("Comment answered"),
        "resolve": _("Comment resolved"),
        "pass_on": _("Passed on to the next reader"),
        "set_material_rules": _("What is asked of materials changed"),
        "appraisals.material:accept": _("Review passed"),
    }
)
