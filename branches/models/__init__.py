from branches.models.accounts import Grant, User
from branches.models.activation import Activation
from branches.models.attachments import Attachment
from branches.models.days_off import DayOff
from branches.models.elections import Election
from branches.models.logos import Logo
from branches.models.members import Exemption, Flow, Member, Particulars, Post, Relation, RightsLimit, Standing
from branches.models.organisations import FormerName, Group, Organisation
from branches.models.rosters import RosterImport
from branches.models.rule_sets import RuleOverride
from branches.models.transfers import Transfer

__all__ = [
    "Attachment",
    "Activation",
    "DayOff",
    "Election",
    "Exemption",
    "Flow",
    "FormerName",
    "Grant",
    "Group",
    "Logo",
    "Member",
    "Organisation",
    "Particulars",
    "Post",
    "Relation",
    "RightsLimit",
    "RuleOverride",
    "RosterImport",
    "Standing",
    "Transfer",
    "User",
]
