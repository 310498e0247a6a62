"""Entering people into the register and naming them to posts."""

from datetime import date
from typing import Any

from django.db import transaction

from branches.models import Exemption, Group, Member, Organisation, Particulars, Post, Relation, Standing
from branches.models.members import COMMITTEE_POSTS
from branches.models.rules import next_position, refuse_far, refuse_place
from branches.names import initials, pinyin, plain
from branches.rights import Right
from branches.rules import gate
from workflow.actions import record
from workflow.actors import SYSTEM, Actor, require_any

TERM = ("A1-4",)  # once it is over, nobody is named to the committee before the election is entered
KEEPERS = (Right.KEEP_REGISTER, SYSTEM.RIGHT)


@transaction.atomic
def enrol(
    name: str,
    *,
    actor: Actor,
    organisation: Organisation,
    category: str,
    since: date,
    group: Group | None = None,
    position: int = 0,
    unit: str = "",
    reason: str = "",
    **particulars: Any,
) -> Member:
    """Enter a person into the register of a branch from a day on; `particulars` are columns of Particulars, `unit` is
    the unit in a joint branch, `reason` where the member came from.

    Raises PermissionDenied, ValidationError.
    """
    require_any(actor, KEEPERS, organisation)
    refuse_place(organisation, since=since, group=group, unit=unit)
    name = plain(name)
    member = Member(name=name, name_pinyin=pinyin(name), name_initials=initials(name))
    member.full_clean()
    member.save()
    relation = Relation(member=member, organisation=organisation, group=group, since=since, position=position)
    relation.unit, relation.reason = unit, reason
    facts = (
        Particulars(member=member, **particulars),
        relation,
        Standing(member=member, category=category, since=since),
    )
    with gate.passed(organisation, on=since):
        for fact in facts:
            fact.full_clean()
            fact.save(force_insert=True)
    record(member, "enrol", actor=actor, organisation=organisation)
    return member


@transaction.atomic
def enter(organisation: Organisation, *, actor: Actor, name: str, since: date, post: str = "", **facts: Any) -> Member:
    """As `enrol`, by hand: at the end of the set order, with a post from the same day where one is given.

    Raises PermissionDenied, ValidationError.
    """
    require_any(actor, KEEPERS, organisation)
    refuse_far(since=since)
    place = next_position(organisation)
    member = enrol(name, actor=actor, organisation=organisation, since=since, position=place, **facts)
    if post:
        name_to_post(member, actor=actor, organisation=organisation, kind=post, since=since)
    return member


@transaction.atomic
def name_to_post(
    member: Member,
    *,
    actor: Actor,
    organisation: Organisation,
    kind: str,
    since: date,
    until: date | None = None,
    title: str = "",
    group: Group | None = None,
) -> Post:
    """Name a member to a post of a branch from a day on, to the last day where one is known.

    Raises PermissionDenied, ValidationError.
    """
    require_any(actor, KEEPERS, organisation)
    post = Post(member=member, organisation=organisation, group=group, kind=kind, since=since, until=until, title=title)
    with gate.passed(organisation, on=since, standing=TERM if kind in COMMITTEE_POSTS else ()):
        post.full_clean()
        post.save()
    record(member, "name_to_post", actor=actor, organisation=organisation, note=str(post.get_kind_display()))
    return post


@transaction.atomic
def exempt(
    member: Member,
    *,
    actor: Actor,
    organisation: Organisation,
    since: date,
    until: date | None,
    reason: str,
    approved_by: str,
) -> Exemption:
    """Free a member from coming for a period (免过组织生活). Raises PermissionDenied, ValidationError."""
    require_any(actor, KEEPERS, organisation)
    exemption = Exemption(member=member, since=since, until=until, reason=reason, approved_by=approved_by)
    exemption.full_clean()
    exemption.save()
    record(member, "exempt", actor=actor, organisation=organisation, note=reason)
    return exemption
