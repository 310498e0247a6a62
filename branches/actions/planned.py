"""Taking back what is planned for a day to come: a change of group, a departure, a transfer, a merger, a dissolution.

Until that day nothing of it holds, so the rows that were to follow go; the history keeps both, the plan and its end.
"""

from collections.abc import Collection
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from branches.actions.members import KEEPERS
from branches.actions.organisations import ARRANGERS
from branches.models import Grant, Group, Member, Organisation, Post, Relation, Standing, Transfer
from branches.models.dated import DAY
from branches.models.members import LEAVING, Ending
from branches.models.rules import home_of, leads, refuse_closing, refuse_planned, superior_of
from workflow.actions import audit, record, record_many
from workflow.actors import Actor, require_any
from workflow.models import History, subject_key

GOES_ON = {"until": None, "ending": "", "destination": ""}
BATCH = 1000


@transaction.atomic
def take_back(member: Member, *, actor: Actor) -> None:
    """Let a member stay in his branch, or group, as if nothing were planned.

    What the superior alone may plan he alone takes back. Raises PermissionDenied, ValidationError.
    """
    relation = home_of(member)
    place = relation.organisation
    require_any(actor, KEEPERS, place)
    if relation.until is None:
        raise ValidationError(_("Nothing is planned for this member."))
    if relation.ending == Ending.TRANSFERRED:
        refuse_planned(relation)
    if relation.ending == Ending.MERGED or leads(member, place):
        require_any(actor, ARRANGERS, superior_of(place))
    if relation.ending == Ending.MERGED:
        refuse_closing(place)
    _join(relation)
    if relation.ending != Ending.REGROUPED:
        _resume([member.pk], place, relation.until, actor)
    if relation.ending in LEAVING:
        Standing.objects.filter(member=member, until=relation.until).update(until=None)
    note = f"{Ending(relation.ending).label} · {relation.until}"
    record(member, "unplan", actor=actor, organisation=place, note=note)


@transaction.atomic
def stay(transfer: Transfer, *, actor: Actor) -> None:
    """Part of taking an accepted transfer back before its day: the member stays where he is. Raises ValidationError."""
    eve = transfer.since - DAY
    rows = Relation.objects.homes().filter(member=transfer.member_id, until=eve, ending=Ending.TRANSFERRED)
    relation = rows.select_for_update(of=("self",)).select_related("organisation").first()
    if relation is None:
        raise ValidationError(_("What this transfer had planned has been changed since. Please offer a new one."))
    _join(relation)
    _resume([transfer.member_id], relation.organisation, eve, actor)
    record(transfer.member, "unplan", actor=actor, organisation=relation.organisation, note=str(transfer))


@transaction.atomic
def reopen(organisation: Organisation, *, actor: Actor) -> None:
    """Take back a merger or dissolution before its day. The actor must stand above both branches.

    Raises PermissionDenied, ValidationError.
    """
    require_any(actor, ARRANGERS, superior_of(organisation))
    node = Organisation.objects.select_for_update(of=("self",)).select_related("successor").get(pk=organisation.pk)
    if node.until is None or node.has_ended:
        raise ValidationError(_("Nothing is planned that could be taken back."))
    last_day, into = node.until, node.successor
    if into:
        require_any(actor, ARRANGERS, superior_of(into))
        _move_back(node, into, last_day)
        _follow_again(node, into)
    Organisation.objects.filter(pk=node.pk).update(until=None, successor=None)
    Group.objects.filter(organisation=node, until=last_day).update(until=None)
    _resume(None, node, last_day, actor)
    record(organisation, "reopen", actor=actor, note=f"{into or organisation} · {last_day + DAY}")


def _join(relation: Relation) -> None:
    """Remove what was to follow this relation; a change of the group hands on what is planned behind it."""
    after = Relation.objects.homes().filter(member=relation.member_id, since__gt=relation.until).order_by("since")
    following = after.first()
    goes_on = GOES_ON
    if following:
        if relation.ending == Ending.REGROUPED:
            goes_on = {name: getattr(following, name) for name in GOES_ON}
        Relation.objects.filter(pk=following.pk, since__gt=timezone.localdate()).delete()
    Relation.objects.filter(pk=relation.pk).update(**goes_on)


def _move_back(node: Organisation, into: Organisation, last_day: date) -> None:
    """The relations that were to go on in `into` go on here, up to the last day that was planned there, if any."""
    new = Relation.objects.filter(organisation=into, since=last_day + DAY)
    following = {(row.member_id, row.kind): row for row in new}
    old = list(Relation.objects.filter(organisation=node, until=last_day, ending=Ending.MERGED))
    ended = [following[key].pk for row in old if (key := (row.member_id, row.kind)) in following]
    for start in range(0, len(ended), BATCH // 2):
        Relation.objects.filter(pk__in=ended[start : start + BATCH // 2], since__gt=timezone.localdate()).delete()
    for row in old:
        after = following.get((row.member_id, row.kind))
        for name, value in GOES_ON.items():
            setattr(row, name, getattr(after, name) if after else value)
    Relation.objects.bulk_update(old, list(GOES_ON), batch_size=BATCH // 4)


def _follow_again(node: Organisation, into: Organisation) -> None:
    """Branches merged into this one before lead to it again, not to the one it was to be merged into."""
    came = Relation.objects.filter(organisation__successor=into, ending=Ending.MERGED).exclude(organisation=node)
    left = set(came.values_list("member", "until", "organisation"))
    began = set(Relation.objects.filter(organisation=node).values_list("member", "since"))
    ours = {place for member, until, place in left if (member, until + DAY) in began}
    Organisation.objects.filter(pk__in=ours).update(successor=node)


def _resume(members: Collection[int] | None, organisation: Organisation, last_day: date, actor: Actor) -> None:
    """Posts and offices that were cut short with that day go on, of these members (keys) or of all."""
    posts = Post.objects.filter(organisation=organisation, until=last_day)
    grants = Grant.objects.filter(organisation=organisation, until=last_day, revoked_at=None, delegated_by=None)
    if members is not None:
        posts, grants = posts.filter(member__in=members), grants.filter(user__member__in=members)
    posts.update(until=None)
    rows = {subject_key(grant): grant for grant in grants.select_related("user", "organisation")}
    cut = set(History.objects.filter(subject_key__in=rows, move="expire").values_list("subject_key", flat=True))
    resumed = [grant for key, grant in rows.items() if key in cut]  # the others were given to that day
    Grant.objects.filter(pk__in=[grant.pk for grant in resumed]).update(until=None)
    record_many(resumed, "resume", actor=actor)
    for grant in resumed:
        audit("grant_given", actor=actor, subject=grant)
