import pytest
from django.contrib.auth.models import AnonymousUser

from shell import menu
from shell.context import Frame, supply
from shell.menu import Item


@pytest.fixture(autouse=True)
def items(monkeypatch):
    """A registry of this test's own; the URL names are any that exist."""
    monkeypatch.setattr(menu, "_items", {})
    monkeypatch.setattr(menu, "reverse", lambda name: {"home": "/"}.get(name, f"/{name.replace('_', '/')}/"))


def shape(path="/", user="somebody"):
    return [(str(name), [line.url for line in lines]) for name, lines in menu.sections(user, path)]


def test_items_stand_in_order_and_sections_by_their_first_item():
    for name, order, section in [("c", 30, "Base"), ("a", 20, ""), ("d", 25, "Base"), ("home", 1, ""), ("e", 90, "")]:
        menu.register(Item(name, name, "house", order, section))
    assert shape() == [("", ["/", "/a/", "/e/"]), ("Base", ["/d/", "/c/"])]


def test_an_item_is_shown_to_whom_it_concerns():
    menu.register(Item("a", "A", "house", 1, shown=lambda user: user == "secretary"))
    assert shape(user="secretary") == [("", ["/a/"])]
    assert shape(user="member") == []


def test_registering_again_replaces():
    menu.register(Item("a", "A", "house", 1))
    menu.register(Item("a", "B", "house", 1))
    assert [item.label for item in menu.registered()] == ["B"]


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/", "/"), ("/meetings/", "/meetings/"), ("/meetings/3/", "/meetings/"),
        ("/meetings/talks/3/", "/meetings/talks/"), ("/other/", None),
    ],
)  # fmt: skip
def test_the_longest_address_above_the_page_is_current(path, current):
    for order, name in enumerate(["home", "meetings", "meetings_talks"]):
        menu.register(Item(name, name, "house", order))
    marked = [line.url for _, lines in menu.sections("somebody", path) for line in lines if line.is_current]
    assert marked == ([current] if current else [])


@pytest.mark.parametrize(("count", "shown"), [(None, ""), (0, ""), (7, "7"), (99, "99"), (100, "99+")])
def test_badges_count_and_stop(count, shown):
    menu.register(Item("a", "A", "bell", 1, badge=lambda user: count, place="bar"))
    assert [line.badge for line in menu.bar("somebody", "/")] == [shown]
    assert shape() == []


class Somebody:
    is_authenticated = True

    def __str__(self):
        return "Zhou Wenjuan"


def test_the_frame_knows_nobody_before_sign_in(rf):
    menu.register(Item("a", "A", "bell", 1, badge=lambda user: 1 / 0))
    for user in (None, AnonymousUser()):
        request = rf.get("/")
        if user:
            request.user = user
        frame = Frame(request)
        assert (frame.menu, frame.bar, frame.user_name, frame.unit_name) == ((), (), "", "")


def test_upper_rooms_supply_the_names(rf, monkeypatch):
    monkeypatch.setattr("shell.context._facts", {})
    request = rf.get("/")
    request.user = Somebody()
    assert Frame(request).user_name == "Zhou Wenjuan"
    supply("unit", lambda request: ("East Lake branch", "/logo/"))
    supply("acting_as", lambda request: None)
    frame = Frame(request)
    assert (frame.unit_name, frame.logo_url, frame.acting_as) == ("East Lake branch", "/logo/", ())


def test_an_address_under_anothers_marks_the_item_it_belongs_to():
    menu.register(Item("organisations", "O", "house", 1))
    menu.register(Item("talks", "T", "chat", 2, also=r"/organisations/\d+/talks/"))
    for path, current in (("/organisations/3/talks/", "/talks/"), ("/organisations/3/", "/organisations/")):
        lines = [line for _name, found in menu.sections("somebody", path) for line in found]
        assert [line.url for line in lines if line.is_current] == [current]
