"""An author's own earlier words: for him alone, while he writes."""

from typing import Any

from appraisals.materials.states import MaterialState
from appraisals.models import Material, Version


def _own(material: Material, user: Any) -> Any:
    """Versions by the same author, or of the same committee; none for whoever is not of its writers."""
    rows = Version.objects.visible_to(user).exclude(material=material)
    if material.author_id is None:
        return rows.filter(material__author=None, material__organisation=material.organisation_id)
    return rows.filter(material__author=user.reach.member_key or 0).filter(material__author=material.author_id)


def of_last_year(material: Material, user: Any) -> list[str]:
    """The texts of what this author handed in last in the year before."""
    rows = _own(material, user).filter(material__round__year=material.round.year - 1)
    last = rows.order_by("-material__round", "-material", "-number").first()
    return [text for _title, text in last.sections] if last else []


def from_elsewhere(material: Material, user: Any) -> Version | None:
    """What was passed in another branch: a member who was transferred takes it along by handing it in again (F7)."""
    if material.author_id is None:
        return None
    rows = _own(material, user).filter(material__state=MaterialState.ACCEPTED)
    rows = rows.exclude(material__organisation=material.organisation_id)
    return rows.select_related("material__organisation").order_by("-submitted_at", "-pk").first()
