"""What is said of a publication to those inside: whose step it waits for, and what the ledger says since."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from rectification.models import Problem
from tests.rectification.board import drafted, judges, lines, moved, on, proposed, public, reviewed
from tests.rectification.rows import problem

DAY = timedelta(1)


@pytest.fixture
def board(world):
    on(world)
    return world


def told_to(client, user, row):
    """What the note above the page says."""
    client.force_login(user)
    return str(client.get(row.get_absolute_url()).context["waits_for"])


def test_whose_review_or_approval_it_waits_for_is_said_as_those_may_who_judge_it(board, client):
    row = drafted(board)
    assert told_to(client, board.clerk, row) == ""
    row = moved(row, "propose", board.clerk)
    assert told_to(client, board.clerk, row).startswith("等待审核：由本支部支委会成员或上级")
    row = moved(row, "review", board.committee_member)
    assert told_to(client, board.clerk, row).startswith("等待审批：由本支部书记或上级")
    assert told_to(client, board.clerk, moved(row, "approve", board.secretary)) == ""


ALONE = "等待上级审批：本支部没有未参与提出、审核的书记"


def test_what_the_only_secretary_proposed_or_reviewed_waits_for_a_superior(board, client):
    own = moved(moved(drafted(board), "propose", board.secretary), "review", board.committee_member)
    for row in (own, moved(proposed(board), "review", board.secretary)):
        assert judges(board, row) == {"officer"} and told_to(client, board.clerk, row).startswith(ALONE)
    row = reviewed(board, audience="society")
    assert judges(board, row) == {"officer"} and told_to(client, board.clerk, row).startswith(
        "等待上级审批：向社会公开"
    )


# --- what the ledger says since ---------------------------------------------------------------------------------------
def said(client, user, row):
    """The hints on the page, in the order of its lines."""
    client.force_login(user)
    return [[str(words) for words in line.ledger_says] for line in client.get(row.get_absolute_url()).context["lines"]]


def page(client, user, row):
    client.force_login(user)
    return client.get(row.get_absolute_url()).content.decode()


def test_those_inside_are_told_where_the_ledger_says_otherwise_than_what_is_public(board, client):
    row = public(board)
    Problem.objects.update(state="underway")
    assert said(client, board.clerk, row) == [[]] and "台账现为" not in page(client, board.clerk, row)
    Problem.objects.update(due_on="2027-03-31")
    for name in ("clerk", "committee_member", "officer", "liaison"):
        assert "台账现为：整改时限 2027-03-31" in page(client, getattr(board, name), row), name
    assert "台账现为" not in page(client, board.member, row)
    lines(row).update(due_on="2027-03-31")
    day = timezone.localdate()
    Problem.objects.update(state="closed", closed_on=day, verified_as="superior", evidence="E")
    assert f"台账现为：已于 {day} 销号，此前打印的张贴件仍写“整改中”" in page(client, board.clerk, row)
    Problem.objects.update(closed_on=day - DAY)  # before it was approved: nothing has changed since
    assert said(client, board.clerk, row) == [[]]
    Problem.objects.update(state="void")
    assert "台账现为：已作废，公开页上不再显示这一条" in page(client, board.clerk, row)
    row = moved(row, "take_down", board.secretary)
    assert "台账现为" not in page(client, board.clerk, row)


def test_a_deadline_that_is_gone_is_told_too(board, client):
    row = public(board)
    Problem.objects.update(due_on=None)
    assert "台账现为：没有整改时限" in page(client, board.clerk, row)


def test_many_lines_ask_no_more(board, client, django_assert_max_num_queries):
    few, many = public(board), public(board, rows=[problem(board, text=f"MANY {n}") for n in range(8)])
    closed = {"state": "closed", "closed_on": timezone.localdate(), "verified_as": "superior", "evidence": "E"}
    Problem.objects.update(due_on="2027-03-31", **closed)
    page(client, board.clerk, few)
    with CaptureQueriesContext(connection) as asked:
        page(client, board.clerk, few)
    with django_assert_max_num_queries(len(asked)):
        assert page(client, board.clerk, many).count("台账现为") == 2 * 8
