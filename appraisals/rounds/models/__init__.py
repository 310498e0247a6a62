"""Rounds as rows: the plan, how far each branch is, who is appraised where."""

from appraisals.rounds.models.plan import Applies, Operator, PlanRevision, Requirement, Stage
from appraisals.rounds.models.progress import MakeupItem, Progress
from appraisals.rounds.models.roster import RosterEntry, RosterEvent
from appraisals.rounds.models.scheme import LeadingPost, SchemeStep

__all__ = [
    "Applies",
    "LeadingPost",
    "MakeupItem",
    "Operator",
    "PlanRevision",
    "Progress",
    "Requirement",
    "RosterEntry",
    "RosterEvent",
    "SchemeStep",
    "Stage",
]
