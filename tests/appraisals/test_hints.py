"""Advice for the author alone (F18): on his own words, never against anybody else's, without a percentage, kept nowhere."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from appraisals import actions as rounds
from appraisals.materials import actions
from appraisals.materials.earlier import from_elsewhere, of_last_year
from appraisals.materials.hints import hints
from appraisals.models import Material, Version
from branches.actions import transfers
from branches.models import User
from workflow.actors import SYSTEM

pytestmark = pytest.mark.django_db
LONG = "去年3月社区志愿服务我只去了一次，平时强调工作忙，联系服务群众不够经常，遇到困难时有畏难情绪，没有主动想办法。"


@pytest.mark.parametrize(
    ("written", "earlier", "found"),
    [
        ([("A", LONG)], [], []),
        ([("A", ""), ("B", " ")], [], []),
        ([("A", LONG), ("B", " ")], [], ["还没有写到：B。"]),
        ([("A", "去年3月一次。")], [], ["以下方面篇幅很短：A。可用自己的话再展开一些。"]),
        ([("A", "学习" * 30)], [], ["以下方面似乎没有具体事例：A。什么时候、什么事？"]),
        ([("A", LONG)], [LONG], ["与您去年材料有1处相同，建议更新。"]),
        ([("A", LONG + "短句。")], ["别的。短句。"], []),
    ],
)
def test_what_an_author_is_advised(written, earlier, found):
    assert hints(written, earlier) == found


def owed(world, person):
    return Material.objects.select_related("organisation", "round", "author").get(round=world.planned, author=person)


@pytest.fixture
def year_after(world):
    """Last year's piece of the member and of the group leader, and this year's round under way."""
    actions.move_material(world.material, "withdraw", actor=world.member)
    actions.submit(world.material, {"1": LONG}, actor=world.member, seen=1)
    theirs = Material.objects.select_related("organisation", "round").get(round=world.round, author=world.people[3])
    actions.submit(theirs, {"1": "组长去年写下的另外一段很长很长的话，与别人无关。"}, actor=world.group_leader, seen=0)
    rounds.move_round(world.planned, "open", actor=world.officer)
    return owed(world, world.people[4])


def test_only_ones_own_words_of_last_year_are_compared(world, year_after):
    assert of_last_year(year_after, world.member) == [LONG, ""]
    for other in (world.secretary, world.group_leader, world.officer, world.clerk):
        assert of_last_year(year_after, other) == []


def test_the_advice_is_on_the_page_of_its_author_and_leaves_no_trace(client, world, year_after):
    client.force_login(world.member)
    address = reverse("material_edit", args=[year_after.pk])
    with CaptureQueriesContext(
        connection,
    ) as asked:
        page = client.post(address, {"save": "look", "revision": 0, "aspect_1": LONG}).content.decode()
    assert "与您去年材料有1处相同" in page and "%" not in page.split("data-hints")[1].split("</div>")[0]
    written = [q["sql"] for q in asked.captured_queries if q["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")]
    assert not [sql for sql in written if "appraisals" in sql or "workflow_history" in sql]
    actions.submit(year_after, {"1": LONG}, actor=world.member, seen=0)
    client.force_login(world.secretary)
    for name in ("material_detail", "material_review"):
        assert "相同，建议更新" not in client.get(reverse(name, args=[year_after.pk])).content.decode()


def test_a_transferred_member_takes_along_only_what_he_hands_in_again(client, world, year_after):
    actions.move_material(world.material, "accept", actor=world.secretary)
    actions.save_draft(year_after, {"1": "DRAFT-WORDS"}, actor=world.member, seen=0)
    offer = transfers.offer(
        world.people[4], actor=world.secretary, to=world.second, since=world.member.reach.day, reason="x"
    )
    transfers.move(offer, "take_over", actor=world.sibling)
    mine = Material.objects.create(
        round=world.planned, organisation=world.second, author=world.people[4], kind="self_analysis",
        reviewer="branch", due_on=world.planned.due_on,
    )  # fmt: skip
    member, sibling = (User.objects.get(pk=user.pk) for user in (world.member, world.sibling))
    assert not Version.objects.visible_to(sibling).filter(material=world.material).exists()
    assert not Material.objects.visible_to(sibling).filter(pk=year_after.pk).exists()
    assert from_elsewhere(mine, member).material == world.material
    assert from_elsewhere(mine, sibling) is None
    client.force_login(member)
    address = reverse("material_edit", args=[mine.pk])
    assert "以原稿为底稿" in client.get(address).content.decode()
    begun = client.get(f"{address}?begin=earlier").content.decode()
    assert LONG in begun and "DRAFT-WORDS" not in begun
    assert not Version.objects.visible_to(sibling).filter(material__author=world.people[4]).exists()
    actions.submit(mine, {"1": LONG}, actor=member, seen=0)
    seen = Version.objects.visible_to(sibling).filter(material__author=world.people[4])
    assert [version.material_id for version in seen] == [mine.pk]


def test_the_system_is_nobody_to_hint(world, year_after):
    assert not SYSTEM.may("own", year_after)
