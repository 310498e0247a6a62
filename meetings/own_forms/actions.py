"""What superiors do about forms of meeting of their own; the only writes of this room."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from branches.models import Organisation
from branches.models.organisations import Kind
from branches.rights import Right
from meetings.kinds import Form
from meetings.models import OwnForm
from workflow.actions import record
from workflow.actors import Actor
from workflow.moves import Move, make_move


@transaction.atomic
def lay_down(organisation: Organisation, name: str, form: str, agenda: str, *, actor: Actor) -> OwnForm:
    """Offer a form of meeting to an organisation and all below it. Raises PermissionDenied, ValidationError."""
    actor.require(Right.ARRANGE, organisation)
    if organisation.kind == Kind.BRANCH:
        raise PermissionDenied
    row = OwnForm(organisation=organisation, name=name.strip(), form=form, agenda=agenda)
    _check(row)
    row.save(force_insert=True)
    record(row, "create", actor=actor, rights=[Right.ARRANGE], target=row.state, note=row.name)
    return row


@transaction.atomic
def change(row: OwnForm, name: str, agenda: str, *, actor: Actor) -> None:
    """Word it anew; meetings recorded before keep the name they had, and how they count never changes.

    Raises PermissionDenied, ValidationError.
    """
    actor.require(Right.ARRANGE, row)
    row.name, row.agenda = name.strip(), agenda
    _check(row)
    row.save(update_fields=["name", "agenda"])
    record(row, "edit", actor=actor, rights=[Right.ARRANGE], note=row.name)


def move(row: OwnForm, name: str, *, actor: Actor, note: str = "") -> Move:
    """Offer it no longer, or again. Raises PermissionDenied, MoveNotAllowed."""
    return make_move(row, name, actor=actor, note=note)


def _check(row: OwnForm) -> None:
    """A name told apart from those of the regulation, and once for each organisation. Raises ValidationError."""
    row.full_clean(validate_constraints=False)
    if row.name in {str(form.label) for form in Form}:
        raise ValidationError({"name": _("This is the name of a form that is there already.")})
    if OwnForm.objects.filter(organisation=row.organisation_id, name=row.name).exclude(pk=row.pk).exists():
        raise ValidationError({"name": _("This organisation has a form of that name already.")})
