import pytest
from django.core.exceptions import ImproperlyConfigured
from django.urls import Resolver404, URLPattern, get_resolver, path

from config.routes import room


def addresses(routes):
    for one in routes:
        if isinstance(one, URLPattern):
            yield [str(one.pattern)]
        else:
            yield from ([str(one.pattern), *inner] for inner in addresses(one.url_patterns))


def test_a_room_is_passed_over_for_a_path_that_begins_otherwise():
    meant = room("rectification.urls")
    assert meant.resolve("problems/").url_name == "problem_list"
    assert meant.pattern.words == {"problems", "pledges", "publications", "open"}
    assert meant.pattern.match("meetings/") is None
    with pytest.raises(Resolver404):
        meant.resolve("problem")


def test_every_address_of_the_site_is_reached_through_its_room():
    """Filled in by hand: a room that forgot a first word would hide its pages."""
    resolver = get_resolver()
    fills = {"int:pk": "7", "slug:name": "a", "slug:kind": "a", "str:token": "a"}
    found = 0
    for parts in addresses(resolver.url_patterns):
        whole = "".join(parts)
        for mark, value in fills.items():
            whole = whole.replace(f"<{mark}>", value)
        if "<" not in whole:
            resolver.resolve(f"/{whole}")
            found += 1
    assert found > 200


def test_a_room_whose_address_begins_with_a_converter_is_refused(monkeypatch):
    monkeypatch.setattr("jobs.urls.urlpatterns", [path("<int:pk>/", print)])
    with pytest.raises(ImproperlyConfigured, match="begins with a word"):
        room("jobs.urls")
