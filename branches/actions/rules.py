"""Setting rules otherwise for a year, taking that back, and carrying it over to the next year."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from branches.models import Organisation, RuleOverride
from branches.models.organisations import Kind
from branches.rights import Right
from branches.rules.sets import RuleSet
from branches.rules.table import Rule, Severity, find
from workflow.actions import record
from workflow.actors import Actor
from workflow.moves import NoteRequired


@transaction.atomic
def override_rule(
    organisation: Organisation,
    year: int,
    code: str,
    *,
    actor: Actor,
    severity: str,
    parameters: Mapping[str, int],
    reason: str,
) -> RuleOverride:
    """Set a rule for an organisation and all below it in one year, in place of what it had set before.

    Raises PermissionDenied, NoteRequired, ValidationError where the setting is milder than it may be.
    """
    actor.require(Right.ARRANGE, organisation)
    rule = find(code)
    if rule is None or organisation.kind == Kind.BRANCH:
        raise ValidationError(_("Rules are set by a superior organisation, for itself and those below."))
    if not reason.strip():
        raise NoteRequired(_("Please give a reason."))
    _refuse_milder(rule, Severity(severity), RuleSet(organisation.path, year).of(code).floor)
    if wrong := rule.out_of_bounds(parameters):
        raise ValidationError(
            [
                _("“%(label)s” must be %(least)d to %(most)d.") % {"label": p.label, "least": p.least, "most": p.most}
                for p in wrong
            ]
        )
    RuleOverride.objects.filter(organisation=organisation, year=year, code=code).standing().update(
        withdrawn_at=timezone.now()
    )
    told = {name: parameters[name] for name in rule.defaults}
    override = RuleOverride(
        organisation=organisation, year=year, code=code, severity=severity, parameters=told, reason=reason.strip()
    )
    override.full_clean()
    override.save(force_insert=True)
    record(override, "override_rule", actor=actor, note=_told(override))
    return override


@transaction.atomic
def withdraw_rule(override: RuleOverride | None, *, actor: Actor, reason: str) -> None:
    """Take a setting back: the next superior's counts again. None stands for one that is gone already.

    Raises PermissionDenied, NoteRequired, ValidationError.
    """
    if override is None:
        raise ValidationError(_("This has already been taken back."))
    actor.require(Right.ARRANGE, override)
    if not reason.strip():
        raise NoteRequired(_("Please give a reason."))
    if not RuleOverride.objects.filter(pk=override.pk).standing().update(withdrawn_at=timezone.now()):
        raise ValidationError(_("This has already been taken back."))
    record(override, "withdraw_rule", actor=actor, note=reason.strip())


@transaction.atomic
def copy_rules(organisation: Organisation, year: int, *, actor: Actor) -> int:
    """Carry the settings of the year before over to `year`, but for rules that are set there already; how many.

    Raises PermissionDenied.
    """
    actor.require(Right.ARRANGE, organisation)
    here = RuleOverride.objects.filter(organisation=organisation).standing()
    present = set(here.filter(year=year).values_list("code", flat=True))
    copied = 0
    for row in here.filter(year=year - 1).exclude(code__in=present).order_by("pk"):
        try:
            with transaction.atomic():
                override_rule(
                    organisation, year, row.code, actor=actor, severity=row.severity, parameters=row.parameters,
                    reason=row.reason,
                )  # fmt: skip
        except ValidationError:
            continue  # no longer allowed: a rule of this release, or a superior, asks for more
        copied += 1
    return copied


def _refuse_milder(rule: Rule, asked: Severity, floor: Severity) -> None:
    if asked.rank >= floor.rank:
        return
    if floor == rule.mildest():
        raise ValidationError(_("A national rule may be made stricter, not milder: at least “%s”.") % floor.label)
    raise ValidationError(_("A superior organisation has set this rule to “%s”; it stays so below.") % floor.label)


def _told(override: RuleOverride) -> str:
    """“Warn · 3: reason”, as the history keeps it."""
    numbers = "".join(f" · {number}" for number in override.parameters.values())
    return f"{Severity(override.severity).label}{numbers}：{override.reason}"
