"""Numbers of materials by class, kind and reason; the worked case of a county whose classes do not add up (F33)."""

import pytest
from django.utils import timezone

from appraisals import actions as rounds
from appraisals.materials import actions, statistics
from appraisals.materials.entering import actions as entering
from appraisals.models import Material, Round
from branches.models import Particulars
from figures import actions as figures
from figures.registry import Period, named
from figures.totals import lines

pytestmark = pytest.mark.django_db


def told(world, round_, **numbers):
    for code, value in numbers.items():
        total = figures.Told(value, as_of=timezone.localdate(), note="x")
        figures.type_total(world.first, f"materials.{code}", Period(round_key=round_.pk), total, actor=world.officer)


def test_a_county_whose_classes_do_not_add_up(client, world):
    told(world, world.round, leading=241, ordinary=1855, handed_in=2076)
    found = statistics.by_class(world.round, world.officer)
    assert (found.leading, found.ordinary, found.computed, found.told, found.difference) == (
        241, 1855, 2096, 2076, 20,
    )  # fmt: skip
    client.force_login(world.officer)
    page = client.get(world.round.get_absolute_url()).content.decode()
    for words in ("241", "1,855", "2,096", "2,076", "分类合计与总数不一致，差额 +20"):
        assert words in page, words


def test_rows_add_up_and_a_leading_cadre_is_told_from_his_title(client, world):
    Particulars.objects.update_or_create(
        member=world.people[2], defaults={"work_title": "县农业农村局副局长（副科级）"}
    )
    rounds.move_round(world.planned, "open", actor=world.officer)
    for person, user in ((world.people[2], world.clerk), (world.people[4], world.member)):
        mine = Material.objects.select_related("organisation", "round").get(round=world.planned, author=person)
        actions.submit(mine, {"1": "Words"}, actor=user, seen=0)
    found = statistics.by_class(Round.objects.get(pk=world.planned.pk), world.officer)
    assert (found.leading, found.ordinary, found.told, found.difference) == (1, 1, 2, 0)
    client.force_login(world.officer)
    assert "不一致" not in client.get(world.planned.get_absolute_url()).content.decode()


def test_by_kind_counts_what_the_reader_sees(world):
    rows = Material.objects.visible_to(world.secretary).filter(round=world.round)
    found = {row["kind"]: (row["owed"], row["handed_in"], row["accepted"]) for row in statistics.by_kind(rows)}
    assert found == {
        "committee_analysis": (1, 0, 0), "committee_member_analysis": (2, 0, 0), "speech_outline": (3, 1, 0),
    }  # fmt: skip


def test_reasons_are_counted_for_whoever_reviews(world):
    actions.move_material(world.material, "send_back", actor=world.secretary, reasons=["no_example", "shallow"])
    actions.submit(world.material, {"1": "Again"}, actor=world.member, seen=1)
    actions.move_material(world.material, "send_back", actor=world.secretary, reasons=["shallow"])
    assert statistics.by_reason(world.round, world.secretary) == [("对照不深", 2), ("无事例", 1)]
    for other in (world.member, world.clerk, world.officer, world.liaison):
        assert statistics.by_reason(world.round, other) == [], other


def test_the_numbers_of_the_field_follow_every_deed(world):
    period = Period(round_key=world.round.pk)
    codes = ("handed_in", "entered", "return_reasons")
    numbers = lambda: [  # noqa: E731
        line.rows for line in lines(world.officer, world.first.path, period, [named(f"materials.{c}") for c in codes])
    ]
    assert numbers() == [1, 0, 0]
    outline = Material.objects.select_related("organisation", "round", "author").get(
        round=world.round, author=world.people[3]
    )
    entering.enter(outline, [["口头发言", "x"]], actor=world.clerk, source="spoken")
    actions.move_material(world.material, "send_back", actor=world.secretary, reasons=["form", "copied"])
    assert numbers() == [2, 1, 2]
