"""三测评 of the village: the masses rate members by six aspects, members rate their leaders by 德能勤绩廉, and 1,200 sheets
with thirty items about the committee go out through thirteen teams."""

from datetime import date

import pytest

from branches.actions import members, organisations
from tests import cast as people
from tests.scenarios import village as case
from tests.scenarios import village_after as second
from tests.scenarios.visits import Visitor, on, plain, serving
from tests.scenarios.voting import ballots_told, confirm, count_by_hand, lay, marked, read
from workflow.actors import SYSTEM

pytestmark = pytest.mark.django_db
SINCE, FIRST, LAST = date(2008, 1, 1), date(2011, 6, 10), date(2011, 6, 20)
ASPECT_SHEET, LEADER_SHEET = "党员分项评议表", "班子成员评议表"


@pytest.fixture
def village(db):
    with on(SINCE):
        town = organisations.found(
            "中共云溪县南河镇委员会", actor=SYSTEM, kind="committee", branch_kind="", since=SINCE
        )
        branch = organisations.found(
            "南河村支部", actor=SYSTEM, kind="branch", branch_kind="single", since=SINCE, parent=town
        )
        folk = [people.enrol(f"村民{n:02}", branch, since=SINCE, position=n) for n in range(12)]
        for person, post in zip(folk, ("secretary", "organisation", "publicity"), strict=False):
            members.name_to_post(person, actor=SYSTEM, organisation=branch, kind=post, since=SINCE)
        secretary = serving("secretary", folk[0], since=SINCE, office="secretary", organisation=branch)
        officer = serving("officer", since=SINCE, office="officer", organisation=town)
    deputy, villager = people.account("deputy", folk[1]), people.account("villager", folk[-1])
    users = {"secretary": secretary, "officer": officer, "deputy": deputy, "villager": villager}
    return town, branch, folk, {name: Visitor(user) for name, user in users.items()}


def test_the_three_ratings_of_the_village(village, settings, tmp_path, django_capture_on_commit_callbacks):
    settings.MEDIA_ROOT = tmp_path
    town, branch, folk, who = village
    secretary, officer, villager = (who[name] for name in ("secretary", "officer", "villager"))
    with on(LAST):
        the_masses_rate_members_by_six_aspects(branch, folk, secretary, villager)
        members_rate_their_leaders(branch, folk, secretary, officer)
        the_masses_rate_the_committee_on_thirty_items(branch, secretary, officer)
    with on(LAST), django_capture_on_commit_callbacks():
        round_ = second.opened_round(officer, town, LAST)
        second.everybody_is_graded_and_told(who, branch, folk, round_)
        second.what_the_walk_found_comes_from_a_file(who, branch, folk, round_, LAST)
        second.ten_promises_and_seven_more(who, branch, round_)


def the_masses_rate_members_by_six_aspects(branch, folk, secretary, villager):
    vote = lay(secretary, branch, "群众评议党员", FIRST, until=LAST, voters=40, aspects="\n".join(case.ASPECTS))
    put_out(secretary, vote, [("村委会", 40, 40)])
    count_by_hand(secretary, vote, marked(vote, 40, lambda voter, line, number: 1 + (voter + number) % 3 // 2))
    confirm(secretary, vote)
    rows = read(secretary, vote)[ASPECT_SHEET]
    assert len(rows) == (len(folk) - 1) * len(case.ASPECTS), "the secretary reads of all but himself"
    assert all(sum(numbers) == 40 for numbers in rows.values())
    assert read(villager, vote) == {ASPECT_SHEET: None}, "what is about persons is not for the village"


def members_rate_their_leaders(branch, folk, secretary, officer):
    vote = lay(secretary, branch, "党员评议班子成员", LAST, voters=len(folk), leaders="on")
    count_by_hand(secretary, vote, marked(vote, len(folk), lambda voter, line, number: 1 if voter else 2))
    confirm(secretary, vote)
    rows = read(officer, vote)[LEADER_SHEET]
    assert list(rows) == [f"{folk[n].name} {item}" for n in range(3) for item in "德能勤绩廉"]
    assert set(map(tuple, rows.values())) == {(len(folk) - 1, 1, 0, 0, 0)}


def the_masses_rate_the_committee_on_thirty_items(branch, secretary, officer):
    items = "\n".join(f"第{n}项工作" for n in range(1, case.ITEMS + 1))
    vote = lay(secretary, branch, "群众评议村党委", FIRST, until=LAST, voters=case.SHEETS, items=items,
               items_title="村党委工作评议", scale="satisfied")  # fmt: skip
    each, over = divmod(case.SHEETS, case.TEAMS)
    put_out(secretary, vote, [(f"第{n + 1}组", each + (n < over), each + (n < over)) for n in range(case.TEAMS)])
    content = case.SHEETS * case.SATISFIED // 100
    count_by_hand(secretary, vote, marked(vote, case.SHEETS, lambda voter, line, number: 1 if voter < content else 2))
    confirm(secretary, vote)
    assert ballots_told(officer, vote) == {"村党委工作评议": (case.SHEETS,) * 3}
    rows = read(officer, vote)["村党委工作评议"]
    assert len(rows) == case.ITEMS
    assert {round(100 * numbers[0] / sum(numbers)) for numbers in rows.values()} == {case.SATISFIED}
    report = plain(secretary.get("vote_paper", vote.pk, "report").content.decode())
    assert f"{case.TEAMS} 个场所发放 {case.SHEETS} 张" in report and f"第{case.TEAMS}组" in report


def put_out(visitor, vote, sites):
    """The sites as the page takes them."""
    sheet = visitor.get("vote_sites", vote.pk).context["sheet"]
    fields = {"seen": sheet.seen, "site-TOTAL_FORMS": len(sites), "site-INITIAL_FORMS": 0}
    for n, (name, issued, collected) in enumerate(sites):
        fields |= {f"site-{n}-name": name, f"site-{n}-issued": issued, f"site-{n}-collected": collected}
    visitor.post("vote_sites", vote.pk, **fields)
