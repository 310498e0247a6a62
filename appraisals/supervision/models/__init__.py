"""The rows of supervision, by noun."""

from appraisals.supervision.models.checklists import OwnChecklist
from appraisals.supervision.models.groups import GroupBranch, SupervisionGroup
from appraisals.supervision.models.urgings import Urging
from appraisals.supervision.models.visits import Visit, VisitLine

__all__ = ["GroupBranch", "OwnChecklist", "SupervisionGroup", "Urging", "Visit", "VisitLine"]
