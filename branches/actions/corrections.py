"""Changing what the register says of one member: name, particulars, group, unit, posts, exemption, category, rights."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from branches.actions.endings import end_grants
from branches.actions.members import KEEPERS, exempt, name_to_post
from branches.actions.organisations import ARRANGERS
from branches.models import Exemption, Grant, Group, Member, Particulars, Post, Relation, RightsLimit, Standing
from branches.models.dated import DAY, still
from branches.models.members import Category, Ending, PostKind
from branches.models.rules import home_of, last_day_of, part_of, refuse_early, refuse_far, refuse_part, superior_of
from branches.names import initials, pinyin, plain
from branches.rules import gate
from workflow.actions import record
from workflow.actors import Actor, require_any


@transaction.atomic
def correct(member: Member, *, actor: Actor, name: str, **particulars: Any) -> None:
    """Correct name and particulars. The history says which of them changed, never the values: these have readers of
    their own. Raises PermissionDenied, ValidationError."""
    relation = home_of(member)
    require_any(actor, KEEPERS, relation.organisation)
    name = plain(name)
    if name != member.name:
        note = f"{member.name} → {name}"
        member.name, member.name_pinyin, member.name_initials = name, pinyin(name), initials(name)
        member.full_clean()
        member.save()
        record(member, "rename_member", actor=actor, organisation=relation.organisation, note=note)
    told, _new = Particulars.objects.select_for_update().get_or_create(member=member)
    changed = [field for field, value in particulars.items() if getattr(told, field) != value]
    if changed:
        for field in changed:
            setattr(told, field, particulars[field])
        told.full_clean()
        told.save(update_fields=changed)
        note = _(", ").join(str(Particulars._meta.get_field(field).verbose_name) for field in changed)  # type: ignore[union-attr]
        record(member, "correct", actor=actor, organisation=relation.organisation, note=note)


@transaction.atomic
def regroup(member: Member, *, actor: Actor, since: date, group: Group | None, unit: str = "") -> Relation:
    """Put a member into another group, or into none, or under another unit, from a day on: the days before keep theirs.

    Raises PermissionDenied, ValidationError.
    """
    relation = home_of(member)
    require_any(actor, KEEPERS, relation.organisation)
    refuse_far(since=since)
    refuse_part(relation.organisation, since=since, group=group, unit=unit)
    relation = part_of(relation, since)
    if (relation.group_id, relation.unit) == (group and group.pk, unit):
        raise ValidationError({"group": _("The member is in this group already.")})
    old = relation.group.name if relation.group else _("no group")
    note = _("%(old)s → %(new)s, from %(day)s") % {"old": old, "new": group or _("no group"), "day": since}
    with gate.passed(relation.organisation, on=since):
        if since == relation.since:  # a slip of the pen: the old group never held
            Relation.objects.filter(pk=relation.pk).update(group=group, unit=unit)
        else:
            relation = _continue(relation, since, group=group, unit=unit)
    record(member, "regroup", actor=actor, organisation=relation.organisation, note=note)
    return relation


def _continue(relation: Relation, since: date, **facts: Any) -> Relation:
    """End this part of the relation the day before and go on with others `facts`, up to a last day that is planned."""
    refuse_early(relation, since)
    kept = {name: getattr(relation, name) for name in ("kind", "position", "reason", "until", "ending", "destination")}
    goes_on = {"until": since - DAY, "ending": Ending.REGROUPED, "destination": ""}
    Relation.objects.filter(pk=relation.pk).update(**goes_on)
    return Relation.objects.create(
        member_id=relation.member_id, organisation_id=relation.organisation_id, since=since, **{**kept, **facts}
    )


@transaction.atomic
def name_to(
    member: Member, *, actor: Actor, kind: str, since: date, title: str = "", group: Group | None = None
) -> Post:
    """Name a member to a post of the own branch. Raises PermissionDenied, ValidationError."""
    relation = home_of(member)
    require_any(actor, KEEPERS, relation.organisation)
    refuse_far(since=since)
    if (kind == PostKind.GROUP_LEADER) != (group is not None):
        raise ValidationError({"group": _("A group leader needs a group; the other posts have none.")})
    refuse_part(relation.organisation, since=since, group=group)
    part_of(relation, since)
    if since < relation.since:
        refuse_early(relation, since)
    here = Post.objects.filter(still(since - DAY), organisation=relation.organisation, kind=kind)
    if here.filter(member=member, group=group).exists():
        raise ValidationError({"kind": _("The member holds this post already.")})
    if kind == PostKind.SECRETARY and (other := here.exclude(member=member).select_related("member").first()):
        raise ValidationError({"kind": _("%s is secretary. Please use “Change the secretary”.") % other.member.name})
    days: Any = {"since": since, "until": last_day_of(relation)}
    return name_to_post(
        member, actor=actor, organisation=relation.organisation, kind=kind, title=title, group=group, **days
    )


@transaction.atomic
def dismiss(member: Member, *, actor: Actor, post: Post, until: date) -> None:
    """End a post of a member with its last day; the office of a secretary or group leader ends with it.

    The superior alone dismisses a secretary. Raises PermissionDenied, ValidationError.
    """
    require_any(actor, KEEPERS, post.organisation)
    refuse_far(until=until)
    if post.kind == PostKind.SECRETARY:
        require_any(actor, ARRANGERS, superior_of(post.organisation))
    if until < post.since:
        raise ValidationError({"until": _("The post began on %s only. Please choose a later day.") % post.since})
    with gate.passed(post.organisation, on=until + DAY):
        if not Post.objects.filter(still(until), pk=post.pk, member=member).update(until=until):
            raise ValidationError({"post": _("This post has already ended.")})
    if post.kind in (PostKind.SECRETARY, PostKind.GROUP_LEADER):  # the office of the same name
        offices = Grant.objects.filter(organisation=post.organisation, user__member=member, office=post.kind)
        end_grants(offices.filter(group=post.group), actor=actor, last_day=until)
    record(member, "dismiss", actor=actor, organisation=post.organisation, note=str(post.get_kind_display()))


@transaction.atomic
def exempt_here(
    member: Member, *, actor: Actor, since: date, until: date | None, reason: str, approved_by: str
) -> Exemption:
    """As `exempt`, at the member's branch; two periods never overlap. Raises PermissionDenied, ValidationError."""
    relation = home_of(member)
    require_any(actor, KEEPERS, relation.organisation)
    refuse_far(since=since)
    part_of(relation, since)
    same = Exemption.objects.filter(still(since - DAY), member=member)
    if until:
        same = same.filter(since__lte=until)
    if other := same.first():
        told = {"since": other.since, "until": other.until or _("open-ended")}
        raise ValidationError({"since": _("The member is exempt already: %(since)s – %(until)s.") % told})
    place = relation.organisation
    return exempt(
        member, actor=actor, organisation=place, since=since, until=until, reason=reason, approved_by=approved_by
    )


@transaction.atomic
def end_exemption(member: Member, *, actor: Actor, until: date) -> None:
    """End the member's exemption with that day. Raises PermissionDenied, ValidationError."""
    relation = home_of(member)
    require_any(actor, KEEPERS, relation.organisation)
    if not Exemption.objects.filter(still(until), member=member, since__lte=until).update(until=until):
        raise ValidationError({"until": _("The member is not exempt on that day.")})
    record(member, "end_exemption", actor=actor, organisation=relation.organisation, note=str(until))


@transaction.atomic
def set_standing(member: Member, *, actor: Actor, category: str, since: date, note: str = "") -> Standing:
    """Give a member the other category from a day on, as a probationary one is confirmed (转正).

    Raises PermissionDenied, ValidationError.
    """
    relation = home_of(member)
    require_any(actor, KEEPERS, relation.organisation)
    refuse_far(since=since)
    part_of(relation, since)
    held = Standing.objects.select_for_update().filter(still(since - DAY), member=member).order_by("-since").first()
    if held and held.category == category:
        raise ValidationError({"category": _("The member is that already.")})
    if held and since <= held.since:
        raise ValidationError({"since": _("The present category began on %s. Please choose a later day.") % held.since})
    last_day = held.until if held else None  # of who is to leave the register
    standing = Standing(member=member, category=category, since=since, until=last_day)
    with gate.passed(relation.organisation, on=since):
        Standing.objects.filter(still(since - DAY), member=member).update(until=since - DAY)
        standing.full_clean()
        standing.save()
    told = f"{Category(category).label} · {since} {note}".strip()
    record(member, "set_standing", actor=actor, organisation=relation.organisation, note=told)
    return standing


@transaction.atomic
def limit(member: Member, *, actor: Actor, since: date, until: date | None, reason: str) -> RightsLimit:
    """Take the right to vote for a period (留党察看, 中止党员权利). Raises PermissionDenied, ValidationError."""
    relation = home_of(member)
    require_any(actor, KEEPERS, relation.organisation)
    refuse_far(since=since)
    part_of(relation, since)
    held = RightsLimit(member=member, since=since, until=until, reason=reason)
    held.full_clean()
    held.save()
    record(member, "limit", actor=actor, organisation=relation.organisation, note=str(since))
    return held


@transaction.atomic
def end_limit(member: Member, *, actor: Actor, until: date) -> None:
    """Give the right to vote back after that day. Raises PermissionDenied, ValidationError."""
    relation = home_of(member)
    require_any(actor, KEEPERS, relation.organisation)
    if not RightsLimit.objects.filter(still(until), member=member, since__lte=until).update(until=until):
        raise ValidationError({"until": _("The right to vote is not limited on that day.")})
    record(member, "end_limit", actor=actor, organisation=relation.organisation, note=str(until))
