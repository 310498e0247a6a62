from datetime import date

import pytest
from django.db.models import QuerySet

from branches.models import Grant, Relation
from branches.prepared import Prepared

ONE, OTHER = (1, date(2001, 1, 1)), (2, date(2002, 2, 2))
DAYS = (date(2020, 1, 1), date(2024, 6, 1), date(2026, 11, 21), date(2030, 1, 1))


def formal(member: int, day: date) -> QuerySet:
    return Relation.objects.on(day).filter(member_id=member, kind="formal").values_list("organisation__path")


def test_it_finds_what_the_queryset_finds(cast):
    prepared = Prepared(formal, ONE, OTHER)
    members = [*Relation.objects.values_list("member", flat=True), 0]
    asked = [(member, day) for member in members for day in DAYS]
    assert [prepared.rows(*values) for values in asked] == [list(formal(*values)) for values in asked]
    assert any(prepared.rows(*values) for values in asked)


def test_it_is_put_into_sql_once(cast, django_assert_num_queries):
    built = []
    prepared = Prepared(lambda *values: built.append(values) or formal(*values), ONE, OTHER)
    with django_assert_num_queries(2):
        prepared.rows(1, DAYS[0])
        prepared.rows(2, DAYS[1])
    assert built == [ONE, OTHER]


@pytest.mark.parametrize(
    "build",
    [
        lambda user, day: Grant.objects.filter(user_id=user).values_list("pk"),  # the day is not asked for
        lambda user, day: Grant.objects.filter(**{f"since__{'lt' if user == 1 else 'gt'}": day}).values_list("pk"),
    ],
)
def test_a_query_that_differs_with_its_values_is_refused(db, build):
    with pytest.raises(ValueError, match="words of the query"):
        Prepared(build, ONE, OTHER).rows(1, DAYS[0])
