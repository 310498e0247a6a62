"""The life of a visit record (users.md F22): what was handed over to the branch is never overwritten."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from branches.rights import Right
from workflow import words
from workflow.moves import Move
from workflow.moving import States


class VisitState(States):
    DRAFT = "draft", "neutral", _("Draft")
    SUBMITTED = "submitted", "waiting", _("Submitted, not yet acknowledged")
    ACKNOWLEDGED = "acknowledged", "done", _("Acknowledged")
    REPLACED = "replaced", "neutral", _("Replaced by a correction")
    VOID = "void", "neutral", _("Void")


STANDING = (VisitState.SUBMITTED, VisitState.ACKNOWLEDGED)
TOLD = (*STANDING, VisitState.REPLACED, VisitState.VOID)  # what the branch and superiors read; a void draft has no day

_BY = (Right.WRITE_VISIT,)
_KNOWN: dict[str, Any] = {"label": _("Acknowledge"), "primary": True, "by_proxy": (Right.ENTER_FOR,)}  # signed on paper
_VOID: dict[str, Any] = {"label": _("Void"), "needs_note": True}
_S = VisitState

# fmt: off
VISIT_MOVES = (
    #    name           from             to                who
    Move("submit",      _S.DRAFT,        _S.SUBMITTED,     _BY),  # on the page where it is written
    Move("discard",     _S.DRAFT,        _S.VOID,          _BY, label=_("Discard the draft"), severity=2),
    Move("acknowledge", _S.SUBMITTED,    _S.ACKNOWLEDGED,  (Right.LEAD,), **_KNOWN),
    Move("replace",     _S.SUBMITTED,    _S.REPLACED,      _BY, needs_note=True),  # by a correction
    Move("replace",     _S.ACKNOWLEDGED, _S.REPLACED,      _BY, needs_note=True),
    Move("void",        _S.SUBMITTED,    _S.VOID,          (*_BY, Right.LEAD_ABOVE), **_VOID),
    Move("void",        _S.ACKNOWLEDGED, _S.VOID,          (*_BY, Right.LEAD_ABOVE), **_VOID),
)
# fmt: on

words.add(
    {
        "appraisals.visit:create": _("Begun"),
        "appraisals.visit:submit": _("Submitted to the branch"),
        "appraisals.visit:discard": _("Draft discarded"),
        "appraisals.visit:replace": _("Replaced by a correction"),
        "correct_visit": _("Written as a correction"),
        "urge": _("Urged"),
        "name_group": _("Supervision group named"),
        "change_group": _("Supervision group changed"),
        "dissolve_group": _("Supervision group dissolved"),
        "word_checklist": _("Checklist laid down"),
        "end_checklist": _("Checklist ended"),
    }
)
