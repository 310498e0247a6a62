"""The case youth-palace-branch through the pages people use, from the round to the ledger, with its reported figures."""

import re
from datetime import date

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from appraisals.models import Material, Round
from branches.models import Post
from jobs import files
from jobs.models import Job
from jobs.runner import run_one
from meetings.models import Meeting
from reminders.actions import notices as reminders
from reminders.models import Notice
from tests.scenarios import palace_grades as second
from tests.scenarios import voting
from tests.scenarios import youth_palace as case
from tests.scenarios.visits import Visitor, book, on, plain
from world.demo import build

pytestmark = pytest.mark.django_db

PREPARED, WRITTEN, HELD = date(2021, 2, 22), date(2021, 3, 10), date(2021, 3, 15)
ASPECTS = ("理想信念", "政治能力", "组织纪律")


@pytest.fixture
def palace(settings, tmp_path):
    """The demo world on the day the case begins: its people by login name, the branch and its members in order."""
    settings.MEDIA_ROOT = tmp_path
    with time_machine.travel(f"{PREPARED} 09:00+08:00", tick=False):
        world = build("a long pass phrase", PREPARED)
    world.visitors = {name: Visitor(user) for name, user in world.users.items()}
    return world


def test_the_year_2020_of_the_youth_palace(palace, django_capture_on_commit_callbacks):
    people = palace.visitors
    with on(PREPARED):
        the_register_gives_the_sentence_of_the_report(people["officer"], palace.places["palace"])
        round_ = the_officer_opens_the_round(people["officer"], palace.places["committee"])
    owed = Material.objects.filter(round=round_, organisation=palace.places["palace"])
    # Seven in service and the retired one all owe one, and the committee owes one of its own.
    assert (owed.exclude(author=None).count(), owed.filter(author=None).count()) == (case.DUE, 1)

    with on(WRITTEN):
        beat_reminds_once(owed)
        mine = owed.get(author=palace.of("palace")[3])
        the_second_version_passes(people, mine)
        the_committee_is_reviewed_from_above(people, owed.get(author=None))
        beat_reminds_once(owed)

    with on(HELD):
        meeting = the_secretary_records_the_meeting(people["secretary"], palace)
        people["supervisor"].post("meeting_move", meeting.pk, "accept")
        meeting.refresh_from_db()
        assert meeting.get_state_display() == "已归档"
        the_record_book_says_what_was_reported(people["secretary"], palace, meeting)
        the_assembly_is_filed_and_corrected(people, palace)
        the_committee_and_the_members_are_rated(people, palace, round_)
        with django_capture_on_commit_callbacks():
            the_ledger_holds_what_was_reported(people["officer"], palace)
        second.the_committee_weighs_and_tells_each(people, palace, round_)
        second.each_says_his_word(people, palace, round_)
        second.an_objection_travels_and_ends(people, palace, round_)
    with on(second.CONCLUDED), django_capture_on_commit_callbacks():
        second.the_branch_reads_the_result(people, palace, round_)
        second.the_forms_say_the_same(people, palace, round_)
        second.what_was_found_is_put_right_with_four_things_clear(people, palace, round_)
        second.and_promised_in_public(people, palace, round_)


def the_register_gives_the_sentence_of_the_report(officer, branch):
    sentence = plain(officer.get("organisation_detail", branch.pk).context["composition"])
    assert all(plain(part) in sentence for part in case.COMPOSITION), sentence


def the_officer_opens_the_round(officer, committee):
    officer.post(
        "round_create", organisation=committee.pk, year=case.APPRAISAL_YEAR, name="2020年度组织生活会",
        reference="云教工委通〔2021〕4号", roster_on="2021-02-20", due_on="2021-03-12", aspects="\n".join(ASPECTS),
    )  # fmt: skip
    round_ = Round.objects.get(year=case.APPRAISAL_YEAR)
    officer.post("round_move", round_.pk, "open", confirmed="yes")
    return round_


def beat_reminds_once(owed):
    """However often beat comes: one notice for each who still owes, none for anybody else."""
    reminders.scan(timezone.localdate())
    reminders.scan(timezone.localdate())
    told = Notice.objects.filter(rule__startswith="material_", subject_key__in=owed.values("pk"))
    authors = owed.exclude(author=None).values_list("author_id", flat=True)
    assert sorted(told.values_list("recipient_id", flat=True)) == sorted(authors)
    together = Notice.objects.filter(rule="committee_due", subject_key__in=owed.filter(author=None).values("pk"))
    committee = Post.objects.of_committee().filter(organisation__in=owed.values("organisation"))
    assert sorted(together.values_list("recipient_id", flat=True)) == sorted(committee.values_list("member", flat=True))


def the_second_version_passes(people, material):
    member, secretary = people["member"], people["secretary"]
    asked = member.post("material_edit", material.pk, save="submit", revision=0, aspect_1="笼统的一句话。")
    assert all(aspect in asked.content.decode() for aspect in ASPECTS[1:])  # nothing is written there
    member.post("material_edit", material.pk, save="submit", revision=0, aspect_1="笼统的一句话。", confirmed="yes")
    shown = secretary.post("material_move", material.pk, "send_back", note="请举出具体事例。")
    assert "退回修改" in shown.content.decode()
    again = member.get("material_edit", material.pk)
    assert "请举出具体事例。" in again.content.decode()
    revision = again.context["form"]["revision"].value()
    rest = {"aspect_2": "对照检查。", "aspect_3": "对照检查。"}
    member.post("material_edit", material.pk, save="submit", revision=revision, aspect_1="一件具体的事。", **rest)
    both = secretary.get("material_detail", material.pk).content.decode()
    assert "<del>笼统的一句话。</del>" in both and "<ins>一件具体的事。</ins>" in both
    for nobody in ("colleague", "clerk", "supervisor", "officer"):
        assert "一件具体的事" not in people[nobody].client.get(material.get_absolute_url()).content.decode()
    secretary.post("material_move", material.pk, "accept")
    material.refresh_from_db()
    assert (material.get_state_display(), material.versions_count) == ("审阅通过", 2)


def the_committee_is_reviewed_from_above(people, material):
    secretary, supervisor = people["secretary"], people["supervisor"]
    words = {f"aspect_{place}": f"班子：{title}。" for place, title in enumerate(ASPECTS, 1)}
    shown = secretary.post("material_edit", material.pk, save="submit", revision=0, **words)
    assert "审阅通过" not in shown.content.decode()  # nobody reviews what he wrote
    assert "班子：理想信念。" in supervisor.get("material_detail", material.pk).content.decode()
    supervisor.post("material_move", material.pk, "accept")
    assert "审阅通过" in secretary.get("material_detail", material.pk).content.decode()


def the_assembly_is_filed_and_corrected(people, palace):
    """Filed at once after a question, corrected with a reason; what was filed stays readable beside it."""
    secretary, folk = people["secretary"], palace.of("palace")
    query = f"?organisation={palace.places['palace'].pk}&form=general_meeting"
    ticks = {f"status_{person.pk}": "present" for person in folk}
    away = folk[case.AWAY].pk
    ticks |= {f"status_{away}": "on_leave", f"reason_{away}": case.REASON}
    numbered = "\n".join(f"{sign}、{text}" for sign, text in zip("一二三", case.ASSEMBLY_AGENDA, strict=True))
    typed = {
        "theme": case.ASSEMBLY_THEME, "started_at": case.ASSEMBLY_BEGINS, "ended_at": case.ASSEMBLY_ENDS,
        "place": case.WRONG_PLACE, "host": folk[0].pk, "recorder": folk[2].pk, "agenda": numbered,
        "appraisal_year": case.APPRAISAL_YEAR, "minutes_original": "system", "late_reason": case.WHY_LATE,
        **ticks,
    }  # fmt: skip
    asked = secretary.post("meeting_create", query=query, save="submit", **typed)
    assert "提交即归档" in asked.content.decode()
    assert not Meeting.objects.filter(theme=case.ASSEMBLY_THEME).exists()
    secretary.post("meeting_create", query=query, save="submit", confirmed="yes", **typed)
    meeting = Meeting.objects.get(theme=case.ASSEMBLY_THEME)
    assert meeting.get_state_display() == "已归档"
    assert [item.text for item in meeting.agenda.all()] == list(case.ASSEMBLY_AGENDA)
    typed |= {"place": case.PLACE, "reason": case.WHY, "version": meeting.version}
    secretary.post("meeting_revise", meeting.pk, save="submit", confirmed="yes", **typed)
    page = people["member"].get("meeting_detail", meeting.pk).content.decode()
    assert all(words in page for words in (case.WRONG_PLACE, case.PLACE, case.WHY, "已归档"))


def the_committee_and_the_members_are_rated(people, palace, round_):
    """On paper, at the assembly: who was there votes on all eight, and the zeros are printed."""
    secretary, branch, folk = people["secretary"], palace.places["palace"], palace.of("palace")
    assembly = Meeting.objects.get(theme=case.ASSEMBLY_THEME)
    vote = voting.lay(secretary, branch, case.RATING, HELD, meeting=assembly.pk, round=round_.pk, people="on",
                      body="on", limit=len(folk) // 3)  # fmt: skip
    assert vote.voters == case.PRESENT and vote.poll.sheets.first().limit == case.QUOTA
    blank = plain(secretary.get("vote_paper", vote.pk, "ballot").content.decode())
    assert all(words in blank for words in ("无记名", "好", "较好", "一般", "差", "优秀", "基本合格", "弃权"))
    ballots = voting.marked(vote, case.PRESENT, lambda voter, line, number: 1 if number in (0, 1, len(folk)) else 2)
    voting.count_by_hand(secretary, vote, ballots)
    assert "vote_confirm" in [section.todo.code for section in secretary.client.get("/").context["sections"]]
    voting.confirm(secretary, vote)
    rows = voting.read(people["officer"], vote)
    assert len(rows["民主评议党员测评表"]) == case.DUE
    assert [sum(numbers[:2]) for numbers in rows["民主评议党员测评表"].values()] == [case.PRESENT] * case.DUE
    best = [numbers[0] for numbers in rows["民主评议党员测评表"].values()]
    assert best == [case.PRESENT] * case.QUOTA + [0] * (case.DUE - case.QUOTA)
    assert rows["党支部班子评议表"] == {branch.label: [case.PRESENT, 0, 0, 0, 0]}
    report = plain(secretary.get("vote_paper", vote.pk, "report").content.decode())
    assert f"参加投票 {case.PRESENT} 人" in report and report.count('<td class="num">0</td>') > case.DUE
    assert len(voting.read(secretary, vote)["民主评议党员测评表"]) == case.DUE - 1, "he reads of all but himself"
    told = voting.read(people["colleague"], vote)
    assert told["民主评议党员测评表"] is None and told["党支部班子评议表"]
    followed = secretary.get("meeting_detail", assembly.pk).context["sequels"]["followed"]
    assert [one.row for one in followed] == [vote]


def the_secretary_records_the_meeting(secretary, palace):
    people = palace.of("palace")
    query = f"?organisation={palace.places['palace'].pk}&form=org_life_meeting"
    blank = secretary.client.get(reverse("meeting_create") + query).context["sheet"].form
    agenda = blank["agenda"].value()
    assert len(agenda.splitlines()) == case.AGENDA_ITEMS
    ticks = {f"status_{person.pk}": "present" for person in people}
    away = people[case.AWAY].pk
    ticks |= {f"status_{away}": "on_leave", f"reason_{away}": case.REASON}
    shown = secretary.post(
        "meeting_create", query=query, save="submit", theme=case.THEME, started_at=case.BEGINS, ended_at=case.ENDS,
        place=case.PLACE, host=people[0].pk, recorder=people[2].pk, appraisal_year=case.APPRAISAL_YEAR, agenda=agenda,
        observers=f"顾长青,{case.GUEST_TITLE}", minutes=case.MINUTES, minutes_original="system",
        late_reason=case.WHY_LATE, **ticks,
    )  # fmt: skip
    meeting = Meeting.objects.get(theme=case.THEME)
    count = shown.context["count"]
    assert meeting.get_state_display() == "待审核"
    assert meeting.held_on.isoweekday() == 1
    figures = (count.due, count.present, count.on_leave, count.voting_due, count.voting_present)
    assert figures == (case.DUE, case.PRESENT, case.ON_LEAVE, case.VOTING_DUE, case.VOTING_PRESENT)
    assert count.has_quorum
    return meeting


def the_record_book_says_what_was_reported(secretary, palace, meeting):
    """In Word and on the page to print, as it is glued into the record book; the sheet to sign lists all eight."""
    people = [person.name for person in palace.of("palace")]
    for told in (
        book(secretary, meeting, "record"),
        secretary.get("meeting_paper", meeting.pk, "record", "a5").content.decode(),
    ):
        words = plain(told)
        for expected in (
            case.BRANCH, "2021年3月15日09:00—11:00", case.PLACE, case.FORM, case.THEME, *people[:1], people[2],
            f"{case.DUE}人", f"{case.PRESENT}人", f"{people[case.AWAY]}(请假:{case.REASON})", f"顾长青({case.GUEST_KIND},{case.GUEST_TITLE})",
            f"{case.AGENDA_ITEMS}. ", *case.MINUTES.splitlines(),
        ):  # fmt: skip
            assert expected in words, expected
    signers = book(secretary, meeting, "sign-in")
    assert all(name in signers for name in people) and case.REASON in signers


def the_ledger_holds_what_was_reported(officer, palace):
    day = case.BEGINS[:10]
    page = officer.get("meeting_list", held_after=day, held_before=day).context["page"]
    assert page.total == 2
    officer.client.post(reverse("export_create", args=["meeting_ledger"]), {"query": page.query})
    job = Job.objects.get()
    run_one(job.pk)
    job.refresh_from_db()
    with files.opened(job) as file:
        sheet = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python()
    assert any("单位:人次" in plain(str(cell)) for row in sheet for cell in row)
    rows = [[plain(cell) for cell in row] for row in sheet if row[0] == 1]
    second = next(row for row in sheet if row[0] == 2)
    assert second[2:4] + second[6:7] == [case.ASSEMBLY, case.ASSEMBLY_THEME, case.PLACE]
    (total,) = [row for row in sheet if "合计" in str(row[0]) or "合计" in str(row[1])]
    assert total[9:13] == [2 * case.DUE, 2 * case.PRESENT, 2 * case.ON_LEAVE, 0]
    people = [person.name for person in palace.of("palace")]
    assert len(rows) == 1
    assert rows[0][1:4] == [case.BRANCH, case.FORM, case.THEME]
    assert [f"{moment:%Y-%m-%d %H:%M}" for moment in rows[0][4:6]] == [case.BEGINS, case.ENDS]
    assert rows[0][6:9] == [case.PLACE, people[0], people[2]]
    assert rows[0][9:13] == [case.DUE, case.PRESENT, case.ON_LEAVE, 0]
    assert rows[0][13] == f"{people[case.AWAY]}(请假:{case.REASON})"
    assert rows[0][14:16] == [case.VOTING_DUE, case.VOTING_PRESENT]
    assert rows[0][16] == f"顾长青({case.GUEST_KIND},{case.GUEST_TITLE})"
    assert re.findall(r"(\d)\.", rows[0][17]) == [str(n + 1) for n in range(case.AGENDA_ITEMS)]
    assert rows[0][18:21] == ["", "已归档", f"评议年度{case.APPRAISAL_YEAR}"]  # nothing was decided
