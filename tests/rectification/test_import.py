"""A ledger kept in a spreadsheet: what it would add, all of it or nothing, and nothing twice."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook

from branches.roster import files
from figures.models import Summary
from figures.registry import Period, named
from jobs import files as job_files
from rectification.imports import actions
from rectification.imports.people import Branches
from rectification.imports.plan import planned
from rectification.imports.reading import Reading
from rectification.models import Measure, Problem
from rectification.problems.actions import steps
from tests import cast as people
from tests.rectification.rows import again, asked, moved, of_member, problem
from tests.reports.books import export
from workflow import checking
from workflow.models import History

HEADS = ("序号", "责任主体", "问题类别", "查摆出的问题", "来源", "整改目标", "整改措施", "责任领导", "责任人", "完成时限", "进展情况",
         "是否销号", "销号时间", "核验人", "备注")  # fmt: skip
DAY = date(2026, 6, 30)


def row(text="Problem", whose="", goal="Goal", measures="One；Two", responsible="戊同志", due="2026-12-30", **more):
    """One line in the order of HEADS."""
    told = {"责任主体": whose, "查摆出的问题": text, "整改目标": goal, "整改措施": measures, "责任人": responsible,
            "完成时限": due, **more}  # fmt: skip
    return [told.get(head, "") for head in HEADS]


def book(*rows, heads=HEADS, title="某支部整改台账"):
    """A file as an office keeps it: a title, headings, rows, a line of totals and signatures."""
    made = Workbook()
    sheet = made.active
    sheet.append([title])
    sheet.append(list(heads))
    for line in rows:
        sheet.append(list(line))
    sheet.append(["合计", "", len(rows)])
    sheet.append(["党组织负责人（签字）："])
    out = BytesIO()
    made.save(out)
    return SimpleUploadedFile("台账.xlsx", out.getvalue())


@pytest.fixture
def browser(world, client):
    client.force_login(world.secretary)
    return client


def send(browser, world, file, place=None, **more):
    data = {"file": file, "place": (place or world.first).pk, "round": world.round.pk, "found_on": "2026-01-12", **more}
    return browser.post(reverse("problem_import"), data)


def confirm(browser, page, **more):
    return browser.post(reverse("problem_import"), {"sent": page.context["page"].token, "do": "write", **more})


def told(page):
    """The faults of a page: row, heading and whether it is only a note."""
    return [(fault.row, fault.column, fault.is_note) for fault in page.context["page"].faults]


def test_what_a_ledger_says_is_shown_first_and_written_once_confirmed(world, browser):
    page = send(browser, world, book(
        row(), row("Of the committee", "支部班子", 问题类别="作风建设", 来源="督导：第2次督导"),
        row("Of a member", "丙干事", responsible="丙干事"), row("Of a member too", "个人", responsible="乙委员、丁组长"),
    ))  # fmt: skip
    assert not Problem.objects.exists() and [count for count, _w in page.context["page"].counts] == [4, 0, 0, 0]
    assert confirm(browser, page).url == "/problems/"
    first, team, own, other = Problem.objects.order_by("pk")
    assert (first.text, first.whose, first.responsible, first.due_on, first.first_due_on, first.found_on) == (
        "Problem", "branch", world.people[4], date(2026, 12, 30), date(2026, 12, 30), date(2026, 1, 12))  # fmt: skip
    assert (first.state, first.round, first.year, first.category) == ("unclaimed", world.round, 2026, "other")
    assert [m.text for m in first.measures.all()] == ["One", "Two"]
    assert (team.whose, team.category, team.origin, team.origin_words) == ("committee", "conduct", "visit", "第2次督导")
    assert (own.whose, own.member, own.responsible) == ("member", world.people[2], world.people[2])
    assert (other.member, other.helpers) == (world.people[1], "丁组长")
    entry = History.objects.of(first).get()
    assert (entry.move, entry.target, entry.note, entry.entered_for) == ("import", "unclaimed", "台账.xlsx", "")
    steps.move(again(first), "claim", actor=world.secretary)
    assert [f.check.name for f in checking.run() if f.count and f.check.name.startswith(("rect", "workflow"))] == []


def test_the_same_file_twice_adds_nothing(world, browser):
    for expected in ([2, 0, 0, 0], [0, 2, 0, 0]):
        page = send(browser, world, book(row(), row("Other", "戊同志")))
        assert [count for count, _w in page.context["page"].counts] == expected
        confirm(browser, page)
    assert Problem.objects.count() == 2 and Measure.objects.count() == 4


def test_a_row_that_stands_twice_in_a_file_is_written_once(world, browser):
    page = send(browser, world, book(row("A  problem"), row("A problem")))
    assert [count for count, _w in page.context["page"].counts][:2] == [1, 1]


def test_pressing_twice_or_from_two_windows_writes_once(world, browser):
    page, other = (send(browser, world, book(row())) for _ in range(2))
    confirm(browser, page)
    answer = confirm(browser, page)
    assert "重新选择" in answer.content.decode() or answer.context["page"].refused
    answer = confirm(browser, other)
    assert answer.status_code == 200 and Problem.objects.count() == 1


def test_two_who_write_at_once_do_not_write_twice(world):
    def plan():
        reading = Reading({"text": 0}, ("问题",), 1, Branches(world.first, world.secretary), DAY, DAY)
        reading.take([[2, "Problem"]])
        return planned(reading.lines)

    first, second = plan(), plan()
    actions.write(first, actor=world.secretary)
    with pytest.raises(ValidationError):
        actions.write(second, actor=world.secretary)
    moved(Problem.objects.get(), "void", actor=world.secretary)
    assert actions.write(plan(), actor=world.secretary) == 1, "what was made void may be imported anew"


def test_a_fault_in_one_row_and_nothing_is_written(world, browser):
    page = send(browser, world, book(
        row(), row(""), row("Far", due="2026-13-01"), row("Who", "张三"), row("Before", due="2025-01-01"),
        row("Closed", 是否销号="已销号"), row("Half", 是否销号="基本完成"),
        row("Own", 是否销号="已销号", 销号时间="2026-02-01", 核验人="戊同志"),
        row("Ahead", 是否销号="已销号", 销号时间="2199-01-01"), row("Member", "个人", responsible="李四"),
        row("x" * 1001),
    ))  # fmt: skip
    assert told(page) == [
        (4, "查摆出的问题", False), (5, "完成时限", False), (6, "责任主体", False), (8, "销号时间", False),
        (9, "是否销号", False), (10, "核验人", False), (11, "销号时间", False), (12, "责任人", False), (13, "查摆出的问题", False),
    ]  # fmt: skip
    assert not page.context["page"].may_write
    confirm(browser, page)
    assert not Problem.objects.exists()


def test_closed_standing_and_at_once_come_in_as_they_are(world, browser):
    page = send(browser, world, book(
        row("Closed", 是否销号="已销号", 销号时间="2026年3月2日", 核验人="乙委员", 进展情况="Done"),
        row("Closed elsewhere", 是否销号="√", 销号时间="2026-03-02", 核验人="某上级"),
        row("Standing", "支部班子", 是否销号="长期坚持"), row("For good", due="长期坚持"),
        row("At once", due="立行立改"), row("Under way", 是否销号="整改中"),
        row("Not clear", goal="", 是否销号="整改中"),
    ))  # fmt: skip
    assert page.context["page"].may_write
    assert page.context["page"].closed_unseen == 2 and "其中2条将直接记为已销号" in page.content.decode()
    assert [line.state_words for line in page.context["page"].few_lines].count("已销号") == 2
    confirm(browser, page)
    rows = {row.text: row for row in Problem.objects.all()}
    closed = rows["Closed"]
    assert (closed.state, closed.closed_on, closed.evidence, closed.verified_as, closed.verifier_member) == (
        "closed", date(2026, 3, 2), "Done", "imported", world.people[1])  # fmt: skip
    assert (rows["Closed elsewhere"].verified_words, rows["Closed elsewhere"].verifier_member) == ("某上级", None)
    assert {text: row.state for text, row in rows.items()} == {
        "Closed": "closed", "Closed elsewhere": "closed", "Standing": "standing", "For good": "standing",
        "At once": "unclaimed", "Under way": "underway", "Not clear": "unclaimed",
    }  # fmt: skip
    assert rows["At once"].at_once and rows["At once"].due_on is None and not rows["Closed"].at_once
    assert [f.check.name for f in checking.run() if f.count and f.check.name.startswith(("rect", "workflow"))] == []


def test_what_is_taken_otherwise_is_noted_and_stops_nothing(world, browser):
    page = send(
        browser,
        world,
        book(row("Month", due="2026年12月"), row("Leader", responsible="某副校长", 责任领导="校长"),
             row("Kind", 问题类别="没有的类别"), row("Other", 问题类别="其他")),
    )  # fmt: skip
    assert (
        told(page) == [(3, "完成时限", True), (4, "责任人", True), (5, "问题类别", True)]
        and page.context["page"].may_write
    )
    confirm(browser, page)
    month, leader, *_more = Problem.objects.order_by("pk")
    assert month.due_on == date(2026, 12, 31) and (leader.leader, leader.responsible) == ("校长、某副校长", None)


def test_of_two_of_one_name_neither_is_guessed(world, browser):
    people.enrol("戊同志", world.first)
    page = send(browser, world, book(row("Branch"), row("Member", "戊同志")))
    assert told(page) == [(4, "责任主体", False), (3, "责任人", True), (4, "责任人", True)]


def test_our_own_ledger_comes_back_and_adds_nothing(world, browser):
    problem(world), of_member(world, world.people[2]), problem(world, whose="committee", text="Other", origin="visit",
                                                                origin_words="第2次")  # fmt: skip
    moved(asked(world, problem(world, text="Closed")), "close", actor=world.officer)
    with job_files.opened(export(world.secretary, "rectification_ledger")) as kept:
        file = SimpleUploadedFile("整改台账.xlsx", kept.read())
    page = send(browser, world, file)
    assert [count for count, _w in page.context["page"].counts] == [0, 4, 0, 0]


def test_for_several_branches_each_row_names_its_own(world, client):
    client.force_login(world.officer)
    heads = ("所在党支部", *HEADS)
    file = book(["First branch", *row()], ["Second branch", *row("Other", responsible="庚同志")], heads=heads)
    page = send(client, world, file, world.county)
    assert page.context["page"].may_write, told(page)
    confirm(client, page)
    assert set(Problem.objects.values_list("organisation__name", "responsible__name")) == {
        ("First branch", "戊同志"), ("Second branch", "庚同志")}  # fmt: skip
    assert set(History.objects.filter(move="import").values_list("entered_for", flat=True)) == {
        "First branch", "Second branch"}  # fmt: skip
    page = send(client, world, book(["Third branch", *row("X")], ["", *row("Y")], heads=heads), world.county)
    assert [fault[1] for fault in told(page)] == ["所在党支部", "所在党支部"]
    page = send(client, world, book(row("Z", "Second branch班子", responsible=""), heads=HEADS), world.county)
    confirm(client, page)
    assert Problem.objects.get(text="Z").organisation == world.second


def test_who_may_import_what(world, client):
    for name, code in (("secretary", 200), ("officer", 200), ("clerk", 403), ("member", 403), ("supervisor", 403),
                       ("committee_member", 403), ("stranger", 200), ("sysadmin", 403)):  # fmt: skip
        client.force_login(getattr(world, name))
        assert client.get(reverse("problem_import")).status_code == code, name
    client.force_login(world.sibling)
    page = send(client, world, book(row()))
    assert list(page.context["form"].errors) == ["place"] or "place" in page.context["form"].errors
    reading = Reading({"text": 0}, ("问题",), 1, Branches(world.first, world.secretary), DAY, DAY)
    reading.take([[2, "Problem"]])
    for actor in (world.clerk, world.sibling, world.supervisor):
        with pytest.raises(PermissionDenied):
            actions.write(planned(reading.lines), actor=actor)


def test_what_a_page_carries_is_its_senders_alone(world, client):
    client.force_login(world.secretary)
    token = send(client, world, book(row())).context["page"].token
    client.force_login(world.officer)
    for sent in (token, "nonsense", ""):
        assert client.post(reverse("problem_import"), {"sent": sent, "do": "write"}).status_code == 404
    assert not Problem.objects.exists()


def test_a_file_that_is_none_is_refused_and_not_kept(world, browser):
    before = set(files.folder().iterdir())
    page = send(browser, world, SimpleUploadedFile("x.xlsx", b"nonsense"))
    assert page.context["form"].errors["file"]
    page = send(browser, world, book(["Only", "words"], heads=("A", "B")))
    assert "表头" in str(page.context["form"].errors["file"]) or page.context["form"].errors["file"]
    assert set(files.folder().iterdir()) == before
    page = send(browser, world, book(row()), found_on=(timezone.localdate() + timedelta(1)).isoformat())
    assert page.context["form"].errors["found_on"]


def test_columns_can_be_named_otherwise(world, browser):
    heads = ("甲", "问题", "责任人")
    page = send(browser, world, book(["Goal here", "Problem", "戊同志"], heads=heads))
    columns = {"column_text": "1", "column_goal": "0", "column_responsible": "2"}
    again_ = browser.post(reverse("problem_import"), {"sent": page.context["page"].token, "do": "look", **columns})
    twice = browser.post(
        reverse("problem_import"), {"sent": again_.context["page"].token, "do": "write", **columns, "column_goal": "1"}
    )
    assert twice.context["page"].columns.errors and not Problem.objects.exists()
    confirm(browser, again_, **columns)
    made = Problem.objects.get()
    assert (made.text, made.goal, made.responsible) == ("Problem", "Goal here", world.people[4])


def test_a_formula_is_no_fact(world, browser):
    made = Workbook()
    made.active.append(["问题", "整改目标"])
    made.active.append(["=1+1", "Goal"])
    out = BytesIO()
    made.save(out)
    page = send(browser, world, SimpleUploadedFile("x.xlsx", out.getvalue()))
    assert [(fault.row, fault.column) for fault in page.context["page"].reading.errors][0] == (2, "问题")


def test_numbers_follow_and_the_template_can_be_fetched(world, browser):
    confirm(browser, send(browser, world, book(row(), row("Other"))))
    found = Summary.objects.of(Period(round_key=world.round.pk)).get(organisation=world.first)
    assert getattr(found, named("problems.in_round").column) == 2
    content = browser.get(reverse("problem_template")).content
    page = send(browser, world, SimpleUploadedFile("t.xlsx", content))
    assert [count for count, _w in page.context["page"].counts] == [0, 0, 0, 0], "the example row is left out"


def test_a_big_ledger_costs_no_query_a_row(world, browser, django_assert_max_num_queries):
    page = send(browser, world, book(*(row(f"Problem {n}") for n in range(300))))
    with django_assert_max_num_queries(60):
        confirm(browser, page)
    assert Problem.objects.count() == 300
