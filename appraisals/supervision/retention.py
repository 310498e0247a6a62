"""Points of comment 点评 of a visit are raw words of a supervisor about people: they have an end (F34)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from appraisals.models import Visit
from appraisals.supervision.actions.retention import destroy_comments
from branches.retention.kinds import Kind, register


def _commented() -> Any:
    return Visit.objects.exclude(comments="")


register(
    Kind(
        "F22-visit",
        _("Points of comment of supervisors"),
        _(
            "The visit record, what was found and the supervision opinion stay; the points of comment only until what"
            " they told is put right."
        ),
        365,
        rows=_commented,
        since="visited_on",
        destroy=destroy_comments,
    )
)
