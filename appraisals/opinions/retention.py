"""Raw opinions are destroyed after their round (F6); digests and numbers stay."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from appraisals.models import OpinionText
from appraisals.states import RoundState
from branches.retention.kinds import Kind, register


def _texts() -> Any:
    return OpinionText.objects.filter(opinion__round__state=RoundState.CLOSED)


register(
    Kind(
        "F6-opinion",
        _("Opinions as they were said"),
        _("Counted from the day the materials of a closed round were due; digests and numbers stay."),
        180,
        rows=_texts,
        since="opinion__round__due_on",
        organisation="opinion__organisation",
    )
)
register(
    Kind(
        "F6-sealed",
        _("Opinions handed over"),
        _("Kept by the office they were handed to, which deals with them by its own rules."),
    )
)
