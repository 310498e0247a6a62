"""The board 进度一览: from it one urges, and on a phone it tells the days of its stages."""

import pytest
from django.urls import reverse

from appraisals import actions as appraisals
from appraisals.models import Round
from appraisals.rounds.board import Board
from tests.appraisals.rounds.test_gate import at


def page_of(client, world, user):
    client.force_login(user)
    return client.get(reverse("progress_board", args=[world.round.pk]))


@pytest.mark.parametrize(("name", "urges"), [("officer", True), ("supervisor", True), ("secretary", False)])
def test_whoever_oversees_urges_from_the_board(client, world, name, urges):
    page = page_of(client, world, getattr(world, name))
    address = page.context["board"].urges_at
    assert bool(address) == urges == ("催办" in page.content.decode())
    if urges:
        listed = client.get(address).content.decode()
        assert reverse("urge_create") in listed and world.first.label in listed


def test_nobody_is_urged_in_a_closed_round(client, world):
    appraisals.move_round(world.round, "close", actor=world.officer)
    round_ = Round.objects.get(pk=world.round.pk)
    client.force_login(world.officer)
    page = client.get(reverse("progress_board", args=[round_.pk]))
    assert page.context["board"].urges_at == "" and isinstance(page.context["board"], Board)


def test_a_phone_is_told_the_days_and_where_to_enter(client, world):
    text = page_of(client, world, world.officer).content.decode()
    stages = list(world.round.stages.all())
    (narrow,) = [part for part in text.split("<ul")[1:] if "d-md-none" in part.split(">")[0]]
    narrow = narrow.split("</ul>")[0]
    for stage in stages:
        assert str(stage.starts_on) in narrow and str(stage.ends_on) in narrow
        assert reverse("grid_edit", args=[stage.pk]) in narrow
    text = page_of(client, world, world.secretary).content.decode()
    assert reverse("grid_edit", args=[at(world, 1).stage_id]) not in text


def test_of_a_round_without_stages_it_says_where_to_look(world, client):
    appraisals.move_round(world.planned, "open", actor=world.officer)
    client.force_login(world.officer)
    page = client.get(reverse("progress_board", args=[world.planned.pk])).content.decode()
    assert "这次活动没有设阶段，各支部的进展见材料情况。" in page and "table-area" not in page
