"""Forgotten passwords: a new slip ends every sign-in, its member hears of it, and nobody opens a superior's account."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from branches.actions import grants
from branches.models import Activation, User
from reminders.actions.notices import scan
from reminders.models import Notice
from tests import cast as people
from tests.branches.people import sign_in
from tests.branches.slips import CHOSEN, opens, renew
from workflow.actors import SYSTEM
from workflow.models import AuditEvent

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_failures_left():
    cache.clear()


@pytest.fixture
def paper(cast):
    """A member of the first branch without account."""
    return people.enrol("单小芳", cast.first, position=9)


def test_a_new_slip_ends_every_sign_in_and_the_member_is_told(client, cast):
    sign_in(client, "member", people.PASSWORD)
    slip = renew(cast.people[4], cast.secretary)
    assert slip.username == "member"
    assert client.get(reverse("session_list")).status_code == 302
    phone = Client()
    assert opens(phone, slip)
    assert sign_in(Client(), "member", people.PASSWORD).status_code == 200  # the old password is no more
    told = cast.secretary.name
    for _time in range(2):  # nobody reads it away: whoever signs in may be the giver
        desk = Client()
        assert sign_in(desk, "member", CHOSEN).status_code == 302
        assert told in desk.get(reverse("dashboard")).content.decode()
    assert told in desk.get(reverse("session_list")).content.decode()
    assert AuditEvent.objects.get(kind="password_slip_given").subject_label == cast.people[4].name


def test_the_old_password_goes_on_until_the_slip_is_used_and_its_owner_hears_of_it(cast):
    renew(cast.people[4], cast.secretary)
    desk = Client()
    assert sign_in(desk, "member", people.PASSWORD).status_code == 302
    assert cast.secretary.name in desk.get(reverse("session_list")).content.decode()


def test_using_it_ends_the_sign_ins_of_meanwhile(client, cast):
    slip = renew(cast.people[4], cast.secretary)
    sign_in(client, "member", people.PASSWORD)
    assert opens(Client(), slip)
    assert client.get(reverse("session_list")).status_code == 302


def test_nobody_opens_the_account_of_a_superior_or_an_equal(cast):
    for member, actor in ((cast.people[0], cast.secretary), (cast.siblings[0], cast.secretary)):
        with pytest.raises((ValidationError, PermissionDenied)):
            renew(member, actor)
    officer = people.account(
        "officer2", people.enrol("午组织员", cast.first), office="officer", organisation=cast.county
    )
    with pytest.raises(PermissionDenied):
        renew(officer.member, cast.secretary)
    grants.grant(cast.member, actor=SYSTEM, organisation=cast.first, office="secretary", since=people.SINCE)
    with pytest.raises(PermissionDenied):
        renew(cast.people[4], cast.secretary)
    assert renew(cast.people[4], cast.officer) and renew(cast.people[2], cast.secretary)


def test_a_closed_account_is_opened_by_no_slip(client, cast):
    slip = renew(cast.people[4], cast.secretary)
    grants.deactivate(cast.member, actor=cast.secadmin, note="Left")
    assert not opens(client, slip)
    with pytest.raises(ValidationError):
        renew(cast.people[4], cast.secretary)


def test_what_will_be_refused_is_refused_before_anybody_is_asked(client, cast):
    """Nobody opens the account of a superior, and nobody his own: said by the link, not after a form."""
    grants.grant(cast.member, actor=SYSTEM, organisation=cast.county, office="officer", since=people.SINCE)
    client.force_login(User.objects.get(pk=cast.secretary.pk))
    page = reverse("slip_renew", args=[cast.people[4].pk])
    assert client.get(page).status_code == client.post(page).status_code == 403
    assert client.get(reverse("slip_renew", args=[cast.people[0].pk])).url == reverse("slip_list")
    assert not Activation.objects.exists()


def test_without_account_there_is_nothing_to_renew(client, cast, paper):
    client.force_login(cast.secretary)
    assert client.get(reverse("slip_renew", args=[paper.pk])).status_code == 404
    with pytest.raises(ValidationError):
        renew(paper, cast.secretary)


def test_who_gave_a_slip_and_when_it_was_used_is_told_by_notices_and_kept_for_good(cast):
    slip = renew(cast.people[4], cast.secretary)
    today = timezone.localdate()
    scan(today)
    assert Notice.objects.filter(recipient=cast.people[4], rule__startswith="slip").count() == 1
    assert opens(Client(), slip)
    scan(today)
    notices = Notice.objects.visible_to(cast.member).unread(today)
    assert [notice.rule for notice in notices.order_by("pk")] == ["slip_given", "slip_used"]
    assert all(cast.secretary.name in notice.words for notice in notices)
    assert {notice.get_absolute_url() for notice in notices} == {reverse("session_list")}
    used = AuditEvent.objects.get(kind="slip_used")
    assert cast.secretary.name in used.note and used.address == "127.0.0.1"
    Activation.objects.update(issued_at=timezone.now() - timedelta(400), used_at=timezone.now() - timedelta(399))
    desk = Client()
    sign_in(desk, "member", CHOSEN)
    assert cast.secretary.name not in desk.get(reverse("dashboard")).content.decode()  # no longer at each sign-in
    assert cast.secretary.name in desk.get(reverse("session_list")).content.decode()  # but here for good
    other = Client()
    other.force_login(cast.committee_member)
    assert cast.secretary.name not in other.get(reverse("session_list")).content.decode().split("<main")[1]
