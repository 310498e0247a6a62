"""Two people of one name on one list: each gets a mark, everybody else stays plain.

The mark is what the reader may know anyway: year and month of birth where he sees the particulars, else group and post.
Never a digit of an identity number.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from branches.models import Particulars, Relation
from branches.models.members import PostKind

MONTH = 7  # characters of 1968-03


def told_apart(people: Iterable[tuple[int, str]], reader: Any) -> dict[int, str]:
    """For each (member, name), in order, what a list calls him: the name, with a mark where two share it.

    No query unless two do.
    """
    names = dict(people)
    often = Counter(names.values())
    twins = {key: name for key, name in names.items() if often[name] > 1}
    if not twins:
        return names
    marks = _marks(twins, reader)
    return {key: _("%(name)s (%(mark)s)") % {"name": n, "mark": marks[key]} if key in marks else n
            for key, n in names.items()}  # fmt: skip


def choices(rows: QuerySet[Any] | Iterable[Any], reader: Any) -> list[tuple[int, str]]:
    """(key, what the list calls him) of members to choose from, namesakes told apart."""
    return list(told_apart(((row.pk, row.name) for row in rows), reader).items())


def _marks(twins: dict[int, str], reader: Any) -> dict[int, str]:
    """By key; of each name the first kind of mark that tells its bearers apart, else their place on the list."""
    kinds = (_born(twins, reader), _places(twins, reader))
    bearers: dict[str, list[int]] = defaultdict(list)
    for key, name in twins.items():
        bearers[name].append(key)
    marks: dict[int, str] = {}
    for keys in bearers.values():
        telling = next((kind for kind in kinds if len({kind.get(key, "") for key in keys}) == len(keys)), None)
        for place, key in enumerate(keys, 1):
            marks[key] = (telling or {}).get(key) or _("no. %(place)d here") % {"place": place}
    return marks


def _born(twins: dict[int, str], reader: Any) -> dict[int, str]:
    rows = Particulars.objects.visible_to(reader).filter(member__in=twins).exclude(born="")
    return {key: born[:MONTH].replace("-", ".") for key, born in rows.values_list("member_id", "born")}


def _places(twins: dict[int, str], reader: Any) -> dict[int, str]:
    rows = Relation.objects.visible_to(reader).filter(member__in=twins).register(on=reader.reach.day)
    found = {row.member_id: (row.group.name if row.group else "", _post(row)) for row in rows}
    return {key: " · ".join(filter(None, told)) for key, told in found.items() if any(told)}


def _post(row: Any) -> str:
    return str(PostKind(row.post).label) if row.post else ""
