from branches.models.accounts import Grant, User
from branches.models.members import Exemption, Flow, Member, Particulars, Post, Relation, RightsLimit, Standing
from branches.models.organisations import FormerName, Group, Organisation
from branches.models.transfers import Transfer

__all__ = [
    "Exemption",
    "Flow",
    "FormerName",
    "Grant",
    "Group",
    "Member",
    "Organisation",
    "Particulars",
    "Post",
    "Relation",
    "RightsLimit",
    "Standing",
    "Transfer",
    "User",
]
