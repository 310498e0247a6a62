"""The second half of the village in the case collection: members graded and told, forty-five problems of the walk through the
households taken from a file, ten promises and seven more kept or being kept."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from appraisals.models import Round
from rectification.models import Pledge
from rectification.pledges import actions as promises
from tests.papers import opened
from tests.scenarios import grading as grades
from tests.scenarios import righting
from tests.scenarios import village as case
from tests.scenarios.visits import figures

HEADS = ("序号", "查摆出的问题", "整改目标", "整改措施", "责任人", "完成时限", "是否销号", "销号时间", "核验人")
OPINION = "团结群众，办事公道。"


def opened_round(officer, town, day):
    officer.post("round_create", organisation=town.pk, year=day.year, name="创先争优评议", roster_on=day, due_on=day,
                 aspects="作用")  # fmt: skip
    round_ = Round.objects.get()
    officer.post("round_move", round_.pk, "open", confirmed="yes")
    return round_


def everybody_is_graded_and_told(people, branch, folk, round_):
    secretary, deputy, villager = (people[name] for name in ("secretary", "deputy", "villager"))
    here = grades.grading_of(branch, round_)
    page = grades.words(grades.fill_in(secretary, here, dict.fromkeys(folk[1:], "合格"), opinion=OPINION))
    assert f"党员总数{len(folk)},1/3为4,取4" in page
    grades.fill_in(deputy, here, {folk[0]: "优秀"}, opinion=OPINION)
    for who, whom in ((secretary, folk[1:]), (deputy, folk[:1])):
        for name in ("decide", "feed_back"):
            grades.step(who, here, name, whom)
    mine = grades.grade_of(folk[-1], round_)
    assert "本人同意" in grades.words(grades.say(villager, mine, "agreed"))
    grades.announce(secretary, here)
    assert grades.announced(villager, here)[1:] == ((1, len(folk) - 1, 0, 0), [folk[0].name])


def book(folk, day):
    """The file of the walk: of so many problems some are solved, two in hand, and of the others it says nothing."""
    made = Workbook()
    sheet = made.active
    sheet.append(["走访问题台账"])
    sheet.append(list(HEADS))
    for n in range(1, case.PROBLEMS + 1):
        solved, in_hand = n <= case.SOLVED, case.SOLVED < n <= case.SOLVED + case.IN_HAND
        told = ("群众满意", "专人负责", folk[1 + n % 3].name, f"{day.year}-12-20") if solved or in_hand else ("",) * 4
        end = ("已销号", str(day), "镇党委") if solved else ("整改中" if in_hand else "", "", "")
        sheet.append([n, f"走访第{n}件", *told, *end])
    out = BytesIO()
    made.save(out)
    return SimpleUploadedFile("走访.xlsx", out.getvalue())


def what_the_walk_found_comes_from_a_file(people, branch, folk, round_, day):
    """Forty-five, twenty-six closed, two in hand; seventeen the source leaves open stay open and are shown."""
    secretary, officer = people["secretary"], people["officer"]
    page = secretary.post("problem_import", file=book(folk, day), place=branch.pk, round=round_.pk, found_on=day)
    assert f"新增{case.PROBLEMS}" in grades.words(page) or page.context["page"].counts[0][0] == case.PROBLEMS
    secretary.post("problem_import", sent=page.context["page"].token, do="write")
    board = grades.words(officer.get("problem_board", round=round_.pk))
    left = case.PROBLEMS - case.SOLVED - case.IN_HAND
    for state, number in (("待认领", left), ("整改中", case.IN_HAND), ("已销号", case.SOLVED)):
        assert f"{state}{number}" in board, state
    found = figures(officer, branch, round=round_.pk)
    assert (found["problems.in_round"], found["problems.closed_in_round"]) == (case.PROBLEMS, case.SOLVED)
    assert officer.get("problem_list", round=round_.pk, state="unclaimed").context["page"].total == left
    rows, _total = righting.ledger(officer, round=round_.pk)
    assert [row[11] for row in rows].count("已销号") == case.SOLVED and len(rows) == case.PROBLEMS


def ten_promises_and_seven_more(people, branch, round_):
    """The first of each on its pages, the others by what the pages call; ten are kept, seven still being kept."""
    secretary, officer, villager = (people[name] for name in ("secretary", "officer", "villager"))
    for n in range(case.PROMISES + case.MORE):
        more = n >= case.PROMISES
        row = righting.promise(
            secretary, branch, f"实事第{n + 1}件", round=round_.pk, sort="creative" if more else "basic"
        )
        if n in (0, case.PROMISES):
            righting.made_public(officer, secretary, row)
        else:
            promises.move(row, "accept", actor=officer.user)
            promises.move(Pledge.objects.get(pk=row.pk), "publish", actor=secretary.user)
        if n == 0:
            page = grades.words(officer.post("pledge_move", row.pk, "keep", note="村民代表现场看过"))
            assert "已兑现" in page
        elif not more:
            promises.move(Pledge.objects.get(pk=row.pk), "keep", actor=officer.user, note="看过")
    told = {state: villager.get("pledge_list", state=state).context["page"].total for state in ("kept", "published")}
    assert told == {"kept": case.PROMISES, "published": case.MORE}
    found = figures(officer, branch, year=round_.year)
    numbers = (found["pledges.in_year"], found["pledges.kept_in_year"])
    assert numbers == (case.PROMISES + case.MORE, case.PROMISES)
    text = opened.text(villager.client.get(f"/pledges/of/{branch.pk}/word/").content)
    assert text.count("实事第") == case.PROMISES + case.MORE and text.count("已兑现") == case.PROMISES
