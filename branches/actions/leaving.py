"""Where members are besides their branch: away for a time, taking part elsewhere, gone for good."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from branches.actions.endings import end_grants, end_ties
from branches.actions.members import KEEPERS
from branches.actions.organisations import ARRANGERS
from branches.models import (
    Exemption,
    Flow,
    Grant,
    Member,
    Organisation,
    Particulars,
    Post,
    Relation,
    RightsLimit,
    Standing,
    Transfer,
)
from branches.models.dated import DAY, still
from branches.models.members import LEAVING, Ending, RelationKind
from branches.models.organisations import Kind
from branches.models.rules import (
    home_of,
    leads,
    next_position,
    part_of,
    refuse_closing,
    refuse_far,
    refuse_planned,
    superior_of,
)
from branches.names import initials, pinyin, plain
from branches.rules import gate
from branches.transfers.states import State
from workflow.actions import record
from workflow.actors import Actor, require_any


@transaction.atomic
def leave(member: Member, *, actor: Actor, until: date, ending: str, destination: str = "") -> None:
    """End a membership here with its last day: gone to a branch outside the system, died, expelled … (F7).

    Posts, offices, flow and whatever the member took part in end with it. For a secretary the superior enters it.
    Raises PermissionDenied, ValidationError.
    """
    relation = home_of(member)
    require_any(actor, KEEPERS, relation.organisation)
    refuse_far(until=until)
    if leads(member, relation.organisation):
        require_any(actor, ARRANGERS, superior_of(relation.organisation))
    if ending not in LEAVING:
        raise ValidationError({"ending": _("Please choose why the member leaves.")})
    if ending == Ending.MOVED_OUT and not destination:
        raise ValidationError({"destination": _("Please say where the member goes to.")})
    if until < relation.since:
        raise ValidationError({"until": _("The member has been here since %s only. Please choose a later day.")
                               % relation.since})  # fmt: skip
    if Transfer.objects.filter(member=member, state=State.OFFERED).exists():
        raise ValidationError(_("A transfer of this member is under way. Please withdraw it first."))
    refuse_planned(part_of(relation, until))
    # A death or an expulsion is entered whatever becomes of the branch; going elsewhere is a choice a rule may stop.
    chosen = [relation.organisation] if ending == Ending.MOVED_OUT else []
    with gate.passed(*chosen, on=until + DAY):
        _end_all(member, actor, until, ending, destination)
    note = " · ".join(filter(None, (str(Ending(ending).label), destination, str(until))))
    record(member, "leave", actor=actor, organisation=relation.organisation, note=note)


def _end_all(member: Member, actor: Actor, until: date, ending: str, destination: str) -> None:
    """What ends with a membership."""
    for place in Organisation.objects.filter(posts__in=Post.objects.filter(still(until), member=member)).distinct():
        end_ties([member.pk], actor=actor, organisation=place, last_day=until)
    end_grants(Grant.objects.filter(user__member=member), actor=actor, last_day=until)
    for model in (Standing, Flow, RightsLimit, Exemption):
        model._default_manager.filter(still(until), member=member, since__lte=until).update(until=until)
    gone = {"until": until, "ending": ending, "destination": destination}
    Relation.objects.filter(still(until), member=member, since__lte=until).update(**gone)


@transaction.atomic
def flow_out(
    member: Member, *, actor: Actor, since: date, place: str, contact: str, host: Organisation | None = None
) -> Flow:
    """A member goes elsewhere for a time; he stays counted here, and takes part in `host` where one is named.

    Raises PermissionDenied, ValidationError.
    """
    relation = home_of(member)
    require_any(actor, KEEPERS, relation.organisation)
    refuse_far(since=since)
    part_of(relation, since)
    if Flow.objects.filter(still(since - DAY), member=member).exists():
        raise ValidationError({"since": _("The member is elsewhere already. Please enter first when he came back.")})
    flow = Flow(member=member, since=since, place=place, contact=contact, host=host)
    flow.full_clean()
    flow.save()
    if host:
        _begin_part(member, host, since=since, reason=relation.organisation.name)
    record(member, "flow_out", actor=actor, organisation=relation.organisation, note=f"{place} · {since}")
    return flow


@transaction.atomic
def flow_back(member: Member, *, actor: Actor, until: date) -> None:
    """A member is back; that day was the last one elsewhere. Raises PermissionDenied, ValidationError."""
    relation = home_of(member)
    require_any(actor, KEEPERS, relation.organisation)
    flow = Flow.objects.filter(still(until), member=member, since__lte=until).first()
    if flow is None:
        raise ValidationError({"until": _("The member is not elsewhere on that day.")})
    Flow.objects.filter(pk=flow.pk).update(until=until)
    if flow.host_id:
        _end_part(member, flow.host_id, until)
    record(member, "flow_back", actor=actor, organisation=relation.organisation, note=str(until))


@transaction.atomic
def take_part(member: Member, *, actor: Actor, host: Organisation, since: date) -> Relation:
    """Let a member take part in another branch, as in a temporary or functional one; he stays counted at home.

    Raises PermissionDenied, ValidationError.
    """
    home = home_of(member)
    require_any(actor, KEEPERS, home.organisation)
    refuse_far(since=since)
    part_of(home, since)
    relation = _begin_part(member, host, since=since, reason=home.organisation.name)
    record(member, "take_part", actor=actor, organisation=home.organisation, note=f"{host} · {since}")
    return relation


@transaction.atomic
def stop_taking_part(member: Member, *, actor: Actor, relation: Relation, until: date) -> None:
    """End what a member takes part in; the keepers of either branch may. Raises PermissionDenied, ValidationError."""
    rows = Relation.objects.filter(member=member).select_related("organisation")
    places = [relation.organisation, *(row.organisation for row in rows.homes().on(timezone.localdate()))]
    if not any(actor.may(right, place) for right in KEEPERS for place in places):
        raise PermissionDenied
    if until < relation.since:
        raise ValidationError({"until": _("The member has been here since %s only. Please choose a later day.")
                               % relation.since})  # fmt: skip
    _end_part(member, relation.organisation_id, until)
    note = f"{relation.organisation} · {until}"
    record(member, "stop_taking_part", actor=actor, organisation=relation.organisation, note=note)


@transaction.atomic
def enter_guest(
    organisation: Organisation, *, actor: Actor, name: str, since: date, reason: str, **facts: Any
) -> Member:
    """Enter somebody whose formal relation is outside the system: he takes part and is counted nowhere here.

    Raises PermissionDenied, ValidationError.
    """
    require_any(actor, KEEPERS, organisation)
    refuse_far(since=since)
    name = plain(name)
    member = Member(name=name, name_pinyin=pinyin(name), name_initials=initials(name))
    member.full_clean()
    member.save()
    told = Particulars(member=member, **facts)
    told.full_clean()
    told.save(force_insert=True)
    _begin_part(member, organisation, since=since, reason=reason)
    record(member, "take_part", actor=actor, organisation=organisation, note=f"{reason} · {since}")
    return member


def _begin_part(member: Member, host: Organisation, *, since: date, reason: str) -> Relation:
    refuse_closing(host)
    if host.kind != Kind.BRANCH:
        raise ValidationError({"host": _("“%s” is no open branch.") % host})
    if Relation.objects.filter(still(since - DAY), member=member, organisation=host).exists():
        raise ValidationError({"host": _("The member belongs to “%s” already or takes part there.") % host})
    relation = Relation(
        member=member, organisation=host, kind=RelationKind.TAKING_PART, since=since, reason=reason[:80]
    )
    relation.position = next_position(host)
    relation.full_clean()
    with gate.passed(host, on=since, standing=("A1-6",)):
        relation.save()
    return relation


def _end_part(member: Member, host: int, until: date) -> None:
    there = Relation.objects.filter(still(until), member=member, organisation=host, kind=RelationKind.TAKING_PART)
    there.filter(since__lte=until).update(until=until, ending=Ending.NO_LONGER)
