"""The key of the copies a browser keeps: one's own, on no page, and in no cache."""

import pytest
from django.urls import reverse

from shell.copies import copy_of

pytestmark = pytest.mark.django_db


def learned(client, user):
    client.force_login(user)
    return client.get(reverse("copy_key"))


def test_each_person_has_a_key_of_his_own_that_stays_the_same(client, cast):
    answers = [learned(client, user).json() for user in (cast.secretary, cast.clerk, cast.secretary)]
    assert answers[0]["key"] == answers[2]["key"] != answers[1]["key"] and len(answers[0]["key"]) == 64
    assert answers[0]["owner"] != answers[1]["owner"]


def test_the_key_is_kept_by_no_cache_and_stands_on_no_page(client, world):
    answer = learned(client, world.clerk)
    assert "no-store" in answer["Cache-Control"]
    page = client.get(reverse("material_edit", args=[world.owed.pk])).content.decode()
    assert "data-copy=" in page and answer.json()["key"] not in page
    client.logout()
    assert client.get(reverse("copy_key")).status_code == 302


def test_a_place_tells_nobody_whose_and_what_it_is(rf, cast):
    request = rf.get("/")
    places = set()
    for user in (cast.secretary, cast.clerk):
        request.user = user
        places |= {copy_of(request, kind, key)["place"] for kind in ("meeting", "material") for key in (1, 2)}
    assert len(places) == 8 and not [place for place in places if "meeting" in place or "secretary" in place]


def test_a_saved_record_says_so_for_the_script(client, world):
    client.force_login(world.clerk)
    address = reverse("material_edit", args=[world.owed.pk])
    saved = client.post(address, {"aspect_1": "x", "revision": 0, "save": "draft"}, follow=True)
    assert "data-saved" in saved.content.decode()
    assert "data-saved" not in client.get(world.owed.get_absolute_url()).content.decode()
