"""The case youth-palace-branch through the pages people use, from the round to the ledger, with its reported figures."""

import re
import unicodedata
from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from appraisals.models import Material, Round
from jobs import files
from jobs.models import Job
from jobs.runner import run_one
from meetings.models import Meeting
from reminders.actions import notices as reminders
from reminders.models import Notice
from tests.scenarios import youth_palace as case
from world.demo import build

pytestmark = pytest.mark.django_db

PREPARED, WRITTEN, HELD = date(2021, 2, 22), date(2021, 3, 10), date(2021, 3, 15)
ASPECTS = ("理想信念", "政治能力", "组织纪律")


class Visitor:
    """One person at the pages: `get` and `post` give what is shown after all redirections."""

    def __init__(self, user):
        self.client = Client()
        self.client.force_login(user)

    def get(self, name, /, *arguments, **query):
        return self._shown(self.client.get(reverse(name, args=arguments), query))

    def post(self, name, /, *arguments, query="", **fields):
        address = reverse(name, args=arguments) + query
        return self._shown(self.client.post(address, fields, follow=True))

    def _shown(self, response):
        assert response.status_code == 200, response.content.decode()
        return response


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
    assert owed.count() == case.DUE  # seven in service and the retired one: all owe one

    with on(WRITTEN):
        beat_reminds_once(owed)
        mine = owed.get(author=palace.of("palace")[3])
        the_second_version_passes(people, mine)
        beat_reminds_once(owed)

    with on(HELD):
        meeting = the_secretary_records_the_meeting(people["secretary"], palace)
        people["supervisor"].post("meeting_move", meeting.pk, "accept")
        meeting.refresh_from_db()
        assert meeting.get_state_display() == "已归档"
        with django_capture_on_commit_callbacks():
            the_ledger_holds_what_was_reported(people["officer"], palace)


def the_register_gives_the_sentence_of_the_report(officer, branch):
    sentence = plain(officer.get("organisation_detail", branch.pk).context["composition"])
    assert all(plain(part) in sentence for part in case.COMPOSITION), sentence


def the_officer_opens_the_round(officer, committee):
    officer.post(
        "round_create", organisation=committee.pk, year=case.APPRAISAL_YEAR, name="2020年度组织生活会",
        reference="云教工委通〔2021〕4号", roster_on="2021-02-20", due_on="2021-03-12", aspects="\n".join(ASPECTS),
    )  # fmt: skip
    round_ = Round.objects.get(year=case.APPRAISAL_YEAR)
    officer.post("round_move", round_.pk, "open")
    return round_


def beat_reminds_once(owed):
    """However often beat comes: one notice for each who still owes, none for anybody else."""
    reminders.scan(timezone.localdate())
    reminders.scan(timezone.localdate())
    told = Notice.objects.filter(subject_key__in=owed.values("pk"))
    assert sorted(told.values_list("recipient_id", flat=True)) == sorted(owed.values_list("author_id", flat=True))


def the_second_version_passes(people, material):
    member, secretary = people["member"], people["secretary"]
    member.post("material_edit", material.pk, save="submit", revision=0, aspect_1="笼统的一句话。")
    shown = secretary.post("material_move", material.pk, "send_back", note="请举出具体事例。")
    assert "退回修改" in shown.content.decode()
    again = member.get("material_edit", material.pk)
    assert "请举出具体事例。" in again.content.decode()
    revision = again.context["form"]["revision"].value()
    member.post("material_edit", material.pk, save="submit", revision=revision, aspect_1="一件具体的事。")
    secretary.post("material_move", material.pk, "accept")
    material.refresh_from_db()
    assert (material.get_state_display(), material.versions_count) == ("审阅通过", 2)


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
        observers=f"顾长青,{case.GUEST_TITLE}", minutes=case.MINUTES, minutes_original="system", **ticks,
    )  # fmt: skip
    meeting = Meeting.objects.get(theme=case.THEME)
    count = shown.context["count"]
    assert meeting.get_state_display() == "待审核"
    assert meeting.held_on.isoweekday() == 1
    figures = (count.due, count.present, count.on_leave, count.voting_due, count.voting_present)
    assert figures == (case.DUE, case.PRESENT, case.ON_LEAVE, case.VOTING_DUE, case.VOTING_PRESENT)
    assert count.has_quorum
    return meeting


def the_ledger_holds_what_was_reported(officer, palace):
    page = officer.get("meeting_list", q=case.THEME).context["page"]
    officer.client.post(reverse("export_create", args=["meeting_ledger"]), {"query": page.query})
    job = Job.objects.get()
    run_one(job.pk)
    job.refresh_from_db()
    with files.opened(job) as file:
        sheet = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python()
    rows = [[plain(cell) for cell in row] for row in sheet if row[0] == 1]
    people = [person.name for person in palace.of("palace")]
    assert len(rows) == 1
    assert rows[0][1:4] == [case.BRANCH, case.FORM, case.THEME]
    assert [f"{moment:%Y-%m-%d %H:%M}" for moment in rows[0][4:6]] == [case.BEGINS, case.ENDS]
    assert rows[0][6:9] == [case.PLACE, people[0], people[2]]
    assert rows[0][9:13] == [case.DUE, case.PRESENT, case.ON_LEAVE, 0]
    assert rows[0][13] == f"{people[case.AWAY]}(请假:{case.REASON})"
    assert rows[0][14:16] == [case.VOTING_DUE, case.VOTING_PRESENT]
    assert rows[0][16] == f"顾长青({case.GUEST_TITLE})"
    assert re.findall(r"(\d)\.", rows[0][17]) == [str(n + 1) for n in range(case.AGENDA_ITEMS)]
    assert rows[0][18:20] == ["已归档", f"评议年度{case.APPRAISAL_YEAR}"]


def on(day):
    return time_machine.travel(f"{day} 15:00+08:00", tick=False)


def plain(value):
    """A text with its commas and brackets in their narrow form; anything else as it is."""
    return unicodedata.normalize("NFKC", value) if isinstance(value, str) else value
