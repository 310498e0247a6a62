"""The life of a grade: one table for the three chains, each move with the property that says where it exists (F5).

Nobody settles his own: the rights GRADE and SETTLE_GRADE are never held over oneself. For a paper branch the superior
enters what it has decided (GRADE_FOR).
"""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from branches.rights import Right
from workflow import words
from workflow.moves import Move
from workflow.moving import States


class GradeState(States):
    DRAFT = "draft", "neutral", _("Being weighed")
    PROPOSED = "proposed", "active", _("First opinion, person to be met")
    MET = "met", "active", _("Person met")
    DECIDED = "decided", "active", _("Decided by the branch")
    SUBMITTED = "submitted", "waiting", _("Waiting for the superior")
    RETURNED = "returned", "alarm", _("Returned by the superior")
    APPROVED = "approved", "active", _("Agreed to by the superior")
    FED_BACK = "fed_back", "waiting", _("Fed back, waiting for the person")
    AGREED = "agreed", "done", _("The person agrees")
    UNSPOKEN = "unspoken", "done", _("The person has said nothing")
    OBJECTED = "objected", "alarm", _("The person objects")
    ANSWERED = "answered", "done", _("Objection answered by the branch")
    APPEALED = "appealed", "waiting", _("Objection before the superior")
    CONCLUDED = "concluded", "done", _("Objection answered by the superior")
    REPORTED = "reported", "done", _("Reported to the superior")


class GradingState(States):
    """One branch in one round."""

    OPEN = "open", "active", _("Grading")
    ANNOUNCED = "announced", "done", pgettext_lazy("grades", "Announced")


_S = GradeState
WEIGHED = (_S.DRAFT, _S.MET, _S.RETURNED)  # the branch may change grade and words
UNDECIDED = (_S.DRAFT, _S.PROPOSED, _S.MET, _S.RETURNED)  # the superior reads none of these
TOLD = (_S.FED_BACK, _S.AGREED, _S.UNSPOKEN, _S.OBJECTED, _S.ANSWERED, _S.APPEALED, _S.CONCLUDED, _S.REPORTED)
UNTOLD = (*UNDECIDED, _S.DECIDED)  # of a grade that the superior weighs himself: his to go on with
GRADED = tuple(state for state in _S if state not in UNDECIDED)
SHOWN = (_S.MET, *TOLD)  # to the person himself
CONTESTED = (_S.OBJECTED, _S.APPEALED)  # an objection that has no answer yet
ABOVE = (_S.SUBMITTED, _S.APPEALED)  # 待上级: never the branch's delay

_BRANCH: dict[str, Any] = {"who": (Right.GRADE,), "by_proxy": (Right.GRADE_FOR,)}
_SUPERIOR = (Right.SETTLE_GRADE,)
_PERSON: dict[str, Any] = {"who": (Right.OWN,), "by_proxy": (Right.GRADE, Right.GRADE_FOR)}  # 代录 of a signed paper
_WHY: dict[str, Any] = {"needs_note": True}
_DECIDE: dict[str, Any] = {"label": _("Decide"), "primary": True, **_BRANCH}
_FEED: dict[str, Any] = {"label": _("Feed back to the person"), "primary": True, **_BRANCH}
_SILENT: dict[str, Any] = {
    "label": _("The person says nothing"), "needs_note": True, "note_label": _("When he was told, and how"), **_BRANCH,
}  # fmt: skip
_REPORT: dict[str, Any] = {"label": _("Report to the superior"), "when": "is_to_report", "primary": True, **_BRANCH}
_AGAIN: dict[str, Any] = {"label": _("Weigh it anew"), **_WHY}

_FIRST: dict[str, Any] = {"when": "meets", "label": _("Give the first opinion"), "primary": True, **_BRANCH}
_SUBMIT: dict[str, Any] = {"when": "wants_approval", "label": _("Submit to the superior"), "primary": True, **_BRANCH}
_BACK: dict[str, Any] = {"label": _("Return to the branch"), **_WHY}

# fmt: off
GRADE_MOVES = (
    #    name          from          to
    Move("propose",    _S.DRAFT,     _S.PROPOSED,  **_FIRST),
    Move("take_back",  _S.PROPOSED,  _S.DRAFT,     label=_("Take back"), **_BRANCH),
    Move("meet",       _S.PROPOSED,  _S.MET,       **_BRANCH),  # from a form: day, who met him, what he said
    Move("decide",     _S.DRAFT,     _S.DECIDED,   when="is_simple", **_DECIDE),
    Move("decide",     _S.MET,       _S.DECIDED,   when="is_met_only", **_DECIDE),
    Move("decide",     _S.RETURNED,  _S.DECIDED,   when="is_not_voted", **_DECIDE),
    Move("vote",       _S.MET,       _S.DECIDED,   when="is_voted", **_BRANCH),  # from a form: the assembly's numbers
    Move("vote",       _S.RETURNED,  _S.DECIDED,   when="is_voted", **_BRANCH),
    Move("reopen",     _S.DECIDED,   _S.DRAFT,     **_AGAIN, **_BRANCH),
    Move("submit",     _S.DECIDED,   _S.SUBMITTED, **_SUBMIT),
    Move("withdraw",   _S.SUBMITTED, _S.DECIDED,   label=_("Withdraw"), **_BRANCH),
    Move("approve",    _S.SUBMITTED, _S.APPROVED,  _SUPERIOR, label=_("Agree"), primary=True),
    Move("give_back",  _S.SUBMITTED, _S.RETURNED,  _SUPERIOR, **_BACK),
    Move("give_back",  _S.REPORTED,  _S.RETURNED,  _SUPERIOR, **_BACK),
    Move("feed_back",  _S.DECIDED,   _S.FED_BACK,  when="needs_no_approval", **_FEED),
    Move("feed_back",  _S.APPROVED,  _S.FED_BACK,  **_FEED),
    Move("agree",      _S.FED_BACK,  _S.AGREED,    **_PERSON),  # the words of the person, from a form of their own
    Move("agree",      _S.UNSPOKEN,  _S.AGREED,    **_PERSON),
    Move("object",     _S.FED_BACK,  _S.OBJECTED,  when="is_of_branch", **_PERSON),
    Move("object",     _S.UNSPOKEN,  _S.OBJECTED,  when="is_of_branch", **_PERSON),
    Move("object",     _S.FED_BACK,  _S.APPEALED,  when="is_by_superior", **_PERSON),
    Move("object",     _S.UNSPOKEN,  _S.APPEALED,  when="is_by_superior", **_PERSON),
    Move("no_word",    _S.FED_BACK,  _S.UNSPOKEN,  **_SILENT),
    Move("answer",     _S.OBJECTED,  _S.ANSWERED,  **_BRANCH),  # from a form: the answer in words
    Move("reconsider", _S.OBJECTED,  _S.DRAFT,     **_AGAIN, **_BRANCH),
    Move("pass_up",    _S.OBJECTED,  _S.APPEALED,  label=_("Put it to the superior"), **_WHY, **_BRANCH),
    Move("appeal",     _S.ANSWERED,  _S.APPEALED,  **_PERSON),  # from a form: not content with the answer
    Move("conclude",   _S.APPEALED,  _S.CONCLUDED, _SUPERIOR),  # from a form: the answer that ends it
    Move("send_down",  _S.APPEALED,  _S.DRAFT,     _SUPERIOR, **_AGAIN),
    Move("report",     _S.AGREED,    _S.REPORTED,  **_REPORT),
    Move("report",     _S.UNSPOKEN,  _S.REPORTED,  **_REPORT),
    Move("report",     _S.ANSWERED,  _S.REPORTED,  **_REPORT),
)
_G = GradingState
_LEAD: dict[str, Any] = {"who": (Right.LEAD,), "by_proxy": (Right.ENTER_FOR,)}
GRADING_MOVES = (
    Move("announce", _G.OPEN,      _G.ANNOUNCED, label=_("Announce the result"), severity=2, primary=True, **_LEAD),
    Move("retract",  _G.ANNOUNCED, _G.OPEN,      label=_("Retract the announcement"), **_WHY, **_LEAD),
)
# fmt: on

_TOLD = {
    "weigh": _("Weighed"),
    "begin": _("Left to the superior to be weighed"),
    "propose": _("First opinion given"),
    "take_back": _("First opinion taken back"),
    "meet": _("Person met"),
    "decide": _("Decided by the branch"),
    "vote": _("Voted on by the assembly"),
    "reopen": _("To be weighed anew"),
    "submit": _("Submitted to the superior"),
    "approve": _("Agreed to by the superior"),
    "give_back": _("Returned to the branch"),
    "feed_back": _("Fed back to the person"),
    "agree": _("Agreed"),
    "object": _("Objected"),
    "no_word": _("Nothing was said"),
    "answer": _("Objection answered"),
    "reconsider": _("To be weighed anew after an objection"),
    "pass_up": _("Put to the superior"),
    "appeal": _("Taken to the superior"),
    "conclude": _("Answered by the superior"),
    "send_down": _("Sent down to be weighed anew"),
    "report": _("Reported to the superior"),
    "confirm_word": _("Words confirmed by the person"),
}
words.add({f"appraisals.grade:{move}": told for move, told in _TOLD.items()})
words.add(
    {
        "appraisals.grading:announce": pgettext_lazy("grades", "Result announced"),
        "appraisals.grading:retract": _("Announcement retracted"),
        "appraisals.grading:share": _("Number of excellent members laid down"),
    }
)
