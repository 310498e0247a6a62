"""The workshop of the case collection: a branch larger than a branch should be, three reviews of its commitments in one year,
each along a checklist of its own, guests who answer under slips, and fifty-four graded on one page."""

from datetime import date
from uuid import uuid4

import pytest

from appraisals.models import Round, Visit
from branches.actions import members, organisations
from tests import cast as people
from tests.scenarios import grading as grades
from tests.scenarios import righting
from tests.scenarios import workshop as case
from tests.scenarios.visits import Visitor, figures, on, serving
from tests.scenarios.voting import ballots_told, cast, confirm, lay, marked, printed
from workflow.actors import SYSTEM

pytestmark = pytest.mark.django_db
SINCE, FIRST, LAST = date(2005, 1, 1), date(2010, 2, 1), date(2010, 12, 24)
POSTS = ("secretary", "organisation", "publicity")


@pytest.fixture
def workshop(db):
    with on(SINCE):
        works = organisations.found("某厂党委", actor=SYSTEM, kind="committee", branch_kind="", since=SINCE)
        branch = organisations.found(
            "燃机车间支部", actor=SYSTEM, kind="branch", branch_kind="single", since=SINCE, parent=works
        )
        folk = [people.enrol(f"工友{n:02}", branch, since=SINCE, position=n) for n in range(case.MEMBERS)]
        for person, post in zip(folk, POSTS, strict=False):
            members.name_to_post(person, actor=SYSTEM, organisation=branch, kind=post, since=SINCE)
        who = {
            "secretary": serving("secretary", folk[0], since=SINCE, office="secretary", organisation=branch),
            "officer": serving("officer", since=SINCE, office="officer", organisation=works),
            "deputy": people.account("deputy", folk[1]),
            "member": people.account("member", folk[-1]),
        }
    return works, branch, folk, who


def test_the_year_of_the_workshop(workshop):
    works, branch, folk, users = workshop
    who = {name: Visitor(user) for name, user in users.items()}
    with on(FIRST):
        page = grades.words(who["secretary"].get("organisation_detail", branch.pk))
        assert f"党员{case.MEMBERS}人,一般不超过{case.MOST}人" in page
        pledge = committed(who, branch)
    for day, checklist, name, period in case.REVIEWS:
        with on(date.fromisoformat(day)):
            reviewed(who, branch, pledge, day, checklist, name, period)
    with on(LAST):
        round_ = opened(who["officer"], works)
        vote = guests_answer_under_slips(who["secretary"], branch, round_)
        kept_by_the_vote(who, branch, pledge, vote)
        fifty_four_are_graded_on_one_page(who, branch, folk, round_)


def committed(who, branch):
    """承诺、亮诺: looked over by the works committee, published to the branch."""
    pledge = righting.promise(who["secretary"], branch, "每班工时节约一成", due_on="2010-12-24")
    righting.made_public(who["officer"], who["secretary"], pledge)
    assert "每班工时节约一成" in grades.words(who["member"].get("pledge_list"))
    return pledge


def reviewed(who, branch, pledge, day, checklist, name, period):
    """The works committee looks at the workshop along the list of this review, the branch at its pledge."""
    officer, secretary = who["officer"], who["secretary"]
    at = f"?organisation={branch.pk}&checklist={checklist}"
    lines = [line.code for line in officer.client.get(f"/visits/new/{at}").context["sheet"].checklist.lines]
    assert len(lines) == 4, "four things, on each list others"
    found = {f"line-{code}-result": "reached" for code in lines}
    officer.post("visit_create", query=at, save="submit", client_key=uuid4(), visited_on=day, manner="on_site",
                 comments="看了现场和台账。", **found)  # fmt: skip
    page = grades.words(secretary.get("visit_detail", Visit.objects.get(visited_on=day).pk))
    assert name in page
    secretary.post("pledge_review", pledge.pk, period=period, reviewed_on=day, standing="on_track",
                   met=["concrete", "under_way"], words=f"{name}：按期")  # fmt: skip
    assert f"{name}:按期" in grades.words(who["member"].get("pledge_detail", pledge.pk))


def opened(officer, works):
    officer.post("round_create", organisation=works.pk, year=LAST.year, name="年终评议", roster_on=LAST, due_on=LAST,
                 aspects="作用")  # fmt: skip
    round_ = Round.objects.get()
    officer.post("round_move", round_.pk, "open", confirmed="yes")
    return round_


def guests_answer_under_slips(secretary, branch, round_):
    """Guests from the masses have no account; what nobody drew came back as no ballot."""
    vote = lay(secretary, branch, "年终群众评议", LAST, way="slips", voters=case.GUESTS, items=case.ITEMS, scale="plain",
               round=round_.pk)  # fmt: skip
    codes = printed(secretary, vote)
    secretary.post("vote_move", vote.pk, "open")
    cast(codes, marked(vote, case.CAME, lambda voter, line, number: 1 + (voter == 0)))
    secretary.post("vote_move", vote.pk, "close", confirmed="yes")
    secretary.post("vote_count", vote.pk, first="", second="")
    confirm(secretary, vote)
    assert set(ballots_told(secretary, vote).values()) == {(case.GUESTS, case.CAME, case.CAME)}
    return vote


def kept_by_the_vote(who, branch, pledge, vote):
    """评诺: named beside the vote of the guests, rated by the works committee."""
    who["secretary"].post("pledge_vote", pledge.pk, vote=vote.pk)
    who["officer"].post("pledge_move", pledge.pk, "keep", note="群众评议认可")
    page = grades.words(who["member"].get("pledge_detail", pledge.pk))
    assert "已兑现" in page and "年终群众评议" in page
    assert figures(who["officer"], branch, year=LAST.year)["pledges.kept_in_year"] == 1


def fifty_four_are_graded_on_one_page(who, branch, folk, round_):
    secretary, deputy = who["secretary"], who["deputy"]
    here = grades.grading_of(branch, round_)
    best = folk[1 : case.EXCELLENT_AT_MOST]
    levels = dict.fromkeys(folk[1:], "合格") | dict.fromkeys(best, "优秀")
    grades.fill_in(secretary, here, levels, opinion="完成承诺。")
    page = grades.words(grades.fill_in(deputy, here, {folk[0]: "优秀"}, opinion="完成承诺。"))
    assert (
        f"党员总数{case.MEMBERS},1/3为{case.EXCELLENT_AT_MOST},取{case.EXCELLENT_AT_MOST}" in page
        and "超出" not in page
    )
    for visitor, whom in ((secretary, folk[1:]), (deputy, folk[:1])):
        for name in ("decide", "feed_back"):
            grades.step(visitor, here, name, whom)
    grades.say(who["member"], grades.grade_of(folk[-1], round_), "agreed")
    grades.announce(secretary, here)
    _heads, numbers, names = grades.announced(who["member"], here)
    assert numbers == (case.EXCELLENT_AT_MOST, case.MEMBERS - case.EXCELLENT_AT_MOST, 0, 0)
    assert len(names) == case.EXCELLENT_AT_MOST
