"""What may hang where in the register; asked by every action that begins or ends a relation."""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from branches.capabilities import capability_of
from branches.models.dated import DAY, still
from branches.models.members import Member, PostKind, Relation
from branches.models.organisations import Group, Kind, Organisation
from branches.tree import STEP

FARTHEST = timedelta(days=31)


def home_of(member: Member) -> Relation:
    """The member's open formal relation, locked. Raises ValidationError for somebody who belongs nowhere any more."""
    rows = Relation.objects.homes().filter(member=member, until=None).select_for_update(of=("self",))
    relation = rows.select_related("organisation", "group").first()
    if relation is None:
        raise ValidationError(_("This person is in no branch's register."))
    return relation


def refuse_early(relation: Relation, since: date) -> None:
    """Raise ValidationError unless `since` lies after the first day of the relation it ends."""
    if since <= relation.since:
        raise ValidationError({"since": _("The member has been here since %s only. Please choose a later day.")
                               % relation.since})  # fmt: skip


def next_position(organisation: Organisation) -> int:
    """The place after the last member of a branch in its set order."""
    last = Relation.objects.filter(organisation=organisation).aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


def refuse_far(**day: date) -> None:
    """Raise ValidationError for a day more than a month ahead, named like its field: a year mistyped could not be taken
    back, because every later change must follow it."""
    for field, value in day.items():
        if value > timezone.localdate() + FARTHEST:
            raise ValidationError({field: _("Please choose a day within the next %s days.") % FARTHEST.days})


def refuse_place(organisation: Organisation, *, since: date, group: Group | None = None, unit: str = "") -> None:
    """Raise ValidationError unless a formal relation may begin here on that day (F21: not all kinds count)."""
    if organisation.kind != Kind.BRANCH:
        raise ValidationError(_("Members belong to a branch. Please choose one below “%s”.") % organisation)
    if not capability_of(organisation.branch_kind).is_counted:
        raise ValidationError(
            _("“%s” is a temporary or functional branch: people take part there, their formal relation stays at home.")
            % organisation
        )
    if organisation.until:  # even before its last day: the relation would outlive it
        raise ValidationError(_("“%(name)s” ended on %(day)s.") % {"name": organisation, "day": organisation.until})
    refuse_part(organisation, since=since, group=group, unit=unit)


def refuse_part(organisation: Organisation, *, since: date, group: Group | None = None, unit: str = "") -> None:
    """Raise ValidationError unless group and unit are parts of this branch; a joint one has 5 units at most (A1-1)."""
    if group is not None and group.organisation_id != organisation.pk:
        raise ValidationError({"group": _("This group does not belong to the chosen organisation.")})
    if group is not None and group.until:
        raise ValidationError({"group": _("This group ended on %s.") % group.until})
    if not unit:
        return
    most = capability_of(organisation.branch_kind).most_units
    here = Relation.objects.homes().filter(still(since - DAY), organisation=organisation)
    units = set(here.exclude(unit="").values_list("unit", flat=True)) | {unit}
    if not most:
        raise ValidationError(
            {"unit": _("Only a joint branch tells its members apart by unit. Please leave it empty.")}
        )
    if len(units) > most:
        told = {"most": most, "units": _(", ").join(sorted(units - {unit}))}
        raise ValidationError(
            {"unit": _("A joint branch has at most %(most)s units; here are already: %(units)s.") % told}
        )


# --- the tree -----------------------------------------------------------------------------------------------------
MAY_HOLD: dict[str, frozenset[str]] = {
    Kind.COMMITTEE: frozenset(Kind),
    Kind.GENERAL_BRANCH: frozenset({Kind.BRANCH}),
    Kind.BRANCH: frozenset(),
}


def refuse_parent(kind: str, parent: Organisation, *, since: date) -> None:
    """Raise ValidationError unless an organisation of this kind may hang below `parent` on that day."""
    if kind not in MAY_HOLD[parent.kind]:
        told = {"above": parent.get_kind_display(), "below": Kind(kind).label}
        raise ValidationError({"kind": _("Below a %(above)s there is no %(below)s.") % told})
    if parent.until and parent.until < since:
        raise ValidationError(_("“%(name)s” ended on %(day)s.") % {"name": parent, "day": parent.until})


def superior_of(organisation: Organisation) -> Organisation:
    """The organisation right above: who arranges what lies below it decides.

    Raises PermissionDenied above a root: a right asked of None would be a right held anywhere.
    """
    superior = Organisation.objects.filter(path=organisation.path[:-STEP]).first()
    if superior is None:
        raise PermissionDenied
    return superior


def leads(member: Member, organisation: Organisation) -> bool:
    """True if the member is secretary here now or from a later day: then his superior enters what ends that (F3)."""
    posts = organisation.posts.filter(still(timezone.localdate() - DAY), kind=PostKind.SECRETARY)
    return posts.filter(member=member).exists()


def hold_tree() -> None:
    """Lock the roots until the end of the transaction, so that of two changes of the tree at once one waits: treebeard
    reads paths before it writes them."""
    list(Organisation.objects.filter(depth=1).order_by("pk").select_for_update().values_list("pk"))
