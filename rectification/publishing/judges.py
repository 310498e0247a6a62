"""Who reviews and approves a publication, in words: what PublicationQuerySet.judged_by asks, said to those inside."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from branches.models import Grant
from branches.reach import giving
from branches.rights import Right
from rectification.publishing.audiences import Audience
from rectification.publishing.states import PublicationState

REVIEW = _(
    "Waits to be reviewed: by whoever is of the committee of the branch or by a superior (officer, supervisor,"
    " secretary above), never by who proposed it."
)
APPROVE = _(
    "Waits to be approved: by the secretary of the branch or by a superior (officer, secretary above), never by who"
    " proposed or reviewed it."
)
APPROVE_ABOVE = _(
    "Waits to be approved by a superior (officer, secretary above): the branch has no secretary who neither proposed"
    " nor reviewed it."
)
APPROVE_SOCIETY = _(
    "Waits to be approved by a superior (officer, secretary above), as everything before society, never by who proposed"
    " or reviewed it."
)


def waits_for(publication: Any) -> Any:
    """Whose review or approval it waits for now; empty where nobody's. At most one query."""
    if publication.state == PublicationState.PROPOSED:
        return REVIEW
    if publication.state != PublicationState.REVIEWED:
        return ""
    if publication.audience == Audience.SOCIETY:
        return APPROVE_SOCIETY
    return APPROVE if _has_a_secretary_left(publication) else APPROVE_ABOVE


def _has_a_secretary_left(publication: Any) -> bool:
    """True where somebody leads the branch who neither proposed nor reviewed it."""
    held = Grant.objects.in_force(timezone.localdate()).filter(
        giving(Right.LEAD), organisation=publication.organisation_id, user__is_active=True
    )
    return held.exclude(user__in=[publication.proposed_by_id, publication.reviewed_by_id]).exists()
