"""The term of a committee counts from its election: who records it, how it is put right, what the rule then says."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from branches.actions.elections import record_election
from branches.actions.organisations import correct_founding
from branches.models import Election, Post
from branches.rules.counting import facts_on
from branches.rules.organisations import FINDERS
from tests.cast import SINCE
from workflow.models import History

TODAY = timezone.localdate()
DAY = timedelta(1)


def said(branch, day=TODAY):
    return FINDERS["A1-4"](facts_on(branch, day), {"years": 3})


def test_the_term_counts_from_the_election_and_not_from_the_oldest_post(cast):
    Post.objects.filter(organisation=cast.first).update(since=TODAY - 1200 * DAY)
    assert str(TODAY - 1200 * DAY) in said(cast.first) and "尚未登记换届选举" in said(cast.first)
    record_election(cast.first, actor=cast.secretary, held_on=TODAY - 30 * DAY)
    assert said(cast.first) == ""
    Post.objects.filter(organisation=cast.first).update(since=TODAY)  # everybody is new, the committee is not
    Election.objects.update(held_on=TODAY - 1200 * DAY)
    assert str(TODAY - 1200 * DAY) in said(cast.first) and "尚未登记" not in said(cast.first)


def test_the_last_election_counts_and_none_of_later_days(cast):
    for days in (1200, 30):
        record_election(cast.first, actor=cast.secretary, held_on=TODAY - days * DAY)
    assert facts_on(cast.first, TODAY).elected == TODAY - 30 * DAY
    assert facts_on(cast.first, TODAY - 31 * DAY).elected == TODAY - 1200 * DAY
    assert facts_on(cast.first, TODAY - 1201 * DAY).elected is None
    assert facts_on(cast.second, TODAY).elected is None


def test_a_day_is_put_right_and_the_history_keeps_both(cast):
    election = record_election(cast.first, actor=cast.secretary, held_on=TODAY - 30 * DAY)
    record_election(cast.first, actor=cast.officer, held_on=TODAY - 40 * DAY, instead_of=election)
    assert [row.held_on for row in Election.objects.all()] == [TODAY - 40 * DAY]
    moves = {row.move: row.note for row in History.objects.of(cast.first)}
    assert moves["elect"] == str(TODAY - 30 * DAY)
    assert moves["correct_election"] == f"{TODAY - 30 * DAY} → {TODAY - 40 * DAY}"


@pytest.mark.parametrize(
    "who", ["member", "committee_member", "group_leader", "sibling", "supervisor", "liaison", "secadmin"]
)
def test_only_who_keeps_the_register_records_an_election(cast, who):
    with pytest.raises(PermissionDenied):
        record_election(cast.first, actor=getattr(cast, who), held_on=TODAY)


def test_days_that_cannot_be_are_refused(cast):
    record_election(cast.first, actor=cast.secretary, held_on=TODAY)
    for held_on in (TODAY + DAY, SINCE - 400 * DAY, TODAY):
        with pytest.raises(ValidationError):
            record_election(cast.first, actor=cast.secretary, held_on=held_on)
    with pytest.raises(ValidationError):
        record_election(cast.county, actor=cast.officer, held_on=TODAY)


def test_a_branch_is_not_founded_after_its_election(cast):
    record_election(cast.first, actor=cast.secretary, held_on=SINCE)
    with pytest.raises(ValidationError):
        correct_founding(cast.first, actor=cast.officer, since=SINCE + DAY)


def test_the_election_of_another_branch_is_not_put_right_here(client, cast):
    other = Election.objects.create(organisation=cast.second, held_on=date(2024, 3, 3))
    client.force_login(cast.secretary)
    address = reverse("organisation_change", args=[cast.first.pk, "election"])
    assert "新的一次换届选举" in client.get(address).content.decode()  # what choosing nothing means
    assert client.post(address, {"held_on": "2024-04-04", "instead_of": other.pk}).status_code == 200
    assert client.post(address, {"held_on": "2024-04-04"}).status_code == 302
    assert "2024-04-04" in client.get(reverse("organisation_detail", args=[cast.first.pk])).content.decode()
    assert Election.objects.get(pk=other.pk).held_on == date(2024, 3, 3)
