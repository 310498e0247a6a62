"""The rows of written material: who owes what, and in rows of their own the words."""

from appraisals.materials.kinds import MaterialKind, Reviewer
from appraisals.materials.models.comments import Comment
from appraisals.materials.models.materials import Material, MaterialQuerySet
from appraisals.materials.models.returns import ReturnReason
from appraisals.materials.models.rules import MaterialRules
from appraisals.materials.models.words import Confirmation, Draft, Source, Version

__all__ = [
    "Comment",
    "Confirmation",
    "Draft",
    "Material",
    "MaterialKind",
    "MaterialQuerySet",
    "MaterialRules",
    "ReturnReason",
    "Reviewer",
    "Source",
    "Version",
]
