from urllib.parse import quote_plus, urlencode

import django_filters
import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from branches.models import User
from shell import kept as memory
from shell import lists, pager
from shell.filters import DateSpanFilter, SearchFilter
from shell.formats import escaped
from shell.kept import _put_in, kept

COLUMNS = [
    lists.Column("name", "Name", lambda row: row.name, sort="name"),
    lists.Column("login", "Login {name}", lambda row: row.username, css="nowrap"),
    lists.Column("mail", "Mail", lambda row: row.email),
]


class UserFilter(django_filters.FilterSet):
    q = SearchFilter(fields=["name", "username"])
    joined = DateSpanFilter(field_name="date_joined", label="Joined")
    admin_role = django_filters.ChoiceFilter(label="Administrator", choices=[("system", "System")])

    class Meta:
        model = User
        fields: list[str] = []


@pytest.fixture
def people(db):
    """45 accounts; three share each name."""
    return User.objects.bulk_create(User(username=f"u{n:02}", name=f"N{n // 3:02}") for n in range(45))


def look(query="", rows=None, **options):
    request = RequestFactory().get(f"/list/{query}")
    options.setdefault("filters", UserFilter)
    return lists.page(request, User.objects.all() if rows is None else rows, columns=COLUMNS, **options)


def logins(page):
    return [user.username for user in page.objects]


@pytest.mark.parametrize(
    ("query", "number", "count"),
    [
        ("", 1, 20), ("?page=3", 3, 5), ("?page=99", 3, 5), ("?page=0", 3, 5), ("?page=-4", 3, 5),
        ("?page=two", 1, 20),
        ("?page=", 1, 20), (f"?page={'9' * 5000}", 1, 20), ("?size=50", 1, 45), ("?size=7", 1, 20),
        ("?size=x&page=2", 2, 20),
    ],
)  # fmt: skip
def test_any_page_asked_for_answers(people, query, number, count):
    page = look(query)
    assert (page.pager.number, len(page.objects), page.total) == (number, count, 45)


def test_equal_rows_never_change_pages(people):
    seen = [login for n in (1, 2, 3) for login in logins(look(f"?sort=name&page={n}"))]
    assert seen == [f"u{n:02}" for n in range(45)]
    seen = [login for n in (1, 2, 3) for login in logins(look(f"?sort=-name&page={n}"))]
    assert seen == [f"u{n:02}" for n in reversed(range(45))]


def walked(query):
    """The logins seen by following the link to the next page to its end, and the addresses asked."""
    seen, asked = [], [query]
    while True:
        page = look(asked[-1])
        seen += logins(page)
        if not page.pager.next_url:
            return seen, asked
        asked.append(page.pager.next_url)


@pytest.mark.parametrize("sort", ["name", "-name", ""])
def test_the_next_page_begins_after_the_last_row_of_this_one(people, sort):
    seen, asked = walked(f"?sort={sort}")
    assert seen == [login for n in (1, 2, 3) for login in logins(look(f"?sort={sort}&page={n}"))]
    assert len(asked) == 3
    assert all("after=" in address for address in asked[1:])


def test_a_row_that_comes_in_front_meanwhile_is_not_seen_twice(people):
    first = look("?sort=name")
    assert first.objects
    User.objects.create(username="new", name="A")
    assert logins(look(first.pager.next_url))[0] == "u20"
    assert logins(look("?sort=name&page=2"))[0] == "u19"


@pytest.mark.parametrize("after", ["", "x", "0", "-1", "99999", "9" * 400, "²"])
def test_a_row_that_is_not_there_is_no_beginning(people, after):
    assert logins(look(f"?sort=name&page=2&after={after}"))[0] == "u20"


def test_the_next_page_asks_for_no_rows_before_it(people):
    page = look("?sort=name")
    assert page.objects
    address = page.pager.next_url
    with CaptureQueriesContext(connection) as queries:
        assert logins(look(address))[0] == "u20"
    assert len(queries) == 3  # the count, the row after which it begins, the page
    assert "OFFSET" not in queries[-1]["sql"]


@pytest.mark.parametrize(
    ("word", "found"), [("n07", 3), ("N07", 3), ("07", 4), ("u0", 10), ("7 N", 7), ("%", 0), ("_", 0), ("七", 0)]
)
def test_a_word_is_found_whatever_its_capitals(people, word, found):
    assert look(f"?q={quote_plus(word)}").total == found


def test_a_word_without_capitals_is_compared_as_it_stands(people):
    with CaptureQueriesContext(connection) as queries:
        assert look(f"?q={quote_plus('支部')}").total == 0
    assert "UPPER" not in queries[-1]["sql"]


@pytest.mark.parametrize("sort", ["login", "password", "-", "--name", "name,pk", "pk", "?"])
def test_an_unknown_sort_is_ignored(people, sort):
    assert logins(look(f"?sort={sort}"))[0] == "u44"


def shown(page):
    """The list as the browser gets it, without the frame."""
    parts = [("_filter", {"conditions": page.conditions}), ("_heads", {"headers": page.headers})]
    html = "".join(kept(f"shell/{name}.html", **given) for name, given in [*parts, ("_pager", {"pager": page.pager})])
    return _put_in(html, page.words).replace("&amp;", "&")


def test_headers_say_how_the_rows_stand_and_turn_them(people):
    page = look("?sort=name&q=u&page=2")
    assert page.headers[0].order == "ascending"
    assert 'href="?q=u&sort=-name"' in shown(page)
    assert look("?sort=-name").headers[0].order == "descending"
    assert look(default_sort="name").headers[0].order == "ascending"
    assert look().headers[1].url == ""


def test_addresses_keep_filter_and_order_and_drop_what_is_empty(people):
    page = look("?q=u&admin_role=&sort=name&size=20")
    assert 'href="?q=u&sort=name&size=20&page=2"' in shown(page)
    assert page.query == "?q=u&sort=name"
    assert page.is_filtered
    assert not look("?sort=name&page=2").is_filtered


def test_signs_of_sql_and_html_mean_themselves(people):
    User.objects.bulk_create([User(username="odd", name="100%_<b>")])
    assert logins(look("?q=100%25_")) == ["odd"]
    assert look("?q=%25").total == 1
    assert "100%_&lt;b&gt;" in look("?q=odd").rows


def test_cells_show_dashes_for_nothing_and_carry_their_label(people):
    rows = look("?q=u00").rows
    assert '<td data-label="Login {name}" class="nowrap">u00</td>' in rows
    assert '<td data-label="Mail" class="none">--</td>' in rows


def test_a_filter_that_cannot_be_read_shows_no_rows_and_says_why(people):
    page = look("?joined_after=2021-02-30")
    assert page.total == 0
    assert "2021-02-30" in shown(page) and 'role="alert"' in shown(page)
    assert look("?admin_role=emperor").total == 0


def test_a_span_includes_both_its_days(people):
    day = people[0].date_joined or User.objects.first().date_joined
    day = day.astimezone().date()
    assert look(f"?joined_after={day:%Y.%m.%d}&joined_before={day:%Y-%m-%d}").total == 45
    assert look("?joined_before=2000-01-01").total == 0


def test_nothing_chosen_is_called_all(people):
    assert "---------" not in shown(look()) and "全部" in shown(look())


def test_counting_stops_at_the_limit(people, monkeypatch):
    monkeypatch.setattr(pager, "COUNT_LIMIT", 30)
    page = look()
    assert (page.total, page.pager.is_capped, page.pager.pages) == (30, True, 2)


def test_a_page_costs_two_queries_however_many_rows(people):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert look("?q=u&sort=name").rows
        return len(queries)

    few = cost()
    User.objects.bulk_create(User(username=f"v{n}", name="V", email=f"u{n}") for n in range(60))
    assert few == cost() == 2  # one count, one page


def test_short_lists_offer_no_paging(people):
    page = look(rows=User.objects.filter(pk=people[0].pk))
    assert (page.pager.pages, page.pager.sizes, page.pager.previous_url, page.pager.next_url) == (1, [], "", "")


class Htmx:
    boosted = history_restore_request = False


@pytest.mark.parametrize(
    ("headers", "whole"),
    [({}, True), ({"HX-Target": "list-area"}, False), ({"HX-Target": "elsewhere"}, True)],
)
def test_htmx_gets_the_list_area_alone(people, headers, whole):
    request = RequestFactory().get("/list/", headers=headers)
    request.user, request.htmx = AnonymousUser(), Htmx() if headers else None
    page = lists.page(request, User.objects.all(), columns=COLUMNS, filters=UserFilter)
    html = lists.render(request, "shell/list.html", page).content.decode()
    assert 'id="list-area"' in html
    assert ("<html" in html) is whole


def test_rows_can_be_ticked_only_where_a_deed_takes_them(people):
    deed = lists.Deed("Export", "/x/", "download")
    assert "selected" not in look().rows
    rows = look(deeds=[deed]).rows
    assert rows.count('name="selected"') == 20
    assert f'value="{people[0].pk}"' in rows or f'value="{people[-1].pk}"' in rows


def test_of_what_is_posted_only_keys_are_taken_and_no_more_than_a_page_holds():
    words = ["3", "x", "-1", "²", "", "9"] + [str(n) for n in range(200)]
    request = RequestFactory().post("/", {"selected": words})
    found = lists.selected(request)
    assert found[:2] == [3, 9] and len(found) <= 100


@pytest.mark.parametrize(
    ("query", "is_kept"),
    [("", True), ("?admin_role=system", True), ("?admin_role=nonsense", False), ("?q=Zhang", True),
     ("?joined_after=2026-01-01", True), ("?joined_after=soon", False), ("?unknown=Zhang", True),
     ("?" + "&".join(f"u{n}=Zhang" for n in range(101)), False)],
)  # fmt: skip
def test_a_page_whose_conditions_can_be_read_is_kept(people, query, is_kept):
    looks = look(query).looks
    assert all((one is not None) is is_kept for one in looks.values())


WORDS = ["Zhang", "<b>\"&'", "a b+c%20", "\ue000\ue001%EE%80%81"]


@pytest.mark.parametrize("words", WORDS)
def test_what_was_typed_stands_in_the_page_and_never_in_what_is_kept(people, words, rf):
    for said in ("u0", words):  # the second meets what the first has left
        request = rf.get("/list/", {"q": said, "admin_role": "system", "unknown": said, "joined_after": "2020-01-01"})
        request.user, request.htmx = AnonymousUser(), Htmx()
        User.objects.update(admin_role="system", name=said)
        page = lists.page(request, User.objects.all(), columns=COLUMNS, filters=UserFilter)
        html = lists.render(request, "shell/list.html", page).content.decode()
        assert f'name="q" value="{escaped(said)}"' in html
        assert page.total == 45
        assert f"?{urlencode({'q': said, 'admin_role': 'system', 'unknown': said})}".replace("&", "&amp;") in html
        assert said not in repr((memory._parts, page.looks)) and quote_plus(said) not in repr(memory._parts)
