"""Writing a plan into the register: everything or nothing, in one transaction, table by table instead of row by row.

The rules are those of branches/actions/members.py: each new member has particulars, a relation, a standing, names as
people look for them, and a history row. Cells were checked while they were read (branches/roster/reading.py).
"""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import partial
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from branches.models import Group, Member, Organisation, Particulars, Post, Relation, RosterImport, Standing
from branches.names import pinyin
from branches.rights import Right
from branches.roster import files
from branches.roster.columns import BY_KEY
from branches.roster.plan import Change, Plan
from branches.roster.reading import Line
from branches.roster.register import TOLD
from branches.rules import gate
from branches.tree import under
from workflow.actions import audit, record_many
from workflow.actors import Actor
from workflow.moves import make_move

BATCH: Final = 2_000
Groups = dict[tuple[int, str], int]


@transaction.atomic
def write(
    sent: RosterImport, *, actor: Actor, plan: Callable[[], Plan], still_held: Callable[[], bool] = lambda: True
) -> dict[str, int]:
    """Write what `plan()` says, asked inside the transaction, and return its counts.

    Raises PermissionDenied, MoveNotAllowed; ValidationError where the register is no longer the one that was checked;
    whatever `still_held` raises, the last question before the end: has somebody cancelled?
    """
    actor.require(Right.KEEP_REGISTER, sent)
    # Two imports into one branch wait for each other here, and the second then sees what the first has written.
    list(Organisation.objects.select_for_update(no_key=True).filter(under(sent.organisation.path)).values_list("pk"))
    wanted = plan()
    if wanted.fingerprint != sent.fingerprint:
        raise ValidationError(_("The register has changed since the check. Nothing was written; please check again."))
    places = {branch for _line, branch in wanted.new} | {change.known.branch for change in wanted.changed}
    for branch in places:
        actor.require(Right.KEEP_REGISTER, wanted.branches[branch])
    with gate.passed(*(wanted.branches[branch] for branch in places), on=sent.since):
        groups = _found_groups(sent, wanted)
        _enter(sent, wanted, groups, actor)
        _change(sent, wanted, groups, actor)
    _order(wanted)
    told = _("new %(new)d, changed %(changed)d, unchanged %(same)d") % wanted.counts
    make_move(sent, "write", actor=actor, counts=wanted.counts, note=told)
    audit("roster_imported", actor=actor, subject=sent, note=told)
    still_held()
    transaction.on_commit(partial(files.remove, sent.file_key))
    return wanted.counts


def _found_groups(sent: RosterImport, plan: Plan) -> Groups:
    """The groups of the branches by name, those included that the roster names first."""
    named = {(branch, line.group) for line, branch in plan.new if line.group}
    named |= {(change.known.branch, change.line.group) for change in plan.changed if "group" in change.fields}
    if not named:
        return {}
    places = {branch for branch, _name in named}
    rows = Group.objects.filter(organisation__in=places) if len(places) < 900 else Group.objects.all()
    known: Groups = {(branch, name): pk for branch, name, pk in rows.values_list("organisation", "name", "pk")}
    fresh = [Group(organisation_id=branch, name=name, since=sent.since) for branch, name in sorted(named - set(known))]
    for group in Group.objects.bulk_create(fresh, batch_size=BATCH):
        known[group.organisation_id, group.name] = group.pk
    return known


def _enter(sent: RosterImport, plan: Plan, groups: Groups, actor: Actor) -> None:
    """New members with everything that belongs to them."""
    spoken = [pinyin(line.name) for line, _branch in plan.new]
    people = Member.objects.bulk_create(
        [
            Member(name=line.name, name_pinyin=sound[:120], name_initials=_initials(sound))
            for (line, _branch), sound in zip(plan.new, spoken, strict=True)
        ],
        batch_size=BATCH,
    )
    since, rows = sent.since, list(zip(people, plan.new, strict=True))
    _create(Particulars, (Particulars(member_id=who.pk, **_told(line)) for who, (line, _branch) in rows))
    _create(Relation, (_relation(who.pk, line, at, since, groups) for who, (line, at) in rows))
    _create(Standing, (Standing(member_id=who.pk, category=line.category, since=since) for who, (line, _at) in rows))
    _create(Post, (post for who, (line, at) in rows for post in _posts(who.pk, line.post or (), at, since)))
    record_many(people, "roster_new", actor=actor, places=(plan.branches[at] for _line, at in plan.new))


def _change(sent: RosterImport, plan: Plan, groups: Groups, actor: Actor) -> None:
    """Facts that the roster tells otherwise; dated ones end the day before and begin anew."""
    changes, since = plan.changed, sent.since
    _change_told(changes)
    renamed = [Member(pk=c.known.member, **_names(c.line.name)) for c in changes if "name" in c.fields]
    Member.objects.bulk_update(renamed, ["name", "name_pinyin", "name_initials"], batch_size=BATCH)
    moved = [change for change in changes if "group" in change.fields]
    _begin_anew(
        Relation, since, [(c.known.relation, c.known.since) for c in moved],
        [_relation(c.known.member, c.line, c.known.branch, since, groups) for c in moved], ("group", "position"),
    )  # fmt: skip
    full = [change for change in changes if "category" in change.fields]
    _begin_anew(
        Standing, since, [(c.known.standing, c.known.standing_since or date.min) for c in full],
        [Standing(member_id=c.known.member, category=c.line.category, since=since) for c in full], ("category",),
    )  # fmt: skip
    named = (change for change in changes if "post" in change.fields)
    posts = ((c, [kind for kind in c.line.post if kind not in c.known.held]) for c in named)
    _create(Post, (post for c, kinds in posts for post in _posts(c.known.member, kinds, c.known.branch, since)))
    people = (Member(pk=change.known.member, name=change.line.name) for change in changes)
    places = (plan.branches[change.known.branch] for change in changes)
    record_many(people, "roster_changed", actor=actor, places=places, notes=map(_note_of, changes))


def _note_of(change: Change) -> str:
    """Which facts a roster changed, by their names; what they were and are stays with the particulars."""
    return "、".join(str(BY_KEY[key].label) for key in change.fields)


def _change_told(changes: Iterable[Change]) -> None:
    """Update the particulars, field by field, so that no row is written over by what another request has just saved."""
    for key in (*TOLD, "identity"):
        rows = [Particulars(member_id=c.known.member, **_value(key, c.line)) for c in changes if key in c.fields]
        if rows:
            columns = ["identity_digest", "identity_last4"] if key == "identity" else [key]
            Particulars.objects.bulk_update(rows, columns, batch_size=BATCH)


def _begin_anew(
    model: type[models.Model], since: date, old: list[tuple[int, date]], new: list[Any], columns: tuple[str, ...]
) -> None:
    """End dated facts the day before `since` and begin others; one that began that day or later is put right itself."""
    rows: Any = model._default_manager
    ended = [pk for pk, began in old if began < since]
    for n in range(0, len(ended), 900):
        rows.filter(pk__in=ended[n : n + 900]).update(until=since - timedelta(1))
    _create(model, (fact for fact, (_pk, began) in zip(new, old, strict=True) if began < since))
    right = [(fact, pk) for fact, (pk, began) in zip(new, old, strict=True) if began >= since]
    for fact, pk in right:
        fact.pk = pk
    rows.bulk_update([fact for fact, _pk in right], columns, batch_size=BATCH)


def _order(plan: Plan) -> None:
    """The set order of those whose place in the roster is another one."""
    rows = [Relation(pk=relation, position=place) for relation, place in plan.moved]
    Relation.objects.bulk_update(rows, ["position"], batch_size=BATCH)


def _create(model: type[models.Model], rows: Iterable[Any]) -> None:
    model._default_manager.bulk_create(rows, batch_size=BATCH)


def _told(line: Line) -> dict[str, str]:
    told = {key: getattr(line, key) for key in TOLD}
    return {**told, "identity_digest": line.digest, "identity_last4": line.identity[-4:]}


def _value(key: str, line: Line) -> dict[str, str]:
    if key == "identity":
        return {"identity_digest": line.digest, "identity_last4": line.identity[-4:]}
    return {key: getattr(line, key)}


def _names(name: str) -> dict[str, str]:
    sound = pinyin(name)
    return {"name": name, "name_pinyin": sound[:120], "name_initials": _initials(sound)}


def _initials(sound: str) -> str:
    return "".join([syllable[:1] for syllable in sound.split()]).lower()[:20]


def _relation(member: int, line: Line, branch: int, since: date, groups: Groups) -> Relation:
    group = groups[branch, line.group] if line.group else None
    return Relation(
        member_id=member, organisation_id=branch, group_id=group, since=since, position=int(line.number or 0)
    )


def _posts(member: int, kinds: Iterable[str], branch: int, since: date) -> list[Post]:
    return [Post(member_id=member, organisation_id=branch, kind=kind, since=since) for kind in kinds]
