"""The pages of the three administrators, and the list of offices for superiors."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings as configured
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from branches.actions import grants
from branches.actions.members import enrol
from branches.audit.kinds import KINDS
from branches.models import Grant, User
from tests.branches.people import account, security, sign_in, tree
from workflow.actors import SYSTEM
from workflow.models import AuditEvent

pytestmark = pytest.mark.django_db
PAGES = {
    # name               security system audit  officer secretary
    "user_list":        (200,     403,   403,   403,    403),
    "grant_list":       (200,     200,   200,   200,    200),
    "grant_create":     (200,     403,   403,   403,    403),
    "audit_list":       (403,     403,   200,   403,    403),
    "system_status":    (403,     200,   403,   403,    403),
    "session_list":     (200,     200,   200,   200,    200),
}  # fmt: skip
AUDIT_CALL = re.compile(r"\baudit\(([^,]+),")
WHO = ["security", "system", "audit", "officer", "secretary"]


@pytest.fixture
def cast():
    committee, first, second, _group = tree()
    people = {role: account(role, admin_role=role) for role in ("security", "system", "audit")}
    people |= {name: account(name) for name in ("officer", "secretary", "neighbour")}
    give = {"actor": SYSTEM, "since": date(2020, 1, 1)}
    grants.grant(people["officer"], organisation=committee, office="officer", **give)
    grants.grant(people["secretary"], organisation=first, office="secretary", **give)
    grants.grant(people["neighbour"], organisation=second, office="secretary", **give)
    return people


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("who", WHO)
def test_who_may_open_which_page(client, cast, name, who):
    client.force_login(cast[who])
    assert client.get(reverse(name)).status_code == PAGES[name][WHO.index(who)]


def test_everybody_else_is_led_to_the_sign_in(client, cast):
    for name in PAGES:
        assert client.get(reverse(name)).url.startswith(reverse("account_login"))


@pytest.mark.parametrize(
    ("who", "shown"),
    [
        ("security", {"officer", "secretary", "neighbour"}),
        ("officer", {"officer", "secretary", "neighbour"}),
        ("secretary", {"secretary"}),
        ("system", set()),
        ("audit", set()),
    ],
)
def test_offices_are_seen_from_above(client, cast, who, shown):
    client.force_login(cast[who])
    page = client.get(reverse("grant_list")).context["page"]
    assert {grant.user.username for grant in page.objects} == shown


def test_a_superior_sees_offices_and_takes_none_back(client, cast):
    client.force_login(cast["officer"])
    held = Grant.objects.get(user=cast["secretary"])
    address = reverse("grant_revoke", args=[held.pk])
    assert address not in client.get(reverse("grant_list")).content.decode()
    assert client.get(address).status_code == 403
    assert client.post(address, {"note": "换届"}).status_code == 403
    client.force_login(cast["secretary"])
    assert client.post(reverse("grant_revoke", args=[Grant.objects.get(user=cast["neighbour"]).pk])).status_code == 404


def test_accounts_are_found_by_name_and_login_name_letter_for_letter(client, cast):
    client.force_login(cast["security"])

    def found(**query):
        return {user.username for user in client.get(reverse("user_list"), query).context["page"].objects}

    assert found(q="secret") == {"secretary"}
    assert found(q="Neighb") == {"neighbour"}
    assert found(q="%") == found(q="_") == set()
    assert found(admin_role="audit") == {"audit"}
    User.objects.filter(username="officer").update(is_active=False)
    assert found(state="closed") == {"officer"}


def test_an_account_shows_its_branch_and_the_number_of_its_offices(client, cast):
    first = Grant.objects.get(user=cast["secretary"]).organisation
    member = enrol("林晓岚", actor=SYSTEM, organisation=first, category="formal", since=date(2020, 1, 1))
    User.objects.filter(username="secretary").update(member=member)
    client.force_login(cast["security"])
    (row,) = client.get(reverse("user_list"), {"q": "secretary"}).context["page"].objects
    assert row.home_name == "North branch" and len(row.held_grants) == 1


def test_the_lists_ask_no_query_per_row(client, cast):
    client.force_login(cast["security"])

    def asked(name):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse(name)).status_code == 200
        return len(queries)

    before = asked("user_list"), asked("grant_list")
    place = Grant.objects.first().organisation
    for number in range(12):
        user = account(f"more{number}")
        grants.grant(user, actor=SYSTEM, organisation=place, office="clerk", since=date(2020, 1, 1))
    assert (asked("user_list"), asked("grant_list")) == before


def test_an_office_is_given_by_the_form(client, cast):
    client.force_login(cast["security"])
    place = Grant.objects.get(user=cast["secretary"]).organisation
    page = client.get(reverse("grant_create"), {"user": "neighbour"}).content.decode()
    assert 'value="neighbour"' in page and "North branch" in page
    data = {"user": "neighbour", "office": "clerk", "organisation": place.pk, "since": "2026.3.1", "until": ""}
    assert client.post(reverse("grant_create"), data).url == reverse("grant_list")
    assert Grant.objects.get(user=cast["neighbour"], office="clerk").since == date(2026, 3, 1)


def test_a_group_leader_is_named_by_the_form(client, cast):
    client.force_login(cast["security"])
    place = Grant.objects.get(user=cast["secretary"]).organisation
    group = place.groups.get()
    data = {"user": "neighbour", "office": "group_leader", "organisation": place.pk, "group": group.pk}
    response = client.post(reverse("grant_create"), data | {"since": "2026-03-01"})
    assert response.status_code == 302
    assert Grant.objects.get(user=cast["neighbour"], group=group)


@pytest.mark.parametrize(
    ("differs", "field"),
    [
        ({"user": "nobody"}, "user"),
        ({"user": "security"}, "user"),
        ({"user": "audit"}, "user"),
        ({"user": "secretary", "office": "secretary"}, "since"),
        ({"office": "emperor"}, "office"),
        ({"organisation": "999999"}, "organisation"),
        ({"since": "2021-02-30"}, "since"),
        ({"until": "2019-01-01"}, "until"),
        ({"office": "group_leader"}, "group"),
    ],
)
def test_what_cannot_be_given_is_said_at_its_field(client, cast, differs, field):
    client.force_login(cast["security"])
    place = Grant.objects.get(user=cast["secretary"]).organisation
    data = {"user": "neighbour", "office": "clerk", "organisation": place.pk, "since": "2026-03-01"} | differs
    response = client.post(reverse("grant_create"), data)
    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert Grant.objects.count() == 3


def test_the_organisations_on_offer_can_be_narrowed(client, cast):
    client.force_login(cast["security"])
    form = client.get(reverse("grant_create"), {"near": "south"}).context["form"]
    assert [label.strip() for _key, label in form.fields["organisation"].choices][1:] == ["South branch"]
    assert client.get(reverse("grant_create"), {"near": "%"}).status_code == 200


def test_taking_back_asks_for_a_reason_and_ends_the_right_on_the_next_request(client, cast):
    held = Grant.objects.get(user=cast["officer"])
    address = reverse("grant_revoke", args=[held.pk])
    client.force_login(cast["officer"])
    assert client.get(reverse("grant_list")).context["page"].total == 3
    keeper = type(client)()
    keeper.force_login(cast["security"])
    assert keeper.get(address).status_code == 200
    assert keeper.post(address, {"note": " "}).status_code == 200
    assert Grant.objects.get(pk=held.pk).revoked_at is None
    assert keeper.post(address, {"note": "换届"}).url == reverse("grant_list")
    assert client.get(reverse("grant_list")).context["page"].total == 1  # his own, ended


def test_an_account_is_closed_and_opened_on_its_page(client, cast):
    sign_in(client, "secretary")
    keeper = type(client)()
    keeper.force_login(cast["security"])
    address = reverse("user_edit", args=[cast["secretary"].pk])
    assert keeper.post(address, {"act": "deactivate", "note": ""}).status_code == 200
    assert User.objects.get(username="secretary").is_active
    assert keeper.post(address, {"act": "deactivate", "note": "调离"}).url == address
    assert client.get(reverse("session_list")).status_code == 302
    assert "调离" in keeper.get(address).content.decode()
    assert keeper.post(address, {"act": "activate", "note": "调回"}).url == address
    assert User.objects.get(username="secretary").is_active


def test_a_tampered_form_of_an_account_changes_nothing_else(client, cast):
    client.force_login(cast["security"])
    address = reverse("user_edit", args=[cast["secretary"].pk])
    client.post(address, {"act": "promote", "note": "x", "admin_role": "system", "is_active": "", "username": "x"})
    client.post(address, {"note": "x", "admin_role": "system", "username": "x"})
    unchanged = User.objects.get(pk=cast["secretary"].pk)
    assert (unchanged.username, unchanged.admin_role, unchanged.is_active) == ("secretary", "", True)


def test_the_page_of_an_account_is_for_the_security_administrator(client, cast):
    for who, code in (("secretary", 403), ("officer", 404), ("system", 404)):
        client.force_login(cast[who])
        assert client.get(reverse("user_edit", args=[cast["secretary"].pk])).status_code == code


def test_the_audit_log_is_filtered_and_newest_first(client, cast):
    sign_in(type(client)(), "officer")
    sign_in(type(client)(), "secretary", "wrong password")
    client.force_login(cast["audit"])

    def kinds(**query):
        return [event.kind for event in client.get(reverse("audit_list"), query).context["page"].objects]

    assert kinds()[:2] == ["sign_in_failed", "sign_in"]
    assert kinds(kind="sign_in_failed") == ["sign_in_failed"]
    assert kinds(person="Officer") == ["sign_in"]
    assert kinds(person="%") == []
    today = timezone.localdate().isoformat()
    assert len(kinds(at_after=today, at_before=today)) == AuditEvent.objects.count()
    assert kinds(at_before="2019-12-31") == []
    assert kinds(kind="nonsense") == []


def test_every_audit_event_has_a_name():
    rooms = [Path(app.path) for app in apps.get_app_configs() if Path(app.path).parent == configured.BASE_DIR]
    calls = [call for room in rooms for path in room.rglob("*.py") for call in AUDIT_CALL.findall(path.read_text())]
    written = {kind for call in calls for kind in re.findall(r'"(\w+)"', call)}
    assert {"sign_in", "account_closed", "account_reopened"} <= written <= set(KINDS)


def test_the_audit_log_answers_reading_only(client, cast):
    client.force_login(cast["audit"])
    before = list(AuditEvent.objects.values())
    assert client.post(reverse("audit_list")).status_code == 405
    client.get(reverse("audit_list"))
    assert list(AuditEvent.objects.values()) == before


def test_the_system_page_tells_no_secret_and_no_path(client, cast):
    client.force_login(cast["system"])
    page = client.get(reverse("system_status")).content.decode()
    assert "Django 5.2" in page
    for kept in (configured.SECRET_KEY, str(configured.DATA_DIR), str(configured.BASE_DIR), configured.DATABASE_URL):
        assert kept not in page


def test_the_keeper_of_accounts_reads_no_content(client):
    keeper = security()
    assert not keeper.may("oversee", None) and not keeper.may("read_audit", None)
