"""Giving activation slips and using them. A code is seen once, on the sheet that is printed; kept is its keyed hash."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from branches.actions.accounts import open_account
from branches.actions.sign_in import Visitor, end_all_sessions
from branches.activation.names import login_names, mobile
from branches.models import Activation, Member, Organisation, Particulars, Relation, User
from branches.rights import Right
from shell.formats import moment
from workflow import codes
from workflow.actions import audit, record, record_many
from workflow.actors import SYSTEM

NO_DIGEST = "0" * 64
SAME_CLICK = timedelta(seconds=10)  # within it the same form is the same click, and gets the same sheet


class WrongCode(Exception):
    """No open slip has this login name and this code; which of the two is wrong is never said."""


@dataclass(frozen=True)
class Slip:
    """What is printed, once."""

    member: Member
    organisation: Organisation
    username: str
    code: str
    until: datetime
    renews: bool
    called: str = ""  # the name, with a mark where the branch has a namesake

    @property
    def grouped(self) -> str:
        """The code as it is printed."""
        return codes.grouped(self.code)


@transaction.atomic
def give_slips(relations: Sequence[Relation], *, actor: User, form: str = "") -> list[Slip]:
    """A slip for each member, none of whom has an account yet; `relations` are those of today with their organisations.

    A slip given before is void from now on. `form` names the form that was sent: sent twice by one click it gives the
    same slips, sent again later none. Raises PermissionDenied, ValidationError.
    """
    for organisation in _places(relations):
        actor.require(Right.GIVE_SLIPS, organisation)
    if printed := _printed(relations, form):
        return printed
    if named := User.objects.filter(member__in=[r.member_id for r in relations]).values_list("name", flat=True):
        raise ValidationError(_("These members have an account already: %s.") % "、".join(named))
    slips = _issue(relations, _free_names([r.member for r in relations]), actor, form, renews=False)
    for organisation in _places(relations):
        count = sum(slip.organisation.pk == organisation.pk for slip in slips)
        audit("slips_given", actor=actor, subject=organisation, note=_("%(count)s slips") % {"count": count})
    return slips


@transaction.atomic
def renew_password(relation: Relation, *, actor: User, address: str | None = None, form: str = "") -> Slip:
    """A slip for a member who has forgotten the password; every sign-in of the account ends now. `form` as above.

    The old password goes on until the slip is used. Nobody opens the account of a superior in this way.
    Raises PermissionDenied, ValidationError.
    """
    account = renewable(relation, actor=actor, is_locked=True)
    if printed := _printed([relation], form):
        return printed[0]
    (slip,) = _issue([relation], {relation.member_id: account.username}, actor, form, renews=True)
    end_all_sessions(account, actor=SYSTEM)
    audit("password_slip_given", actor=actor, subject=account, address=address)
    return slip


def renewable(relation: Relation, *, actor: User, is_locked: bool = False) -> User:
    """The account to which the actor may open the way again. Raises PermissionDenied, ValidationError."""
    actor.require(Right.GIVE_SLIPS, relation)
    accounts = User.objects.select_for_update() if is_locked else User.objects.all()
    account = accounts.filter(member=relation.member_id).first()
    if account is None:
        raise ValidationError(_("This member has no account yet."))
    if account.pk == actor.pk:
        raise ValidationError(_("For yourself, use “Change password”; if you have forgotten it, ask your superior."))
    if not account.is_active:
        raise ValidationError(_("This account is closed. The security administrator can open it again."))
    if not actor.reach.covers_offices_of(account.reach):
        raise PermissionDenied(_("This person holds an office that you do not oversee; a superior can give the slip."))
    return account


@transaction.atomic
def use_slip(login: str, code: str, password: str, *, actor: Visitor, address: str | None = None) -> User:
    """Open the account of a slip, or give it this password. Raises WrongCode; ValidationError for a weak password."""
    now = timezone.now()
    rows = Activation.objects.open(now).exclude(member__user__is_active=False).select_related("member", "organisation")
    slip = rows.filter(username=login).first()
    right = codes.matches(slip.digest if slip else NO_DIGEST, _purpose(login), code)
    if slip is None or not right:
        raise WrongCode
    validate_password(password, User(username=login, name=slip.member.name))
    if not Activation.objects.open(now).filter(pk=slip.pk).update(used_at=now):
        raise WrongCode
    if slip.renews:
        user = User.objects.get(member=slip.member)
        user.set_password(password)
        user.save(update_fields=["password"])
        end_all_sessions(user, actor=SYSTEM)
    else:
        user = open_account(login, actor=SYSTEM, name=slip.member.name, password=password, member=slip.member)
    record(slip, "use_slip", actor=user)
    note = _("new password, slip given by %(name)s") % {"name": slip.giver_name} if slip.renews else ""
    audit("slip_used", actor=user, subject=user, note=note, address=address)
    return user


def refuse_slip(*, actor: Visitor, address: str) -> None:
    """Tell of a wrong login name or code; of a name that nobody has only the beginning, as it may be the code."""
    known = any(rows.filter(username=actor.typed).exists() for rows in (User.objects.all(), Activation.objects.all()))
    told = actor if known else Visitor(f"{actor.typed[:2]}…")
    audit("slip_refused", actor=told, address=address)


def _places(relations: Sequence[Relation]) -> Iterable[Organisation]:
    return {r.organisation_id: r.organisation for r in relations}.values()


def _printed(relations: Sequence[Relation], form: str) -> list[Slip]:
    """What this form was answered with, if it is the same click; nothing if it is new. ValidationError for an old one.

    A code is kept nowhere, but that of a form can be computed again: the row whose hash it fits was given for it.
    """
    # Locked, so that of two slips for one member at once the second one sees the first.
    list(Member.objects.select_for_update().filter(pk__in=[r.member_id for r in relations]).order_by("pk"))
    code = _codes_for(form)
    here = {r.member_id: r for r in relations}
    rows = [
        row
        for row in Activation.objects.filter(member__in=here)
        if form and codes.matches(row.digest, _purpose(row.username), code(row.member_id))
    ]
    if not rows:
        return []
    if any(row.voided_at or row.used_at or row.issued_at < timezone.now() - SAME_CLICK for row in rows):
        words = _(
            "These slips were printed already, on %s, and no new ones were made. Their codes cannot be shown again. "
            "To print anew, please choose the members again: the slips in hand then no longer work."
        )
        raise ValidationError(words % moment(rows[0].issued_at))
    given = {row.member_id: row for row in rows}
    return [_slip(r, given[r.member_id], code(r.member_id)) for r in relations]


def _slip(relation: Relation, row: Activation, code: str) -> Slip:
    return Slip(relation.member, relation.organisation, row.username, code, row.expires_at, row.renews)


def _codes_for(form: str) -> Callable[[int], str]:
    """The code of each member: of this form, or a fresh one where none is named."""
    return lambda member: codes.code_of(f"{form}:{member}") if form else codes.new_code()


def _issue(relations: Sequence[Relation], names: dict[int, str], actor: User, form: str, *, renews: bool) -> list[Slip]:
    now = timezone.now()
    until = now + timedelta(days=settings.ACTIVATION_DAYS)
    unused = Activation.objects.filter(member__in=names, used_at=None, voided_at=None)
    replaced = list(unused.select_related("member", "organisation"))
    unused.update(voided_at=now)
    _tell(replaced, "void_slip", actor)
    code = _codes_for(form)
    slips = [Slip(r.member, r.organisation, names[r.member_id], code(r.member_id), until, renews) for r in relations]
    rows = Activation.objects.bulk_create([_row(slip, actor) for slip in slips])
    _tell(rows, "give_slip", actor)
    return slips


def _tell(rows: Sequence[Activation], move: str, actor: User) -> None:
    places = [row.organisation for row in rows]
    record_many(rows, move, actor=actor, places=places, rights=[Right.GIVE_SLIPS])


def _row(slip: Slip, actor: User) -> Activation:
    row = Activation(
        member=slip.member,
        organisation=slip.organisation,
        username=slip.username,
        digest=codes.digest(_purpose(slip.username), slip.code),
        renews=slip.renews,
        giver_name=actor.name,
        expires_at=slip.until,
    )
    row.clean_fields(exclude={"member", "organisation"})  # rows at hand: asking for each would be two queries a slip
    return row


def _free_names(members: Sequence[Member]) -> dict[int, str]:
    wishes: dict[int, str] = {}
    told = Particulars.objects.filter(member__in=members)
    if settings.LOGIN_NAMES == "mobile":
        wishes = {key: mobile(phone) for key, phone in told.values_list("member_id", "phone")}
    elif settings.LOGIN_NAMES == "staff_number":
        wishes = {key: number.lower() for key, number in told.values_list("member_id", "staff_number")}

    given = Activation.objects.filter(member__in=members, renews=False).order_by("pk")
    wishes |= dict(given.values_list("member_id", "username"))  # the latest: a second slip keeps the name of the first

    def taken(names: list[str]) -> set[str]:
        used: Any = User.objects.filter(username__in=names).values_list("username", flat=True)
        promised = Activation.objects.filter(username__in=names, used_at=None, voided_at=None)
        return {*used, *promised.exclude(member__in=members).values_list("username", flat=True)}

    return login_names(members, wishes, taken)


def _purpose(login: str) -> str:
    return f"slip of {login}"
