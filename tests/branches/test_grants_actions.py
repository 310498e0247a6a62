"""Giving and taking back offices, closing and opening accounts: who may, what is refused, what is told."""

from datetime import date, timedelta
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from branches.actions import grants
from branches.models import Grant, User
from branches.rights import Right
from tests.branches.people import account, security, sign_in, tree
from workflow.actors import SYSTEM
from workflow.models import AuditEvent, History
from workflow.moves import NoteRequired

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 1)


@pytest.fixture
def place():
    return tree()


@pytest.fixture
def keeper():
    return security()


@pytest.fixture
def lin():
    return account("lin", name="林晓岚")


@pytest.fixture
def give(place, keeper, lin):
    """Gives the secretary's office of the first branch from DAY on; a test names only what differs."""
    return partial(grants.grant, lin, actor=keeper, organisation=place[1], office="secretary", since=DAY)


def refused(give, **differs):
    before = Grant.objects.count()
    with pytest.raises(ValidationError) as refusal:
        give(**differs)
    assert Grant.objects.count() == before
    return refusal.value


def test_a_grant_is_in_force_on_its_days_and_is_told(give, keeper):
    given = give(until=DAY + timedelta(days=365))
    assert Grant.objects.in_force(DAY).get() == given
    assert not Grant.objects.in_force(DAY - timedelta(days=1)).exists()
    (history,) = History.objects.of(given)
    assert (history.move, history.actor_label) == ("grant", keeper.name)
    (event,) = AuditEvent.objects.filter(kind="grant_given")
    assert event.organisation_label == "North branch" and "林晓岚" in event.subject_label


@pytest.mark.parametrize("admin_role", ["", "system", "audit"])
def test_only_the_security_administrator_gives_offices(give, admin_role):
    with pytest.raises(PermissionDenied):
        give(actor=account("other", admin_role=admin_role))
    assert not Grant.objects.exists()


def test_whoever_holds_an_office_cannot_hand_it_on(give, lin):
    give(since=date(2020, 1, 1))
    with pytest.raises(PermissionDenied):
        grants.grant(account("chen"), **give.keywords | {"actor": User.objects.get(pk=lin.pk)})


def test_the_system_itself_may_set_up_offices(give):
    assert give(actor=SYSTEM).pk


@pytest.mark.parametrize("admin_role", ["system", "security", "audit"])
def test_an_administrator_holds_no_office(keeper, place, admin_role):
    other = account("other", admin_role=admin_role)
    with pytest.raises(ValidationError) as refusal:
        grants.grant(other, actor=keeper, organisation=place[1], office="clerk", since=DAY)
    assert "user" in refusal.value.message_dict


def test_nobody_gives_an_office_to_himself(keeper, place):
    with pytest.raises(ValidationError) as refusal:
        grants.grant(keeper, actor=keeper, organisation=place[1], office="clerk", since=DAY)
    # The refusal of administrators would hit the keeper as well; it must be this one.
    assert refusal.value.message_dict == {"user": [_("Nobody can give an office to himself.")]}


def test_a_closed_account_gets_no_office(give, lin):
    User.objects.filter(pk=lin.pk).update(is_active=False)
    with pytest.raises(ValidationError):
        give()


def test_dates_stand_in_order(give):
    assert "until" in refused(give, until=DAY - timedelta(days=1)).message_dict
    assert give(until=DAY).until == DAY


def test_a_group_belongs_to_group_leaders_and_to_the_organisation(give, place):
    _committee, first, second, group = place
    assert "group" in refused(give, office="group_leader").message_dict
    assert "group" in refused(give, group=group).message_dict
    assert "group" in refused(give, office="group_leader", organisation=second, group=group).message_dict
    assert give(office="group_leader", organisation=first, group=group).group == group


def test_an_unknown_office_is_refused(give):
    assert "office" in refused(give, office="emperor").message_dict


@pytest.mark.parametrize(
    ("since", "until", "clashes"),
    [
        (DAY, None, True),
        (DAY + timedelta(days=10), DAY + timedelta(days=20), True),
        (DAY - timedelta(days=20), DAY, True),
        (DAY - timedelta(days=20), DAY - timedelta(days=1), False),
        (DAY + timedelta(days=31), None, False),
    ],
)
def test_the_same_office_is_not_given_twice_for_a_day(give, since, until, clashes):
    give(until=DAY + timedelta(days=30))
    if clashes:
        assert "since" in refused(give, since=since, until=until).message_dict
    else:
        assert give(since=since, until=until).pk


def test_another_office_or_place_is_no_duplicate(give, place):
    assert give().pk and give(office="clerk").pk and give(organisation=place[2]).pk


def test_taking_back_needs_a_reason_and_works_once(give, keeper):
    given = give()
    with pytest.raises(NoteRequired):
        grants.revoke(given, actor=keeper, note="  ")
    grants.revoke(given, actor=keeper, note="换届")
    with pytest.raises(ValidationError):
        grants.revoke(given, actor=keeper, note="换届")
    assert [entry.move for entry in History.objects.of(given)] == ["grant", "revoke"]
    assert AuditEvent.objects.get(kind="grant_revoked").note == "换届"


def test_what_was_taken_back_ends_at_once_and_can_be_given_anew(give, keeper, lin, place):
    today = timezone.localdate()
    given = give(since=today)
    assert User.objects.get(pk=lin.pk).may(Right.LEAD, place[1])
    grants.revoke(given, actor=keeper, note="换届")
    assert not User.objects.get(pk=lin.pk).may(Right.LEAD, place[1])
    assert give(since=today).pk


def test_only_the_security_administrator_takes_back(give):
    given = give()
    with pytest.raises(PermissionDenied):
        grants.revoke(given, actor=account("other", admin_role="system"), note="换届")


def test_a_closed_account_loses_its_sessions(client, keeper, lin):
    sign_in(client, "lin")
    grants.deactivate(lin, actor=keeper, note="调离")
    assert client.get("/sessions/").status_code == 302
    assert not client.session.exists(client.session.session_key)
    assert sign_in(client, "lin").status_code == 200
    grants.activate(lin, actor=keeper, note="调回")
    assert sign_in(client, "lin").status_code == 302
    assert [entry.move for entry in History.objects.of(lin)] == ["deactivate", "activate"]
    kinds = AuditEvent.objects.filter(subject_key=f"branches.user:{lin.pk}").values_list("kind", flat=True)
    assert list(kinds.order_by("pk")) == ["account_closed", "account_reopened"]


@pytest.mark.parametrize("act", [grants.deactivate, grants.activate])
def test_accounts_are_closed_and_opened_by_the_security_administrator_with_a_reason(act, keeper, lin):
    with pytest.raises(PermissionDenied):
        act(lin, actor=account("other", admin_role="system"), note="调离")
    with pytest.raises(PermissionDenied):
        act(lin, actor=lin, note="调离")
    with pytest.raises(NoteRequired):
        act(lin, actor=keeper, note="")


def test_nobody_closes_his_own_account_and_nothing_is_closed_twice(keeper, lin):
    with pytest.raises(ValidationError):
        grants.deactivate(keeper, actor=keeper, note="调离")
    grants.deactivate(lin, actor=keeper, note="调离")
    with pytest.raises(ValidationError):
        grants.deactivate(lin, actor=keeper, note="调离")
