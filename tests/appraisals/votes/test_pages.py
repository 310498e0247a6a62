"""What the pages of a vote say to bad input, and that they lose nothing."""

import pytest
from django.urls import reverse

from appraisals.models import Vote
from tests.appraisals.votes.rows import counted, handed_out, laid_down, moved

FACTS = {"title": "New", "held_on": "2026-03-02", "voters": 5, "way": "paper", "body": "on"}


@pytest.fixture
def page(client, world):
    client.force_login(world.secretary)
    return lambda name, *args, **posted: (
        client.post(reverse(name, args=args), posted) if posted else client.get(reverse(name, args=args))
    )


def test_what_was_typed_stands_in_the_form_when_it_is_changed(page, world):
    items = "# 服务\n办实事\n改进方面（多选，最多 2 项）\n- 甲\n- 乙\n- 丙"
    page("vote_create", **FACTS, people="on", limit=1, items=items, items_title="群众评议", scale="body")
    vote = Vote.objects.get()
    initial = page("vote_edit", vote.pk).context["form"].initial
    assert (initial["people"], initial["limit"], initial["body"], initial["items"]) == (True, 1, True, items)
    assert (initial["items_title"], str(initial["scale"])) == ("群众评议", "body")
    page(
        "vote_edit",
        vote.pk,
        **FACTS,
        people="on",
        limit=1,
        items=initial["items"],
        items_title="群众评议",
        scale="body",
    )
    assert page("vote_edit", vote.pk).context["form"].initial["items"] == items


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"voters": 0}, "1"),
        ({"body": ""}, "请至少选择一种测评表"),
        ({"title": "支委会换届选举"}, "不在这里投票"),
        ({"items": "题目\n- 只有一项"}, "选项应为 2 到 20 个"),
        ({"scrutineer_name": "甲", "teller_name": "甲"}, "必须是两个人"),
    ],
)
def test_bad_input_is_told_and_kept(page, world, wrong, words):
    answer = page("vote_create", **{**FACTS, **wrong})
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert not Vote.objects.exists()


def test_one_person_does_not_count_twice(page, world):
    both = {"scrutineer": world.people[1].pk, "teller": world.people[1].pk}
    assert "必须是两个人" in page("vote_create", **FACTS, **both).content.decode()


def test_sums_that_do_not_agree_leave_what_was_typed(page, world):
    vote = laid_down(world)
    sheets = [sheet.pk for sheet in vote.poll.sheets.all()]
    typed = {f"{name}{key}": 5 for key in sheets for name in ("issued", "collected")}
    line = vote.poll.sheets.first().lines.first()
    answer = page("vote_totals", vote.pk, **typed, **{f"n{line.pk}_1": 6})
    assert "甲书记：标记与弃权共 6，有效票为 5" in answer.content.decode()
    assert f'name="n{line.pk}_1" value="6"' in answer.content.decode()
    assert Vote.objects.get().state == "prepared"


def test_few_voters_are_warned_before_anybody_votes(page, world):
    vote = laid_down(world, voters=4)
    assert "无论用不用纸，都无法保证不被猜出" in page("vote_detail", vote.pk).content.decode()
    assert "无法保证" not in page("vote_detail", laid_down(world, voters=5).pk).content.decode()


def test_the_report_prints_zeros_and_both_names(page, world):
    vote = moved(world, counted(world), "confirm_signed")
    paper = page("vote_paper", vote.pk, "report").content.decode()
    assert "不能作为签字的报告单" in paper  # nobody prints what is about himself
    assert paper.count('<td class="num">0</td>') > 10
    paper = page("vote_paper", counted(world).pk, "report").content.decode()
    assert "监票人 戊同志（签名）" in paper and "计票人 外请同志（签名）" in paper


def test_a_ballot_paper_carries_no_number_of_its_own(page, world):
    papers = {
        page("vote_paper", laid_down(world).pk, "ballot").content.decode().partition("form-paper-a4")[2]
        for _ in range(2)
    }
    assert len({paper.partition("</section>")[0] for paper in papers}) == 1
    assert page("vote_paper", Vote.objects.first().pk, "other").status_code == 404


def test_slips_are_shown_once_and_the_page_then_says_what_to_do(page, world):
    vote, _printed = handed_out(world)
    back = page("vote_slips", vote.pk)
    assert back.url == vote.get_absolute_url()
    assert "票只印出一次" in page("vote_detail", vote.pk).content.decode()
