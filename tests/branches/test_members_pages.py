"""The register and the page of one member: what each visitor reads, and what never leaves the server."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from branches.actions import members
from branches.models import Particulars, Relation
from branches.names import initials, pinyin
from tests.cast import SINCE, account, enrol, found
from workflow.actors import SYSTEM

PHONE = "139-CANARY-0001"
LIST = reverse("member_list")


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def told(cast):
    """The cast; the member's particulars hold words that nobody else has."""
    Particulars.objects.filter(member=cast.people[4]).update(
        phone=PHONE, born="1985", joined="1998-06", gender="woman", education="bachelor", employment="retired",
        work_title="TITLE-CANARY",
    )  # fmt: skip
    return cast


@pytest.fixture
def read(client):
    """A function that fetches a page as somebody and returns its text."""

    def fetch(visitor, url, status=200, **asked):
        client.force_login(visitor)
        response = client.get(url, asked)
        assert response.status_code == status
        return response.content.decode()

    return fetch


def detail(member):
    return reverse("member_detail", args=[member.pk])


def names(page, cast):
    """Which of the cast's people the table of a page names, in its order."""
    body = page.partition("<tbody>")[2].partition("</tbody>")[0]
    people = [person.name for person in (*cast.people, *cast.siblings)]
    return sorted((name for name in people if name in body), key=body.index)


# --- the list -------------------------------------------------------------------------------------------------------


def test_a_member_reads_the_register_of_the_branch_in_its_order(cast, read):
    members.name_to_post(cast.people[3], actor=SYSTEM, organisation=cast.first, kind="deputy", since=SINCE)
    assert names(read(cast.member, LIST), cast) == ["甲书记", "丁组长", "乙委员", "丙干事", "戊同志"]


def test_an_officer_reads_every_branch_below_in_tree_order(cast, read):
    assert names(read(cast.officer, LIST), cast) == [
        "甲书记", "乙委员", "丙干事", "丁组长", "戊同志", "己书记", "庚同志",
    ]  # fmt: skip


@pytest.mark.parametrize("visitor", ["stranger", "nobody", "sysadmin", "secadmin", "auditor"])
def test_others_read_no_name(cast, read, visitor):
    assert names(read(getattr(cast, visitor), LIST), cast) == []


def test_the_row_says_name_category_post_group_and_branch(told, read):
    page = read(told.member, LIST)
    for words in ("Full member", "Branch secretary", "Group", "First branch"):
        assert words in page
    for words in (PHONE, "TITLE-CANARY", "1998-06", "Retired"):
        assert words not in page


@pytest.mark.parametrize("words", ["戊", "戊同志", "wutongzhi", "WTZ", "wtz", "tongzhi", "wu tong", "wt"])
def test_a_member_is_found_by_name_pinyin_or_initials(cast, read, words):
    assert names(read(cast.member, LIST, q=words), cast) == ["戊同志"]


@pytest.mark.parametrize("words", ["%", "_", "甲 乙", "zzz", "tz", "'"])
def test_signs_mean_themselves_and_every_word_must_hold(cast, read, words):
    assert names(read(cast.member, LIST, q=words), cast) == []


def test_surnames_are_read_as_surnames():
    assert (pinyin("单小明"), initials("单小明")) == ("shan xiao ming", "sxm")
    assert initials("张小明") == "zxm"


def test_the_register_is_narrowed_by_category_group_and_organisation(cast, read):
    enrol("新同志", cast.first, category="probationary")
    assert "新同志" in read(cast.officer, LIST, category="probationary")
    assert names(read(cast.officer, LIST, category="probationary"), cast) == []
    assert names(read(cast.officer, LIST, group="Group"), cast) == ["丁组长", "戊同志"]
    assert names(read(cast.officer, LIST, organisation="second"), cast) == ["己书记", "庚同志"]
    assert names(read(cast.officer, LIST, organisation="Third"), cast) == []


def test_a_number_opens_its_rows(cast, read):
    page = read(cast.officer, LIST, under=cast.second.pk, q="g")
    assert names(page, cast) == ["庚同志"]
    assert f'<input type="hidden" name="under" value="{cast.second.pk}"' in page, "another condition would widen it"
    assert "Second branch" in page and "Show all" in page


@pytest.mark.parametrize("under", ["third", "99999", "abc", "-1", "1" * 30, "１"])
def test_rows_of_an_organisation_one_does_not_see_are_not_found(cast, read, under):
    read(cast.officer, LIST, 404, under=cast.third.pk if under == "third" else under)


def test_an_unreadable_condition_shows_no_rows(cast, read):
    assert names(read(cast.officer, LIST, category="honorary"), cast) == []
    assert names(read(cast.officer, LIST, q="x" * 41), cast) == []


def test_who_left_or_only_takes_part_is_not_in_the_register(cast, read):
    today = timezone.localdate()
    Relation.objects.filter(member=cast.people[2]).update(until=today - timedelta(1))
    Relation.objects.create(member=cast.siblings[1], organisation=cast.first, kind="taking_part", since=SINCE)
    assert names(read(cast.secretary, LIST), cast) == ["甲书记", "乙委员", "丁组长", "戊同志"]


# --- one member -----------------------------------------------------------------------------------------------------


def test_a_colleague_reads_name_category_post_and_group(told, read):
    page = read(told.group_leader, detail(told.people[4]))
    for words in ("戊同志", "Full member", "Group", "First branch"):
        assert words in page
    for words in (PHONE, "TITLE-CANARY", "1998-06", "Retired", "Particulars", "Dated facts", str(SINCE)):
        assert words not in page


@pytest.mark.parametrize("visitor", ["secretary", "clerk", "committee_member", "officer", "supervisor", "member"])
def test_office_oversight_and_the_person_read_the_particulars(told, read, visitor):
    page = read(getattr(told, visitor), detail(told.people[4]))
    for words in (PHONE, "TITLE-CANARY", "1985", "1998-06", "Retired", "Bachelor", f"{SINCE} – today"):
        assert words in page


@pytest.mark.parametrize("visitor", ["sibling", "stranger", "nobody", "sysadmin", "secadmin", "auditor"])
def test_a_stranger_is_not_told_that_the_member_exists(told, read, visitor):
    assert "戊" not in read(getattr(told, visitor), detail(told.people[4]), 404)


def test_the_dated_facts_tell_what_was(told, read):
    member, today = told.people[4], timezone.localdate()
    Relation.objects.filter(member=member).update(since=today - timedelta(9))
    Relation.objects.create(
        member=member, organisation=told.third, since=SINCE, until=today - timedelta(10), reason="Moved house"
    )
    members.name_to_post(member, actor=SYSTEM, organisation=told.first, kind="publicity", since=today)
    members.exempt(
        member,
        actor=SYSTEM,
        organisation=told.first,
        since=today,
        until=today,
        reason="Illness",
        approved_by="Assembly",
    )
    page = read(told.secretary, detail(member))
    for words in ("Third branch", "Moved house", "Publicity member", "Illness", "Approved by Assembly"):
        assert words in page
    table = page.partition("Dated facts")[2]
    assert table.index("Illness") < table.index("Moved house"), "the newest first"


def test_a_guest_is_named_as_one_who_takes_part(cast, read):
    guest = cast.siblings[1]
    Relation.objects.create(member=guest, organisation=cast.first, kind="taking_part", since=SINCE)
    page = read(cast.member, detail(guest))
    assert "Takes part in" in page and "First branch" in page
    assert "Second branch" not in page, "where a guest belongs is not the host's to read"


def test_a_member_without_a_branch_still_reads_his_own_page(told, read):
    Relation.objects.filter(member=told.people[4]).update(until=SINCE)
    assert PHONE in read(told.member, detail(told.people[4]))


# --- frame, method, number of queries ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("visitor", "offered"),
    [
        ("member", {"organisation_list", "member_list"}),
        ("secretary", {"organisation_list", "member_list", "grant_list", "slip_list"}),
        ("officer", {"organisation_list", "member_list", "grant_list", "slip_list"}),
        ("supervisor", {"organisation_list", "member_list", "grant_list"}),
        ("nobody", set()),
        ("sysadmin", {"organisation_list", "system_status"}),
        ("secadmin", {"organisation_list", "user_list", "grant_list"}),
        ("auditor", {"audit_list"}),
    ],
)
def test_the_menu_offers_what_the_person_may_open(cast, read, visitor, offered):
    ours = ("organisation_list", "member_list", "grant_list", "slip_list", "user_list", "audit_list", "system_status")
    menu = read(getattr(cast, visitor), LIST).partition('id="menu"')[2].partition("<main")[0]
    assert {name for name in ours if f'href="{reverse(name)}"' in menu} == offered


@pytest.mark.parametrize(
    ("visitor", "unit"),
    [
        ("member", "County committee"),
        ("officer", "County committee"),
        ("stranger", "Other county"),
        ("sysadmin", "County committee"),
        ("nobody", ""),
    ],
)
def test_the_brand_bar_names_the_whole_one_belongs_to(cast, read, visitor, unit):
    bar = read(getattr(cast, visitor), LIST).partition("<header")[2].partition("</header>")[0]
    named = {name for name in ("County committee", "Other county") if f'<span class="brand-unit">{name}' in bar}
    assert named == ({unit} if unit else set())


def test_the_frame_says_as_whom_one_acts(cast, read):
    assert "First branch Secretary" in read(cast.secretary, LIST)


def test_the_pages_read_and_nothing_else(client, cast):
    for url in (LIST, detail(cast.people[4])):
        assert client.get(url).status_code == 302, "before sign-in"
    client.force_login(cast.member)
    for url in (LIST, detail(cast.people[4])):
        assert client.post(url).status_code == 405


def test_htmx_gets_the_list_area_alone(client, cast):
    client.force_login(cast.member)
    page = client.get(LIST, headers={"HX-Request": "true", "HX-Target": "list-area"}).content.decode()
    assert "戊同志" in page and "<html" not in page


def count_queries(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_the_number_of_queries_does_not_grow(client, cast, monkeypatch):
    monkeypatch.setattr("reminders.badges.SECONDS", 60)  # as on a site: the first look counts them
    client.force_login(cast.officer)
    urls = [LIST, f"{LIST}?q=t", f"{LIST}?under={cast.county.pk}", detail(cast.people[0])]
    few = [count_queries(client, url) for url in urls]
    for n in range(15):
        branch = found(f"Branch {n}", "branch", cast.county)
        person = enrol(f"同志{n}", branch)
        members.name_to_post(person, actor=SYSTEM, organisation=branch, kind="secretary", since=SINCE)
        account(f"user{n}", person, office="secretary", organisation=branch)
        members.name_to_post(cast.people[0], actor=SYSTEM, organisation=branch, kind="deputy", since=SINCE)
    assert [count_queries(client, url) for url in urls] == few
    assert max(few[:3]) <= 10
