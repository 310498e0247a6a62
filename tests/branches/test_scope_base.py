"""The ways by which rows of any room are reached: those of a superior, and narrow ones that are looked up apart."""

from datetime import date

import pytest
from django.db.models import Q

from branches.models import DayOff, Group, User
from branches.scope import NOTHING
from tests.cast import SINCE

PLACES = ("county", "first", "second", "other", "third")


@pytest.mark.parametrize(
    ("visitor", "seen"),
    [
        ("member", "county first"),  # what is laid down for his own, by it and by those above
        ("clerk", "county first"),
        ("sibling", "county second"),
        ("liaison", "county first second"),  # and in all below
        ("stranger", "other third"),
        ("nobody", ""),
        ("secadmin", ""),
    ],
)
def test_what_a_superior_has_laid_down_is_seen_below_and_what_lies_below_by_whoever_oversees(cast, visitor, seen):
    for place in PLACES:
        DayOff.objects.create(organisation=getattr(cast, place), day=date(2026, 10, 1), kind="free", name=place)
    rows = DayOff.objects.visible_to(User.objects.get(pk=getattr(cast, visitor).pk))
    assert set(rows.values_list("name", flat=True)) == set(seen.split())


@pytest.mark.parametrize(
    ("oversight", "ways", "apart"),
    [
        ("", ["first"], False),
        ("", ["first", ""], False),  # what can match nothing is no way
        ("", ["first", "second"], True),
        ("", ["first", "second", "third"], True),
        ("third", [], False),
        ("third", ["first"], False),
        ("third", ["first", "second"], False),
    ],
)
def test_oversight_and_narrow_ways_add_up_and_two_of_them_alone_are_looked_up_apart(cast, oversight, ways, apart):
    def way(name):
        return Q(organisation=getattr(cast, name)) if name else NOTHING

    for name in ("first", "second", "third"):
        Group.objects.create(organisation=getattr(cast, name), name=name, since=SINCE)
    rows = Group.objects.filter(name__in=PLACES).reached(way(oversight), *map(way, ways))
    assert set(rows.values_list("name", flat=True)) == {oversight, *ways} - {""}
    assert ("UNION" in str(rows.query)) == apart
