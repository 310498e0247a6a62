"""Who reads which totals: users.md F2 and F4, written out by hand."""

import pytest

from appraisals.votes.results import results_of
from ballots.models import Tally
from branches.models import User
from tests.appraisals.votes.rows import counted, moved

EVERYBODY = ("member", "group_leader", "clerk", "committee_member", "secretary", "officer", "supervisor", "liaison")
PEOPLE, BODY = "民主评议党员测评表", "党支部班子评议表"


def read(vote, name, world):
    """The titles of the sheets whose totals this person reads."""
    user = User.objects.get(pk=getattr(world, name).pk)
    return {result.sheet.title for result in results_of(vote, user) if not result.withheld}


# Once confirmed: the committee's own sheet by the branch, persons by committee and superior only.
CONFIRMED = {
    "member": {BODY}, "group_leader": {BODY}, "clerk": {BODY}, "liaison": {BODY},
    "committee_member": {PEOPLE, BODY}, "secretary": {PEOPLE, BODY}, "officer": {PEOPLE, BODY},
    "supervisor": {PEOPLE, BODY},
}  # fmt: skip
# While two count: whoever counts or confirms; the member is the scrutineer.
AT_THE_COUNT = {
    "member": {PEOPLE, BODY}, "group_leader": set(), "clerk": {PEOPLE, BODY}, "liaison": set(), "supervisor": set(),
    "committee_member": {PEOPLE, BODY}, "secretary": {PEOPLE, BODY}, "officer": {PEOPLE, BODY},
}  # fmt: skip
TOO_FEW = {**dict.fromkeys(EVERYBODY, set()), "officer": {PEOPLE, BODY}, "supervisor": {PEOPLE, BODY}}


def test_the_tables_name_everybody():
    assert set(CONFIRMED) == set(AT_THE_COUNT) == set(TOO_FEW) == set(EVERYBODY)


@pytest.mark.parametrize("name", EVERYBODY)
def test_at_the_count(world, name):
    assert read(counted(world), name, world) == AT_THE_COUNT[name]


@pytest.mark.parametrize("name", EVERYBODY)
def test_once_confirmed(world, name):
    assert read(moved(world, counted(world), "confirm_signed"), name, world) == CONFIRMED[name]


@pytest.mark.parametrize("name", EVERYBODY)
def test_under_the_fewest_ballots_the_superior_alone_reads(world, name):
    vote = counted(world, collected=4)
    assert read(moved(world, vote, "confirm_signed"), name, world) == TOO_FEW[name]


def test_five_ballots_are_enough(world):
    vote = moved(world, counted(world, collected=5), "confirm_signed")
    assert read(vote, "secretary", world) == {PEOPLE, BODY}


def test_before_the_count_and_of_a_void_vote_nobody_reads_anything(world):
    vote = moved(world, counted(world), "void")
    assert results_of(vote, world.officer) == []
    assert not Tally.objects.exists()


def test_zeros_and_abstentions_are_printed(world):
    vote = moved(world, counted(world), "confirm_signed")
    rows = {row.line.label: row.numbers for result in results_of(vote, world.officer) for row in result.rows}
    assert rows["甲书记"] == [1, 4, 0, 0, 0]
    assert rows["戊同志"] == [0, 5, 0, 0, 0]
    assert rows["First branch"] == [1, 4, 0, 0, 0]


def test_the_page_of_a_member_names_no_number_of_a_person(world, client):
    vote = moved(world, counted(world), "confirm_signed")
    client.force_login(world.group_leader)
    page = client.get(vote.get_absolute_url()).content.decode()
    assert "个人测评结果只有支委会和上级可以查看" in page
    assert page.count("发出 5 张") == 1
