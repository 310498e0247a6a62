"""What a change of an organisation would bring, in lines: read before it is done and confirmed."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from branches.models import Grant, Group, Organisation, Post, Relation, User
from branches.models.dated import DAY, holds, still
from branches.models.members import COMMITTEE_POSTS, PostKind
from branches.models.rules import superior_of
from branches.namesakes import choices
from branches.rights import Office
from branches.tree import under

MOST = 30  # names in a line: whoever merges a large branch knows it


def of_merge(row: Organisation, told: Mapping[str, Any], reader: User) -> list[str]:
    """Everybody goes, everything here ends."""
    last_day = told["since"] - DAY
    moved = _("go to “%(there)s” on %(day)s") % {"there": told["into"].name, "day": told["since"]}
    return [_who_moves(_homes(row, reader, last_day), moved, reader), *_ends_of(row, reader, last_day)]


def of_split(row: Organisation, told: Mapping[str, Any], reader: User) -> list[str]:
    """Some go, and what they hold here ends."""
    last_day = told["since"] - DAY
    homes, chosen = _homes(row, reader, last_day), told["members"]
    moved = _("go to the new branch “%(there)s” on %(day)s") % {"there": told["name"], "day": told["since"]}
    stay = homes.exclude(member__in=chosen).count()
    return [
        _who_moves(homes.filter(member__in=chosen), moved, reader),
        _("Members who stay here: %d.") % stay,
        *_posts(row, reader, last_day, Q(member__in=chosen)),
        *_offices(row, reader, last_day, Q(user__member__in=chosen)),
    ]


def of_dissolve(row: Organisation, told: Mapping[str, Any], reader: User) -> list[str]:
    """What ends with an organisation to which nobody belongs."""
    return [
        _("Nobody moves: only an organisation without members is dissolved."),
        *_ends_of(row, reader, told["until"]),
    ]


def of_move(row: Organisation, told: Mapping[str, Any], reader: User) -> list[str]:
    """From whose sight into whose, with how many."""
    old, new = superior_of(row), told["parent"]
    below = Organisation.objects.visible_to(reader).open().filter(under(row.path))
    people = Relation.objects.visible_to(reader).homes().on(reader.reach.day).filter(organisation__in=below)
    numbers = {"organisations": below.count(), "members": people.count()}
    return [
        _("From “%(old)s” to “%(new)s”, today.") % {"old": old, "new": new},
        _("Organisations that move, this one included: %(organisations)d; members in them: %(members)d.") % numbers,
        _("Whoever oversees “%(old)s” loses sight of them, whoever oversees “%(new)s” gains it. Members, groups, posts "
          "and offices stay as they are.") % {"old": old, "new": new},
    ]  # fmt: skip


def of_secretary(row: Organisation, told: Mapping[str, Any], reader: User) -> list[str]:
    """Who loses and who gets what."""
    since, member = told["since"], told["member"]
    last_day = since - DAY
    if Post.objects.filter(still(last_day), organisation=row, kind=PostKind.SECRETARY, member=member).exists():
        return [_("%(who)s is secretary already: the office is given from %(day)s.") % {"who": member, "day": since}]
    lines = _posts(row, reader, last_day, Q(kind=PostKind.SECRETARY))
    lines += _offices(row, reader, last_day, Q(office=Office.SECRETARY))
    lines.append(_("%(who)s is branch secretary from %(day)s.") % {"who": member, "day": since})
    if User.objects.filter(member=member, is_active=True).exists():
        lines.append(_("%s receives the office of secretary in the system on that day.") % member)
    else:
        lines.append(_("%s has no account yet: only the post changes hands, the office is given later.") % member)
    others = Q(member=member, kind__in=COMMITTEE_POSTS - {PostKind.SECRETARY})
    if told["keeps_posts"]:
        held = Post.objects.filter(still(last_day), others, organisation=row)
        return lines + [
            _("%(who)s stays %(post)s as well.") % {"who": member, "post": p.get_kind_display()} for p in held
        ]
    return lines + _posts(row, reader, last_day, others)


def _homes(row: Organisation, reader: User, day: date) -> Any:
    """Who belongs here on the last day."""
    rows = Relation.objects.visible_to(reader).homes().filter(holds(day), organisation=row)
    return rows.select_related("member").order_by("position", "pk")


def _who_moves(rows: Any, where: str, reader: User) -> str:
    names = [name for _key, name in choices((row.member for row in rows), reader)]
    told = {"count": len(names), "where": where, "names": _list(names)}
    if not names:
        return _("No member moves.")
    return (
        ngettext("%(count)d member %(where)s: %(names)s.", "%(count)d members %(where)s: %(names)s.", len(names)) % told
    )


def _ends_of(row: Organisation, reader: User, last_day: date) -> list[str]:
    """What ends with an organisation."""
    groups = Group.objects.visible_to(reader).filter(still(last_day), organisation=row).values_list("name", flat=True)
    lines = [_("Last day of “%(name)s”: %(day)s.") % {"name": row.name, "day": last_day}]
    if groups:
        lines.append(_("Groups that end with %(day)s: %(names)s.") % {"day": last_day, "names": _list(groups)})
    return lines + _posts(row, reader, last_day, Q()) + _offices(row, reader, last_day, Q())


def _posts(row: Organisation, reader: User, last_day: date, which: Q) -> list[str]:
    rows = Post.objects.filter(still(last_day), which, organisation=row).select_related("member").order_by("pk")
    held = [_("%(who)s (%(what)s)") % {"who": post.member.name, "what": post.get_kind_display()} for post in rows]
    return [_("Posts that end with %(day)s: %(names)s.") % {"day": last_day, "names": _list(held)}] if held else []


def _offices(row: Organisation, reader: User, last_day: date, which: Q) -> list[str]:
    """Offices in the system, delegated ones told apart: they end with the one they come from."""
    rows = Grant.objects.visible_to(reader).filter(still(last_day), which, organisation=row, revoked_at=None)
    held = [
        _("%(who)s (%(what)s)") % {"who": grant.user.name, "what": _office(grant)}
        for grant in rows.select_related("user").order_by("pk")
    ]
    return [_("Offices that end with %(day)s: %(names)s.") % {"day": last_day, "names": _list(held)}] if held else []


def _office(grant: Grant) -> str:
    name = str(grant.get_office_display())
    return _("%s, by delegation") % name if grant.delegated_by_id else name


def _list(names: Iterable[str]) -> str:
    every = list(names)
    more = _(" and %d more") % (len(every) - MOST) if len(every) > MOST else ""
    return _(", ").join(every[:MOST]) + more
