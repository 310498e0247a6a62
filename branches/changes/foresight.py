"""What a change would break of the rules that hold there: tried out, taken back, and asked about first."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from branches.changes.table import Change
from branches.models import Organisation, User
from branches.rules.gate import breaches, grown
from branches.rules.sets import Remark


def foreseen(change: Change, row: Any, told: Mapping[str, Any], actor: User) -> list[str]:
    """The breaches that the change would bring, in words with their clauses; none for one that affects no number."""
    if change.affects is None:
        return []
    day = max(told.get("since") or timezone.localdate(), timezone.localdate())
    places = change.affects(row, told, None)
    before = {place.pk: breaches(_again(place), day) for place in places}
    with transaction.atomic():
        try:
            made = change.act(row, actor=actor, **told)
            after = {place.pk: (place, breaches(_again(place), day)) for place in change.affects(row, told, made)}
        except ValidationError:
            after = {}  # the change itself says why
        transaction.set_rollback(True)
    remarks = ((place, remark) for place, found in after.values() for remark in grown(before.get(place.pk, {}), found))
    return [f"{place}：{remark.words}（{_source(remark)}）" for place, remark in remarks]


def _source(remark: Remark) -> str:
    rule, setting = remark.held.rule, remark.held.told_setting
    return f"{rule.code} {rule.clause}；{setting}" if setting else f"{rule.code} {rule.clause}"


def _again(place: Organisation) -> Organisation:
    """As the database has it now: the change may have moved it."""
    return Organisation.objects.get(pk=place.pk)
