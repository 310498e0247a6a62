"""What a superior lays down about the materials of a round."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from appraisals.materials.kinds import OFFERED, Whom
from appraisals.materials.owed import rules_of
from appraisals.models import MaterialRules, Round
from appraisals.states import RoundState
from branches.rights import Right
from workflow.actions import record
from workflow.actors import Actor


@transaction.atomic
def set_rules(round_: Round, *, actor: Actor, owed: dict[str, str], **facts: Any) -> MaterialRules:
    """Say what a round asks of its materials; `owed` maps each Whom to a kind or "", `facts` are the other columns.

    Once it is opened only the reasons may still change. Raises PermissionDenied, ValidationError.
    """
    actor.require(Right.RUN_ROUNDS, round_)
    rules = rules_of(round_)
    rules.own_reasons = facts.pop("own_reasons", rules.own_reasons)
    if round_.state == RoundState.DRAFT:
        rules.owed = {whom: owed.get(whom, "") for whom in Whom}
        for name, value in facts.items():
            setattr(rules, name, value)
    if wrong := [whom for whom, kind in rules.owed.items() if kind and kind not in OFFERED[Whom(whom)]]:
        raise ValidationError(_("This kind cannot be asked of: %s.") % Whom(wrong[0]).label)
    rules.full_clean(exclude=["owed"])  # asked above, and nothing at all may be owed
    rules.save()
    record(round_, "set_material_rules", actor=actor, rights=[Right.RUN_ROUNDS])
    return rules
