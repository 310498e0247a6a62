"""The numbers of the brand bar: counted seldom, and never wrong about one's own deeds."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reminders import badges


@pytest.fixture(autouse=True)
def kept(monkeypatch):
    cache.clear()
    monkeypatch.setattr(badges, "SECONDS", 60)
    yield
    cache.clear()


def bar(client, name="meeting_list"):
    response = client.get(reverse(name))
    return [line.badge for line in response.context["frame"].bar]


def test_the_second_page_does_not_count_again(client, world):
    client.force_login(world.secretary)
    with CaptureQueriesContext(connection) as first:
        before = bar(client)
    with CaptureQueriesContext(connection) as second:
        assert bar(client) == before
    assert len(second) < len(first)


def test_a_deed_of_ones_own_counts_at_once(client, world):
    client.force_login(world.secretary)
    before = int(bar(client)[0])
    address = reverse("material_move", args=[world.material.pk, "accept"])
    assert client.post(address).status_code == 302
    assert int(bar(client)[0]) == before - 1


def test_the_page_of_the_rows_corrects_the_number(client, world):
    client.force_login(world.secretary)
    bar(client)
    cache.set(badges._key(world.secretary, "todos"), 77)
    assert bar(client)[0] == "77"
    assert bar(client, "todo_list")[0] != "77"
    assert bar(client)[0] != "77"


def test_the_numbers_of_two_people_are_two(client, world):
    client.force_login(world.secretary)
    bar(client)
    client.force_login(world.stranger)
    assert bar(client)[0] in ("", "0")
