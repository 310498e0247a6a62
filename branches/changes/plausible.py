"""What cannot be, and what is unlikely, in what is entered by hand."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from branches.models import Organisation, Particulars, Relation
from branches.models.dated import DAY, still
from branches.names import plain
from branches.tree import under

AGE = 18  # at which the constitution of the party lets somebody apply


def faults(born: str, joined: str, today: date) -> Iterator[tuple[str, str]]:
    """(field, words) for days that cannot be; partial days are taken as early as they may be."""
    now = today.isoformat()
    for name, words in (("born", born), ("joined", joined)):
        if words > now[: len(words)]:
            yield name, _("This day has not come yet. Please check the year.")
    if _is_before(joined, born):
        yield "joined", _("Joined before birth: please check both dates.")


def doubts(born: str, joined: str) -> list[str]:
    """A member who was no adult when he joined."""
    if not (born and joined) or not _is_before(joined, f"{int(born[:4]) + AGE}{born[4:]}"):
        return []
    told = {"born": born, "joined": joined, "age": AGE}
    return [_("Born %(born)s and joined %(joined)s: younger than %(age)d. Please check both dates.") % told]


def namesake(reader: Any, branch: Organisation, name: str, born: str) -> list[str]:
    """Somebody of this name, and of this month of birth as far as it is known, is in the branch already."""
    here = Relation.objects.visible_to(reader).filter(still(reader.reach.day - DAY), organisation=branch)
    name = plain(name)
    rows = here.filter(member__name=name).values_list("member", flat=True)
    known = dict(Particulars.objects.visible_to(reader).filter(member__in=rows).values_list("member_id", "born"))
    alike = [known.get(key, "") for key in rows if _may_be_one(known.get(key, ""), born)]
    if not alike:
        return []
    told = {"name": name, "born": alike[0] or _("not recorded")}
    return [_("“%(name)s” is in this branch already (born: %(born)s). Is it the same person? Then do not enter him "
              "again: correct the entry that is there.") % told]  # fmt: skip


def same_name(
    reader: Any, parent: Organisation, name: str, *, other_than: Organisation | None = None
) -> list[str]:  # fmt: skip
    """An open organisation of this name under the same superior."""
    rows = Organisation.objects.visible_to(reader).open().filter(under(parent.path), depth=parent.depth + 1, name=name)
    if not rows.exclude(pk=other_than.pk if other_than else None).exists():
        return []
    told = {"parent": parent, "name": name}
    return [_("Under “%(parent)s” there is “%(name)s” already. Nobody can tell two of one name apart in lists.") % told]


def _may_be_one(known: str, born: str) -> bool:
    months = known[:7], born[:7]
    return not all(months) or months[0].startswith(months[1]) or months[1].startswith(months[0])


def _is_before(one: str, other: str) -> bool:
    """True if one partial day lies before the other, as far as both are known."""
    known = min(len(one), len(other))
    return one[:known] < other[:known]
