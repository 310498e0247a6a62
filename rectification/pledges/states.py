"""The life of a pledge: 承诺 → 审诺 → 公示 → 践诺 → 评诺; one that was not kept says why."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from branches.rights import Right
from workflow import words
from workflow.moves import Move
from workflow.moving import States


class PledgeState(States):
    PROMISED = "promised", "waiting", _("Promised, to be looked over")
    RETURNED = "returned", "alarm", _("Returned to be reworded")
    ACCEPTED = "accepted", "active", _("Looked over")
    PUBLISHED = "published", "active", _("Published, being kept")
    KEPT = "kept", "done", _("Pledge kept")
    UNKEPT = "unkept", "alarm", _("Pledge not kept")
    VOID = "void", "neutral", _("Void")


SHOWN_AT_HOME = (PledgeState.PUBLISHED, PledgeState.KEPT, PledgeState.UNKEPT)  # 公示: the whole branch reads it
LIVING = (PledgeState.PROMISED, PledgeState.RETURNED, PledgeState.ACCEPTED, PledgeState.PUBLISHED)

_DOER: dict[str, Any] = {"who": (Right.OWN, Right.LEAD), "by_proxy": (Right.ENTER_FOR,)}
_LEAD: dict[str, Any] = {"who": (Right.LEAD,), "by_proxy": (Right.ENTER_FOR,)}
_JUDGE: dict[str, Any] = {"who": (Right.VERIFY,)}
_BACK: dict[str, Any] = {"label": _("Return it"), "needs_note": True, "note_label": _("What to reword")}
_KEPT: dict[str, Any] = {"needs_note": True, "note_label": _("How it was kept, and what the people say")}
_UNKEPT: dict[str, Any] = {"needs_note": True, "note_label": _("Why it was not kept")}
_PUBLISH: dict[str, Any] = {"label": _("Publish within the branch"), "primary": True, "severity": 2}
_VOID: dict[str, Any] = {"label": _("Void"), "needs_note": True}
_TAKE_BACK: dict[str, Any] = {"label": _("Take it back"), "severity": 2}  # nobody has accepted it yet
_MEETING: dict[str, Any] = {"when": "is_branchs", **_LEAD}
_S = PledgeState

# fmt: off
PLEDGE_MOVES = (
    #    name               from          to            who
    Move("accept",          _S.PROMISED,  _S.ACCEPTED,  label=_("Looked over"), primary=True, **_JUDGE),
    Move("send_back",       _S.PROMISED,  _S.RETURNED,  **_BACK, **_JUDGE),
    Move("hand_in",         _S.RETURNED,  _S.PROMISED,  label=_("Hand in again"), primary=True, **_DOER),
    Move("publish",         _S.ACCEPTED,  _S.PUBLISHED, **_PUBLISH, **_LEAD),
    Move("keep",            _S.PUBLISHED, _S.KEPT,      label=_("Rate as kept"), **_KEPT, **_JUDGE),
    Move("fail",            _S.PUBLISHED, _S.UNKEPT,    label=_("Rate as not kept"), **_UNKEPT, **_JUDGE),
    Move("keep_by_meeting", _S.PUBLISHED, _S.KEPT,      label=_("Rated as kept by a meeting"), **_KEPT, **_MEETING),
    Move("fail_by_meeting", _S.PUBLISHED, _S.UNKEPT,    label=_("Rated as not kept by a meeting"), **_UNKEPT,
         **_MEETING),
    *(Move("take_back", state, _S.VOID, (Right.OWN,), **_TAKE_BACK) for state in (_S.PROMISED, _S.RETURNED)),
    *(Move("void", state, _S.VOID, (Right.LEAD, Right.LEAD_ABOVE), **_VOID) for state in LIVING),
)
# fmt: on

_TOLD = {
    "create": _("Promised"),
    "change": _("Reworded"),
    "review": _("Looked at on the way"),
    "link_vote": _("Vote named"),
    "accept": _("Looked over"),
    "send_back": _("Returned to be reworded"),
    "hand_in": _("Handed in again"),
    "publish": _("Published within the branch"),
    "keep": _("Rated as kept"),
    "fail": _("Rated as not kept"),
    "keep_by_meeting": _("Rated as kept by a meeting"),
    "fail_by_meeting": _("Rated as not kept by a meeting"),
    "take_back": _("Taken back"),
    "void": _("Made void"),
}
words.add({f"rectification.pledge:{move}": told for move, told in _TOLD.items()})
