"""Giving and taking back offices, closing and opening accounts: what the security administrator decides.

Each of these ends or begins on the person's next request, because every request asks anew (branches/reach.py).
"""

from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from branches import telling
from branches.actions.sign_in import end_all_sessions
from branches.models import Grant, Group, Organisation, Relation, User
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
    telling.changed(Grant, [wanted.pk])
    return wanted


@transaction.atomic
def delegate(member: Relation, *, actor: User, since: date, until: date, note: str) -> Grant:
    """Let a member of the own branch exercise the secretary's office for a time; `member` is the relation of today.

    At most DELEGATION_DAYS days, within the own term; the delegate cannot delegate further. The secretary keeps his
    office. Raises PermissionDenied, NoteRequired, ValidationError.
    """
    organisation = member.organisation
    actor.require(Right.DELEGATE, organisation)
    reason = _reason(note)
    holder = User.objects.select_for_update().filter(member=member.member_id).first()
    if holder is None or not Relation.objects.on(timezone.localdate()).filter(pk=member.pk, kind="formal").exists():
        raise ValidationError({"member": _("Please choose a member of your branch who has an account.")})
    wanted = Grant(user=holder, organisation=organisation, office=Office.SECRETARY, since=since, until=until)
    wanted.delegated_by = actor
    if holder.pk == actor.pk:
        raise ValidationError({"member": _("Nobody can give an office to himself.")})
    _refuse_person(holder, actor)
    _refuse_time(wanted)
    _refuse_term(wanted)
    wanted.full_clean()
    wanted.save(force_insert=True)
    record(wanted, "delegate", actor=actor, note=f"{_period(wanted)} {reason}", rights=[Right.DELEGATE])
    audit("office_delegated", actor=actor, subject=wanted, note=f"{_period(wanted)} {reason}")
    telling.changed(Grant, [wanted.pk])
    return wanted


@transaction.atomic
def end_delegation(grant: Grant, *, actor: User) -> None:
    """Take a delegation back at once; only who gave it. Raises PermissionDenied, ValidationError."""
    actor.require(Right.END_DELEGATION, grant)
    _end(grant, "end_delegation", actor=actor)
    audit("delegation_ended", actor=actor, subject=grant)


@transaction.atomic
def revoke(grant: Grant, *, actor: Actor, note: str) -> None:
    """Take a grant back at once, and with it what its holder has delegated of it.

    Raises PermissionDenied, NoteRequired, ValidationError.
    """
    require_any(actor, DECIDERS, grant)
    reason = _reason(note)
    _end(grant, "revoke", actor=actor, note=reason)
    _end_all(Grant.objects.filter(delegated_by=grant.user_id, organisation=grant.organisation_id), actor, reason)
    audit("grant_revoked", actor=actor, subject=grant, note=reason)


@transaction.atomic
def deactivate(user: User, *, actor: Actor, note: str) -> None:
    """Close an account, end its sessions and what it has delegated.

    Raises PermissionDenied, NoteRequired, ValidationError.
    """
    require_any(actor, DECIDERS, user)
    if user.actor_key == actor.actor_key:
        raise ValidationError(_("Nobody can close his own account."))
    _set_active(user, False, actor=actor, note=note)
    end_all_sessions(user, actor=actor)
    _end_all(Grant.objects.filter(delegated_by=user), actor, note)


@transaction.atomic
def activate(user: User, *, actor: Actor, note: str) -> None:
    """Open a closed account again. Raises PermissionDenied, NoteRequired, ValidationError."""
    require_any(actor, DECIDERS, user)
    _set_active(user, True, actor=actor, note=note)


def _end(grant: Grant, move: str, *, actor: Actor, note: str = "") -> None:
    if not Grant.objects.filter(pk=grant.pk, revoked_at=None).update(revoked_at=timezone.now()):
        raise ValidationError(_("This office has already been taken back."))
    record(grant, move, actor=actor, note=note)
    telling.changed(Grant, [grant.pk])


def _end_all(delegations: QuerySet[Grant], actor: Actor, note: str) -> None:
    for handed_on in delegations.filter(revoked_at=None).select_related("user", "organisation"):
        _end(handed_on, "revoke", actor=actor, note=note)


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


def _refuse_term(wanted: Grant) -> None:
    """A delegation begins today or later, is short, and does not outlast the office it comes from."""
    since, until = wanted.since, wanted.until
    assert until
    if since < timezone.localdate():
        raise ValidationError({"since": _("The first day is today or later.")})
    if (until - since).days >= settings.DELEGATION_DAYS:
        words = _("At most %(days)s days; for longer the security administrator gives the office.")
        raise ValidationError({"until": words % {"days": settings.DELEGATION_DAYS}})
    own = Grant.objects.in_force(timezone.localdate()).filter(
        user=wanted.delegated_by, organisation=wanted.organisation, office=wanted.office, delegated_by=None
    )
    ends = [grant.until for grant in own]
    if None not in ends and until > max(end for end in ends if end):
        raise ValidationError({"until": _("Your own office ends before that day.")})


def _period(grant: Grant) -> str:
    last_day = grant.until or _("open-ended")
    return f"{grant.since} – {last_day}"


def _reason(note: str) -> str:
    if not note.strip():
        raise NoteRequired(_("Please give a reason."))
    return note.strip()
