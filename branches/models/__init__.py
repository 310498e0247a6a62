from branches.models.accounts import Grant, User
from branches.models.members import Exemption, Member, Particulars, Post, Relation, RightsLimit, Standing
from branches.models.organisations import Group, Organisation
from branches.models.rosters import RosterImport

__all__ = [
    "Exemption",
    "Grant",
    "Group",
    "Member",
    "Organisation",
    "Particulars",
    "Post",
    "Relation",
    "RightsLimit",
    "RosterImport",
    "Standing",
    "User",
]
