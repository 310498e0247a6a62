"""The whole life of a meeting on one page: planned, announced, then recorded. What is only planned is no record."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from branches.rights import Right
from workflow import words
from workflow.moves import Move
from workflow.moving import States


class State(States):
    PLANNED = "planned", "neutral", _("Planned")
    ANNOUNCED = "announced", "active", _("Announced")
    CANCELLED = "cancelled", "neutral", _("Cancelled")
    DRAFT = "draft", "neutral", _("Draft")
    SUBMITTED = "submitted", "waiting", _("Awaiting acceptance")
    RETURNED = "returned", "alarm", _("Returned")
    FILED = "filed", "done", _("Filed")
    VOID = "void", "neutral", _("Void")


WORDED = frozenset({State.SUBMITTED, State.FILED})  # what a superior and the members may read the text of
PLANS = frozenset({State.PLANNED, State.ANNOUNCED, State.CANCELLED})  # no record: in no list, count or ledger of them
HELD = WORDED | {State.RETURNED}  # handed in at least once: the meeting took place, whatever is still corrected
UPCOMING = frozenset({State.PLANNED, State.ANNOUNCED})
PLAN_MOVES = frozenset({"announce", "reschedule", "cancel", "begin"})

_LEADERS = (Right.LEAD, Right.LEAD_GROUP)
_SUBMIT: dict[str, Any] = {"label": _("Submit"), "primary": True}
_FILE: dict[str, Any] = {"label": _("Submit and file"), "primary": True, "severity": 2}
_ACCEPT: dict[str, Any] = {"label": _("Accept"), "primary": True}
_CANCEL: dict[str, Any] = {"label": _("Cancel the meeting"), "needs_note": True, "severity": 2}
_BEGIN: dict[str, Any] = {"label": _("Begin the record"), "when": "has_come", "primary": True}
_RETURN: dict[str, Any] = {"label": _("Return for changes"), "needs_note": True}

# fmt: off
MOVES = (
    #    name         from             to               who
    Move("announce",  State.PLANNED,   State.ANNOUNCED, _LEADERS,         label=_("Announce"), severity=2),
    # By the page on which the new day is typed: `plans.actions.reschedule`. No button.
    Move("reschedule", State.ANNOUNCED, State.ANNOUNCED, _LEADERS,        needs_note=True),
    Move("begin",     State.PLANNED,   State.DRAFT,     (Right.RECORD,),  **_BEGIN),
    Move("begin",     State.ANNOUNCED, State.DRAFT,     (Right.RECORD,),  **_BEGIN),
    Move("cancel",    State.PLANNED,   State.CANCELLED, _LEADERS,         **_CANCEL),
    Move("cancel",    State.ANNOUNCED, State.CANCELLED, _LEADERS,         **_CANCEL),
    Move("submit",    State.DRAFT,     State.SUBMITTED, _LEADERS,         when="is_accepted_singly",     **_SUBMIT),
    Move("submit",    State.RETURNED,  State.SUBMITTED, _LEADERS,         when="is_accepted_singly",     **_SUBMIT),
    Move("file",      State.DRAFT,     State.FILED,     _LEADERS,         when="is_filed_on_submission", **_FILE),
    Move("file",      State.RETURNED,  State.FILED,     _LEADERS,         when="is_filed_on_submission", **_FILE),
    Move("withdraw",  State.SUBMITTED, State.DRAFT,     _LEADERS,         when="was_never_filed", label=_("Withdraw")),
    Move("accept",    State.SUBMITTED, State.FILED,     (Right.ACCEPT,),  not_by="submit",               **_ACCEPT),
    Move("send_back", State.SUBMITTED, State.RETURNED,  (Right.ACCEPT,),  not_by="submit", **_RETURN),
    Move("send_back", State.FILED,     State.RETURNED,  (Right.ACCEPT,),  not_by="file",
         when="is_filed_on_submission", **_RETURN),
    # Both steps of a correction are one action, which hands the record in again: `actions.revise`. No button.
    Move("revise",    State.FILED,     State.RETURNED,  _LEADERS,         needs_note=True),
    Move("void",      State.DRAFT,     State.VOID,      _LEADERS,         label=_("Void"), needs_note=True, severity=2),
    Move("void",      State.RETURNED,  State.VOID,      _LEADERS,         label=_("Void"), needs_note=True, severity=2),
)
# fmt: on

words.add(
    {
        "plan": _("Entered in the plan"),
        "announce": _("Announced"),
        "reschedule": _("Moved to another day"),
        "begin": _("Record begun"),
        "cancel": _("Cancelled"),
        "create": _("Created"),
        "submit": _("Handed in"),
        "file": _("Submitted and filed"),
        "withdraw": _("Withdrawn"),
        "accept": _("Accepted"),
        "send_back": _("Returned for changes"),
        "revise": _("Corrected"),
        "void": _("Made void"),
        "open_feeds": _("Calendar addresses switched on"),
        "close_feeds": _("Calendar addresses switched off"),
        "correct_hours": _("Hours corrected"),
        "word_triggers": _("Occasions of talks worded"),
        "follow_up": _("Noted what was done afterwards"),
        "count_criticism": _("Criticisms counted"),
        "write_remark": _("A remark written down"),
        "remove_remark": _("A remark taken out"),
        "write_claim": _("List of points written"),
        "schedule": _("Steps scheduled"),
        "tick_step": _("Step done"),
        "untick_step": _("Step not done after all"),
    }
)
