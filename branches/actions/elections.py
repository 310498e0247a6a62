"""Recording when a branch elected its committee, and putting that day right."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from branches.actions.members import KEEPERS
from branches.models import Election, Organisation
from branches.models.organisations import Kind
from workflow.actions import record
from workflow.actors import Actor, require_any


@transaction.atomic
def record_election(
    organisation: Organisation, *, actor: Actor, held_on: date, instead_of: Election | None = None
) -> Election:
    """Record an election that was held on that day; with `instead_of` put the day of a recorded one right.

    Raises PermissionDenied, ValidationError.
    """
    require_any(actor, KEEPERS, organisation)
    if organisation.kind != Kind.BRANCH:
        raise ValidationError(_("The election of a branch is recorded at the branch."))
    if held_on > timezone.localdate():
        raise ValidationError({"held_on": _("This day has not come yet. Please check the year.")})
    if held_on < organisation.since:
        raise ValidationError(
            {"held_on": _("It was founded on %s only. Please choose a later day.") % organisation.since}
        )
    if Election.objects.filter(organisation=organisation, held_on=held_on).exists():
        raise ValidationError({"held_on": _("This is the day that is recorded.")})
    if instead_of is None:
        election = Election.objects.create(organisation=organisation, held_on=held_on)
        record(organisation, "elect", actor=actor, note=str(held_on))
        return election
    election = Election.objects.select_for_update().get(pk=instead_of.pk, organisation=organisation)
    Election.objects.filter(pk=election.pk).update(held_on=held_on)
    record(organisation, "correct_election", actor=actor, note=f"{election.held_on} → {held_on}")
    election.held_on = held_on
    return election
