"""As test_faults.py: each check of opinions finds the fault planted for it, and nothing else."""

import pytest

from appraisals.models import Opinion
from appraisals.opinions import actions
from appraisals.opinions.actions import Numbers
from appraisals.opinions.digests import actions as digests
from appraisals.opinions.doors import actions as doors
from appraisals.opinions.receivers import receivers_of
from tests.appraisals.opinions.rows import fresh, opinion
from tests.verify.planting import found, plant
from workflow import checking
from workflow.actors import SYSTEM

OURS = [one.name for one in checking.registered() if one.name.startswith(("opinions.", "figures."))]


@pytest.fixture
def raw(world):
    return opinion(world, "member", world.people[4])


@pytest.fixture
def sealed(world, raw):
    actions.seal(raw, receivers_of(raw)[0], actor=fresh(world.secretary))
    return raw


@pytest.fixture
def digest(world, raw):
    return digests.gather([raw], "In other words", actor=fresh(world.secretary))


@pytest.mark.parametrize("sql", ["target = 'unit'", "channel = 'box'"])
def test_fault_opinions_sealed_says_nothing(sealed, sql):
    plant(f"UPDATE appraisals_opinion SET {sql} WHERE id = %s", sealed.pk)
    key = (f"appraisals.opinion:{sealed.pk}",)
    assert found("opinions.sealed_says_nothing") == {"opinions.sealed_says_nothing": key}


def test_fault_opinions_sealed_has_receiver(sealed):
    plant("DELETE FROM appraisals_sealedopinion WHERE opinion_id = %s", sealed.pk)
    key = (f"appraisals.opinion:{sealed.pk}",)
    assert found("opinions.sealed_has_receiver") == {"opinions.sealed_has_receiver": key}


@pytest.mark.parametrize("sql", ["state = 'received'", "digest_id = NULL"])
def test_fault_opinions_sorted_in_digest(digest, raw, sql):
    plant(f"UPDATE appraisals_opinion SET {sql} WHERE id = %s", raw.pk)
    assert found("opinions.sorted_in_digest") == {"opinions.sorted_in_digest": (f"appraisals.opinion:{raw.pk}",)}


@pytest.mark.parametrize("sql", ["target = 'leader'", "concerns_id = NULL", "read_by = 'above'"])
def test_fault_opinions_digest_of_like(digest, raw, sql):
    assert found("opinions.digest_of_like") == {}
    plant(f"UPDATE appraisals_digest SET {sql} WHERE id = %s", digest.pk)
    assert found("opinions.digest_of_like") == {"opinions.digest_of_like": (f"appraisals.opinion:{raw.pk}",)}


def test_fault_opinions_read_above(raw):
    plant("UPDATE appraisals_opinion SET target = 'leader', concerns_id = NULL WHERE id = %s", raw.pk)
    assert found("opinions.read_above") == {"opinions.read_above": (f"appraisals.opinion:{raw.pk}",)}


def test_fault_opinions_target_known(raw):
    plant("UPDATE appraisals_opinion SET channel = '' WHERE id = %s", raw.pk)
    assert found("opinions.target_known") == {"opinions.target_known": (f"appraisals.opinion:{raw.pk}",)}


def test_fault_opinions_below_round(world, raw):
    plant("UPDATE appraisals_opinion SET organisation_id = %s WHERE id = %s", world.third.pk, raw.pk)
    assert found("opinions.below_round") == {"opinions.below_round": (f"appraisals.opinion:{raw.pk}",)}


@pytest.mark.parametrize(
    "sql",
    ["UPDATE appraisals_digest SET fed_back_on = '2026-03-02' WHERE id = %s",
     "UPDATE appraisals_digest SET acknowledged_on = '2026-03-02' WHERE id = %s",
     "UPDATE appraisals_digest SET state = 'fed_back' WHERE id = %s"],
)  # fmt: skip
def test_fault_opinions_fed_back_has_words(digest, sql):
    plant(sql, digest.pk)
    key = (f"appraisals.digest:{digest.pk}",)
    assert found("opinions.fed_back_has_words") == {"opinions.fed_back_has_words": key}


def test_fault_opinions_channel_numbers(world):
    (row,) = actions.count_channels(
        world.round, world.first, {"box": Numbers(3)}, world.round.roster_on, actor=world.clerk
    )
    plant("UPDATE appraisals_channelcount SET returned = 1 WHERE id = %s", row.pk)
    assert found("opinions.channel_numbers") == {"opinions.channel_numbers": (f"appraisals.channelcount:{row.pk}",)}


@pytest.fixture
def page(world):
    made = doors.ask_for_page(world.round, world.first, world.round.due_on, actor=world.secretary)
    doors.move_page(made, "approve", actor=world.officer)
    return made


def test_fault_opinions_ticket_of_page(page):
    row = doors.take_down(page, "unit", "Words", "CODE", actor=SYSTEM)
    assert found(*OURS) == {}
    plant("UPDATE appraisals_opinion SET channel = 'box' WHERE id = %s", row.pk)
    assert found("opinions.ticket_of_page") == {"opinions.ticket_of_page": (f"appraisals.opinion:{row.pk}",)}


def test_fault_opinions_answer_of_told(digest, world):
    digests.move(digest, "feed_back", actor=fresh(world.secretary))
    answer = doors.propose_answer(digest, "Done", actor=fresh(world.secretary))
    plant("UPDATE appraisals_opinionanswer SET organisation_id = %s WHERE id = %s", world.second.pk, answer.pk)
    key = (f"appraisals.opinionanswer:{answer.pk}",)
    assert found("opinions.answer_of_told") == {"opinions.answer_of_told": key}


def test_nothing_is_found_in_what_the_actions_write(sealed, world):
    other = opinion(world, "committee")
    digests.move(digests.gather([other], "Words", actor=fresh(world.officer)), "feed_back", actor=fresh(world.officer))
    assert Opinion.objects.count() == 2
    assert found(*OURS) == {}
