"""The lives of an opinion, of a digest of opinions, and of a page open to strangers."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from branches.rights import Right
from workflow import words
from workflow.moves import Move
from workflow.moving import States


class OpinionState(States):
    RECEIVED = "received", "waiting", _("To be sorted")
    SORTED = "sorted", "done", _("Sorted into a digest")
    SEALED = "sealed", "neutral", _("Handed over")
    VOID = "void", "neutral", _("Void")


_READERS = (Right.SORT_OPINIONS,)

# fmt: off
OPINION_MOVES = (
    #    name       from                   to                     who
    Move("sort",    OpinionState.RECEIVED, OpinionState.SORTED,   _READERS),  # a digest is written of several at once
    Move("release", OpinionState.SORTED,   OpinionState.RECEIVED, _READERS),  # its digest is made void
    Move("seal",    OpinionState.RECEIVED, OpinionState.SEALED,   _READERS),  # on the page that asks for the receiver
    Move("void",    OpinionState.RECEIVED, OpinionState.VOID,     _READERS, label=_("Void"), needs_note=True),
)
# fmt: on


class DigestState(States):
    DRAFT = "draft", "neutral", _("Being worded")
    FED_BACK = "fed_back", "waiting", _("Fed back")
    ACKNOWLEDGED = "acknowledged", "done", _("Acknowledged")
    VOID = "void", "neutral", _("Void")


TOLD = (DigestState.FED_BACK, DigestState.ACKNOWLEDGED)  # read by whom it concerns
_FEED_BACK: dict[str, Any] = {"label": _("Feed back"), "primary": True, "severity": 2}
_KNOWN: dict[str, Any] = {"label": _("Acknowledge"), "primary": True, "by_proxy": _READERS}  # signed on paper
_WITHDRAW: dict[str, Any] = {"label": _("Void"), "needs_note": True}

# fmt: off
DIGEST_MOVES = (
    #    name           from                  to                        who
    Move("feed_back",   DigestState.DRAFT,    DigestState.FED_BACK,     _READERS, **_FEED_BACK),
    Move("acknowledge", DigestState.FED_BACK, DigestState.ACKNOWLEDGED, (Right.CONCERNED,), **_KNOWN),
    Move("void",        DigestState.DRAFT,    DigestState.VOID,         _READERS, **_WITHDRAW),
)
# fmt: on


class DoorState(States):
    ASKED = "asked", "waiting", _("Awaiting approval")
    OPEN = "open", "active", _("Open to strangers")
    REFUSED = "refused", "alarm", _("Not approved")
    CLOSED = "closed", "done", _("Closed")


_RUN, _LEAD = (Right.RUN_ROUNDS,), (Right.LEAD, Right.RUN_ROUNDS)
_APPROVE: dict[str, Any] = {"label": _("Approve"), "primary": True, "severity": 2, "not_by": "create"}
_REFUSE: dict[str, Any] = {"label": _("Do not approve"), "needs_note": True}

# fmt: off
DOOR_MOVES = (
    #    name       from             to                 who
    Move("approve", DoorState.ASKED, DoorState.OPEN,    _RUN,  **_APPROVE),
    Move("refuse",  DoorState.ASKED, DoorState.REFUSED, _RUN,  **_REFUSE),
    Move("close",   DoorState.OPEN,  DoorState.CLOSED,  _LEAD, label=_("Close the page"), severity=2),
)
# fmt: on


class AnswerState(States):
    PROPOSED = "proposed", "waiting", _("Awaiting approval")
    PUBLISHED = "published", "done", _("Published")
    REFUSED = "refused", "alarm", _("Not approved")
    WITHDRAWN = "withdrawn", "neutral", _("Withdrawn")


# fmt: off
ANSWER_MOVES = (
    #    name       from                   to                     who
    Move("approve", AnswerState.PROPOSED,  AnswerState.PUBLISHED, _RUN,     **_APPROVE),
    Move("refuse",  AnswerState.PROPOSED,  AnswerState.REFUSED,   _RUN,     **_REFUSE),
    Move("retract", AnswerState.PROPOSED,  AnswerState.WITHDRAWN, _READERS, label=_("Withdraw")),
    Move("retract", AnswerState.PUBLISHED, AnswerState.WITHDRAWN, _READERS, label=_("Withdraw"), severity=2),
)
# fmt: on


words.add(
    {
        "appraisals.opinion:create": _("Entered"),
        "appraisals.opinion:sort": _("Sorted into a digest"),
        "appraisals.opinion:release": _("Taken out of a digest"),
        "appraisals.opinion:retarget": _("Target corrected"),
        "seal": _("Handed over"),
        "feed_back": _("Fed back"),
        "acknowledge": _("Acknowledged"),
        "reword": _("Wording changed"),
        "count_channel": _("Numbers entered"),
        "approve": _("Approved"),
        "appraisals.opinionpage:create": _("Asked for"),
        "appraisals.opinionpage:refuse": _("Not approved"),
        "appraisals.opinionanswer:create": _("Proposed"),
        "appraisals.opinionanswer:refuse": _("Not approved"),
        "appraisals.opinionanswer:retract": _("Withdrawn"),
    }
)
