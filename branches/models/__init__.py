from branches.models.accounts import Grant, User
from branches.models.activation import Activation
from branches.models.attachments import Attachment
from branches.models.logos import Logo
from branches.models.members import Exemption, Member, Particulars, Post, Relation, RightsLimit, Standing
from branches.models.organisations import Group, Organisation

__all__ = [
    "Attachment",
    "Activation",
    "Exemption",
    "Grant",
    "Group",
    "Logo",
    "Member",
    "Organisation",
    "Particulars",
    "Post",
    "Relation",
    "RightsLimit",
    "Standing",
    "User",
]
