"""The first start: a code from the terminal opens one page, once; everything else leads there until it has served."""

import logging
from datetime import date
from io import StringIO

import pytest
from django.conf import settings as configured
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.urls import reverse

from branches.actions import members, organisations
from branches.actions.setup import Person, Root, set_up
from branches.models import Grant, Organisation, User
from branches.rights import Right
from branches.setup import door
from tests import cast as people
from tests.branches.people import account, sign_in
from tests.branches.slips import give
from workflow.actors import SYSTEM
from workflow.models import AuditEvent, History

pytestmark = pytest.mark.django_db
SECRETS = {
    "system": "blue river 4096",
    "security": "tall bamboo 31",
    "audit": "old bridge 8080",
    "officer": "green hills 777",
}
PEOPLE = tuple(SECRETS)


@pytest.fixture(autouse=True)
def new_site(monkeypatch, settings, tmp_path):
    monkeypatch.setattr(door.Door, "is_shut", False)
    settings.DATA_DIR = tmp_path
    (tmp_path / "keys").mkdir()
    cache.clear()


def typed(code, **differs):
    """What is sent by somebody who does everything right."""
    data = {"code": code, "name": "中共云岭镇委员会", "short_name": "云岭镇党委", "kind": "committee"}
    data |= {"since": "2011-07-01"}
    for who in PEOPLE:
        secret = SECRETS[who]
        data |= {f"{who}_login": f"{who}.one", f"{who}_name": f"{who} person"}
        data |= {f"{who}_password": secret, f"{who}_again": secret}
    return data | differs


def post(client, code=None, **differs):
    return client.post(reverse("setup"), typed(code or door.new_code(), **differs))


def refused(client, field, **differs):
    """Posting this shows the page again, with a word at `field`, and nothing was made."""
    response = post(client, **differs)
    assert response.status_code == 200 and field in response.context["form"].errors
    assert not User.objects.exists() and not Organisation.objects.exists()
    return response.content.decode()


def test_it_founds_the_root_and_opens_four_accounts_that_can_sign_in(client):
    response = post(client)
    assert (response.status_code, response.url) == (302, reverse("account_login"))
    root = Organisation.objects.get()
    assert (root.name, root.kind, root.branch_kind, root.depth) == ("中共云岭镇委员会", "committee", "", 1)
    roles = dict(User.objects.values_list("username", "admin_role"))
    assert roles == {"system.one": "system", "security.one": "security", "audit.one": "audit", "officer.one": ""}
    assert Grant.objects.get().user.username == "officer.one"
    officer = User.objects.get(username="officer.one")
    assert officer.may(Right.ARRANGE, root) and officer.may(Right.KEEP_REGISTER, root)
    for who in PEOPLE:
        assert sign_in(client, f"{who}.one", SECRETS[who]).status_code == 302
    assert AuditEvent.objects.get(kind="set_up").address == "127.0.0.1"


def test_a_village_may_begin_with_a_single_branch(client):
    post(client, kind="branch:single")
    assert Organisation.objects.values_list("kind", "branch_kind").get() == ("branch", "single")


def test_afterwards_there_is_no_such_page_not_even_with_a_fresh_code(client):
    assert post(client).status_code == 302
    assert client.get(reverse("setup")).status_code == 404
    assert post(client).status_code == 404
    assert User.objects.count() == 4


def test_a_site_with_one_account_is_set_up(client):
    account("lin")
    assert client.get(reverse("setup")).status_code == 404
    out = StringIO()
    call_command("setup_code", stdout=out)
    assert out.getvalue() == ""


@pytest.mark.parametrize("path", ["/", "/accounts/login/", "/meetings/", "/users/", "/no/such/page/", "/jobs/"])
def test_until_then_every_page_leads_there(client, path):
    assert client.get(path).url == client.post(path).url == reverse("setup")


@pytest.mark.parametrize("path", ["/healthz", "/setup/"])
def test_but_the_page_itself_and_the_health_of_the_server_answer(client, path):
    assert client.get(path).status_code == 200
    account("lin")
    assert client.get("/").url.startswith(reverse("account_login"))


def test_the_terminal_shows_the_code_and_nothing_but_its_keyed_hash_is_kept(client):
    out = StringIO()
    call_command("setup_code", stdout=out)
    code = next(
        line.strip() for line in out.getvalue().splitlines() if line.count("-") == 2 and len(line.strip()) == 14
    )
    kept = [path.read_text() for path in configured.DATA_DIR.rglob("*") if path.is_file()]
    assert kept and not any(code in text or code.replace("-", "") in text for text in kept)
    assert (configured.DATA_DIR / "keys" / "setup-code").stat().st_mode & 0o777 == 0o600
    assert post(client, code.lower().replace("-", " ")).status_code == 302
    assert not (configured.DATA_DIR / "keys" / "setup-code").exists()


def test_a_new_start_voids_the_code_of_the_last_one(client):
    old = door.new_code()
    door.new_code()
    refused(client, "code", code=old)


def test_before_any_code_was_made_none_opens(client):
    assert not door.opens("") and not door.opens("0" * 12)


def test_the_sixth_wrong_code_waits_and_then_even_the_right_one_does(client):
    right = door.new_code()
    for _ in range(4):
        assert post(client, "0000-0000-0000").status_code == 200
    assert post(client, "0000-0000-0000").status_code == 429
    response = post(client, right)
    assert response.status_code == 429 and response["Retry-After"] == "900"
    assert not User.objects.exists()
    assert AuditEvent.objects.filter(kind="set_up_refused", address="127.0.0.1").count() == 6
    response = client.post(reverse("setup"), typed(right), REMOTE_ADDR="192.0.2.7")
    assert response.status_code == 302


def test_right_codes_on_a_page_with_other_faults_lock_nobody_out(client):
    code = door.new_code()
    for _ in range(7):
        refused(client, "name", code=code, name="")
    assert post(client, code).status_code == 302


@pytest.mark.parametrize(
    ("field", "differs"),
    [
        ("name", {"name": " "}),
        ("kind", {"kind": "branch"}),
        ("since", {"since": "2011-02-30"}),
        ("audit_login", {"audit_login": "Security.One"}),
        ("officer_login", {"officer_login": "audit.one"}),
        ("system_login", {"system_login": "系统"}),
        ("system_password", {"system_password": "short", "system_again": "short"}),
        ("security_password", {"security_password": "1234567890", "security_again": "1234567890"}),
        ("security_password", {"security_password": "security person", "security_again": "security person"}),
        ("audit_again", {"audit_again": "something else 9"}),
        ("officer_name", {"officer_name": ""}),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(client, field, differs):
    page = refused(client, field, **differs)
    assert "中共云岭镇委员会" in page or field == "name"
    assert "blue river 4096" in page or field.startswith("system")


def test_the_page_is_kept_by_no_cache_and_the_secrets_by_no_log(client, caplog):
    caplog.set_level(logging.DEBUG)
    code = door.new_code()
    assert "no-store" in client.get(reverse("setup"))["Cache-Control"]
    post(client, code, name="")
    post(client, code)
    told = caplog.text + str(list(AuditEvent.objects.values())) + str(list(History.objects.values()))
    for secret in (code, code.replace("-", ""), "blue river 4096", "green hills 777"):
        assert secret not in told
        assert secret not in str(client.cookies)


def test_looking_at_it_writes_nothing(client, django_assert_num_queries):
    door.new_code()
    with django_assert_num_queries(2):  # twice: is there an account?
        client.get(reverse("setup"))


def test_only_the_system_sets_up_and_only_once():
    people = {role: Person(f"{role}.one", role, "a long pass phrase") for role in ("system", "security", "audit")}
    root = Root("中共云岭镇委员会", "", "committee", "", date(2011, 7, 1))
    told = (root, people, Person("officer.one", "officer", "a long pass phrase"))
    with pytest.raises(PermissionDenied):
        set_up(*told, actor=User(username="lin"), address="192.0.2.1")
    set_up(*told, actor=SYSTEM, address="192.0.2.1")
    with pytest.raises(ValidationError):
        set_up(*told, actor=SYSTEM, address="192.0.2.1")
    assert Organisation.objects.count() == 1


def test_once_there_is_an_account_no_request_asks_again(client, django_assert_num_queries):
    account("lin")
    client.get(reverse("healthz"))
    with django_assert_num_queries(0):
        client.get(reverse("healthz"))


def test_the_list_of_faults_says_of_which_account_it_speaks(client):
    page = refused(client, "audit_password", audit_login="", audit_password="audit person", audit_again="audit person")
    assert "审计管理员 · 登录名" in page and "审计管理员 · 密码" in page
    assert "密码和姓名太像" in page


def test_the_first_officer_is_told_what_comes_next_until_it_is_done(client):
    assert "officer.one" in client.get(post(client).url).text
    sign_in(client, "officer.one", SECRETS["officer"])
    home = reverse("dashboard")
    assert "先做这几件事" in client.get(home).text
    root = Organisation.objects.get()
    branch = organisations.found(
        "Branch", actor=SYSTEM, kind="branch", branch_kind="single", since=root.since, parent=root
    )
    assert client.get(home).text.count("已完成") >= 1
    facts = {"organisation": branch, "category": "formal", "since": root.since}
    member = members.enrol("甲同志", actor=SYSTEM, **facts)
    assert "先做这几件事" in client.get(home).text
    give(member, User.objects.get(username="officer.one"))
    assert "由安全管理员授予书记职务" in client.get(home).text
    people.account("jia", member, office="secretary", organisation=branch)
    assert "先做这几件事" not in client.get(home).text
