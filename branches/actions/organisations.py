"""Founding organisations and groups, and what they are called."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from branches.models import Election, FormerName, Grant, Group, Organisation, Post, Relation
from branches.models.dated import DAY, still
from branches.models.organisations import Kind, Mode
from branches.models.rules import arranger_of, hold_tree, refuse_far, refuse_parent, superior_of
from branches.rights import Right
from branches.rules import gate
from workflow.actions import record
from workflow.actors import SYSTEM, Actor, require_any

ARRANGERS = (Right.ARRANGE, SYSTEM.RIGHT)


@transaction.atomic
def found(
    name: str,
    *,
    actor: Actor,
    kind: str,
    since: date,
    parent: Organisation | None = None,
    branch_kind: str = "",
    short_name: str = "",
    mode: str = Mode.ONLINE,
) -> Organisation:
    """Add an organisation below `parent`, behind its sisters; without one a root, which only the set-up may found.

    Raises PermissionDenied, ValidationError.
    """
    require_any(actor, ARRANGERS, parent) if parent else actor.require(SYSTEM.RIGHT, None)
    refuse_far(since=since)
    hold_tree()
    facts = Organisation(name=name, kind=kind, branch_kind=branch_kind, short_name=short_name, since=since, mode=mode)
    facts.clean_fields(exclude={"path", "depth", "numchild"})
    if (kind == Kind.BRANCH) != bool(branch_kind):
        raise ValidationError({"branch_kind": _("A branch has a kind of branch; the others have none.")})
    if parent:
        parent.refresh_from_db()  # treebeard counts children on the instance it is given
        refuse_parent(kind, parent, since=since)
        organisation = Organisation.objects.add_child(parent, instance=facts)
    else:
        organisation = Organisation.objects.add_root(instance=facts)
    record(organisation, "found", actor=actor)
    return organisation


@transaction.atomic
def found_group(name: str, *, actor: Actor, organisation: Organisation, since: date, position: int = 0) -> Group:
    """Add a 党小组 to a branch. Raises PermissionDenied, ValidationError."""
    require_any(actor, (Right.KEEP_REGISTER, *ARRANGERS), organisation)
    if organisation.kind != Kind.BRANCH:
        raise ValidationError(_("Groups are parts of a branch. Please choose one below “%s”.") % organisation)
    group = Group(organisation=organisation, name=name, since=since, until=organisation.until, position=position)
    group.full_clean()
    group.save()
    record(group, "found", actor=actor)
    return group


@transaction.atomic
def close_group(organisation: Organisation, *, actor: Actor, group: Group, until: date) -> None:
    """Close a group nobody belongs to, with its last day. Raises PermissionDenied, ValidationError."""
    require_any(actor, (Right.KEEP_REGISTER, *ARRANGERS), organisation)
    if Relation.objects.filter(still(until), group=group).exists():
        raise ValidationError({"group": _("Members belong to this group. Please put them into another one first.")})
    if Grant.objects.filter(still(until), group=group, revoked_at=None).exists():
        raise ValidationError({"group": _("Somebody still leads this group. Please dismiss the leader first.")})
    if until < group.since:
        raise ValidationError({"until": _("The last day must not lie before the first day.")})
    with gate.passed(organisation, on=until + DAY):
        if not Group.objects.filter(still(until), pk=group.pk, organisation=organisation).update(until=until):
            raise ValidationError({"group": _("This group has already ended.")})
    record(group, "close_group", actor=actor, note=str(until))


@transaction.atomic
def rename(organisation: Organisation, *, actor: Actor, name: str, short_name: str, since: date) -> None:
    """Give an organisation another name from a day on, not later than today; the old one is kept with its days.

    What happened under the old name keeps it: history and audit hold it as a value. Raises PermissionDenied,
    ValidationError.
    """
    require_any(actor, ARRANGERS, arranger_of(organisation))
    now = Organisation.objects.select_for_update().get(pk=organisation.pk)
    last = now.former_names.order_by("-until").first()
    began = last.until + DAY if last and last.until else now.since
    if (name, short_name) == (now.name, now.short_name):
        raise ValidationError({"name": _("This is the present name.")})
    if since <= began:
        raise ValidationError({"since": _("The present name began on %s. Please choose a later day.") % began})
    old = FormerName(organisation=now, name=now.name, short_name=now.short_name, since=began, until=since - DAY)
    old.full_clean()
    old.save()
    note = f"{now.name} → {name} · {since}"
    now.name, now.short_name = name, short_name
    now.clean_fields(exclude={"path", "depth", "numchild"})
    Organisation.objects.filter(pk=now.pk).update(name=name, short_name=short_name)
    record(now, "rename", actor=actor, note=note)


@transaction.atomic
def settle(organisation: Organisation, *, actor: Actor, mode: str) -> None:
    """Say how a branch works: online, or on paper, where its superior enters for it (F1).

    Raises PermissionDenied, ValidationError.
    """
    require_any(actor, ARRANGERS, superior_of(organisation))
    if mode not in Mode.values or organisation.kind != Kind.BRANCH:
        raise ValidationError(_("Only a branch works online or on paper."))
    Organisation.objects.filter(pk=organisation.pk).update(mode=mode)
    record(organisation, "settle", actor=actor, note=str(Mode(mode).label))


@transaction.atomic
def correct_founding(organisation: Organisation, *, actor: Actor, since: date) -> None:
    """Put the day right on which an organisation was founded; nothing there may have begun before.

    Raises PermissionDenied, ValidationError.
    """
    require_any(actor, ARRANGERS, arranger_of(organisation))
    now = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if since > timezone.localdate():
        raise ValidationError({"since": _("This day has not come yet. Please check the year.")})
    if since == now.since:
        raise ValidationError({"since": _("This is the day that is recorded.")})
    here = [model._default_manager.filter(organisation=now) for model in (Relation, Group, Post, Grant)]
    first = [rows.order_by("since").values_list("since", flat=True).first() for rows in here]
    names = now.former_names.order_by("since").values_list("until", flat=True).first()
    elected = Election.objects.filter(organisation=now).order_by("held_on").values_list("held_on", flat=True).first()
    if earlier := min((day for day in [*first, names, elected] if day and day < since), default=None):
        words = _(
            "Members, groups, posts, names or elections are recorded here from %s on. Please choose that day or an "
            "earlier one."
        )
        raise ValidationError({"since": words % earlier})
    now.former_names.filter(since=now.since).update(since=since)
    Organisation.objects.filter(pk=now.pk).update(since=since)
    record(now, "correct_founding", actor=actor, note=f"{now.since} → {since}")
