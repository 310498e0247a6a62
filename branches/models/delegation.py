"""To whom a secretary may delegate: the members of the own branch with an account."""

from typing import Any

from django.db.models import F, QuerySet

from branches.models.members import Relation
from branches.rights import Right


def possible_delegates(user: Any) -> QuerySet[Any]:
    """The register of today of the branches whose office `user` may delegate, without himself; each with `username`."""
    rows = Relation.objects.visible_to(user)
    rows = rows.filter(rows.of_office(user, Right.DELEGATE), member__user__is_active=True)
    register = rows.register(on=user.reach.day).select_related("organisation")
    return register.exclude(member=user.member_id).annotate(username=F("member__user__username"))
