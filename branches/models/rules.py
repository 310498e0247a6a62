"""What may hang where in the register; asked by every action that begins or ends a relation."""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from branches.capabilities import capability_of
from branches.models.dated import DAY, holds, still
from branches.models.members import Ending, Member, PostKind, Relation
from branches.models.organisations import Group, Kind, Organisation
from branches.tree import STEP

FARTHEST = timedelta(days=31)


def home_of(member: Member) -> Relation:
    """The member's formal relation of today, of somebody yet to come the first one, locked. What is planned for a later
    day changes nothing before it. Raises ValidationError for somebody who belongs nowhere any more."""
    yesterday = timezone.localdate() - DAY
    rows = Relation.objects.homes().filter(still(yesterday), member=member).select_for_update(of=("self",))
    relation = rows.select_related("organisation", "group").order_by("since").first()
    if relation is None:
        raise ValidationError(_("This person is in no branch's register."))
    return relation


def part_of(relation: Relation, since: date) -> Relation:
    """The part of the member's time in this branch that holds on `since`: he may be in another group by then.

    Raises ValidationError where it is planned that he has left the branch by that day."""
    if relation.until is None or since <= relation.until:
        return relation
    rows = Relation.objects.homes().filter(
        holds(since), member=relation.member_id, organisation=relation.organisation_id
    )
    part = rows.select_related("organisation", "group").first()
    if part is None:
        refuse_planned(relation)
    return part or relation


def last_day_of(relation: Relation) -> date | None:
    """The last day in this branch, None where none is planned; a change of the group is none."""
    parts = Relation.objects.homes().filter(member=relation.member_id, organisation=relation.organisation_id)
    return parts.order_by("-since").values_list("until", flat=True)[0]


def refuse_planned(relation: Relation) -> None:
    """Raise ValidationError where this relation is to end already: what is planned must be taken back first."""
    if relation.until is None:
        return
    after = Relation.objects.homes().filter(member=relation.member_id, since__gt=relation.until)
    there = after.select_related("organisation").order_by("since").first()
    told = {"day": relation.until + DAY, "last": relation.until, "there": there.organisation if there else ""}
    raise ValidationError(PLANNED.get(relation.ending, PLANNED[""]) % told)


PLANNED = {
    Ending.TRANSFERRED: gettext_lazy(
        "From %(day)s on the member belongs to “%(there)s”: this transfer has been accepted. Please choose an earlier "
        "day, or take the transfer back first (Transfers → its page → “Take back”)."
    ),
    Ending.MERGED: gettext_lazy(
        "From %(day)s on the member belongs to “%(there)s”, as the branch is merged or split. Please choose an earlier "
        "day, or have the superior take the change back first."
    ),
    Ending.REGROUPED: gettext_lazy(
        "A change of the group is planned for %(day)s. Please choose a later day, or first use “Take back what is "
        "planned” on the member's page."
    ),
    "": gettext_lazy(
        "The member leaves the register: the last day is %(last)s. Please choose an earlier day, or first use “Take "
        "back what is planned” on the member's page."
    ),
}


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
    if since < organisation.since:
        told = {"name": organisation, "day": organisation.since}
        raise ValidationError({"since": _("“%(name)s” was founded on %(day)s only. Please choose that day or a later "
                                          "one.") % told})  # fmt: skip
    refuse_closing(organisation)  # even before its last day: the relation would outlive it
    refuse_part(organisation, since=since, group=group, unit=unit)


def refuse_closing(organisation: Organisation) -> None:
    """Raise ValidationError for an organisation that has ended, or whose last day is known, saying what to do."""
    if organisation.until is None:
        return
    told = {"name": organisation, "day": organisation.until, "into": organisation.successor}
    if organisation.until < timezone.localdate():
        raise ValidationError(_("“%(name)s” ended on %(day)s.") % told)
    if organisation.successor:
        raise ValidationError(_("“%(name)s” is merged into “%(into)s”, its last day is %(day)s. Please enter this at "
                                "“%(into)s”, or have the superior take the merger back first.") % told)  # fmt: skip
    raise ValidationError(_("“%(name)s” is dissolved, its last day is %(day)s. Please have the superior take that back "
                            "first.") % told)  # fmt: skip


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
    if since < parent.since:
        founded = {"name": parent, "day": parent.since}
        words = _(
            "“%(name)s” was founded on %(day)s only. Please choose that day or a later one, or correct the founding "
            "day of the superior first."
        )
        raise ValidationError({"since": words % founded})
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


def arranger_of(organisation: Organisation) -> Organisation:
    """Where the right to name an organisation is asked: at its superior, for a root at itself."""
    return organisation if organisation.is_root() else superior_of(organisation)


def leads(member: Member, organisation: Organisation) -> bool:
    """True if the member is secretary here now or from a later day: then his superior enters what ends that (F3)."""
    posts = organisation.posts.filter(still(timezone.localdate() - DAY), kind=PostKind.SECRETARY)
    return posts.filter(member=member).exists()


def hold_tree() -> None:
    """Lock the roots until the end of the transaction, so that of two changes of the tree at once one waits: treebeard
    reads paths before it writes them."""
    list(Organisation.objects.filter(depth=1).order_by("pk").select_for_update().values_list("pk"))
