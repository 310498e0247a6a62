"""Whatever dies while a full hall votes, each slip ends as one box with the ballot cast under it: none lost, none double."""

import random
import re
import time
from collections import Counter
from pathlib import Path

import pytest

from ballots import sealing
from tests.drills.faults import Faults
from tests.drills.test_hall import answers, crowd, exact
from tests.drills.test_secrecy import Hall

pytestmark = pytest.mark.drill
VOTERS, SECONDS = 1500, 2  # faster than the web can: each of its threads holds a ballot whenever something dies
DIES = ("worker", "worker", "postgresql", "postgresql", "master")
SEED = 7
HALLS = 6  # in which a fault that was planted shows, if it shows at all


@pytest.fixture
def village(broker, database, start):
    return start("servers", meetings=0)


@pytest.fixture
def faults(village, database):
    return Faults(village, database)


def test_a_hall_votes_while_everything_dies(faults):
    """One stack for all: to start one takes longer than to vote."""
    rounds(faults, 2)
    a_casting_torn_in_two_is_seen(faults, "slip_first", "lost")
    a_casting_torn_in_two_is_seen(faults, "box_first", "double")


@pytest.mark.long
def test_twenty_halls_vote_while_everything_dies(faults):
    rounds(faults, 20)


def a_casting_torn_in_two_is_seen(faults, torn, seen):
    faults.village.kill("web")
    faults.web(re.sub(r"\S+$", f"tests.drills.torn:{torn}", faults.village.server.commands["web"]))
    told = set[str]()
    for at in range(HALLS):  # whoever dies may die between two castings
        hall, found = voted(faults, random.Random(SEED + at), Counter(), 400)
        if told := set(wrong(hall, found)):
            break
    assert told == {seen}


def rounds(faults, number):
    """So many halls, one after the other, and what came to pass in them."""
    dice, killed, ends, begun = random.Random(SEED), Counter(), Counter(), time.monotonic()
    for at in range(number):
        hall, found = voted(faults, dice, killed, VOTERS)
        assert not wrong(hall, found), f"round {at + 1}"
        exact(hall, range(VOTERS))
        numbers = (
            "SELECT issued, collected, valid, invalid FROM ballots_count c JOIN ballots_sheet s ON s.id = c.sheet_id"
        )
        assert hall.village.rows(f"{numbers} WHERE s.poll_id = {hall.poll}") == [(VOTERS, VOTERS, VOTERS, 0)]
        ends.update(end for _place, end, _took, _tries in found)
        again = sum(tries > 1 for _place, _end, _took, tries in found)
        assert again, "nobody felt it"
        ends["asked again"] += again
    print(f"{number} × {VOTERS} ballots in {time.monotonic() - begun:.0f} s, killed {dict(killed)}, {dict(ends)}")


def voted(faults, dice, killed, voters):
    """A hall and the answers its voters got while all of DIES came to pass, in any order, each when so many ballots as
    the dice say were in the box."""
    hall = Hall(faults.village, voters)
    running = crowd(hall, range(voters), SECONDS * voters / VOTERS)
    boxes = f"SELECT count(*) FROM ballots_box WHERE poll_id = {hall.poll}"
    moments = sorted(dice.sample(range(1, voters * 9 // 10), len(DIES)))
    for moment, way in zip(moments, dice.sample(DIES, len(DIES)), strict=True):
        hall.village.until(lambda most=moment: hall.village.rows(boxes)[0][0] >= most, 60)
        faults.ways[way](dice)
        killed[way] += 1
    return hall, answers(running)


def wrong(hall, found):
    """What may not be, by its name: answers without an end, slips that are not used up, ballots missing or there twice."""
    told = Counter(place for place, end, _took, tries in found if end == "taken" or (end == "already" and tries > 1))
    states = dict(hall.village.rows(f"SELECT state, count(*) FROM ballots_slip WHERE poll_id = {hall.poll} GROUP BY 1"))
    cast, boxes = Counter(hall.packed()), Counter(opened(hall))
    seen = {
        "unanswered": hall.number - len(told),
        "unused": hall.number - states.get("used", 0),
        "lost": (cast - boxes).total(),
        "double": (boxes - cast).total(),
    }
    return {name: number for name, number in seen.items() if number}


def opened(hall):
    """Every ballot in the box, as root reads them with the key before it is closed."""
    ((public,),) = hall.village.rows(f"SELECT public_key FROM ballots_poll WHERE id = {hall.poll}")
    key = Path(hall.village.server.environment["BRANCHLIFE_BALLOT_KEYS"], bytes(public).hex()).read_bytes()
    boxes = hall.village.rows(f"SELECT body FROM ballots_box WHERE poll_id = {hall.poll}")
    return [sealing.opened(key, hall.poll, bytes(body)) for (body,) in boxes]
