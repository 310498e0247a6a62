"""What is said of a publication to those inside: whose step it waits for."""

import pytest

from tests.rectification.board import drafted, judges, moved, on, proposed, reviewed


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
