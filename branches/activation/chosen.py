"""Whom the rows ticked on the list of accounts mean, and what their slips call them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils.translation import gettext as _

from branches.actions.activation import Slip
from branches.http import AuthedRequest
from branches.models import User
from branches.models.activation import members_for_slips
from branches.namesakes import call
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


def called(slips: Sequence[Slip], reader: User) -> list[Slip]:
    """The slips with what they call their members: one with a namesake in his branch must know which is his."""
    rows = list(members_for_slips(reader).filter(member__in=[slip.member.pk for slip in slips]))
    call(rows, reader)
    names = {row.member_id: row.called for row in rows}
    return [replace(slip, called=names.get(slip.member.pk, slip.member.name)) for slip in slips]
