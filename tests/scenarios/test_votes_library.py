"""The rating day of the library: four branches, one on paper and three under slips, all in service take part, and the
general branch sums up how their committees were rated."""

from datetime import date

import pytest

from appraisals.models import Round, Vote
from appraisals.votes.summary.table import COLUMNS
from meetings.models import Meeting
from tests.scenarios import library as case
from tests.scenarios import library_grades as second
from tests.scenarios.libraries import POSTS, held
from tests.scenarios.visits import counted, on, written
from tests.scenarios.voting import ballots_told, confirm, count_by_hand, lay, marked, read, under_slips

pytestmark = pytest.mark.django_db
PEOPLE, BODY = "民主评议党员测评表", "党支部班子评议表"
TITLE, AFTER = "无记名测评", date(2003, 5, 27)


def test_the_members_of_the_library_rate_each_other(library, django_capture_on_commit_callbacks):
    branches = list(library.folk)
    with on(AFTER):
        round_ = opened(library)
        for number, branch in enumerate(branches):
            held(library, branch, "general_meeting", library.folk[branch], case.RATED, case.RATING, case.RATING_AGENDA)
            rated(library, branch, round_, "paper" if number == 0 else "slips")
        everybody_in_service_took_part(library, branches)
        each_committee_reads_its_own_members(library, branches)
        with django_capture_on_commit_callbacks():
            the_general_branch_sums_up_how_committees_were_rated(library, branches)
        second.committees_give_their_first_opinion(library, round_)
        second.the_pool_is_distributed(library, round_)
    second.branches_vote_and_the_general_branch_consents(library, round_)
    with on(AFTER), django_capture_on_commit_callbacks():
        second.the_grade_is_dated_after_the_proposal(library, round_)
        second.sixty_seven_are_graded(library, round_)
        second.six_problems_seven_measures(library, round_)


def opened(library):
    """The round of the general branch, in which branches vote and the general branch consents."""
    officer = library.officer
    officer.post("round_create", organisation=library.top.pk, year=case.YEAR, name=case.ROUND, roster_on=case.OPENED,
                 due_on=case.CHECKED, aspects="\n".join(case.ASPECTS))  # fmt: skip
    round_ = Round.objects.get(name=case.ROUND)
    officer.post("round_move", round_.pk, "open", confirmed="yes")
    second.chain_and_pool(library, case.YEAR)
    return round_


def rated(library, branch, round_, way):
    """Whoever came votes: each marks the secretary and one more 优秀, himself not at all, all others 合格."""
    folk, secretary = library.folk[branch], library.secretaries[branch]
    meeting = Meeting.objects.get(organisation=branch, theme=case.RATING)
    vote = lay(secretary, branch, TITLE, case.RATED, way=way, meeting=meeting.pk, round=round_.pk, people="on", body="on",
               limit=len(folk) // 3)  # fmt: skip
    assert vote.voters == len(folk), "as many as the attendance list says"
    ballots = marked(vote, vote.voters, lambda voter, line, number: choice(voter, number, len(folk)))
    if way == "paper":
        count_by_hand(secretary, vote, ballots)
    else:
        under_slips(secretary, vote, ballots)
    confirm(secretary, vote)


def choice(voter, number, size):
    """Of one ballot: on whom it is, 优秀 for the first and for one's neighbour, nothing for oneself; the committee 好, or
    较好 by each fifth."""
    if number == size:
        return 2 if voter % 5 == 4 else 1
    if number == voter:
        return 0
    return 1 if number in (0, (voter + 1) % size) else 2


def everybody_in_service_took_part(library, branches):
    votes = {vote.organisation_id: vote for vote in Vote.objects.all()}
    told = [ballots_told(library.officer, votes[branch.pk])[PEOPLE] for branch in branches]
    assert [sum(column) for column in zip(*told, strict=True)] == [case.IN_SERVICE] * 3
    for branch in branches:
        size = len(library.folk[branch])
        rows = read(library.officer, votes[branch.pk])[PEOPLE]
        assert list(rows) == [person.name for person in library.folk[branch]]
        assert all(sum(numbers) == size for numbers in rows.values())
        first = rows[library.folk[branch][0].name]
        assert first == [size - 1, 0, 0, 0, 1], "优秀 by all but himself, who left it open"


def each_committee_reads_its_own_members(library, branches):
    first, second = branches[:2]
    vote = Vote.objects.get(organisation=first)
    assert set(read(library.secretaries[first], vote)) == {PEOPLE, BODY}
    assert read(library.secretaries[first], vote)[PEOPLE] is not None
    other = library.secretaries[second].client.get(vote.get_absolute_url())
    assert other.status_code == 404
    assert len(POSTS) == 3


def the_general_branch_sums_up_how_committees_were_rated(library, branches):
    """On the page and in the file: the rows of the branches add up to all who are in service."""
    table = library.officer.get("vote_summary", place=library.top.pk).context["table"]
    assert [row.name for row in table.rows] == [branch.label for branch in branches]
    cells, total = counted(written(library.officer, "vote_summary", f"place={library.top.pk}"))
    assert len(cells) == len(branches) and len(cells[0]) == len(COLUMNS)
    assert total[3:7] == [case.IN_SERVICE] * 4
    better = sum(len(library.folk[branch]) // 5 for branch in branches)
    assert (total[7], total[9]) == (case.IN_SERVICE - better, better)
    assert table.total[4:7:2] == [case.IN_SERVICE - better, better]
