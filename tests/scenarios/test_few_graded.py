"""Where few are graded (users.md F4): a branch of three, one of them 82 years old, and a joint branch of four units, from the
secret vote over grade and announcement to the forms."""

from datetime import date

import pytest

from appraisals.models import Round
from branches.actions import members, organisations
from tests import cast as people
from tests.papers import opened
from tests.scenarios import grading as grades
from tests.scenarios.visits import Visitor, on, serving
from tests.scenarios.voting import confirm, count_by_hand, lay, marked, read, under_slips
from workflow.actors import SYSTEM

pytestmark = pytest.mark.django_db
SINCE, DAY = date(2020, 1, 1), date(2024, 3, 8)
SHEET = "民主评议党员测评表"
UNITS = ("粮站", "水站", "林站", "农技站")
LOW = {"reason": "长期不参加组织生活。", "measure": "由书记联系帮助，每月谈话一次。"}
TOGETHER = "合格、基本合格、不合格"


def branch_of(name, parent, folk, kind="single"):
    """A branch with these members (name, further facts), the first its secretary; an account for him and for the second."""
    branch = organisations.found(name, actor=SYSTEM, kind="branch", branch_kind=kind, since=SINCE, parent=parent)
    enrolled = [people.enrol(who, branch, since=SINCE, position=n, **facts) for n, (who, facts) in enumerate(folk)]
    members.name_to_post(enrolled[0], actor=SYSTEM, organisation=branch, kind="secretary", since=SINCE)
    user = serving(f"leads_{branch.pk}", enrolled[0], since=SINCE, office="secretary", organisation=branch)
    return branch, enrolled, Visitor(user), Visitor(people.account(f"in_{branch.pk}", enrolled[1]))


@pytest.fixture
def town(db):
    with on(SINCE):
        top = organisations.found("某镇总支", actor=SYSTEM, kind="general_branch", branch_kind="", since=SINCE)
        officer = serving("officer", since=SINCE, office="officer", organisation=top)
    return top, officer


def opened_round(officer, top):
    officer.post("round_create", organisation=top.pk, year=DAY.year, name="年度民主评议", roster_on=DAY, due_on=DAY,
                 aspects="作风")  # fmt: skip
    round_ = Round.objects.get()
    officer.post("round_move", round_.pk, "open", confirmed="yes")
    return round_


def test_a_branch_of_three_from_the_vote_to_the_forms(town):
    top, officer = town
    folk = (("钱书记", {"born": "1978-02"}), ("孙同志", {"born": "1990-05"}), ("李奶奶", {"born": "1941-11"}))
    with on(DAY):
        branch, (chief, second, old), secretary, other = branch_of("甲支部", top, folk)
        officer = Visitor(officer)
        round_ = opened_round(officer, top)
        here = grades.grading_of(branch, round_)
        what_so_few_vote_stays_with_the_superior(secretary, officer, branch, round_, here)
        the_assembly_grades_and_the_superior_the_secretary(secretary, officer, here, (chief, second, old))
        she_of_82_agrees_in_words_which_a_helper_writes_down(secretary, other, grades.grade_of(old, round_))
        grades.say(secretary, grades.grade_of(chief, round_), "agreed")
        nobody_learns_another_s_grade(secretary, other, here, second, old, round_)
        the_forms_are_for_those_who_read_the_grades(secretary, other, here, (chief, second, old))


def what_so_few_vote_stays_with_the_superior(secretary, officer, branch, round_, here):
    vote = lay(secretary, branch, "民主测评", DAY, voters=3, people="on", round=round_.pk)
    warned = grades.words(secretary.get("vote_detail", vote.pk))
    assert "3人" in warned and "都无法保证不被猜出" in warned
    count_by_hand(secretary, vote, marked(vote, 3, lambda voter, line, number: 1 if number == 1 else 2))
    confirm(secretary, vote)
    assert read(secretary, vote) == {SHEET: None}
    page = grades.words(secretary.get("grading_detail", here.pk))
    assert "优秀3" not in page and "有效票不足5张" in page, "it is hidden here too, and the page says why"
    assert "优秀3·合格0" in grades.words(officer.get("grading_detail", here.pk))


def the_assembly_grades_and_the_superior_the_secretary(secretary, officer, here, folk):
    chief, second, old = folk
    grid = secretary.get("grading_edit", here.pk)
    assert not any(row.startswith(chief.name) for row in grades.rows(grid))
    grades.fill_in(secretary, here, {second: "优秀", old: "合格"}, opinion="群众认可。")
    page = secretary.get("grading_detail", here.pk)
    assert "党员总数3,1/3为1,取1" in grades.words(page) and "由其他支委或上级评定" in grades.row_of(page, chief)
    grades.fill_in(officer, here, {chief: "基本合格"}, opinion="组织生活抓得不紧。", **LOW)
    for who, whom in ((secretary, [second, old]), (officer, [chief])):
        grades.step(who, here, "decide", whom)
        grades.step(who, here, "feed_back", whom)
    page = grades.words(officer.get("grade_detail", grades.grade_of(chief, here.round).pk))
    assert "评定主体上级党组织" in page
    page = grades.words(officer.get("grade_detail", grades.grade_of(old, here.round).pk))
    assert "评定主体支部党员大会" in page


def she_of_82_agrees_in_words_which_a_helper_writes_down(secretary, other, grade):
    refused = grades.words(grades.say(secretary, grade, "agreed", "同意", said_on=str(DAY)))
    assert "来源:请填写此项" in refused, "paper or word of mouth has to be said"
    page = grades.words(grades.say(secretary, grade, "agreed", "同意，谢谢同志们。", source="spoken", said_on=str(DAY)))
    assert "口头" in page and "代录" in page and "本人尚未确认" in page
    word = grade.said.get()
    page = grades.words(secretary.post("grade_confirm", word.pk, "print"))
    assert "本人尚未确认" not in page and "已确认" in page
    assert other.client.get(grade.get_absolute_url()).status_code == 404


def nobody_learns_another_s_grade(secretary, other, here, second, old, round_):
    """优秀 is named; of the two others the numbers by grade would tell each what the other one has."""
    grades.announce(secretary, here)
    heads, numbers, names = grades.announced(other, here)
    assert (heads, numbers, names) == (f"优秀{TOGETHER}", (1, 2), [second.name])
    page = grades.words(other.get("grading_announcement", here.pk))
    assert "优秀以外的等次合并公布人数" in page and "基本合格1" not in page
    for address in ("/gradings/", "/", "/notices/", f"/rounds/{round_.pk}/"):
        page = grades.words(other.client.get(address))
        assert "基本合格" not in page and "不合格" not in page, address


def the_forms_are_for_those_who_read_the_grades(secretary, other, here, folk):
    chief, second, old = folk
    text = opened.text(secretary.get("grading_word", here.pk, "register").content)
    assert [text.index(one.name) for one in folk] == sorted(text.index(one.name) for one in folk)
    assert "评定等次：优秀" in text and "\n同意，谢谢同志们。" in text
    text = opened.text(secretary.get("grading_word", here.pk, "feedback").content)
    assert text.count("评议结果反馈表") == len(folk) and LOW["measure"] in text
    assert other.client.get(f"/gradings/{here.pk}/word/register/").status_code == 403
    mine = grades.grade_of(second, here.round)
    text = opened.text(other.get("grade_word", mine.pk, "register").content)
    assert second.name in text and old.name not in text and chief.name not in text


def test_a_joint_branch_of_four_units_from_the_vote_to_the_forms(town):
    top, officer = town
    folk = [(f"联{'一二三四五六七八'[n]}", {"unit": UNITS[n % len(UNITS)]}) for n in range(8)]
    with on(DAY):
        branch, joint, secretary, other = branch_of("联合支部", top, folk, kind="joint")
        officer = Visitor(officer)
        round_ = opened_round(officer, top)
        here = grades.grading_of(branch, round_)
        vote = lay(secretary, branch, "民主测评", DAY, way="slips", voters=8, people="on", limit=2, round=round_.pk)
        under_slips(secretary, vote, marked(vote, 8, lambda voter, line, number: 1 if number in (0, 1) else 2))
        confirm(secretary, vote)
        page = secretary.get("grading_detail", here.pk)
        for person, (_name, facts) in zip(joint, folk, strict=True):
            assert facts["unit"] in grades.row_of(page, person), "each stands under his unit"
        best, rest = joint[4], [one for one in joint[1:] if one != joint[4]]
        assert "优秀8·合格0" in grades.row_of(page, best), "first and second of the ballot are of one unit"
        grades.fill_in(secretary, here, {best: "优秀"} | dict.fromkeys(rest, "合格"), opinion="同意。")
        grades.fill_in(officer, here, {joint[0]: "优秀"}, opinion="同意。")
        for who, whom in ((secretary, joint[1:]), (officer, joint[:1])):
            grades.step(who, here, "decide", whom)
            grades.step(who, here, "feed_back", whom)
        grades.say(other, grades.grade_of(joint[1], round_), "agreed")
        grades.announce(secretary, here)
        heads, numbers, names = grades.announced(other, here)
        assert (heads, numbers) == ("".join(grades.LEVELS), (2, 6, 0, 0))
        assert sorted(names) == sorted(one.name for one in (joint[0], best))
        text = opened.text(secretary.get("grading_word", here.pk, "register").content)
        assert text.count("民主评议党员登记表") == len(joint)
        report = opened.text(secretary.get("vote_word", vote.pk).content)
        assert "发出8张，收回8张，有效8张，无效0张" in report
        assert [report.index(unit) for unit in UNITS] == sorted(report.index(unit) for unit in UNITS)
