"""测评结果报告单 as Word files: of one vote, and of those ticked in one file."""

import pytest
from django.urls import reverse

from tests.appraisals.votes.rows import counted, laid_down, moved
from tests.papers import opened
from workflow.models import AuditEvent

TITLE = "测评结果报告单"


@pytest.fixture
def ask(client):
    def ask(user, *votes):
        client.force_login(user)
        return client.post(reverse("vote_words"), {"selected": [vote.pk for vote in votes]})

    return ask


def test_those_ticked_come_in_one_file_in_the_order_of_branches(world, ask):
    first, prepared = counted(world, "First vote"), laid_down(world, "Prepared vote")
    second = counted(world, "Second vote", branch=world.second, actor=world.officer, scrutineer=None,
                     scrutineer_name="外请甲")  # fmt: skip
    reports = AuditEvent.objects.filter(kind="exported")
    answer = ask(world.officer, second, prepared, first)
    told = opened.text(answer.content)
    assert told.count(TITLE) == 2 and told.index("First vote") < told.index("Second vote")
    assert "Prepared vote" not in told and told.count("计票人（签名）") == 2
    assert reports.get().note.startswith(f"{TITLE} #{first.pk} #{second.pk}, ")
    assert opened.text(ask(world.secretary, second, first).content).count(TITLE) == 1


def test_what_one_may_not_read_is_left_out_of_the_file_too(world, ask):
    vote = moved(world, counted(world, collected=4), "confirm_signed")
    told = opened.text(ask(world.secretary, vote).content)
    assert "少于5张" in told.replace(" ", "") or "不足5张" in told.replace(" ", "")
    assert "甲书记" not in told and "甲书记" in opened.text(ask(world.officer, vote).content)


@pytest.mark.parametrize("name", ["group_leader", "supervisor", "liaison", "stranger"])
def test_whoever_does_not_count_gets_no_file(world, ask, name):
    answer = ask(getattr(world, name), counted(world))
    assert answer.status_code == 302 and not AuditEvent.objects.filter(kind="exported").exists()


def test_without_a_counted_vote_the_list_says_what_to_tick(world, ask, client):
    assert ask(world.secretary, laid_down(world)).url == reverse("vote_list")
    assert "请勾选已计票的测评" in client.get(reverse("vote_list")).content.decode()


def test_many_votes_cost_no_more_queries_than_two(world, ask, django_assert_max_num_queries):
    votes = [counted(world, f"Vote {n}") for n in range(5)]
    with django_assert_max_num_queries(100) as two:
        ask(world.officer, *votes[:2])
    with django_assert_max_num_queries(len(two)):
        assert opened.text(ask(world.officer, *votes).content).count(TITLE) == 5
