"""Activation slips: who gives them, what one opens, when it opens nothing any more."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from branches.activation.names import login_names, mobile
from branches.models import Activation, Member, Particulars, User
from branches.models.activation import members_for_slips
from tests import cast as people
from tests.branches.people import sign_in
from tests.branches.slips import CHOSEN, give, opens, renew, use
from workflow.models import AuditEvent, History

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_failures_left():
    cache.clear()


@pytest.fixture
def paper(cast):
    """A member of the first branch without account."""
    return people.enrol("单小芳", cast.first, position=9)


@pytest.fixture
def client_of(client):
    def signed_in(user):
        client.force_login(user)
        return client

    return signed_in


def test_a_short_password_is_refused_in_chinese(client, cast, paper):
    page = use(client, give(paper, cast.secretary), password="kurz1", again="kurz1").text
    assert "密码太短：至少 10 个字符" in page and "too short" not in page
    for password, words in (("password123", "常见"), ("1234567890", "常见")):
        assert words in use(client, give(paper, cast.secretary), password=password, again=password).text


# --- giving -------------------------------------------------------------------------------------------------------------
def test_a_slip_opens_an_account_with_a_password_of_ones_own(client, cast, paper):
    slip = give(paper, cast.secretary)
    assert re.fullmatch(r"shanxiaofang\d{4}", slip.username) and len(slip.code) == 12
    response = use(client, slip)
    assert (response.status_code, response.url) == (302, reverse("dashboard"))
    assert client.get(reverse("session_list")).status_code == 200
    account = User.objects.get(member=paper)
    assert (account.username, account.name, account.admin_role) == (slip.username, "单小芳", "")
    assert sign_in(Client(), slip.username, CHOSEN).status_code == 302
    row = Activation.objects.get()
    assert [entry.move for entry in History.objects.of(row)] == ["give_slip", "use_slip"]
    kinds = AuditEvent.objects.exclude(kind="grant_given").order_by("pk").values_list("kind", flat=True)
    assert list(kinds)[-5:] == ["slips_given", "account_created", "slip_used", "sign_in", "sign_in"]


@pytest.mark.parametrize(
    "who", ["clerk", "committee_member", "group_leader", "member", "supervisor", "liaison", "nobody"]
)
def test_other_offices_give_no_slips(cast, paper, who):
    with pytest.raises(PermissionDenied):
        give(paper, getattr(cast, who))
    with pytest.raises(PermissionDenied):
        renew(cast.people[4], getattr(cast, who))


@pytest.mark.parametrize("who", ["sysadmin", "secadmin", "auditor"])
def test_nor_does_any_administrator(cast, paper, who, client_of):
    with pytest.raises(PermissionDenied):
        give(paper, getattr(cast, who))
    client = client_of(getattr(cast, who))
    assert client.get(reverse("slip_list")).status_code == 403
    assert client.post(reverse("slip_create"), {"selected": paper.pk}).status_code == 403
    assert client.post(reverse("slip_renew", args=[cast.people[4].pk])).status_code == 403
    assert not Activation.objects.exists()


def test_the_secretary_for_the_own_branch_the_officer_below_and_nobody_elsewhere(cast, paper, client_of):
    for who in ("secretary", "officer"):
        assert client_of(getattr(cast, who)).post(reverse("slip_create"), {"selected": paper.pk}).status_code == 200
    before = Activation.objects.count()
    for who in ("sibling", "stranger"):
        client = client_of(getattr(cast, who))
        assert client.post(reverse("slip_create"), {"selected": paper.pk}).status_code == 404
        assert client.post(reverse("slip_renew", args=[cast.people[4].pk])).status_code == 404
        with pytest.raises(PermissionDenied):
            give(paper, getattr(cast, who))
    assert Activation.objects.count() == before


def test_one_member_of_another_branch_among_the_ticked_stops_all(cast, paper, client_of):
    other = people.enrol("庚二", cast.second)
    client = client_of(cast.secretary)
    assert client.post(reverse("slip_create"), {"selected": [paper.pk, other.pk]}).status_code == 404
    assert not Activation.objects.exists()


@pytest.mark.parametrize("ticked", [[], ["x"], ["9" * 30]])
def test_nonsense_is_answered_with_words_or_not_found(cast, client_of, ticked):
    response = client_of(cast.secretary).post(reverse("slip_create"), {"selected": ticked})
    assert response.status_code == (404 if ticked else 302)


def test_whoever_has_an_account_gets_no_second_one(cast, client_of):
    client = client_of(cast.secretary)
    response = client.post(reverse("slip_create"), {"selected": cast.people[4].pk}, follow=True)
    assert cast.people[4].name in response.content.decode() and not Activation.objects.exists()


def test_a_hundred_slips_cost_no_more_questions_than_one(cast, client_of, django_assert_max_num_queries):
    client = client_of(cast.secretary)
    client.get(reverse("slip_list"))
    counts = []
    for size in (1, 12):
        folk = [people.enrol(f"新人{size}之{n}", cast.first, position=20 + n) for n in range(size)]
        with django_assert_max_num_queries(60) as queries:
            client.post(reverse("slip_create"), {"selected": [member.pk for member in folk]})
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_page_shows_each_code_once_and_is_kept_by_no_cache(cast, paper, client_of):
    client = client_of(cast.secretary)
    response = client.post(reverse("slip_create"), {"selected": paper.pk})
    page = response.content.decode()
    (code,) = re.findall(r"\b(?:[0-9A-Z]{4}-){2}[0-9A-Z]{4}\b", page)
    assert "no-store" in response["Cache-Control"] and paper.name in page
    assert reverse("slip_qr") in page and "/activate/" in page
    assert code not in client.get(reverse("slip_list")).content.decode()
    again = client.post(reverse("slip_create"), {"selected": paper.pk}).content.decode()
    assert code not in again


def test_slips_of_several_branches_are_sorted_by_branch(cast, paper, client_of):
    other = people.enrol("庚二", cast.second)
    response = client_of(cast.officer).post(reverse("slip_create"), {"selected": [other.pk, paper.pk]})
    page = response.content.decode()
    assert (
        page.index("First branch") < page.index(paper.name) < page.index("Second branch") < page.index("庚二</strong>")
    )


def test_the_list_says_how_far_each_member_is(cast, paper):
    reader = User.objects.get(pk=cast.secretary.pk)
    rows = {row.member_id: row for row in members_for_slips(reader)}
    assert rows[paper.pk].username is None and rows[paper.pk].slip_until is None
    assert rows[cast.people[4].pk].username == "member" and rows[cast.people[4].pk].is_open
    assert cast.siblings[0].pk not in rows
    give(paper, cast.secretary)
    assert next(row for row in members_for_slips(reader) if row.member_id == paper.pk).slip_until


@pytest.mark.parametrize(("state", "shown"), [("without", "白纸"), ("given", "单小芳"), ("account", "戊同志")])
def test_the_list_can_be_narrowed_by_it(cast, paper, client_of, state, shown):
    people.enrol("白纸", cast.first)
    give(paper, cast.secretary)
    page = client_of(cast.secretary).get(reverse("slip_list"), {"state": state}).content.decode()
    assert [name for name in ("白纸", "单小芳", "戊同志") if name in page] == [shown]


def test_the_picture_holds_the_address_alone(cast, client_of):
    response = client_of(cast.secretary).get(reverse("slip_qr"))
    assert response["Content-Type"] == "image/svg+xml" and b"<script" not in response.content
    assert b"<svg" in response.content


# --- using --------------------------------------------------------------------------------------------------------------
def test_a_slip_serves_once(client, cast, paper):
    slip = give(paper, cast.secretary)
    assert opens(client, slip)
    assert not opens(Client(), slip, password="another pass 9", again="another pass 9")
    assert sign_in(Client(), slip.username, "another pass 9").status_code == 200


def test_it_ends_after_a_fortnight(client, cast, paper):
    slip = give(paper, cast.secretary)
    with time_machine.travel(timezone.now() + timedelta(days=14, seconds=1)):
        assert not opens(Client(), slip)
    with time_machine.travel(timezone.now() + timedelta(days=13, hours=23)):
        assert opens(Client(), slip)


def test_a_new_slip_voids_the_old_one(client, cast, paper):
    old, new = give(paper, cast.secretary), give(paper, cast.officer)
    assert not opens(client, old)
    assert not opens(client, old, login=new.username)
    assert opens(client, new)
    first = Activation.objects.order_by("pk").first()
    assert first.voided_at and not first.used_at
    assert [entry.move for entry in History.objects.of(first)] == ["give_slip", "void_slip"]


def test_a_code_opens_its_own_login_name_only(client, cast, paper):
    other = people.enrol("白纸", cast.first)
    mine, theirs = give(paper, cast.secretary), give(other, cast.secretary)
    assert not opens(client, mine, login=theirs.username)
    assert opens(client, mine, login=f" {mine.username.upper()} ")


@pytest.mark.parametrize("spelling", [str.lower, lambda c: c.replace("0", "O").replace("1", "l"), " ".join])
def test_a_code_is_read_as_people_write_it(client, cast, paper, spelling):
    slip = give(paper, cast.secretary)
    assert opens(client, slip, code=spelling(slip.code))


def test_five_wrong_codes_and_even_the_right_one_waits(client, cast, paper):
    slip = give(paper, cast.secretary)
    for _ in range(4):
        assert use(client, slip, code="0000-0000-0000").status_code == 200
    response = use(client, slip, code="0000-0000-0000")
    assert (response.status_code, response["Retry-After"]) == (429, "900")
    assert use(client, slip).status_code == 429
    assert not User.objects.filter(member=paper).exists()
    assert AuditEvent.objects.filter(kind="slip_refused").count() == 5
    assert opens(Client(REMOTE_ADDR="192.0.2.9"), slip)  # elsewhere nobody pays for it


def test_a_code_typed_as_the_login_name_stays_out_of_the_audit_log(client, cast, paper):
    slip = give(paper, cast.secretary)
    use(client, slip, login=slip.code.lower(), code=slip.username)
    use(client, slip, code="0000-0000-0000")
    labels = list(AuditEvent.objects.filter(kind="slip_refused").order_by("pk").values_list("actor_label", flat=True))
    assert labels == [f"{slip.code[:2].lower()}…", slip.username]


def test_weak_passwords_lock_nobody_out_and_leave_the_slip_good(client, cast, paper):
    slip = give(paper, cast.secretary)
    for weak in ("short", "1234567890", slip.username, "shanxiaofang") * 2:
        response = use(client, slip, password=weak, again=weak)
        assert response.status_code == 200 and "password" in response.context["form"].errors
    assert "again" in use(client, slip, again="something else").context["form"].errors
    assert opens(client, slip)


def test_unknown_name_and_wrong_code_look_alike(client, cast, paper):
    slip = give(paper, cast.secretary)
    pages = []
    for login in (slip.username, "unheardof1234"):
        page = use(client, slip, login=login, code="0000-0000-0000").content.decode().replace(login, "")
        pages.append(re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page))
    assert pages[0] == pages[1]


def test_looking_at_the_page_writes_nothing(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get(reverse("activate")).status_code == 200


def test_whoever_is_signed_in_is_not_asked(cast, client_of):
    assert client_of(cast.member).get(reverse("activate")).url == reverse("dashboard")


# --- names and rows -------------------------------------------------------------------------------------------------------
def test_login_names_are_pinyin_and_digits_and_never_twice():
    folk = [Member(pk=key, name="张伟") for key in range(1, 60)]
    names = login_names(folk, {}, lambda names: set(names[:3]) if len(names) == 59 else set())
    assert len(set(names.values())) == 59
    assert all(re.fullmatch(r"zhangwei\d{4}", name) for name in names.values())
    assert re.fullmatch(r"dangyuan\d{4}", login_names([Member(pk=1, name="··")], {}, lambda names: set())[1])


@pytest.mark.parametrize(
    ("phone", "name"),
    [("138 0013 8000", "13800138000"), ("+86-13800138000", "13800138000"), ("0571-88886666", ""), ("", "")],
)
def test_only_a_mobile_number_is_a_login_name(phone, name):
    assert mobile(phone) == name


def test_a_site_may_use_mobile_numbers(cast, paper, settings):
    settings.LOGIN_NAMES = "mobile"
    other = people.enrol("白纸", cast.first)
    Particulars.objects.filter(member__in=[paper, other]).update(phone="138 0013 8000")
    assert give(paper, cast.secretary).username == "13800138000"
    assert re.fullmatch(r"baizhi\d{4}", give(other, cast.secretary).username)  # two share one telephone


def test_a_site_may_use_staff_numbers(cast, paper, settings):
    """In small letters, as login names are kept; whoever has none gets pinyin and digits."""
    settings.LOGIN_NAMES = "staff_number"
    other = people.enrol("白纸", cast.first)
    Particulars.objects.filter(member=paper).update(staff_number="A1023")
    assert give(paper, cast.secretary).username == "a1023"
    assert re.fullmatch(r"baizhi\d{4}", give(other, cast.secretary).username)


def test_a_staff_number_that_is_somebodys_login_name_is_not_given_again(cast, paper, settings):
    settings.LOGIN_NAMES = "staff_number"
    Particulars.objects.filter(member=paper).update(staff_number=cast.officer.username.upper())
    assert give(paper, cast.secretary).username != cast.officer.username


def test_the_database_refuses_two_slips_at_a_time(cast, paper):
    give(paper, cast.secretary)
    row = Activation.objects.get()
    row.pk = None
    with pytest.raises(IntegrityError):
        row.save(force_insert=True)


def test_a_slip_is_either_used_or_void(cast, paper):
    give(paper, cast.secretary)
    now = timezone.now()
    with pytest.raises(IntegrityError):
        Activation.objects.update(used_at=now, voided_at=now)
