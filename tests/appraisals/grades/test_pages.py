"""The pages of a branch: what is weighed, the grid, the buttons; in as many queries for a branch of 3 as for one of 100."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from appraisals.grades.facts import facts_of
from appraisals.grades.pages import page_of
from appraisals.models import Grade, GradeText, RosterEntry
from meetings.models import CriticismCount
from tests.appraisals.grades.rows import chain, entry, fed_back, fresh, grading, moved, said, weigh
from tests.appraisals.votes.rows import counted
from tests.appraisals.votes.rows import moved as vote_moved
from tests.cast import enrol


def signed_in(client, user):
    client.force_login(fresh(user))
    return client


def at(name, *args):
    return reverse(name, args=args)


def fields(world, form, **changed):
    """What a browser sends back of the grid, with some of it typed anew: level_<n> by the number of the member."""
    found = {name: "" if form[name].value() is None else str(form[name].value()) for name in form.fields}
    for name, value in changed.items():
        field, _line, number = name.rpartition("_")
        found[f"{field}{entry(world, world.people[int(number)]).pk}"] = value
    return found


def test_it_shows_what_is_weighed_and_nothing_about_oneself(client, world):
    vote = vote_moved(world, counted(world, round=world.round), "confirm_signed")
    CriticismCount.objects.create(meeting=world.meeting, member=world.people[4], number=3)
    type(world.meeting).objects.filter(pk=world.meeting.pk).update(appraisal_year=world.round.year)
    user = fresh(world.secretary)
    page = page_of(grading(world), user)
    by_name = {line.called: line for line in page.lines}
    assert list(by_name) == ["甲书记", "乙委员", "丙干事", "丁组长", "戊同志"], "in set order"
    assert page.weighing.vote == vote
    assert by_name["乙委员"].facts.marks == [("优秀", 0), ("合格", 5), ("基本合格", 0), ("不合格", 0), ("弃权", 0)]
    assert by_name["甲书记"].facts.marks == [], "nobody reads his own"
    assert by_name["戊同志"].facts.criticisms == 3
    assert [one.state for one in by_name["戊同志"].facts.written] == ["submitted"]
    assert by_name["戊同志"].facts.hours is not None
    assert [line.may_write for line in page.lines] == [False, True, True, True, True]
    shown = signed_in(client, user).get(at("grading_detail", grading(world).pk)).content.decode()
    assert "党员总数5，1/3为1.67，取1" in shown and "请勿投屏" in shown


def test_a_supervisor_reads_no_hours_and_no_grade_that_is_not_decided(world):
    weigh(world, world.people[4])
    page = page_of(grading(world), fresh(world.supervisor))
    assert all(line.facts.hours is None and line.grade is None and not line.may_write for line in page.lines)


def test_the_grade_of_last_year_stands_beside(world):
    grade = fed_back(world, world.people[4], "excellent")
    type(world.round).objects.filter(pk=world.round.pk).update(year=2025)
    type(world.planned).objects.filter(pk=world.planned.pk).update(year=2026)
    again = RosterEntry.objects.create(
        round=world.planned, member=world.people[4], organisation=world.first, category="formal"
    )
    here = grading(world)
    here.round = type(world.planned).objects.get(pk=world.planned.pk)
    found = facts_of(here, [again], {}, fresh(world.secretary)).of_member[world.people[4].pk]
    assert (grade.level, found.last) == ("excellent", "优秀")


def grown(world, many):
    """The branch with so many more members, all graded."""
    for n in range(many):
        person = enrol(f"新{n}", world.first)
        row = RosterEntry.objects.create(round=world.round, member=person, organisation=world.first, category="formal")
        grade = Grade.objects.create(entry=row, level="qualified", chain="simple", approval="record", body="committee")
        GradeText.objects.create(grade=grade, opinion="More")


@pytest.mark.parametrize("name", ["grading_detail", "grading_edit", "grading_word"])
def test_a_branch_of_a_hundred_asks_no_more_than_a_small_one(client, world, name):
    for person in world.people[1:3]:
        weigh(world, person)
    RosterEntry.objects.filter(member__in=world.people[3:]).update(is_due=False)
    args = [grading(world).pk, *(["register"] if name == "grading_word" else [])]
    signed_in(client, world.secretary).get(at(name, *args))
    asked = []
    for many in (0, 97):
        grown(world, many)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(at(name, *args)).status_code == 200
        asked.append(len(queries))
    assert RosterEntry.objects.due().filter(organisation=world.first).count() == 100
    assert asked[0] == asked[1]


def test_the_grid_takes_a_whole_branch(client, world):
    address = at("grading_edit", grading(world).pk)
    form = signed_in(client, world.secretary).get(address).context["form"]
    sent = fields(world, form, level_1="excellent", level_2="qualified", level_4="unqualified", reason_4="REASON",
                  measure_4="HELP", opinion_2="Good")  # fmt: skip
    assert client.post(address, sent).status_code == 302
    found = {grade.entry.member.name: grade.level for grade in Grade.objects.select_related("entry__member")}
    assert found == {"乙委员": "excellent", "丙干事": "qualified", "戊同志": "unqualified"}, (
        "who was left blank has none"
    )
    assert GradeText.objects.get(grade__entry__member=world.people[4]).measure == "HELP"
    versions = dict(Grade.objects.values_list("pk", "version"))
    form = client.get(address).context["form"]
    assert client.post(address, fields(world, form)).status_code == 302
    assert dict(Grade.objects.values_list("pk", "version")) == versions, "what was not changed is not written"


def test_the_words_of_the_group_are_written_one_by_one_and_kept_by_the_grid(client, world):
    address = at("grading_edit", grading(world).pk)
    one = f"{address}?member={entry(world, world.people[4]).pk}"
    form = signed_in(client, world.secretary).get(one).context["form"]
    assert client.post(one, fields(world, form, level_4="qualified", peers_4="PEERS")).status_code == 302
    form = client.get(address).context["form"]
    client.post(address, fields(world, form, opinion_4="OPINION"))
    text = GradeText.objects.get()
    assert (text.peers, text.opinion) == ("PEERS", "OPINION")
    assert client.get(f"{address}?member={entry(world, world.people[0]).pk}").status_code == 404, "not his own"
    assert client.get(f"{address}?member=x").status_code == 404


def test_whoever_was_slower_sees_both_versions_and_saves_again(client, world):
    address = at("grading_edit", grading(world).pk)
    form = signed_in(client, world.secretary).get(address).context["form"]
    sent = fields(world, form, level_4="qualified", opinion_4="MINE")
    weigh(world, world.people[4], "excellent", actor=world.committee_member, opinion="THEIRS", reason="", measure="")
    answer = client.post(address, sent)
    shown = answer.content.decode()
    assert answer.status_code == 409 and "MINE" in shown and "THEIRS" in shown and "优秀" in shown
    assert Grade.objects.get().level == "excellent"
    again = fields(world, answer.context["form"])
    assert client.post(address, again).status_code == 302
    assert Grade.objects.get().level == "qualified"


def test_nonsense_in_the_grid_loses_nothing(client, world):
    address = at("grading_edit", grading(world).pk)
    form = signed_in(client, world.secretary).get(address).context["form"]
    sent = fields(world, form, level_4="best", opinion_2="KEPT-WORDS", reason_4="x" * 2001)
    answer = client.post(address, sent)
    shown, key = answer.content.decode(), entry(world, world.people[4]).pk
    assert set(answer.context["form"].errors) == {f"level{key}", f"reason{key}"}
    assert "KEPT-WORDS" in shown and "戊同志 评定理由" in shown and not Grade.objects.exists()


def test_buttons_move_the_members_ticked(client, world):
    grades = [weigh(world, person) for person in world.people[1:4]]
    browser, here = signed_in(client, world.secretary), grading(world).pk
    page = browser.get(at("grading_detail", here))
    assert [move.name for move in page.context["page"].deeds] == ["decide"]
    answer = browser.post(at("grading_batch", here, "decide"), {"selected": [grades[0].pk, grades[1].pk]}, follow=True)
    assert "已办理2名党员" in answer.content.decode()
    assert sorted(Grade.objects.values_list("state", flat=True)) == ["decided", "decided", "draft"]
    answer = browser.post(at("grading_batch", here, "feed_back"), {"selected": [g.pk for g in grades]}, follow=True)
    assert "1名不在此环节" in answer.content.decode()
    answer = browser.post(at("grading_batch", here, "decide"), {}, follow=True)
    assert "请至少勾选一名党员" in answer.content.decode()
    weigh(world, world.people[3], "unqualified", reason="")
    answer = browser.post(at("grading_batch", here, "decide"), {"selected": [grades[2].pk]}, follow=True)
    assert "R14" in answer.content.decode()
    assert browser.post(at("grading_batch", here, "give_back"), {"selected": [grades[0].pk]}).status_code == 404


def test_the_vote_of_the_assembly_is_typed_for_those_ticked(client, world):
    chain(world, 3)
    grade = moved(world, weigh(world, world.people[4]), "propose")
    grade = said(world, grade, "met", "Talked", actor=world.secretary)
    browser, address = signed_in(client, world.secretary), at("grading_vote", grading(world).pk)
    assert "戊同志" in browser.get(address).content.decode()
    sent = {"held_on": "2026-01-05", "due": 5, "present": 4, "yes": 2, "no": 2, "abstain": 0, "selected": grade.pk}
    refused = browser.post(address, sent).content.decode()
    assert "表决未通过" in refused and "checked" in refused
    assert browser.post(address, sent | {"yes": 4, "no": 0}).status_code == 302
    assert Grade.objects.get().state == "decided"


def test_the_member_agrees_or_objects_on_his_telephone(client, world):
    grade = fed_back(world, world.people[4], "unqualified")
    browser = signed_in(client, world.member)
    page = browser.get(grade.get_absolute_url()).content.decode()
    assert "我的评议结果" in page and "REASON-WORDS" in page and "教育转化" in page and "请勿投屏" not in page
    address = at("grade_say", grade.pk, "objected")
    assert 'name="source"' not in browser.get(address).content.decode()
    refused = browser.post(address, {"text": ""})
    assert refused.status_code == 200 and Grade.objects.get().state == "fed_back"
    assert browser.post(address, {"text": "NOT-SO"}).status_code == 302
    assert Grade.objects.get().state == "objected"
    assert browser.get(at("grade_say", grade.pk, "unheard")).status_code == 404


def test_the_checklist_of_an_unqualified_member_stands_with_its_clause(client, world):
    grade = fed_back(world, world.people[4], "basically_qualified")
    browser = signed_in(client, world.secretary)
    assert "教育转化" not in browser.get(grade.get_absolute_url()).content.decode().replace("首先进行教育转化", "")
    Grade.objects.update(level="unqualified")
    shown = browser.get(grade.get_absolute_url()).content.decode()
    assert "□" in shown and "首先进行教育转化" in shown and "R14" in shown


def test_a_closed_round_offers_no_button(client, world):
    grade = fed_back(world, world.people[4])
    type(world.round).objects.filter(pk=world.round.pk).update(state="closed")
    page = signed_in(client, world.secretary).get(grade.get_absolute_url())
    assert page.context["moves"] == [] and page.context["kinds"] == [] and not page.context["may_write"]
    assert not client.get(at("grading_detail", grading(world).pk)).context["page"].deeds


def test_a_list_tells_how_far_each_branch_is(client, world):
    chain(world, 1, approval=3)
    moved(world, moved(world, weigh(world, world.people[4]), "decide"), "submit")
    rows = signed_in(client, world.officer).get(at("grading_list")).context["page"].objects
    told = {row.organisation.name: (row.due, row.decided, row.told, row.waiting) for row in rows}
    assert told == {"First branch": (5, 1, 0, 1), "Second branch": (2, 0, 0, 0)}
    above = client.get(at("grading_list") + "?above=yes").context["page"].objects
    assert [row.organisation.name for row in above] == ["First branch"]
    listed = client.get(at("appraisee_list") + "?graded=yes").context["page"].objects
    assert [row.member.name for row in listed] == ["戊同志"]
    assert not client.get(at("appraisee_list") + "?told=yes").context["page"].objects
