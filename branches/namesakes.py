"""Two people of one name on one list: each gets a mark, everybody else stays plain.

The mark is what the reader may know anyway: year and month of birth where he sees the particulars, else group and post.
Never a digit of an identity number.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from branches.models import Particulars, Relation
from branches.models.members import PostKind

MONTH = 7  # characters of 1968-03
Kinds = tuple[Callable[[list[list[int]], Any], dict[int, str]], ...]  # the marks there are, the best first


def told_apart(people: Iterable[tuple[int, str]], reader: Any) -> dict[int, str]:
    """For each (member, name), in order, what a list calls him: the name, with a mark where two share it.

    No query unless two do.
    """
    return _told(people, reader, (_born, _places))


def told_apart_by_place(people: Iterable[tuple[int, str]], reader: Any) -> dict[int, str]:
    """The same on what others read, too (a ballot, a notice): by group and post, never by month of birth."""
    return _told(people, reader, (_places,))


def _told(people: Iterable[tuple[int, str]], reader: Any, kinds: Kinds) -> dict[int, str]:
    names = dict(people)
    bearers: dict[Any, list[int]] = defaultdict(list)
    for key, name in names.items():
        bearers[name].append(key)
    return _marked(names, bearers.values(), reader, kinds)


def call(rows: Sequence[Any], reader: Any, branch: str = "organisation_id") -> None:
    """Give each row of a list over many branches `called`: its member's name, with a mark where the reader knows a
    namesake in the same branch, on this page or not; the list itself tells the branches."""
    names = {row.member_id: row.member.name for row in rows}
    places = {getattr(row, branch) for row in rows}
    homes = Relation.objects.visible_to(reader).homes().filter(organisation__in=places, member__name__in=names.values())
    known = homes.order_by("position", "pk").values_list("organisation", "member", "member__name")
    bearers: dict[Any, dict[int, str]] = defaultdict(dict)
    for place, key, name in [*known, *((getattr(row, branch), row.member_id, row.member.name) for row in rows)]:
        bearers[place, name][key] = name
    names |= {key: name for people in bearers.values() if len(people) > 1 for key, name in people.items()}
    called = _marked(names, [list(people) for people in bearers.values()], reader, (_born, _places))
    for row in rows:
        row.called = called[row.member_id]


def choices(rows: QuerySet[Any] | Iterable[Any], reader: Any) -> list[tuple[int, str]]:
    """(key, what the list calls him) of members to choose from, namesakes told apart."""
    return list(told_apart(((row.pk, row.name) for row in rows), reader).items())


def _marked(names: dict[int, str], groups: Iterable[list[int]], reader: Any, kinds: Kinds) -> dict[int, str]:
    """The names by key; of each group of namesakes with the first kind of mark that tells them apart, else with their
    place on the list."""
    twins = [keys for keys in groups if len(keys) > 1]
    if not twins:
        return names
    marks = [kind(twins, reader) for kind in kinds]
    called = dict(names)
    for keys in twins:
        telling = next((mark for mark in marks if len({mark.get(key, "") for key in keys}) == len(keys)), {})
        for place, key in enumerate(keys, 1):
            mark = telling.get(key) or _("no. %(place)d here") % {"place": place}
            called[key] = _("%(name)s (%(mark)s)") % {"name": names[key], "mark": mark}
    return called


def _born(twins: list[list[int]], reader: Any) -> dict[int, str]:
    rows = Particulars.objects.visible_to(reader).filter(member__in=chain(*twins)).exclude(born="")
    return {key: born[:MONTH].replace("-", ".") for key, born in rows.values_list("member_id", "born")}


def _places(twins: list[list[int]], reader: Any) -> dict[int, str]:
    rows = Relation.objects.visible_to(reader).filter(member__in=chain(*twins)).register(on=reader.reach.day)
    found = {row.member_id: (row.group.name if row.group else "", _post(row)) for row in rows}
    return {key: " · ".join(filter(None, told)) for key, told in found.items() if any(told)}


def _post(row: Any) -> str:
    return str(PostKind(row.post).label) if row.post else ""
