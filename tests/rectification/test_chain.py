"""The chain in one picture: each number is the rows it opens, for branch and superior, in two queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from appraisals.opinions.digests import actions as digests
from appraisals.opinions.doors import actions as doors
from tests.appraisals.opinions.rows import fresh, opinion
from tests.rectification.board import moved as published
from tests.rectification.board import on, public
from tests.rectification.rows import asked, moved, of_member, problem


@pytest.fixture
def chain(world):
    """Two opinions, one of them in a digest that is answered; problems at each step, and one of the neighbour."""
    on(world)
    opinion(world)
    digest = digests.gather([opinion(world, text="Second words")], "Otherwise said", actor=fresh(world.secretary))
    digests.move(digest, "feed_back", actor=fresh(world.secretary))
    doors.move_answer(
        doors.propose_answer(digest, "Answer", actor=fresh(world.secretary)), "approve", actor=world.officer
    )
    problem(world, measures=())
    answered = problem(world, ref=f"appraisals.digest:{digest.pk}")
    shown = problem(world)
    published(public(world, rows=[shown]), "take_down", world.secretary)
    for row in (answered, problem(world)):
        moved(asked(world, row), "close", actor=world.officer)
    asked(world, of_member(world, world.people[4]))
    moved(asked(world, of_member(world, world.people[3])), "close", actor=world.secretary)  # told to nobody else
    moved(problem(world), "void", actor=world.secretary)
    problem(world, branch=world.second, actor=world.sibling, responsible=world.siblings[1])
    return world


AT_HOME = {
    "heard": 2, "unsorted": 1, "found": 6, "unmeasured": 1, "measured": 5, "late": 0, "requested": 1, "closed": 3,
    "untold": 1, "told": 2,
}  # fmt: skip


def picture(client, world, user, place=None):
    client.force_login(user)
    address = reverse("problem_chain") + f"?round={world.round.pk}" + (f"&under={place.pk}" if place else "")
    return client.get(address)


def counts(marks):
    return {mark.station.code: mark.count for mark in marks}


def opened(client, mark):
    return client.get(mark.url).context["page"].total


def test_of_a_branch_each_number_opens_its_rows(chain, client):
    shown = picture(client, chain, chain.secretary).context["picture"]
    assert (shown.place, shown.rows, counts(shown.whole)) == (chain.first, [], AT_HOME)
    assert {mark.station.code: opened(client, mark) for mark in shown.whole} == AT_HOME


def test_of_a_superior_its_branches_are_rows_and_add_up(chain, client):
    shown = picture(client, chain, chain.officer).context["picture"]
    assert shown.place == chain.county and [row.name for row in shown.rows] == ["First branch", "Second branch"]
    first, second = (counts(row.marks) for row in shown.rows)
    assert first == AT_HOME and (second["found"], second["measured"], second["heard"]) == (1, 1, 0)
    assert counts(shown.whole) == {code: first[code] + second[code] for code in AT_HOME}
    for mark in (*shown.whole, *(mark for row in shown.rows for mark in row.marks)):
        assert opened(client, mark) == mark.count, mark
    assert client.get(shown.rows[0].url).context["picture"].place == chain.first


def test_it_asks_no_more_with_more_branches_and_rows(chain, client):
    picture(client, chain, chain.officer, chain.county)

    def asked_of(place):
        with CaptureQueriesContext(connection) as queries:
            assert picture(client, chain, chain.officer, place).status_code == 200
        return len(queries)

    one = asked_of(chain.first)
    for n in range(4):
        problem(chain, text=f"More {n}")
    assert asked_of(chain.first) == one and asked_of(chain.county) <= one + 1


def test_who_is_shown_it(chain, client):
    assert picture(client, chain, chain.sibling, chain.first).status_code == 404
    assert picture(client, chain, chain.member).status_code == 403
    assert picture(client, chain, chain.committee_member, chain.first).status_code == 200
    shown = picture(client, chain, chain.sibling).context["picture"]
    assert shown.place == chain.second and counts(shown.whole)["found"] == 1
