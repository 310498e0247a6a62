"""The second half of the case youth-palace-branch: graded, told, objected, announced; put right, and promised in public.
Reported are two 优秀, six 合格 and no 不合格; everything else here is counted by the product."""

from datetime import date

from tests.papers import opened
from tests.scenarios import grading as grades
from tests.scenarios import righting
from tests.scenarios import youth_palace as case
from tests.scenarios.visits import on, plain

ANSWERED, APPEALED, CONCLUDED = date(2021, 3, 18), date(2021, 3, 19), date(2021, 3, 25)
BEST = (0, 2)  # the secretary and the publicist, whom everybody marked 优秀 at the assembly
OPINION = "能按要求参加组织生活。"
OBJECTION, ANSWER = "评定意见未写明我的请假已获批准。", "已核对会议记录，请假属实，等次不变。"
APPEAL, CONCLUSION = "请上级核对测评结果。", "已核对，等次符合测评结果，维持评定。"
DULL, LATE = "支部活动形式单一", "答复来访不够及时"
PLEDGE = "每月到社区开展一次少年活动"


def the_committee_weighs_and_tells_each(people, palace, round_):
    """The secretary grades the others, a member of the committee him; one 优秀 too many is told at once."""
    secretary, clerk, folk = people["secretary"], people["clerk"], palace.of("palace")
    here = grades.grading_of(palace.places["palace"], round_)
    grid = secretary.get("grading_edit", here.pk)
    assert f"优秀{case.PRESENT}·合格0" in grades.row_of(grid, folk[2]), "what was voted stands beside"
    assert not any(row.startswith(folk[0].name) for row in grades.rows(grid)), "nobody grades himself"
    levels = {person: "优秀" if n in BEST else "合格" for n, person in enumerate(folk) if n}
    too_many = dict.fromkeys(folk[3:5], "优秀")
    page = grades.words(grades.fill_in(secretary, here, levels | too_many, opinion=OPINION))
    assert f"党员总数{case.DUE},1/3为2.67,取{case.QUOTA}。" in page and "超出1名" in page
    grades.fill_in(secretary, here, levels)
    page = grades.words(grades.fill_in(clerk, here, {folk[0]: "优秀"}, opinion=OPINION))
    assert "超出" not in page, "exactly reached"
    for who, whom in ((secretary, folk[1:]), (clerk, folk[:1])):
        grades.step(who, here, "decide", whom)
        page = grades.step(who, here, "feed_back", whom)
    assert "已反馈,待本人意见" in grades.row_of(page, folk[0])


def each_says_his_word(people, palace, round_):
    """One agrees on his own screen, one who is retired and was away on paper; nobody reads another's."""
    folk, member = palace.of("palace"), people["member"]
    mine, old = grades.grade_of(folk[3], round_), grades.grade_of(folk[case.AWAY], round_)
    page = grades.words(member.get("grade_detail", mine.pk))
    assert "等次合格" in page and plain(OPINION) in page
    assert "本人同意" in grades.words(grades.say(member, mine, "agreed"))
    assert member.client.get(old.get_absolute_url()).status_code == 404
    told = grades.say(people["secretary"], old, "agreed", "同意", source="paper", said_on=case.BEGINS[:10])
    assert "本人尚未确认" in grades.words(told)


def waits_for(visitor, code, here):
    """True if this to-do on the person's first page leads to the grades of the branch."""
    sections = visitor.client.get("/").context["sections"]
    return any(
        item.url == here.get_absolute_url() for one in sections if one.todo.code == code for item, _words in one.lines
    )


def an_objection_travels_and_ends(people, palace, round_):
    """Member → committee → superior → end; as long as it is open nothing is announced."""
    secretary, officer, colleague = people["secretary"], people["officer"], people["colleague"]
    here = grades.grading_of(palace.places["palace"], round_)
    grade = grades.grade_of(palace.of("palace")[4], round_)
    assert "本人有异议" in grades.words(grades.say(colleague, grade, "objected", OBJECTION))
    assert "还有1条本人异议未答复" in grades.announce(secretary, here)
    assert waits_for(secretary, "grade_mend", here) and not waits_for(officer, "grade_settle", here)
    with on(ANSWERED):
        assert plain(OBJECTION) in grades.words(secretary.get("grade_detail", grade.pk))
        grades.say(secretary, grade, "answered", ANSWER, said_on=str(ANSWERED))
        assert plain(ANSWER) in grades.words(colleague.get("grade_detail", grade.pk))
    with on(APPEALED):
        grades.say(colleague, grade, "appealed", APPEAL)
        assert waits_for(officer, "grade_settle", here) and not waits_for(secretary, "grade_mend", here)
        waiting = grades.words(secretary.get("grading_detail", here.pk))
        assert "异议待上级答复" in waiting
    with on(CONCLUDED):
        page = grades.words(grades.say(officer, grade, "concluded", CONCLUSION, said_on=str(CONCLUDED)))
        assert "上级已答复异议" in page
        said = grades.words(colleague.get("grade_detail", grade.pk))
        at = [said.index(plain(text)) for text in (OBJECTION, ANSWER, APPEAL, CONCLUSION)]
        assert at == sorted(at), "in the order in which it was said"
        assert "/say/" not in colleague.get("grade_detail", grade.pk).content.decode(), "it ends there"


def the_branch_reads_the_result(people, palace, round_):
    """Two and six with the zeros; the two are named, and nobody else."""
    folk, here = palace.of("palace"), grades.grading_of(palace.places["palace"], round_)
    assert people["colleague"].client.get(f"/gradings/{here.pk}/announcement/").status_code == 404
    grades.announce(people["secretary"], here)
    heads, numbers, names = grades.announced(people["colleague"], here)
    assert heads == "".join(grades.LEVELS)
    assert numbers == case.GRADES and sum(numbers) == case.DUE
    assert sorted(names) == sorted(folk[n].name for n in BEST)
    page = grades.words(people["colleague"].get("grading_announcement", here.pk))
    assert not any(person.name in page.split("现将")[1] for person in (folk[1], *folk[5:]))


def the_forms_say_the_same(people, palace, round_):
    """登记表 of all, in the order of the register; 反馈表 of one, for himself."""
    folk, here = palace.of("palace"), grades.grading_of(palace.places["palace"], round_)
    text = opened.text(people["secretary"].get("grading_word", here.pk, "register").content)
    table = grades.words(people["secretary"].get("grading_detail", here.pk))
    assert sorted(folk, key=lambda one: table.index(one.name)) == sorted(folk, key=lambda one: text.index(one.name))
    assert text.count("评定等次：合格") == case.GRADES[1]
    assert "有异议" in text and ANSWER not in text
    mine = grades.grade_of(folk[4], round_)
    text = opened.text(people["colleague"].get("grade_word", mine.pk, "feedback").content)
    assert folk[4].name in text and "2021年3月15日反馈本人" in text and folk[3].name not in text


def what_was_found_is_put_right_with_four_things_clear(people, palace, round_):
    """目标、措施、责任、时限 before work begins; closed by the superior, and in the ledger."""
    secretary, officer, folk = people["secretary"], people["officer"], palace.of("palace")
    branch, more = palace.places["palace"], {"round": round_.pk, "responsible": palace.of("palace")[2].pk}
    vague = righting.problem(secretary, branch, LATE, goal="", measures="", **more)
    assert "尚未明确:目标、措施" in grades.words(secretary.post("problem_move", vague.pk, "claim"))
    dull = righting.problem(secretary, branch, DULL, whose="committee", **more)
    assert "申请销号" in grades.words(righting.put_right(secretary, dull, "青年党员已主讲两次"))
    assert secretary.client.post(f"/problems/{dull.pk}/move/close/", {"note": "看过"}).status_code == 403
    officer.post("problem_move", dull.pk, "close", note="到场查看，属实")
    rows, total = righting.ledger(officer, round=round_.pk)
    found = {row[3]: row for row in rows}
    assert set(found) == {DULL, LATE}
    assert (found[DULL][1], found[DULL][8], found[DULL][11]) == (f"{branch.label}班子", folk[2].name, "已销号")
    assert found[LATE][11] == "未销号"
    text = opened.text(secretary.client.get(f"/problems/of/{branch.pk}/word/?round={round_.pk}").content)
    assert DULL in text and "已销号" in text


def and_promised_in_public(people, palace, round_):
    """公开承诺: the branch reads it once it is published, and how it was kept."""
    secretary, officer, colleague = people["secretary"], people["officer"], people["colleague"]
    pledge = righting.promise(secretary, palace.places["palace"], PLEDGE, round=round_.pk)
    assert colleague.client.get(pledge.get_absolute_url()).status_code == 404
    righting.made_public(officer, secretary, pledge)
    assert PLEDGE in grades.words(colleague.get("pledge_list"))
    secretary.post("pledge_review", pledge.pk, period="h1", reviewed_on=str(CONCLUDED), standing="on_track",
                   met=["concrete", "under_way"], words="已开展一次")  # fmt: skip
    officer.post("pledge_move", pledge.pk, "keep", note="社区反映好")
    page = grades.words(colleague.get("pledge_detail", pledge.pk))
    assert "已兑现" in page and "已开展一次" in page and "社区反映好" in page
