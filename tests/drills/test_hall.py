"""A full hall over real sockets: everybody is answered, every ballot counts once, whatever dies meanwhile."""

import json
import statistics
import subprocess
import sys

import pytest

from tests.drills.test_secrecy import CLOSE, COUNT, Hall
from tests.servers import ROOT

pytestmark = pytest.mark.drill
PROCESSES = 6


@pytest.fixture
def village(broker, database, start):
    return start("servers", meetings=0)


def form(hall, place):
    marks = {f"m{line}": option for line, option in zip(hall.lines, hall.ballots[place], strict=True)}
    return {"code": hall.codes[place], "act": "cast", **marks}


def crowd(hall, places, seconds):
    """Processes that vote for `places` within `seconds`; `answers` waits for them."""
    processes = []
    for part in range(PROCESSES):
        command = [sys.executable, "-m", "tests.drills.voter", str(seconds)]
        process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for place in places[part::PROCESSES]:
            process.stdin.write(json.dumps([place, f"{hall.village.server.url}/b/", form(hall, place)]) + "\n")
        process.stdin.close()
        processes.append(process)
    return processes


def answers(processes):
    """[place, what the page said, seconds, tries] of each voter."""
    found = [json.loads(line) for process in processes for line in process.stdout]
    assert [process.wait() for process in processes] == [0] * len(processes)
    return found


def exact(hall, places):
    """The totals are those of the ballots cast, line by line."""
    hall.move(CLOSE, "vote.refresh_from_db()", "vote.poll.refresh_from_db()", COUNT)
    for at, line in enumerate(hall.lines):
        want = [sum(hall.ballots[place][at] == option for place in places) for option in range(5)]
        told = hall.village.rows(f"SELECT n FROM ballots_tally WHERE line_id = {line} ORDER BY option")
        assert [n for (n,) in told] == want


def test_a_full_hall(village):
    """One stack for all: to start one takes longer than to vote."""
    everybody_is_answered(village, 60, 10)
    everybody_is_answered(village, 500, 60)
    a_slip_used_twice_at_once_counts_once(village)
    whoever_was_told_taken_is_counted_although_the_box_closes(village)


def everybody_is_answered(village, number, seconds):
    hall = Hall(village, number)
    found = answers(crowd(hall, range(number), seconds))
    assert {end for _place, end, _took, _tries in found} == {"taken"}
    assert len(found) == number
    took = sorted(seconds for _place, _end, seconds, _tries in found)
    print(
        f"{number} voters in {seconds} s: median {statistics.median(took):.3f} s, p95 {took[int(number * 0.95)]:.3f} s"
    )
    exact(hall, range(number))


def a_slip_used_twice_at_once_counts_once(village):
    hall = Hall(village, 200)
    twice = [place for place in range(200) for _time in range(2)]
    running = crowd(hall, twice, 4)
    found = answers(running)
    by_place = {}
    for place, end, _took, _tries in found:
        by_place.setdefault(place, []).append(end)
    assert all(sorted(ends) == ["already", "taken"] for ends in by_place.values())
    exact(hall, range(200))


def whoever_was_told_taken_is_counted_although_the_box_closes(village):
    hall = Hall(village, 200)
    running = crowd(hall, range(200), 12)
    hall.move(CLOSE)  # a process that starts takes a second or two
    found = {place: end for place, end, _took, _tries in answers(running)}
    taken = [place for place, end in found.items() if end == "taken"]
    assert set(found.values()) <= {"taken", "unknown", "not open"}
    assert hall.village.rows(f"SELECT count(*) FROM ballots_box WHERE poll_id = {hall.poll}") == [(len(taken),)]
    hall.move(COUNT)
    told = hall.village.rows(f"SELECT sum(n) FROM ballots_tally WHERE line_id = {hall.lines[0]}")
    assert told == [(len(taken),)]
