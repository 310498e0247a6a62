"""The pile that waits for a reviewer, and one piece of it as it is read."""

from typing import Any

from django.urls import reverse

from appraisals.materials.differences import compared
from appraisals.materials.owed import rules_of
from appraisals.materials.reasons import offered
from appraisals.materials.reviewing.anchors import comments_of, laid_out
from appraisals.materials.states import MaterialState
from appraisals.models import Material, Version
from branches.models import User
from workflow.moves import available_moves


def pile(user: User) -> list[int]:
    """The keys of what waits for this person, in the order in which it is due."""
    return list(Material.objects.awaiting(user).order_by("due_on", "pk").values_list("pk", flat=True))


def beside(keys: list[int], key: int) -> dict[str, Any]:
    """Which piece of the pile this is, and the addresses of its neighbours; after the last one the first."""
    place = keys.index(key) if key in keys else -1
    others = [other for other in keys if other != key]
    following = keys[place + 1 :] or others
    before = keys[:place] if place > 0 else []
    return {
        "number": place + 1, "count": len(keys),
        "next_url": reverse("material_review", args=[following[0]]) if following else "",
        "previous_url": reverse("material_review", args=[before[-1]]) if before else "",
    }  # fmt: skip


def read(material: Material, user: User) -> dict[str, Any]:
    """What changed, the words, the comments and what may be done about them."""
    versions = list(Version.objects.visible_to(user).filter(material=material)[:2])
    comments = comments_of(material, user)
    sections, placed = laid_out(versions[0].sections if versions else [], comments)
    own = rules_of(material.round).reasons
    return {
        "material": material,
        "compared": next(iter(compared(versions)), None),
        "sections": sections,
        "comments": placed,
        "reasons": [(number, value, words) for number, (value, words) in enumerate(offered(own), 1)],
        "moves": {move.name: move for move in available_moves(material, user)},
        "is_waiting": material.state == MaterialState.SUBMITTED,
        **beside(pile(user), material.pk),
    }
