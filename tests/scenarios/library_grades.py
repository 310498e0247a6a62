"""The last fortnight of the case library-general-branch: the committees' first opinions of 21 May, the votes of the branches
and the consent of the general branch on 26 and 27 May, and what is put right afterwards. Reported are seven 优秀, sixty
合格, six problems and seven measures."""

from datetime import date

from appraisals.grades.actions import saying
from tests.scenarios import grading as grades
from tests.scenarios import library as case
from tests.scenarios import righting
from tests.scenarios.visits import figures, on

OPINION = "履行党员义务，完成本职工作。"


def chain_and_pool(library, year):
    """The general branch lays down that branches vote and that it consents; 优秀 are counted in the pool of all branches."""
    officer, top = library.officer, library.top
    officer.post("rule_edit", top.pk, year, "F5-1", severity="remind", chain=3, approval=3, days=5, reason="总支规定")
    officer.post(
        "rule_edit", top.pk, year, "R10", severity="remind", scope=2, base=3, part=1, of=3, min_one=0, reason="总支规定"
    )


def best_of(folk, number):
    """The first two of a branch, of the last branch the first alone: seven in four branches."""
    return folk[: case.EXCELLENT // len(case.BRANCHES) + (number < case.EXCELLENT % len(case.BRANCHES))]


def committees_give_their_first_opinion(library, round_):
    for number, (branch, folk) in enumerate(library.folk.items()):
        secretary, here = library.secretaries[branch], grades.grading_of(branch, round_)
        best = best_of(folk, number)
        levels = {person: "优秀" if person in best else "合格" for person in folk}
        chief = levels.pop(folk[0])
        page = grades.words(grades.fill_in(secretary, here, levels, opinion=OPINION))
        assert f"参评党员{case.IN_SERVICE},1/3为22.33,取22" in page, "counted over the pool"
        grades.fill_in(library.deputies[branch], here, {folk[0]: chief}, opinion=OPINION)
        for who, whom in ((secretary, folk[1:]), (library.deputies[branch], folk[:1])):
            page = grades.step(who, here, "propose", whom)
            assert "已初评,待见面" in grades.row_of(page, whom[-1])
            met(who, whom, round_, on_page=number == 0)
    nothing = grades.words(library.officer.get("grading_detail", here.pk))
    assert "优秀0·合格0" in nothing, "the general branch reads nothing before a branch has decided"


def met(visitor, folk, round_, *, on_page):
    """Each with the first opinion: in one branch on the page, in the others by what the page calls."""
    words = "书记与本人见面，无不同意见。"
    for person in folk:
        grade = grades.grade_of(person, round_)
        if on_page:
            assert "已与本人见面" in grades.words(grades.say(visitor, grade, "met", words, said_on=case.MET))
        else:
            saying.say(grade, "met", words, actor=visitor.user, said_on=date.fromisoformat(case.MET))


def the_pool_is_distributed(library, round_):
    """Seven in all of twenty-two; more than the pool allows is refused."""
    first = grades.grading_of(next(iter(library.folk)), round_)
    page = library.officer.get("grading_shares", first.pk)
    rows = [row for row in grades.rows(page) if "图书馆" in row]
    assert len(rows) == len(case.BRANCHES)
    keys = [row.pk for row, *_more in page.context["form"].pool]
    refused = library.officer.post("grading_shares", first.pk, **{f"share{key}": 10 for key in keys})
    assert "将分配40名,名额共22名" in grades.words(refused)
    shares = {
        f"share{key}": len(best_of(folk, n))
        for n, (key, folk) in enumerate(zip(keys, library.folk.values(), strict=True))
    }
    library.officer.post("grading_shares", first.pk, **shares)
    page = grades.words(library.secretaries[next(iter(library.folk))].get("grading_detail", first.pk))
    assert "分配本支部2名" in page and "超出" not in page


def branches_vote_and_the_general_branch_consents(library, round_):
    for branch, folk in library.folk.items():
        secretary, deputy, here = (
            library.secretaries[branch],
            library.deputies[branch],
            grades.grading_of(branch, round_),
        )
        with on(case.GRADED[0]):
            for who, whom in ((secretary, folk[1:]), (deputy, folk[:1])):
                keys = [grades.grade_of(person, round_).pk for person in whom]
                who.post(
                    "grading_vote",
                    here.pk,
                    selected=keys,
                    held_on=case.GRADED[0],
                    due=len(folk),
                    present=len(folk),
                    yes=len(folk),
                    no=0,
                    abstain=0,
                    minute="第5号",
                )
                page = grades.step(who, here, "submit", whom)
                assert "待上级" in grades.row_of(page, whom[0])
        with on(case.GRADED[1]):
            grades.step(library.officer, here, "approve", folk)
            for who, whom in ((secretary, folk[1:]), (deputy, folk[:1])):
                grades.step(who, here, "feed_back", whom)
            grades.announce(secretary, here)


def the_grade_is_dated_after_the_proposal(library, round_):
    branch, folk = next(iter(library.folk.items()))
    page = grades.words(library.officer.get("grade_detail", grades.grade_of(folk[1], round_).pk))
    assert f"评定日期{case.GRADED[0]}" in page and f"反馈日期{case.GRADED[1]}" in page
    assert f"应到{len(folk)},实到{len(folk)},赞成{len(folk)},反对0,弃权0" in page


def sixty_seven_are_graded(library, round_):
    """On each announcement, and in the numbers of the general branch."""
    told = [grades.announced(library.secretaries[branch], grades.grading_of(branch, round_)) for branch in library.folk]
    totals = [sum(column) for column in zip(*(numbers for _heads, numbers, _names in told), strict=True)]
    assert totals == [case.EXCELLENT, case.QUALIFIED, 0, 0]
    found = figures(library.officer, library.top, round=round_.pk)
    assert (found["roster.due"], found["grades.decided"], found["grades.fed_back"]) == (case.IN_SERVICE,) * 3
    assert (found["grades.excellent"], found["grades.qualified"]) == (case.EXCELLENT, case.QUALIFIED)
    assert found["grades.basically_qualified"] == found["grades.unqualified"] == 0


def six_problems_seven_measures(library, round_):
    """Written down by the branches in turn, gathered by the general branch; one measure is carried out, some are under way."""
    officer, branches = library.officer, list(library.folk)
    for n, (text, measures) in enumerate(case.PROBLEMS):
        branch = branches[n % len(branches)]
        secretary, folk = library.secretaries[branch], library.folk[branch]
        row = righting.problem(secretary, branch, text, round=round_.pk, measures="\n".join(measures),
                               responsible=folk[2].pk)  # fmt: skip
        officer.post("common_create", place=library.top.pk, text=text, asks="各支部认领", round=round_.pk)
        offered = officer.post("common_gather", selected=row.pk).context["form"].fields["common"].choices
        (common,) = [key for key, label in offered if str(label).startswith(text)]
        officer.post("common_gather", selected=row.pk, asked="1", common=common)
        if n == 0:
            righting.put_right(secretary, row, "主页栏目已经开通")
            officer.post("problem_move", row.pk, "close", note="已查看")
        elif n < len(case.PROBLEMS) // 2:
            secretary.post("problem_move", row.pk, "claim")
    rows, _total = righting.ledger(officer, round=round_.pk)
    assert sorted(row[3] for row in rows) == sorted(text for text, _measures in case.PROBLEMS)
    assert sum(len(row[6].splitlines()) for row in rows) == case.MEASURES
    assert sorted(row[11] for row in rows) == sorted(["已销号"] + ["未销号"] * (len(case.PROBLEMS) - 1))
    board = grades.words(officer.get("problem_board", round=round_.pk))
    assert "待认领3" in board and "整改中2" in board and "已销号1" in board
    listed = grades.rows(officer.get("common_list"))
    assert sum(any(row.startswith(text) for text, _measures in case.PROBLEMS) for row in listed) == len(case.PROBLEMS)
    found = figures(officer, library.top, round=round_.pk)
    told = (found["problems.in_round"], found["problems.measures_in_round"], found["problems.closed_in_round"])
    assert told == (len(case.PROBLEMS), case.MEASURES, 1)
