"""Where few vote: a branch of three with its ways out (users.md F4), a joint branch of four units on one slip, and guests of
a workshop who answer under slips."""

from datetime import date

import pytest

from branches.actions import members, organisations
from branches.actions.rules import override_rule
from tests import cast as people
from tests.scenarios.visits import Visitor, on, serving
from tests.scenarios.voting import cast, confirm, count_by_hand, lay, marked, printed, read, under_slips
from workflow.actors import SYSTEM

pytestmark = pytest.mark.django_db
SINCE, DAY = date(2020, 1, 1), date(2024, 3, 8)
PEOPLE, BODY = "民主评议党员测评表", "党支部班子评议表"
UNITS = ("粮站", "水站", "林站", "农技站")


def branch_of(name, parent, size, kind="single", units=("",), born=()):
    """A branch with so many members, the first its secretary; his account, and the members."""
    branch = organisations.found(name, actor=SYSTEM, kind="branch", branch_kind=kind, since=SINCE, parent=parent)
    folk = []
    for n in range(size):
        facts = {"unit": units[n % len(units)]} | ({"born": born[n]} if n < len(born) else {})
        folk.append(people.enrol(f"{name[:1]}{'一二三四五六七八九十'[n]}", branch, since=SINCE, position=n, **facts))
    members.name_to_post(folk[0], actor=SYSTEM, organisation=branch, kind="secretary", since=SINCE)
    user = serving(f"of_{branch.pk}", folk[0], since=SINCE, office="secretary", organisation=branch)
    return branch, folk, Visitor(user)


@pytest.fixture
def town(db):
    with on(SINCE):
        top = organisations.found("某镇总支", actor=SYSTEM, kind="general_branch", branch_kind="", since=SINCE)
        officer = serving("officer", since=SINCE, office="officer", organisation=top)
    return top, officer


def by_all(best):
    return lambda voter, line, number: 1 if number in best else 2


def test_a_branch_of_three_is_warned_and_its_totals_go_to_the_superior_alone(town):
    top, officer = town
    with on(DAY):
        branch, folk, secretary = branch_of("甲支部", top, 3, born=("1978-02", "1990-05", "1941-11"))
        vote = lay(secretary, branch, "民主测评", DAY, voters=len(folk), people="on", body="on")
        warned = secretary.get("vote_detail", vote.pk).content.decode()
        for way in ("请上级派人计票", "与同一总支的其他支部合并测评", "由党员大会口头评议"):
            assert way in warned, way
        count_by_hand(secretary, vote, marked(vote, len(folk), by_all({0})))
        confirm(secretary, vote)
        assert read(secretary, vote) == {PEOPLE: None, BODY: None}
        assert [numbers[:2] for numbers in read(Visitor(officer), vote)[PEOPLE].values()] == [[3, 0], [0, 3], [0, 3]]
        above = Visitor(officer).get("vote_summary", place=top.pk)
        assert above.context["table"].withheld == 1 and above.context["table"].total[0] == 0
        assert "未计入" in above.content.decode()


def test_it_votes_together_with_its_neighbour_once_the_general_branch_allows_it(town):
    top, officer = town
    with on(DAY):
        branch, folk, secretary = branch_of("甲支部", top, 3)
        other, others, neighbour = branch_of("乙支部", top, 4)
        assert "along" not in secretary.get("vote_create").context["form"].fields
        override_rule(top, DAY.year, "F4-1", actor=officer, severity="remind", parameters={}, reason="人数少")
        vote = lay(secretary, branch, "联合测评", DAY, way="slips", voters=len(folk) + len(others), people="on",
                   body="on", along=[other.pk])  # fmt: skip
        under_slips(secretary, vote, marked(vote, vote.voters, by_all({0, 3})))
        confirm(secretary, vote)
        assert list(read(secretary, vote)[PEOPLE]) == [f"甲支部 {person.name}" for person in folk[1:]]  # not himself
        assert list(read(neighbour, vote)[PEOPLE]) == [f"乙支部 {person.name}" for person in others[1:]]
        assert read(neighbour, vote)[PEOPLE][f"乙支部 {others[1].name}"] == [0, 7, 0, 0, 0]
        table = Visitor(officer).get("vote_summary", place=top.pk).context["table"]
        assert [row.name for row in table.rows] == ["甲支部", "乙支部"] and table.withheld == 0


def test_a_joint_branch_of_four_units_votes_on_one_slip(town):
    top, officer = town
    with on(DAY):
        branch, folk, secretary = branch_of("联合支部", top, 8, kind="joint", units=UNITS)
        vote = lay(secretary, branch, "民主测评", DAY, way="tablet", voters=len(folk), people="on", limit=2)
        under_slips(secretary, vote, marked(vote, len(folk), by_all({0, 1})))
        confirm(secretary, vote)
        shown = Visitor(officer).get("vote_detail", vote.pk).context["results"][0]
        assert [row.heading for row in shown.rows if row.heading] == list(UNITS)
        assert [row.numbers[0] for row in shown.rows] == [8, 8, 0, 0, 0, 0, 0, 0]
        assert shown.rows[0].line.label == folk[0].name and shown.rows[1].line.label == folk[4].name


def test_guests_of_a_workshop_answer_under_slips(town):
    """Nobody of them has an account; what was printed and not drawn came back as no ballot."""
    top, _officer = town
    items = "# 四评四看\n评作风，看群众反映\n评实绩，看工作变化\n您的建议(多选)\n- 多下车间\n- 多办实事\n- 多听意见"
    with on(DAY):
        branch, _folk, secretary = branch_of("车间支部", top, 9)
        vote = lay(secretary, branch, "年终群众评议", DAY, way="slips", voters=12, items=items, scale="plain")
        codes = printed(secretary, vote)
        secretary.post("vote_move", vote.pk, "open")
        ballots = marked(vote, 10, lambda voter, line, number: 1 + voter % 2)
        cast(codes, ballots)
        secretary.post("vote_move", vote.pk, "close", confirmed="yes")
        secretary.post("vote_count", vote.pk, first="", second="")
        confirm(secretary, vote)
        shown = secretary.get("vote_detail", vote.pk).context["results"][0]
        assert (shown.count.issued, shown.count.collected, shown.count.valid) == (12, 10, 10)
        assert [row.numbers for row in shown.rows] == [[5, 5, 0, 0]] * 3
