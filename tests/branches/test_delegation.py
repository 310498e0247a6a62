"""A secretary delegates the office: for a time, within the branch, once, and every row says so."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation

from appraisals.materials import actions as writing
from branches.actions import grants
from branches.models import Grant, Relation, User
from branches.models.delegation import possible_delegates
from branches.rights import Right
from meetings import actions as meetings
from meetings.models import Meeting
from tests import cast as people
from workflow.models import AuditEvent, History
from workflow.moves import NoteRequired

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def today():
    return timezone.localdate()


def anew(user):
    """The account as the next request sees it."""
    return User.objects.get(pk=user.pk)


def delegate(cast, today, member=None, actor=None, **differs):
    relation = Relation.objects.select_related("organisation").get(member=member or cast.people[4], until=None)
    facts = {"since": today, "until": today + 6 * DAY, "note": "出差"} | differs
    return grants.delegate(relation, actor=anew(actor or cast.secretary), **facts)


def test_the_delegate_has_the_secretarys_rights_and_the_secretary_keeps_them(cast, today):
    asked = set(Right) - {Right.REVIEW}  # which is asked of an author's work
    before = {right for right in asked if anew(cast.secretary).may(right, cast.first)}
    given = delegate(cast, today)
    member = anew(cast.member)
    assert {right for right in asked if member.may(right, cast.first)} == before - {Right.DELEGATE}
    assert {right for right in asked if anew(cast.secretary).may(right, cast.first)} == before
    assert not member.may(Right.LEAD, cast.second)
    assert (given.office, given.delegated_by) == ("secretary", cast.secretary)
    assert History.objects.of(given).get().acted_as == anew(cast.secretary).acting_as()
    assert AuditEvent.objects.get(kind="office_delegated").actor_label == cast.secretary.name


def test_it_begins_and_ends_by_itself(cast, today):
    delegate(cast, today, since=today + DAY, until=today + 2 * DAY)
    days = []
    for n in range(4):
        noon = timezone.make_aware(datetime.combine(today + n * DAY, datetime.min.time())) + timedelta(hours=12)
        with time_machine.travel(noon):
            days.append(anew(cast.member).may(Right.LEAD, cast.first))
    assert days == [False, True, True, False]


def test_it_is_taken_back_at_once_by_whoever_gave_it(cast, today):
    given = delegate(cast, today)
    for other in (cast.member, cast.officer, cast.secadmin):
        with pytest.raises(PermissionDenied):
            grants.end_delegation(given, actor=anew(other))
    grants.end_delegation(given, actor=anew(cast.secretary))
    assert not anew(cast.member).may(Right.LEAD, cast.first)
    with pytest.raises(ValidationError):
        grants.end_delegation(given, actor=anew(cast.secretary))
    assert [entry.move for entry in History.objects.of(given)] == ["delegate", "end_delegation"]


def test_it_ends_with_the_office_it_comes_from(cast, today):
    delegate(cast, today)
    own = Grant.objects.get(user=cast.secretary, delegated_by=None)
    grants.revoke(own, actor=cast.secadmin, note="换届")
    assert not anew(cast.member).may(Right.LEAD, cast.first)


def test_it_ends_with_the_account_it_comes_from(cast, today):
    delegate(cast, today)
    grants.deactivate(cast.secretary, actor=cast.secadmin, note="离职")
    assert not anew(cast.member).may(Right.LEAD, cast.first)


def test_it_ends_when_the_delegate_leaves_the_branch(cast, today):
    delegate(cast, today)
    Relation.objects.filter(member=cast.people[4]).update(until=today - DAY)
    assert not anew(cast.member).may(Right.LEAD, cast.first)
    Relation.objects.create(member=cast.people[4], organisation=cast.second, since=today)
    assert not anew(cast.member).may(Right.LEAD, cast.first)


def test_the_security_administrator_can_take_it_back_too(cast, today):
    grants.revoke(delegate(cast, today), actor=cast.secadmin, note="不当")
    assert not anew(cast.member).may(Right.LEAD, cast.first)


def test_what_is_held_by_delegation_is_not_handed_on(cast, today):
    delegate(cast, today)
    with pytest.raises(PermissionDenied):
        delegate(cast, today, member=cast.people[2], actor=cast.member)


@pytest.mark.parametrize("who", ["clerk", "committee_member", "member", "officer", "secadmin", "sibling", "stranger"])
def test_only_the_secretary_of_this_branch_delegates(cast, today, who):
    with pytest.raises(PermissionDenied):
        delegate(cast, today, member=cast.people[3], actor=getattr(cast, who))


@pytest.mark.parametrize(
    ("field", "differs"),
    [
        ("since", {"since": -1}),
        ("until", {"until": -1}),
        ("until", {"until": 60}),
    ],
)
def test_a_period_is_short_and_lies_ahead(cast, today, field, differs):
    with pytest.raises(ValidationError) as refusal:
        delegate(cast, today, **{name: today + days * DAY for name, days in differs.items()})
    assert field in refusal.value.message_dict


def test_sixty_days_are_allowed(cast, today):
    assert delegate(cast, today, until=today + 59 * DAY)


def test_it_does_not_outlast_the_own_office(cast, today):
    Grant.objects.filter(user=cast.secretary).update(until=today + 3 * DAY)
    with pytest.raises(ValidationError):
        delegate(cast, today, until=today + 4 * DAY)
    assert delegate(cast, today, until=today + 3 * DAY)


def test_a_reason_a_member_an_account(cast, today):
    with pytest.raises(NoteRequired):
        delegate(cast, today, note=" ")
    with pytest.raises(ValidationError):
        delegate(cast, today, member=people.enrol("白纸", cast.first))
    with pytest.raises(ValidationError):
        delegate(cast, today, member=cast.people[0])
    delegate(cast, today)
    with pytest.raises(ValidationError):
        delegate(cast, today)


def test_offered_are_the_members_of_the_own_branch_with_an_account(cast):
    offered = {row.member_id for row in possible_delegates(anew(cast.secretary))}
    assert offered == {member.pk for member in cast.people[1:5]}
    assert not possible_delegates(anew(cast.officer)).exists()


def test_the_database_refuses_what_is_no_delegation(cast, today):
    given = delegate(cast, today)
    for wrong in ({"until": None}, {"office": "clerk"}, {"user": cast.secretary}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Grant.objects.filter(pk=given.pk).update(**wrong)


def test_every_row_says_that_it_was_by_delegation(world, today):
    delegate(world, today)
    member = anew(world.member)
    meetings.move(world.draft_meeting, "file", actor=member)
    writing.submit(world.owed, {"1": "One", "2": "Two"}, actor=world.clerk, seen=0)
    world.owed.refresh_from_db()
    writing.move_material(world.owed, "accept", actor=member)
    entry = people.entry(world.people, theme="By the delegate")
    new = meetings.save(Meeting(organisation=world.first, form="theme_day"), entry, actor=member)
    for subject in (world.draft_meeting, world.owed, new):
        last = History.objects.of(subject).last()
        assert last.actor_label == member.name and last.acted_as.startswith("受委托"), (subject, last.acted_as)
        with translation.override("en"):
            assert "By delegation" in anew(world.member).acting_as(world.first)


def test_the_delegate_reviews_nothing_of_his_own(world, today):
    delegate(world, today)
    with pytest.raises(PermissionDenied):
        writing.move_material(world.material, "accept", actor=anew(world.member))


def test_two_clicks_and_one_to_take_it_back(client, cast, today):
    client.force_login(cast.secretary)
    assert reverse("grant_delegate") in client.get(reverse("grant_list")).content.decode()
    row = next(row for row in possible_delegates(anew(cast.secretary)) if row.member_id == cast.people[4].pk)
    page = client.get(reverse("grant_delegate"))
    typed = {"member": row.pk, "since": today, "until": today + 13 * DAY, "note": "出差"}
    assert page.context["form"]["until"].value() == typed["until"]
    assert client.post(reverse("grant_delegate"), typed | {"note": ""}).status_code == 200
    assert client.post(reverse("grant_delegate"), typed).status_code == 302
    given = Grant.objects.get(delegated_by=cast.secretary)
    listed = client.get(reverse("grant_list")).content.decode()
    assert reverse("delegation_end", args=[given.pk]) in listed and cast.member.name in listed
    client.force_login(cast.member)
    seen = client.get(reverse("grant_list")).content.decode()
    assert cast.secretary.name in seen and "受委托" in seen
    assert client.get(reverse("grant_delegate")).status_code == 403
    assert client.post(reverse("delegation_end", args=[given.pk])).status_code == 403
    client.force_login(cast.secretary)
    assert client.post(reverse("delegation_end", args=[given.pk])).status_code == 302
    assert not Grant.objects.in_force(today).filter(pk=given.pk).exists()


def test_a_delegate_gives_no_slip_for_the_secretary(cast, today):
    from tests.branches.slips import give, renew

    delegate(cast, today)
    with pytest.raises(PermissionDenied):
        renew(cast.people[0], cast.member)
    assert give(people.enrol("白纸", cast.first), cast.member)
