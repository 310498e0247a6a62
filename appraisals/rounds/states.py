"""The lives of a branch's way through a stage, and of what it has to make up for (users.md F13, F22)."""

from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from branches.rights import Right
from workflow import words
from workflow.moves import Move
from workflow.moving import States


class Gate(TextChoices):
    """How a branch leaves a stage 转段: by the superior's consent, by reporting it, or by itself."""

    APPROVAL = "approval", _("By approval")
    REPORT = "report", _("By report")
    NONE = "none", _("No gate")


class ProgressState(States):
    AHEAD = "ahead", "neutral", _("Not begun")
    WORKING = "working", "active", _("In progress")
    REQUESTED = "requested", "waiting", _("Awaiting the superior")
    RETURNED = "returned", "alarm", _("Returned to make up")
    PASSED = "passed", "done", _("Stage passed")
    EXEMPT = "exempt", "neutral", _("Exempt from the stage")
    MERGED = "merged", "neutral", _("Merged into another branch")


AT_WORK = (ProgressState.WORKING, ProgressState.RETURNED)
UNDER_WAY = (*AT_WORK, ProgressState.REQUESTED)  # the stage is not behind the branch
LEFT = (ProgressState.REQUESTED, ProgressState.PASSED)
ENTERED_FOR = pgettext_lazy("mark", "entered for the branch")  # 代录 (F1)
TO_ENTER = _("To be entered for")  # 待代录: a branch that keeps its papers
BEHIND = (ProgressState.PASSED, ProgressState.EXEMPT)  # whoever stands here goes on to the next stage
OUT = (ProgressState.EXEMPT, ProgressState.MERGED)  # not counted among those that take part

_LEAD: dict[str, Any] = {"who": (Right.LEAD,), "by_proxy": (Right.ENTER_FOR,)}
_ABOVE = (Right.ACCEPT,)
_BEGIN = (Right.LEAD, Right.ACCEPT)
_REQUEST: dict[str, Any] = {"label": _("Request to pass the stage"), "when": "asks_approval", "primary": True, **_LEAD}
_REPORT: dict[str, Any] = {"label": _("Report the stage as done"), "when": "is_reported", "primary": True, **_LEAD}
_FINISH: dict[str, Any] = {"label": _("Finish the stage"), "when": "has_no_gate", "primary": True, **_LEAD}
_CONSENT: dict[str, Any] = {
    "label": _("Record a spoken consent"), "needs_note": True, "note_label": _("Who agreed, when and how"), **_LEAD,
}  # fmt: skip
_BACK: dict[str, Any] = {"needs_note": True, "note_label": _("What is to be made up")}  # from a form of its own
_EXEMPT: dict[str, Any] = {"label": _("Exempt from the stage"), "needs_note": True}
_MERGE: dict[str, Any] = {"label": _("Close as merged"), "when": "has_successor", "severity": 2}
_S = ProgressState

# fmt: off
PROGRESS_MOVES = (
    #    name       from          to
    Move("begin",   _S.AHEAD,     _S.WORKING,   _BEGIN, by_proxy=(Right.ENTER_FOR,)),  # by passing the stage before
    Move("request", _S.WORKING,   _S.REQUESTED, **_REQUEST),
    Move("request", _S.RETURNED,  _S.REQUESTED, **_REQUEST),
    Move("report",  _S.WORKING,   _S.PASSED,    **_REPORT),
    Move("report",  _S.RETURNED,  _S.PASSED,    **_REPORT),
    Move("finish",  _S.WORKING,   _S.PASSED,    **_FINISH),
    Move("finish",  _S.RETURNED,  _S.PASSED,    **_FINISH),
    Move("take_back", _S.REQUESTED, _S.WORKING, label=_("Take the request back"), **_LEAD),
    Move("pass_on", _S.REQUESTED, _S.PASSED,    _ABOVE, label=_("Let it pass the stage"), primary=True),
    Move("consent", _S.REQUESTED, _S.PASSED,    **_CONSENT),
    Move("give_back", _S.REQUESTED, _S.RETURNED, _ABOVE, **_BACK),
    Move("give_back", _S.PASSED,  _S.RETURNED,  _ABOVE, **_BACK),
    Move("extend",  _S.WORKING,   _S.WORKING,   _ABOVE),  # with a day, from a form of its own
    Move("extend",  _S.RETURNED,  _S.RETURNED,  _ABOVE),
    Move("exempt",  _S.AHEAD,     _S.EXEMPT,    _ABOVE, **_EXEMPT),
    Move("exempt",  _S.WORKING,   _S.EXEMPT,    _ABOVE, **_EXEMPT),
    Move("exempt",  _S.RETURNED,  _S.EXEMPT,    _ABOVE, **_EXEMPT),
    Move("include", _S.EXEMPT,    _S.WORKING,   _ABOVE, label=_("Take part after all"), needs_note=True),
    Move("merge",   _S.AHEAD,     _S.MERGED,    _ABOVE, **_MERGE),
    Move("merge",   _S.WORKING,   _S.MERGED,    _ABOVE, **_MERGE),
    Move("merge",   _S.REQUESTED, _S.MERGED,    _ABOVE, **_MERGE),
    Move("merge",   _S.RETURNED,  _S.MERGED,    _ABOVE, **_MERGE),
)
# fmt: on


class MakeupState(States):
    OPEN = "open", "active", _("To be made up")
    DONE = "done", "waiting", _("Made up, awaiting a second look")
    CLOSED = "closed", "done", _("Seen again and closed")
    VOID = "void", "neutral", _("Void")


_DONE: dict[str, Any] = {
    "label": _("Made up"), "needs_note": True, "note_label": _("What was done, and where it is seen"), "primary": True,
}  # fmt: skip

# fmt: off
MAKEUP_MOVES = (
    #    name       from              to                 who
    Move("make_up", MakeupState.OPEN, MakeupState.DONE,   **_DONE, **_LEAD),
    Move("close",   MakeupState.DONE, MakeupState.CLOSED, _ABOVE, label=_("Seen again: close"), primary=True),
    Move("reject",  MakeupState.DONE, MakeupState.OPEN,   _ABOVE, label=_("Not yet enough"), needs_note=True),
    Move("void",    MakeupState.OPEN, MakeupState.VOID,   _ABOVE, label=_("Void"), needs_note=True),
)
# fmt: on

_TOLD = {
    "begin": _("Stage begun"),
    "request": _("Passing requested"),
    "report": _("Reported as done"),
    "finish": _("Stage finished"),
    "take_back": _("Request taken back"),
    "pass_on": _("Passed by the superior"),
    "consent": _("Passed on a spoken consent"),
    "give_back": _("Returned to make up"),
    "extend": _("More time given"),
    "exempt": _("Exempted"),
    "include": _("Takes part after all"),
    "merge": _("Closed as merged"),
}
words.add({f"appraisals.progress:{move}": told for move, told in _TOLD.items()})
words.add(
    {
        "appraisals.round:revise": _("Plan revised"),
        "write_scheme": _("Implementation plan written"),
        "appraisals.round:change": _("Changed in preparation"),
        "owe": _("To be made up"),
    }
)
words.add({"make_up": _("Made up"), "appraisals.makeupitem:close": _("Closed"), "reject": _("Not yet enough")})
