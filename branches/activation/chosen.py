"""Whom the rows ticked on the list of accounts mean."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils.translation import gettext as _

from branches.http import AuthedRequest
from branches.models.activation import members_for_slips
from branches.overview import KEY

MOST = 100  # as many as the longest page of the list


def chosen(request: AuthedRequest) -> list[Any]:
    """The rows of the ticked members, in the order of the register. Raises Http404, ValidationError."""
    keys = set(request.POST.getlist("selected"))
    if not keys:
        raise ValidationError(_("Please tick at least one member without account."))
    if len(keys) > MOST:
        raise ValidationError(_("At most %(most)s slips at a time.") % {"most": MOST})
    if not all(KEY.fullmatch(key) for key in keys):
        raise Http404
    rows = list(members_for_slips(request.user).filter(member__in=keys))
    if len(rows) < len(keys):
        raise Http404
    return rows
