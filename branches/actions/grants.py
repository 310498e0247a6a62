"""Giving and taking back offices, closing and opening accounts: what the security administrator decides.

Each of these ends or begins on the person's next request, because every request asks anew (branches/reach.py).
"""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from branches.actions.sign_in import end_all_sessions
from branches.models import Grant, Group, Organisation, User
from branches.rights import Office, Right
from workflow.actions import audit, record
from workflow.actors import SYSTEM, Actor, require_any
from workflow.moves import NoteRequired

DECIDERS = (Right.MANAGE_ACCOUNTS, SYSTEM.RIGHT)


@transaction.atomic
def grant(
    user: User,
    *,
    actor: Actor,
    organisation: Organisation,
    office: str,
    since: date,
    until: date | None = None,
    group: Group | None = None,
) -> Grant:
    """Give an office or oversight to an account for a time. Raises PermissionDenied, ValidationError."""
    require_any(actor, DECIDERS, organisation)
    # Locked, so that of two grants at once the second one sees the first.
    holder = User.objects.select_for_update().get(pk=user.pk)
    wanted = Grant(user=holder, organisation=organisation, office=office, since=since, until=until, group=group)
    _refuse_person(holder, actor)
    _refuse_place(wanted)
    _refuse_time(wanted)
    wanted.full_clean()
    wanted.save(force_insert=True)
    record(wanted, "grant", actor=actor, note=_period(wanted))
    audit("grant_given", actor=actor, subject=wanted, note=_period(wanted))
    return wanted


@transaction.atomic
def revoke(grant: Grant, *, actor: Actor, note: str) -> None:
    """Take a grant back at once. Raises PermissionDenied, NoteRequired, ValidationError."""
    require_any(actor, DECIDERS, grant)
    reason = _reason(note)
    if not Grant.objects.filter(pk=grant.pk, revoked_at=None).update(revoked_at=timezone.now()):
        raise ValidationError(_("This office has already been taken back."))
    record(grant, "revoke", actor=actor, note=reason)
    audit("grant_revoked", actor=actor, subject=grant, note=reason)


@transaction.atomic
def deactivate(user: User, *, actor: Actor, note: str) -> None:
    """Close an account and end its sessions. Raises PermissionDenied, NoteRequired, ValidationError."""
    require_any(actor, DECIDERS, user)
    if user.actor_key == actor.actor_key:
        raise ValidationError(_("Nobody can close his own account."))
    _set_active(user, False, actor=actor, note=note)
    end_all_sessions(user, actor=actor)


@transaction.atomic
def activate(user: User, *, actor: Actor, note: str) -> None:
    """Open a closed account again. Raises PermissionDenied, NoteRequired, ValidationError."""
    require_any(actor, DECIDERS, user)
    _set_active(user, True, actor=actor, note=note)


def _set_active(user: User, active: bool, *, actor: Actor, note: str) -> None:
    reason = _reason(note)
    if not User.objects.filter(pk=user.pk, is_active=not active).update(is_active=active):
        raise ValidationError(_("This account is already open.") if active else _("This account is already closed."))
    user.is_active = active
    record(user, "activate" if active else "deactivate", actor=actor, note=reason)
    audit("account_reopened" if active else "account_closed", actor=actor, subject=user, note=reason)


def _refuse_person(holder: User, actor: Actor) -> None:
    if holder.actor_key == actor.actor_key:
        raise ValidationError({"user": _("Nobody can give an office to himself.")})
    if holder.admin_role:
        raise ValidationError({"user": _("This is an administrator's account. Administrators hold no office.")})
    if not holder.is_active:
        raise ValidationError({"user": _("This account is closed. Please open it first.")})


def _refuse_place(wanted: Grant) -> None:
    if (wanted.office == Office.GROUP_LEADER) != (wanted.group is not None):
        raise ValidationError({"group": _("A group leader needs a group; the other offices have none.")})
    if wanted.group is not None and wanted.group.organisation_id != wanted.organisation_id:
        raise ValidationError({"group": _("This group does not belong to the chosen organisation.")})


def _refuse_time(wanted: Grant) -> None:
    if wanted.until and wanted.until < wanted.since:
        raise ValidationError({"until": _("The last day must not lie before the first day.")})
    closed = wanted.organisation.until
    if closed and (wanted.until is None or wanted.until > closed):
        raise ValidationError({"until": _("This organisation ends on %s; an office there ends with it.") % closed})
    same = Grant.objects.filter(
        user=wanted.user, organisation=wanted.organisation, office=wanted.office, group=wanted.group, revoked_at=None
    ).filter(Q(until=None) | Q(until__gte=wanted.since))
    if wanted.until:
        same = same.filter(since__lte=wanted.until)
    if other := same.first():
        raise ValidationError({"since": _("This person already holds this office here: %s.") % _period(other)})


def _period(grant: Grant) -> str:
    return f"{grant.since} – {grant.until or _('open-ended')}"


def _reason(note: str) -> str:
    if not note.strip():
        raise NoteRequired(_("Please give a reason."))
    return note.strip()
