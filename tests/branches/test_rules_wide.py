"""Where a rule is applied, asked of many organisations at once: the nearest superior decides; national ones always are."""

import pytest
from django.utils import timezone

from branches.actions import rules
from branches.models import Organisation, User
from branches.rules.table import find
from branches.rules.wide import applied
from tests.cast import found

YEAR = timezone.localdate().year
LOCAL, SHIPPED_OFF, NATIONAL = "A1-5", "F12-1", "A1-1"


@pytest.fixture
def town(cast):
    """A general branch between the county and one branch more."""
    cast.town = found("Town", "general_branch", cast.county)
    cast.village = found("Village", "branch", cast.town)
    return cast


def put(cast, place, code, severity):
    actor = User.objects.get(pk=cast.officer.pk)
    numbers = find(code).defaults
    rules.override_rule(place, YEAR, code, actor=actor, severity=severity, parameters=numbers, reason="So")


def where(code, year=YEAR):
    return {place.name for place in applied(code, Organisation.objects.filter(kind="branch"), year)}


def test_of_two_superiors_the_nearest_decides(town):
    every = {"First branch", "Second branch", "Third branch", "Village"}
    assert where(LOCAL) == every and where(SHIPPED_OFF) == set()
    put(town, town.county, LOCAL, "off")
    put(town, town.county, SHIPPED_OFF, "warn")
    assert where(LOCAL) == {"Third branch"} and where(SHIPPED_OFF) == every - {"Third branch"}
    put(town, town.town, LOCAL, "remind")
    put(town, town.town, SHIPPED_OFF, "off")
    assert where(LOCAL) == {"Third branch", "Village"} and where(SHIPPED_OFF) == {"First branch", "Second branch"}
    assert where(LOCAL, YEAR + 1) == every and where(SHIPPED_OFF, YEAR + 1) == set()


def test_a_national_rule_is_applied_everywhere_in_one_query(town, django_assert_num_queries):
    put(town, town.county, NATIONAL, "block")
    with django_assert_num_queries(1):
        assert len(where(NATIONAL)) == 4
    with pytest.raises(KeyError):
        where("no such code")
