"""The tree, level by level, and the page of one organisation."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from branches.actions import members, organisations
from branches.models import Grant, Organisation, Particulars, User
from tests.cast import SINCE, account, enrol, found
from workflow.actors import SYSTEM

LIST = reverse("organisation_list")
ROW = re.compile(r"<tr><td.*?</tr>", re.DOTALL)
NAME = re.compile(r'/organisations/\d+/">([^<]*)')


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def town(cast):
    """county → first, second, general branch → fourth; the secretary of the general branch belongs to the fourth."""
    cast.general = found("General branch", "general_branch", cast.county)
    cast.fourth = found("Fourth branch", "branch", cast.general)
    head = enrol("辛书记", cast.fourth)
    members.name_to_post(head, actor=SYSTEM, organisation=cast.general, kind="secretary", since=SINCE, title="Head")
    cast.inner = account("inner", head, office="secretary", organisation=cast.general)
    return cast


@pytest.fixture
def read(client):
    def fetch(visitor, url, status=200, **asked):
        client.force_login(visitor)
        response = client.get(url, asked)
        assert response.status_code == status
        return response.content.decode()

    return fetch


def detail(organisation):
    return reverse("organisation_detail", args=[organisation.pk])


def rows(page):
    """The table of a page: (steps of indent, name, secretary, number of members) a row."""
    found = []
    for row in ROW.findall(page):
        cells = dict(re.findall(r'data-label="([^"]*)"[^>]*>(.*?)</td>', row, re.DOTALL))
        plain = {label: re.sub("<[^>]*>", "", cell).strip() for label, cell in cells.items()}
        name = NAME.search(row).group(1)
        found.append((row.count("ps-4"), name, plain.get("Secretary"), plain.get("Number of members")))
    return found


def opened(page):
    """Names of the rows whose mark closes them again."""
    return re.findall(r'aria-label="Close ([^"]*)"', page)


# --- the tree ---------------------------------------------------------------------------------------------------------


def test_one_organisation_at_the_top_is_shown_open(town, read):
    page = read(town.officer, LIST)
    assert rows(page) == [
        (0, "County committee", "--", "8"),
        (1, "First branch", "甲书记", "5"),
        (1, "Second branch", "己书记", "2"),
        (1, "General branch", "辛书记", "1"),
    ]
    assert opened(page) == ["County committee"]


def test_a_level_opens_below_its_superiors(town, read):
    page = read(town.officer, LIST, under=town.general.pk)
    assert rows(page) == [
        (0, "County committee", "--", "8"),
        (1, "General branch", "辛书记", "1"),
        (2, "Fourth branch", "--", "1"),
    ]
    assert opened(page) == ["County committee", "General branch"]
    assert f'href="{LIST}?under={town.county.pk}"' in page, "closing it leads to the level above"


def test_several_at_the_top_stay_closed(town, read):
    Grant.objects.create(user=town.officer, organisation=town.other, office="supervisor", since=SINCE)
    page = read(town.officer, LIST)
    assert [row[:2] for row in rows(page)] == [(0, "County committee"), (0, "Other county")]
    assert opened(page) == []
    page = read(town.officer, LIST, under=town.other.pk)
    assert [row[:2] for row in rows(page)] == [(0, "Other county"), (1, "Third branch")]


def test_the_top_is_what_one_sees_of_the_tree(town, read):
    assert rows(read(town.member, LIST)) == [(0, "First branch", "甲书记", "5")]
    assert rows(read(town.sibling, LIST)) == [(0, "Second branch", "己书记", "2")]
    assert [row[:2] for row in rows(read(town.inner, LIST))] == [(0, "General branch"), (1, "Fourth branch")]
    assert rows(read(town.nobody, LIST)) == []
    assert rows(read(town.auditor, LIST)) == []


def test_home_beside_oversight_is_a_top_of_its_own(town, read):
    """A member of the first branch supervises the general branch: both are shown, and the county is not."""
    Grant.objects.create(user=town.member, organisation=town.general, office="supervisor", since=SINCE)
    assert [row[1] for row in rows(read(town.member, LIST))] == ["First branch", "General branch"]


def test_home_below_oversight_is_not_shown_twice(town, read):
    user = User.objects.get(pk=town.member.pk)
    Grant.objects.create(user=user, organisation=town.county, office="supervisor", since=SINCE)
    assert [row[:2] for row in rows(read(user, LIST))] == [
        (0, "County committee"), (1, "First branch"), (1, "Second branch"), (1, "General branch"),
    ]  # fmt: skip


def test_an_office_at_an_inner_node_opens_nothing_below(town, read):
    """A committee member of the county holds an office there and oversees nobody: no number, no mark to open."""
    visitor = account("county_member", office="committee_member", organisation=town.county)
    page = read(visitor, LIST)
    assert rows(page) == [(0, "County committee", "--", "--")]
    assert "chevron" not in page.partition("<tbody>")[2].partition("</tbody>")[0]
    assert [row[1] for row in rows(read(visitor, LIST, under=town.county.pk))] == ["County committee"]
    assert "Members today" not in read(visitor, detail(town.county))


@pytest.mark.parametrize("visitor", ["sysadmin", "secadmin"])
def test_administrators_read_names_and_kinds_only(town, read, visitor):
    page = read(getattr(town, visitor), LIST)
    assert [row[1:] for row in rows(page)] == [("County committee", None, None), ("Other county", None, None)]
    for url in (LIST, f"{LIST}?under={town.county.pk}", f"{LIST}?q=branch", detail(town.first), detail(town.county)):
        page = read(getattr(town, visitor), url)
        for word in ("甲书记", "己书记", "辛书记", "Members today", "Number of members", "Posts"):
            assert word not in page, url


@pytest.mark.parametrize("visitor", ["member", "sibling", "nobody", "auditor"])
def test_nobody_opens_what_is_not_his(town, read, visitor):
    read(getattr(town, visitor), LIST, 404, under=town.county.pk)
    read(getattr(town, visitor), detail(town.county), 404)


@pytest.mark.parametrize("under", ["abc", "-1", "0", "99999", "1" * 30, "1 2", "١"])
def test_a_made_up_organisation_is_not_found(town, read, under):
    read(town.officer, LIST, 404, under=under)


def test_search_finds_by_name_everywhere_one_sees(town, read):
    page = read(town.officer, LIST, q="fourth")
    assert rows(page) == [(0, "Fourth branch", "--", "1")]
    assert '<span class="hint">General branch</span>' in page, "which of several of that name"
    assert [row[1] for row in rows(read(town.officer, LIST, q="branch"))] == [
        "First branch", "Second branch", "General branch", "Fourth branch",
    ]  # fmt: skip
    assert rows(read(town.officer, LIST, q="third")) == []
    assert rows(read(town.sibling, LIST, q="first")) == []
    assert rows(read(town.officer, LIST, q="%")) == []
    assert [row[1] for row in rows(read(town.officer, LIST, q="  "))][0] == "County committee", "blanks ask nothing"


def test_search_adds_up_where_hits_lie_below_each_other(town, read):
    page = read(town.officer, LIST, q="n")
    assert [(name, number) for _, name, _, number in rows(page)] == [
        ("County committee", "8"), ("First branch", "5"), ("Second branch", "2"), ("General branch", "1"),
        ("Fourth branch", "1"),
    ]  # fmt: skip


def test_a_branch_closed_long_ago_says_so(town, read):
    Organisation.objects.filter(pk=town.fourth.pk).update(until=SINCE)
    assert "Dissolved" in read(town.officer, LIST, under=town.general.pk)
    assert "Dissolved on" in read(town.officer, detail(town.fourth))


def test_the_tree_keeps_to_a_page(town, read):
    for n in range(45):
        found(f"Town {n:02}", "committee", town.county)
    page = read(town.officer, LIST)
    assert len(rows(page)) == 20 and rows(page)[0][1] == "County committee"
    third = read(town.officer, LIST, page=3)
    assert [row[1] for row in rows(third)][-1] == "Town 44" and len(rows(third)) == 9
    assert {row[0] for row in rows(third)} == {1}


# --- one organisation ---------------------------------------------------------------------------------------------------


def test_a_branch_tells_its_members_posts_and_groups(town, read):
    enrol("新同志", town.first, category="probationary")
    page = read(town.member, detail(town.first))
    number = f"{reverse('member_list')}?under={town.first.pk}"
    assert f'<a href="{number}">6</a>' in page
    assert f'<a href="{number}&amp;category=formal">5</a>' in page
    assert f'<a href="{number}&amp;category=probationary">1</a>' in page
    for words in ("Branch secretary", "甲书记", "Discipline member", "乙委员", "2 people"):
        assert words in page
    assert "Organisations below" not in page


def test_every_number_opens_as_many_rows(town, read):
    enrol("新同志", town.first, category="probationary")
    page = read(town.officer, detail(town.county))
    links = re.findall(r'<dd><a href="(/members/\?[^"]*)">(\d+)</a>', page)
    assert [count for _, count in links] == ["9", "8", "1"]
    for url, count in links:
        assert f"{count} rows in all" in read(town.officer, url.replace("&amp;", "&"))


def test_an_inner_node_tells_its_secretary_by_title_and_lists_what_is_below(town, read):
    page = read(town.officer, detail(town.general))
    assert "Head" in page and "辛书记" in page
    assert [row[1] for row in rows(page)] == ["Fourth branch"]
    assert f'href="{detail(town.county)}"' in page, "the way up"
    assert f'href="{detail(town.county)}"' not in read(town.inner, detail(town.general))


def test_the_composition_reads_like_the_report(cast, read):
    """The branch of the case: 8 members, 7 in service, 1 retired, 2 women, 1 + 4 + 3 by education."""
    branch = found("Youth palace", "branch", cast.county)
    schools = ["postgraduate"] + ["bachelor"] * 4 + ["college"] * 3
    for n, school in enumerate(schools):
        work, gender = "retired" if n == 7 else "in_service", "woman" if n < 2 else "man"
        enrol(f"同志{n}", branch, education=school, employment=work, gender=gender)
    sentence = "8 members: In service 7, Retired 1; Women 2; Postgraduate 1, Bachelor 4, College 3."
    assert sentence in read(cast.officer, detail(branch))
    Particulars.objects.filter(member__name="同志0").update(gender="", education="")
    Particulars.objects.filter(member__name="同志7").delete()
    sentence = (
        "8 members: In service 7, Employment not recorded 1; Women 1, Gender not recorded 2;"
        " Bachelor 4, College 2, Education not recorded 2."
    )
    assert sentence in read(cast.officer, detail(branch))


@pytest.mark.parametrize(("visitor", "reads"), [("secretary", True), ("clerk", True), ("committee_member", True),
                                                ("officer", True), ("liaison", False), ("member", False),
                                                ("group_leader", False)])  # fmt: skip
def test_the_composition_is_for_those_who_may_read_the_particulars(cast, read, visitor, reads):
    assert ("5 members: " in read(getattr(cast, visitor), detail(cast.first))) == reads


# --- method, number of queries ------------------------------------------------------------------------------------------


def test_the_pages_read_and_nothing_else(client, cast):
    for url in (LIST, detail(cast.first)):
        assert client.get(url).status_code == 302, "before sign-in"
    client.force_login(cast.member)
    for url in (LIST, detail(cast.first)):
        assert client.post(url).status_code == 405


def test_every_mark_is_a_link_that_works_without_a_script(cast, read):
    page = read(cast.officer, LIST)
    for url in re.findall(r'hx-get="(/organisations/[^"]*)"', page):
        assert f'href="{url}"' in page


def count_queries(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_the_number_of_queries_does_not_grow(client, town):
    client.force_login(town.officer)
    urls = [LIST, f"{LIST}?under={town.general.pk}", f"{LIST}?q=branch", detail(town.county), detail(town.first)]
    few = [count_queries(client, url) for url in urls]
    for n in range(15):
        for parent in (town.county, town.general):
            branch = found(f"Branch {parent.pk}.{n}", "branch", parent)
            person = enrol(f"同志{n}", branch)
            members.name_to_post(person, actor=SYSTEM, organisation=branch, kind="secretary", since=SINCE)
        organisations.found_group(f"Group {n}", actor=SYSTEM, organisation=town.first, since=SINCE)
        person = enrol(f"同志{n}", town.first)
        members.name_to_post(person, actor=SYSTEM, organisation=town.first, kind="deputy", since=SINCE)
    assert [count_queries(client, url) for url in urls] == few
    assert max(few[:3]) <= 14
