"""Entering people by the hands of those who may: the branch's own keepers and the officer above."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from branches.actions import members
from branches.models import Member, Relation
from tests.cast import SINCE
from workflow.models import History


@pytest.mark.parametrize("who", ["secretary", "clerk", "officer"])
def test_a_keeper_enrols_and_the_history_says_where(cast, who):
    person = members.enrol(
        "单小芳", actor=getattr(cast, who), organisation=cast.first, category="formal", since=SINCE, born="1998-06"
    )
    assert (person.name_pinyin, person.name_initials) == ("shan xiao fang", "sxf")
    assert Relation.objects.register(on=SINCE).filter(member=person, organisation=cast.first).exists()
    told = History.objects.of(person).get()
    assert (told.move, told.organisation_label) == ("enrol", "First branch")
    assert told.acted_as


@pytest.mark.parametrize("who", ["member", "committee_member", "group_leader", "sibling", "supervisor", "secadmin"])
def test_nobody_else_does(cast, who):
    with pytest.raises(PermissionDenied):
        members.enrol("某", actor=getattr(cast, who), organisation=cast.first, category="formal", since=SINCE)
    assert not Member.objects.filter(name="某").exists()


def test_a_category_that_does_not_exist_is_refused_and_leaves_nobody(cast):
    with pytest.raises(ValidationError):
        members.enrol("某", actor=cast.secretary, organisation=cast.first, category="honorary", since=SINCE)
    assert not Member.objects.filter(name="某").exists()
