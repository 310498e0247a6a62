"""The pages of opinions: entered one after the other, pasted with a preview, counted with every number opening its rows."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from appraisals.models import Digest, Opinion, OpinionText
from appraisals.opinions import actions
from appraisals.opinions.actions import Entry, Numbers
from tests.appraisals.opinions.rows import opinion


@pytest.fixture
def desk(world, client):
    """The clerk at the desk of the first branch."""
    client.force_login(world.clerk)
    return f"{reverse('opinion_create')}?round={world.round.pk}&organisation={world.first.pk}"


def typed(**facts):
    day = timezone.localdate().isoformat()
    return {"channel": "box", "noted_on": day, "count": 1, "target": "unit", "text": "One", "act": "read", **facts}


def test_one_after_the_other_the_next_begins_with_all_but_the_words(client, desk):
    response = client.post(desk, typed(text="First said"))
    assert response.status_code == 302 and "First" not in response.url
    page = client.get(response.url)
    assert page.context["form"]["channel"].value() == "box" and page.context["form"]["target"].value() == "unit"
    assert not page.context["form"]["text"].value()
    assert page.context["today"] == 1


def test_several_lines_are_shown_before_they_are_written(client, desk):
    lines = "One\nTwo ×3\n\nThree"
    page = client.post(desk, typed(text=lines))
    assert [(entry.text, entry.count) for entry in page.context["entries"]] == [("One", 1), ("Two", 3), ("Three", 1)]
    assert not Opinion.objects.exists()
    back = client.post(desk, typed(text=lines, act="edit"))
    assert back.context["form"]["text"].value() == lines
    client.post(desk, typed(text=lines, act="save"))
    assert sorted(OpinionText.objects.values_list("text", "opinion__count")) == [("One", 1), ("Three", 1), ("Two", 3)]


def test_an_opinion_of_several_lines_can_stay_one(client, desk):
    client.post(desk, typed(text="One\nTwo", act="one"))
    assert OpinionText.objects.get().text.splitlines() == ["One", "Two"]


def test_the_preview_carries_everything_that_was_typed(client, desk, world):
    page = client.post(desk, typed(target="member", person="戊同志", text="One\nTwo")).content.decode()
    sent = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    client.post(desk, {**sent, "act": "save"})
    assert set(Opinion.objects.values_list("concerns", flat=True)) == {world.people[4].pk}


@pytest.mark.parametrize(("facts", "words"), [
    ({"target": ""}, "请选择"),
    ({"noted_on": "2099-01-01"}, "请核对日期"),
    ({"target": "member", "person": "查无此人"}, "请核对姓名"),
    ({"target": "unit", "person": "戊同志"}, "只有针对领导干部或普通党员"),
    ({"target": "member", "person": "丙干事"}, "由他人录入"),  # the clerk himself
    ({"text": "长" * 4001}, "4000"),
])  # fmt: skip
def test_bad_input_says_what_to_do_and_loses_nothing(client, desk, facts, words):
    page = client.post(desk, typed(**facts))
    assert page.status_code == 200 and words in page.content.decode()
    assert page.context["form"]["text"].value() == facts.get("text", "One")
    assert not Opinion.objects.exists()


@pytest.mark.parametrize(("name", "is_offered"), [("secretary", False), ("clerk", True), ("officer", True)])
def test_only_what_one_may_enter_is_offered(client, world, desk, name, is_offered):
    client.force_login(getattr(world, name))
    page = client.get(desk)
    offered = [value for value, _label in page.context["form"].fields["target"].choices]
    assert ("committee" in offered) == is_offered and {"unit", "leader", "member"} < set(offered)
    text = page.content.decode()
    assert ("由非班子成员录入" in text) != is_offered and ("录入后您不再看到" in text) == is_offered
    answer = client.post(desk, typed(target="committee"))
    assert (answer.status_code == 302) == is_offered == Opinion.objects.exists()
    assert is_offered or "由他人录入" in answer.content.decode()


def test_every_number_opens_exactly_its_rows(client, world):
    day = timezone.localdate()
    for channel, place, actor in (("box", world.first, world.clerk), ("form", world.first, world.clerk)):
        entries = [Entry("unit", "One", None, 2), Entry("member", "Two", None, 3), Entry("committee", "Three", None, 5)]
        actions.enter(world.round, place, channel, day, entries, actor=actor)
    actions.enter(world.round, world.second, "box", day, [Entry("unit", "Four", None, 7)], actor=world.officer)
    actions.move(opinion(world, "unit", count=11), "void", actor=world.secretary, note="Twice")
    client.force_login(world.officer)
    for place, total in ((None, 27), (world.first.pk, 20), (world.second.pk, 7), (10**9, 0)):
        query = f"?round={world.round.pk}" + (f"&place={place}" if place else "")
        board = client.get(reverse("opinion_figures") + query).context["board"]
        assert board.lines[-1]["total"] == total
        for line in board.lines if place != 10**9 else ():
            for _label, number, address in [*line["cells"], ("", line["total"], line["url"])]:
                rows = client.get(address).context["page"].objects
                assert sum(row.count for row in rows) == number, address


def test_the_figure_of_all_figures_opens_the_list_of_its_rows(client, world):
    opinion(world, "unit", count=4)
    client.force_login(world.officer)
    page = client.get(reverse("figure_list") + f"?under={world.first.pk}&round={world.round.pk}")
    (line,) = [one for one in page.context["board"].lines if str(one.label) == "征求到的意见"]
    assert line.line.rows == 4
    assert [row.count for row in client.get(line.opens).context["page"].objects] == [4]


def test_numbers_of_channels_are_typed_and_shown_with_their_share(client, world, desk):
    address = desk.replace(reverse("opinion_create"), reverse("channel_edit"))
    sent = {"counted_on": timezone.localdate().isoformat(), "issued_form": 60, "returned_form": 45, "issued_visit": 40,
            "approximate_visit": "on"}  # fmt: skip
    assert client.post(address, sent).status_code == 302
    ways = client.get(reverse("opinion_figures")).context["board"].ways
    assert [(one["issued"], one["returned"], one["share"]) for one in ways] == [("60", "45", "75.0%"), ("40余", "", "")]
    page = client.post(address, {**sent, "returned_form": 61})
    assert "收回数不能多于发出数" in page.content.decode() and 'value="61"' in page.content.decode()


def test_an_approximate_part_makes_the_sum_approximate(client, world):
    day = timezone.localdate()
    for place, given in ((world.first, Numbers(300)), (world.second, Numbers(40, approximate=True))):
        actions.count_channels(world.round, place, {"visit": given}, day, actor=world.officer)
    client.force_login(world.officer)
    (line,) = client.get(reverse("opinion_figures")).context["board"].ways
    assert line["issued"] == "340余"


def test_a_figure_of_rough_numbers_is_as_rough_and_what_stands_beside_is_not(client, world):
    day = timezone.localdate()
    for place, given in ((world.first, Numbers(300)), (world.second, Numbers(40, approximate=True))):
        actions.count_channels(world.round, place, {"box": given}, day, actor=world.officer)
    actions.count_channels(world.round, world.second, {"hotline": Numbers(3)}, day, actor=world.officer)
    client.force_login(world.officer)
    page = client.get(f"{reverse('figure_list')}?under={world.county.pk}&round={world.round.pk}&metric=opinions.boxes")
    board = page.context["board"]
    shown = {one.line.metric.code: (one.line.told_rows, one.line.told_total, one.unit) for one in board.lines}
    assert shown["opinions.boxes"] == ("340余", "340余", "个")
    assert shown["opinions.hotlines"] == ("3", "3", "部")
    assert [one.line.told_rows for one in board.children] == ["300", "40余"]
    assert "340余" in page.content.decode()


def test_ticked_rows_become_a_digest_that_is_fed_back_and_acknowledged(client, world):
    keys = [opinion(world, "member", world.people[4], text=f"RAW-{n}").pk for n in range(2)]
    client.force_login(world.secretary)
    page = client.post(reverse("digest_create"), {"selected": keys})
    assert {words for _row, words in page.context["rows"]} == {"RAW-0", "RAW-1"}
    client.post(reverse("digest_create"), {"selected": keys, "text": "In other words"})
    digest = Digest.objects.get()
    client.post(f"{digest.get_absolute_url()}move/feed_back/", {"confirmed": "yes"})
    client.force_login(world.member)
    page = client.get(digest.get_absolute_url()).content.decode()
    assert "In other words" in page and "RAW-" not in page and "意见箱" not in page
    client.post(f"{digest.get_absolute_url()}move/acknowledge/")
    assert Digest.objects.get().state == "acknowledged"


def test_rows_about_different_people_are_not_offered_one_digest(client, world):
    keys = [opinion(world, "unit").pk, opinion(world, "member", world.people[4]).pk]
    client.force_login(world.secretary)
    page = client.post(reverse("digest_create"), {"selected": keys})
    assert page.context["unlike"] and 'name="text"' not in page.content.decode()


def test_whoever_keeps_several_branches_is_asked_where(client, world):
    client.force_login(world.officer)
    page = client.get(reverse("opinion_create") + "?q=Second")
    assert [(place.pk, round_.pk) for place, round_ in page.context["choices"]] == [(world.second.pk, world.round.pk)]
    page = client.get(reverse("opinion_create") + "?q=no such place")
    assert page.status_code == 200 and not page.context["choices"]


def test_the_form_on_paper_asks_for_no_name_and_has_no_number(client, world, desk):
    page = client.get(desk.replace(reverse("opinion_create"), reverse("opinion_form"))).content.decode()
    assert "请不要署名" in page and "12380" in page
