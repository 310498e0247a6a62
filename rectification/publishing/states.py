"""The life of a publication (users.md F19): 提出 → 审核 → 审批 → 公开; its last day ends it, or 撤下."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from branches.rights import Right
from workflow import words
from workflow.moves import Move
from workflow.moving import States


class PublicationState(States):
    DRAFT = "draft", "neutral", _("Being worded")
    PROPOSED = "proposed", "waiting", _("Proposed, to be reviewed")
    RETURNED = "returned", "alarm", _("Returned to be reworded")
    REVIEWED = "reviewed", "waiting", _("Reviewed, to be approved")
    APPROVED = "approved", "active", _("Approved, to be made public")
    PUBLIC = "public", "done", _("Public")
    TAKEN_DOWN = "taken_down", "neutral", _("Taken down")
    VOID = "void", "neutral", _("Void")


_S = PublicationState
WORDED = (_S.DRAFT, _S.RETURNED)  # its words may be changed
UNAPPROVED = (_S.DRAFT, _S.RETURNED, _S.PROPOSED, _S.REVIEWED)
BEFORE = (*UNAPPROVED, _S.APPROVED)
ONCE_PUBLIC = (_S.PUBLIC, _S.TAKEN_DOWN)

_WRITER: dict[str, Any] = {"who": (Right.RECORD,), "by_proxy": (Right.ENTER_FOR,)}
_JUDGE: dict[str, Any] = {"who": (Right.VERIFY,)}
_ENDS: dict[str, Any] = {"who": (Right.LEAD, Right.LEAD_ABOVE), "needs_note": True}
_PROPOSE: dict[str, Any] = {"label": _("Propose"), "primary": True}
_REVIEW: dict[str, Any] = {
    "label": _("Passes the review"), "primary": True, "needs_note": True,
    "note_label": _("What was checked: secrets, names, facts"),
}  # fmt: skip
_BACK: dict[str, Any] = {"label": _("Return it"), "needs_note": True, "note_label": _("What to reword")}
_PUBLISH: dict[str, Any] = {
    "label": _("Make public"), "primary": True, "severity": 2,
    "asks": _("From now on its readers see it. It can be taken down again, with a reason. Go on?"),
}  # fmt: skip

# fmt: off
PUBLICATION_MOVES = (
    #    name         from           to             who
    *(Move("propose", state,         _S.PROPOSED,   **_PROPOSE, **_WRITER) for state in WORDED),
    Move("take_back", _S.PROPOSED,   _S.DRAFT,      label=_("Take the proposal back"), **_WRITER),
    Move("review",    _S.PROPOSED,   _S.REVIEWED,   **_REVIEW, **_JUDGE),
    *(Move("send_back", state,       _S.RETURNED,   **_BACK, **_JUDGE) for state in (_S.PROPOSED, _S.REVIEWED)),
    Move("approve",   _S.REVIEWED,   _S.APPROVED,   label=_("Approve"), primary=True, severity=2, **_JUDGE),
    Move("publish",   _S.APPROVED,   _S.PUBLIC,     **_PUBLISH, **_WRITER),
    Move("take_down", _S.PUBLIC,     _S.TAKEN_DOWN, label=_("Take down"), **_ENDS),
    *(Move("void",    state,         _S.VOID,       label=_("Void"), **_ENDS) for state in BEFORE),
)
# fmt: on

_TOLD = {
    "create": _("Begun to be worded"),
    "change": _("Reworded"),
    "propose": _("Proposed"),
    "take_back": _("Proposal taken back"),
    "review": _("Reviewed for secrets"),
    "send_back": _("Returned to be reworded"),
    "approve": _("Approved"),
    "publish": _("Made public"),
    "take_down": _("Taken down"),
    "void": _("Made void"),
}
words.add({f"rectification.publication:{move}": told for move, told in _TOLD.items()})
