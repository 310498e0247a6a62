"""The record in the layout of a record book and the sheet to sign: who gets which words on paper, in Word and printed."""

from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from docx.oxml.ns import qn

from branches.actions import members
from meetings import actions
from meetings.decisions.entries import Motion
from meetings.follow_ups import actions as follow_ups
from meetings.models import Meeting
from meetings.plans import actions as plans
from tests import cast as people
from tests.papers import opened
from tests.replay import replay
from workflow.actors import SYSTEM
from workflow.models import AuditEvent

pytestmark = pytest.mark.django_db

LABELS = ("时间", "地点", "主持人", "记录人", "应到", "实到", "缺席及原因", "列席", "议题", "内容", "决议")
REASON = "REASON-WORDS"
MINUTES = '一、通报情况\n（一）第一项\n1.细目\n普通一段。\n=HYPERLINK("x")\n<w:instrText>PAGE</w:instrText>\x0b'


@pytest.fixture
def cast():
    cast = replay("cast", people.build)
    typed = people.entry(cast.people, theme="主题词", ended_at=None)
    typed.facts.update(ended_at=typed.facts["started_at"] + timedelta(minutes=90))
    ticks = {**typed.ticks, cast.people[4].pk: ("on_leave", REASON)}
    entry = actions.Entry(typed.facts, ("第一议题", "第二议题"), ticks, (("客人", "督导组"),), MINUTES)
    meeting = Meeting(organisation=cast.first, form="general_meeting")
    cast.meeting = actions.save(meeting, entry, actor=cast.secretary, submit=True)
    return cast


def asked(user, meeting, *, paper="record", size="a4", word=True):
    client = Client()
    client.force_login(user)
    name = "meeting_word" if word else "meeting_paper"
    return client.get(reverse(name, args=[meeting.pk, paper, size]))


def both(user, meeting, paper="record"):
    """The words of the Word file and of the printed page."""
    return opened.text(asked(user, meeting, paper=paper).content), asked(
        user, meeting, paper=paper, word=False
    ).content.decode()


def test_the_record_has_every_box_of_a_record_book(cast):
    for words in both(cast.secretary, cast.meeting):
        assert all(label in words for label in LABELS)
        for told in ("2026年3月2日09:00—10:30", "Room 1", "甲书记", "乙委员", "支部党员大会", "主题词", "1. 第一议题",
                     "2. 第二议题", "客人（", "督导组）", "First branch", "主持人（签字）：", "普通一段。"):  # fmt: skip
            assert told in words, told
        boxes = " ".join(words.split())
        assert "有表决权应到会" in boxes and "5人" in boxes and "4人" in boxes


def test_reasons_of_absence_are_for_office_and_oversight(cast):
    for reader in (cast.secretary, cast.clerk, cast.committee_member, cast.officer, cast.supervisor):
        for words in both(reader, cast.meeting):
            assert f"戊同志（请假：{REASON}）" in words
    other = people.account("other", people.enrol("己同志", cast.first))
    for paper in ("record", "sign-in"):
        for words in both(other, cast.meeting, paper):
            assert "戊同志" in words and REASON not in words
    assert "戊同志（请假）" in both(other, cast.meeting)[0]


def test_whoever_reads_no_words_gets_no_paper(cast):
    draft = Meeting(organisation=cast.first, form="general_meeting")
    draft = actions.save(draft, people.entry(cast.people, theme="Draft"), actor=cast.clerk)
    for word in (True, False):
        for paper in ("record", "sign-in"):
            for reader in (cast.sibling, cast.stranger, cast.sysadmin, cast.auditor, cast.nobody):
                assert asked(reader, cast.meeting, paper=paper, word=word).status_code == 404
            for reader in (cast.officer, cast.member):  # they see at most that a draft is there
                assert asked(reader, draft, paper=paper, word=word).status_code == 404
            assert asked(cast.clerk, draft, paper=paper, word=word).status_code == 200


def test_an_unheard_of_paper_is_none(cast):
    for strange in ({"paper": "minutes"}, {"size": "a3"}):
        assert asked(cast.secretary, cast.meeting, **strange).status_code == 404


def test_each_is_told_to_the_audit_log_without_its_words(cast):
    asked(cast.secretary, cast.meeting)
    asked(cast.officer, cast.meeting, paper="sign-in", word=False)
    told = list(AuditEvent.objects.filter(kind="exported").order_by("pk"))
    assert [(event.actor_label, event.note) for event in told] == [
        (cast.secretary.actor_label, f"党支部会议记录 #{cast.meeting.pk}"),
        (cast.officer.actor_label, f"会议签到表 #{cast.meeting.pk}"),
    ]
    assert all(event.address and event.acted_as for event in told)
    assert asked(cast.stranger, cast.meeting).status_code == 404
    assert AuditEvent.objects.filter(kind="exported").count() == 2
    assert not any("主题词" in str(vars(event)) for event in told)


def test_typed_words_stay_words(cast):
    saved = asked(cast.secretary, cast.meeting).content
    assert "<w:instrText" not in opened.part(saved) and "<w:hyperlink" not in opened.part(saved)
    assert opened.everything(saved).count('w:instr="PAGE"') == 2  # ours, on left and on right pages
    assert '=HYPERLINK("x")' in "".join(
        cell.text for row in opened.document(saved).tables[0].rows for cell in row.cells
    )
    assert "<w:instrText>" not in asked(cast.secretary, cast.meeting, word=False).content.decode()


def test_headings_of_the_minutes_are_set_as_official_documents_do(cast):
    saved = asked(cast.secretary, cast.meeting).content
    found = {}
    for row in opened.document(saved).tables[0].rows:
        for line in row.cells[-1].paragraphs:
            for run in line.runs:
                found[run.text] = run._r.rPr.rFonts.get(qn("w:eastAsia"))
    assert (found["一、通报情况"], found["（一）第一项"], found["普通一段。"]) == ("黑体", "楷体_GB2312", "仿宋_GB2312")


def test_decisions_stand_in_their_box_with_their_numbers(cast):
    typed = people.entry(cast.people, theme="Decided")
    motions = (
        Motion("改选支部委员", "ordinary", yes=4, no=1, abstain=0),
        Motion("征求意见", "opinion"),
    )
    meeting = actions.save(Meeting(organisation=cast.first, form="general_meeting"),
                           replace(typed, motions=motions), actor=cast.secretary)  # fmt: skip
    for words in both(cast.secretary, meeting):
        assert "1. 改选支部委员：应到会5人，实到会5人，举手，赞成4票，反对1票，弃权0票，通过" in words
        assert "2. 征求意见：" in words and "0票，0票" not in words
    assert asked(cast.member, meeting).status_code == 404  # a draft


def test_minutes_in_a_paper_book_are_left_there(cast):
    typed = people.entry(cast.people, theme="Paper", minutes_original="paper")
    meeting = actions.save(Meeting(organisation=cast.first, form="theme_day"), typed, actor=cast.secretary)
    for words in both(cast.secretary, meeting):
        assert "详见纸质会议记录本。" in words and "SPOKEN-WORDS" not in words


def test_the_sheet_to_sign_lists_the_register_of_the_day(cast):
    """Before the meeting, with nothing ticked yet; who is freed is told, who joined later is not on it."""
    begins = timezone.make_aware(datetime(2026, 5, 4, 9, 0))
    members.exempt(cast.people[3], actor=SYSTEM, organisation=cast.first, since=begins.date(), until=None,
                   reason="Old age", approved_by="Branch")  # fmt: skip
    people.enrol("新同志", cast.first, since=begins.date() + timedelta(days=1))
    meeting = Meeting(organisation=cast.first, form="party_lecture")
    facts = {"theme": "Lecture", "started_at": begins, "place": "Room 2", "minutes_original": "system"}
    meeting = actions.save(meeting, actions.Entry(facts, observers=(("客人", "讲师"),)), actor=cast.clerk)
    table = opened.document(asked(cast.clerk, meeting, paper="sign-in").content).tables[1]
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["序号", "姓名", "党员类别", "签到", "请假、缺席原因", "补学时间"]
    assert [row[1] for row in rows[1:7]] == [*(person.name for person in cast.people), "客人"]
    assert rows[4] == ["4", "丁组长", "正式党员", "", "免过组织生活", ""]
    assert [row[0] for row in rows[7:]] == ["7", "8", "9", "10", "11"]
    assert all(row[1:] == [""] * 5 for row in rows[7:])
    assert not any("新同志" in row for row in rows)


def test_the_sheet_to_sign_is_there_before_the_meeting(cast):
    """Of a plan, for whoever prepares it; the record is not there yet."""
    facts = {"theme": "Plan", "started_at": timezone.now() + timedelta(days=9), "place": "Room 3"}
    meeting = plans.plan(Meeting(organisation=cast.first, form="general_meeting"), facts, actor=cast.clerk)
    for state in ("planned", "announced"):
        assert meeting.state == state
        for words in both(cast.clerk, meeting, "sign-in"):
            assert all(told in words for told in ("支部党员大会", "Room 3", *(person.name for person in cast.people)))
        for reader in (cast.member, cast.officer, cast.sibling):
            assert asked(reader, meeting, paper="sign-in").status_code == 404
        assert asked(cast.clerk, meeting, paper="record").status_code == 404
        if state == "planned":
            plans.step(meeting, "announce", actor=cast.secretary)


def test_the_file_is_named_by_branch_day_and_paper(cast):
    named = unquote(asked(cast.secretary, cast.meeting)["Content-Disposition"])
    assert named == "attachment; filename*=UTF-8''First branch2026年03月02日党支部会议记录.docx"


def test_the_paper_book_is_in_chinese_whatever_the_reader_reads(cast):
    client = Client()
    client.force_login(cast.secretary)
    client.cookies["django_language"] = "en"
    page = client.get(reverse("meeting_paper", args=[cast.meeting.pk, "record", "a4"])).content.decode()
    assert "支部党员大会" in page and "（请假：" in page and "General" not in page


@pytest.mark.soffice
@pytest.mark.writer
@pytest.mark.parametrize(("size", "paper_size"), [("a4", (210, 297)), ("a5", (148, 210))])
@pytest.mark.parametrize("paper", ["record", "sign-in"])
def test_libreoffice_shows_the_words_on_paper_of_that_size(cast, tmp_path, soffice, paper, size, paper_size):
    path = tmp_path / f"{paper}.docx"
    path.write_bytes(asked(cast.secretary, cast.meeting, paper=paper, size=size).content)
    assert opened.fonts(path.read_bytes()) >= {"方正小标宋简体", "黑体", "仿宋_GB2312", "楷体_GB2312"}
    pdf = soffice(path, "pdf")
    assert opened.sizes(pdf.read_bytes()) == {paper_size}
    shown = "".join("".join(opened.words(pdf)).split())
    expected = {"record": (*LABELS, "党支部会议记录", "甲书记", "一、通报情况", "主持人（签字）：", "—1—"),
                "sign-in": ("会议签到表", "党员类别", "补学时间", "戊同志", "—1—")}  # fmt: skip
    assert all(words in shown for words in expected[paper]), shown


def test_ways_of_taking_part_and_study_made_up_for_stand_on_the_papers(cast):
    keys = [person.pk for person in cast.people]
    typed = people.entry(cast.people, theme="Ways")
    ticks = {**typed.ticks, keys[3]: ("on_leave", REASON), keys[4]: ("on_leave", REASON)}
    ways = {keys[2]: "video", keys[3]: "at_home", keys[4]: "by_post"}
    meeting = Meeting(organisation=cast.first, form="general_meeting")
    meeting = actions.save(meeting, replace(typed, ticks=ticks, ways=ways), actor=cast.secretary, submit=True)
    follow_ups.note(meeting, keys[4:5], purpose="studied", way="alone", done_on=meeting.held_on + timedelta(days=1),
                    actor=cast.secretary)  # fmt: skip
    for words in both(cast.secretary, meeting):
        assert "3人（其中视频参加1人：丙干事）" in words
        assert f"丁组长（请假：{REASON}，送学上门）" in words and f"戊同志（请假：{REASON}，邮寄学习资料）" in words
    for words in both(cast.secretary, meeting, "sign-in"):
        assert "视频参加" in words and f"{REASON}；送学上门" in words and "3月3日" in words
    other = people.account("other", people.enrol("己同志", cast.first))
    for words in both(other, meeting, "sign-in"):
        assert "视频参加" in words and "送学上门" in words and REASON not in words and "3月3日" not in words
