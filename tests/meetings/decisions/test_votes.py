"""The arithmetic of decisions against a second statement of it, from the regulations, in whole persons (F15)."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from branches.rules.table import Level
from meetings.decisions import votes
from meetings.decisions.kinds import BUSINESS_KINDS, EXCLUDING, Share
from meetings.decisions.votes import Outcome, Vote

# --- the second statement ---------------------------------------------------------------------------------------------
# When a vote may begin, told of those there and those missing; when it is carried, of those who agree and the rest.
BEGINS = {
    "half": lambda there, missing: there >= missing,
    "more": lambda there, missing: there > missing,
    "four to one": lambda there, missing: there >= 4 * missing,
}
GENERAL, COMMITTEE = {"general_meeting", "org_life_meeting"}, {"committee_meeting"}
TABLE = {
    # business: begins, of whom more than half agree, written opinions, grounds reduce, announced, level, forms
    "ordinary": ("half", "due", False, False, False, Level.NATIONAL, GENERAL),
    "admission": ("more", "due", True, False, True, Level.NATIONAL, GENERAL),
    "confirmation": ("more", "due", True, False, True, Level.NATIONAL, GENERAL),
    "disposal": ("more", "due", False, True, True, Level.NATIONAL, GENERAL),
    "discipline": ("more", "due", False, False, True, Level.NATIONAL, GENERAL),
    "election": ("four to one", "present", False, True, True, Level.NATIONAL, GENERAL | COMMITTEE),
    "committee": ("half", "due", False, False, False, Level.ADVICE, COMMITTEE),
    "opinion": ("half", None, False, False, False, Level.NATIONAL, GENERAL | COMMITTEE),
    "opinion_vote": ("half", "due", False, False, False, Level.LOCAL, GENERAL),
}
patient = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)  # other work slows the machine
VOTES = [business for business, line in TABLE.items() if line[1]]
ANNOUNCED = [business for business, line in TABLE.items() if line[4]]


def begins(business, due, present):
    return due > 0 and BEGINS[TABLE[business][0]](present, due - present)


def carried(business, due, present, yes, written):
    _begins, of, counts_written, *_ = TABLE[business]
    agree = yes + (written if counts_written else 0)
    return agree > (due if of == "due" else present) - agree


@st.composite
def sittings(draw, businesses=tuple(VOTES)):
    """A vote that adds up: everybody there says yes, no or nothing; of the others some wrote beforehand."""
    due = draw(st.integers(0, 60))
    present = draw(st.integers(0, due))
    yes = draw(st.integers(0, present))
    no = draw(st.integers(0, present - yes))
    business = draw(st.sampled_from(businesses))
    written = draw(st.integers(0, due - present)) if TABLE[business][2] else 0
    return Vote(business, due, present, yes, no, present - yes - no, written)


def with_result(vote, announced):
    return Vote(*(getattr(vote, name) for name in tuple(vote.__dataclass_fields__)[:7]), announced)


# --- quorum and outcome -----------------------------------------------------------------------------------------------
def test_every_kind_of_business_is_in_the_second_statement():
    assert {str(business): str(business) for business in BUSINESS_KINDS} == {name: name for name in TABLE}
    for business, (_begins, of, written, grounds, announced, level, forms) in TABLE.items():
        kind = BUSINESS_KINDS[business]
        assert (kind.counts_written, kind.excludes, kind.announced) == (written, grounds, announced), business
        assert (kind.is_vote, kind.of_present) == (of is not None, of == "present"), business
        assert (kind.level, set(kind.forms)) == (level, forms), business
        assert len(str(kind.clause)) > 15, business
    assert set(EXCLUDING) == {"disposal", "election"}


@patient
@given(sittings())
def test_a_vote_begins_when_enough_are_there(vote):
    assert vote.has_quorum == begins(vote.business, vote.due, vote.present)
    assert (vote.outcome == Outcome.NO_QUORUM) == (not vote.has_quorum)


@patient
@given(sittings())
def test_lacking_is_the_smallest_number_that_helps(vote):
    if vote.due == 0:
        assert vote.lacking == 0
        return
    assert begins(vote.business, vote.due, vote.present + vote.lacking)
    assert vote.lacking == 0 or not begins(vote.business, vote.due, vote.present + vote.lacking - 1)


@patient
@given(sittings([business for business in VOTES if business not in ANNOUNCED]))
def test_the_outcome_is_computed(vote):
    if not begins(vote.business, vote.due, vote.present):
        assert vote.outcome == "no_quorum"
    else:
        passed = carried(vote.business, vote.due, vote.present, vote.yes, vote.written_yes)
        assert vote.outcome == ("passed" if passed else "rejected")
    assert with_result(vote, "elected").outcome == vote.outcome


@patient
@given(sittings(ANNOUNCED), st.sampled_from(Outcome.values))
def test_a_result_is_announced_and_never_against_the_numbers(vote, announced):
    vote = with_result(vote, announced)
    enough = carried(vote.business, vote.due, vote.present, vote.yes, vote.written_yes)
    if vote.business == "election":
        possible = {"elected", "not_elected", "reballot"} if enough else {"not_elected"}
    else:
        possible = {"passed"} if enough else {"rejected"}
    if not begins(vote.business, vote.due, vote.present):
        assert vote.outcome == "no_quorum" and not list(votes.faults(vote, vote.present))
    else:
        assert vote.outcome == (announced if announced in possible else "open")
        assert bool(list(votes.faults(vote, vote.present))) == (announced not in possible)


EXAMPLES = [
    # D, P, Y, N, A, W and what comes of it
    ("ordinary", 27, 22, 20, 1, 1, 0, "", "passed"),
    ("ordinary", 27, 14, 14, 0, 0, 0, "", "passed"),
    ("ordinary", 27, 13, 13, 0, 0, 0, "", "no_quorum"),
    ("ordinary", 28, 14, 14, 0, 0, 0, "", "rejected"),  # half are there, and half is not more than half
    ("ordinary", 28, 15, 15, 0, 0, 0, "", "passed"),
    ("admission", 28, 14, 14, 0, 0, 5, "passed", "no_quorum"),  # half is not enough here; who wrote is not there
    ("admission", 28, 15, 13, 2, 0, 2, "passed", "passed"),  # 13 + 2 of 28
    ("admission", 28, 15, 13, 2, 0, 1, "rejected", "rejected"),
    ("confirmation", 28, 15, 13, 2, 0, 2, "passed", "passed"),
    ("disposal", 27, 14, 14, 0, 0, 0, "passed", "passed"),
    ("disposal", 28, 14, 14, 0, 0, 0, "passed", "no_quorum"),
    ("discipline", 28, 14, 14, 0, 0, 0, "passed", "no_quorum"),
    ("election", 25, 20, 11, 9, 0, 0, "elected", "elected"),  # 4 of 5, and 11 of 20
    ("election", 25, 20, 10, 10, 0, 0, "elected", "open"),
    ("election", 25, 20, 10, 10, 0, 0, "not_elected", "not_elected"),
    ("election", 25, 19, 19, 0, 0, 0, "elected", "no_quorum"),
    ("election", 25, 20, 11, 9, 0, 0, "reballot", "reballot"),
    ("election", 25, 20, 11, 9, 0, 0, "not_elected", "not_elected"),  # another had more votes
    ("election", 25, 20, 10, 9, 1, 0, "reballot", "open"),  # equal, but not more than half
    ("committee", 5, 3, 3, 0, 0, 0, "", "passed"),
    ("committee", 5, 3, 2, 1, 0, 0, "", "rejected"),
    ("committee", 5, 2, 2, 0, 0, 0, "", "no_quorum"),
    ("committee", 3, 2, 2, 0, 0, 0, "", "passed"),
    ("opinion", 5, 5, None, None, None, 0, "", "noted"),
    ("opinion_vote", 8, 4, 4, 0, 0, 0, "", "rejected"),
    ("ordinary", 0, 0, 0, 0, 0, 0, "", "no_quorum"),
]


@pytest.mark.parametrize("line", EXAMPLES, ids=lambda line: "-".join(map(str, line)))
def test_examples(line):
    assert Vote(*line[:8]).outcome == line[8]


def test_numbers_not_typed_yet_decide_nothing():
    for numbers in ((None, 0, 0), (5, None, 0), (5, 0, None)):
        vote = Vote("ordinary", 5, 5, *numbers)
        assert (vote.is_counted, vote.outcome) == (False, "open")
        assert len(list(votes.faults(vote, 5))) == 1


# --- R03: what cannot be -----------------------------------------------------------------------------------------------
@patient
@given(sittings())
def test_a_vote_that_adds_up_has_no_fault_but_a_result_not_announced(vote):
    found = list(votes.faults(vote, vote.present))
    asks = vote.business in ANNOUNCED and begins(vote.business, vote.due, vote.present)
    assert found == (["请选择会上宣布的结果。"] if asks else [])


@patient
@given(sittings(), st.integers(1, 9), st.sampled_from(["yes", "no", "abstain"]))
def test_yes_no_and_abstentions_are_those_present(vote, more, name):
    numbers = {field: getattr(vote, field) for field in vote.__dataclass_fields__}
    wrong = Vote(**numbers | {name: numbers[name] + more})
    (told, *_rest) = votes.faults(wrong, vote.present)
    assert f"={vote.present + more}" in told.replace(" ", "") and str(vote.present) in told


def test_a_refusal_shows_its_arithmetic():
    def only(*numbers, voters=22):
        (found,) = votes.faults(Vote(*numbers), voters)
        return found

    assert "赞成20+反对1+弃权0=21" in only("ordinary", 27, 22, 20, 1, 0)
    assert "22人" in (told := only("ordinary", 27, 22, 20, 1, 1, voters=21)) and "21人" in told
    assert "27人" in (told := only("ordinary", 27, 28, 28, 0, 0, voters=28)) and "28人" in told
    assert "接收" in only("ordinary", 27, 22, 20, 1, 1, 2)
    assert "22+书面同意6" in (told := only("admission", 27, 22, 22, 0, 0, 6, "passed")) and "27人" in told
    assert not list(votes.faults(Vote("admission", 27, 22, 22, 0, 0, 5, "passed"), 22))
    assert "2×10<27" in only("disposal", 27, 22, 10, 12, 0, 0, "passed")
    assert "未通过" in only("disposal", 27, 22, 20, 2, 0, 0, "rejected")


def test_an_opinion_is_no_vote_and_has_no_numbers_to_check():
    assert not list(votes.faults(Vote("opinion", 5, 9, announced="passed"), 3))
    for numbers in ((0, None, None), (None, 0, None), (None, None, 0), (None, None, None, 1)):
        assert "请不要填写人数" in next(votes.faults(Vote("opinion", 5, 5, *numbers), 5))
    assert votes.told(Vote("opinion", 5, 5)) == ""
    assert votes.passing(Vote("opinion", 5, 5)) == ""
    assert not Vote("opinion", 5, 5, 5, 0, 0).is_carried


# --- in words -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("share", "number", "base", "words"),
    [
        (Share(2, 1), 20, 27, "2×20>27"),
        (Share(2, 1), 13, 27, "2×13<27"),
        (Share(2, 1), 14, 28, "2×14=28"),
        (Share(5, 4), 21, 25, "5×21>4×25"),
        (Share(5, 4), 20, 25, "5×20=4×25"),
        (Share(5, 4), 19, 25, "5×19<4×25"),
        (Share(3, 2), 5, 6, "3×5>2×6"),
    ],
)
def test_a_comparison_is_written_as_it_comes_out(share, number, base, words):
    assert votes.comparison(share, number, base) == words


def test_the_record_tells_the_arithmetic():
    assert votes.told(Vote("ordinary", 27, 22, 20, 1, 1)) == (
        "应到会有表决权27人，参加表决22人（2×22>27）；赞成20，反对1，弃权1：2×20>27"
    )
    assert votes.told(Vote("confirmation", 28, 15, 13, 2, 0, 2, "passed")).endswith("书面同意2：2×15>28")
    assert votes.told(Vote("ordinary", 28, 15, 13, 2, 0, 2)).endswith("弃权0：2×13<28")
    assert votes.told(Vote("election", 25, 20, 11, 9, 0, 0, "elected")).endswith("：2×11>20")
    assert votes.told(Vote("ordinary", 27, 13, 13, 0, 0)).endswith("弃权0")  # too few: there is nothing to compare
    assert votes.told(Vote("ordinary", 27, 22)) == "应到会有表决权27人，参加表决22人（2×22>27）"
    assert votes.told(Vote("ordinary", 27, 22, 20, 2, 0, 3)).count("书面") == 0
