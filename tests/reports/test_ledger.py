"""The ledger of meetings: the file holds what its owner may export, as the page filtered it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from branches.actions import grants
from branches.models import Grant
from branches.rights import Office
from jobs.models import Job
from jobs.runner import run_one
from meetings import actions as meetings
from meetings.exports import COLUMNS
from meetings.models import Meeting
from reports import actions
from tests.cast import SINCE, entry
from tests.reports.books import export, rows_of, sheet_of
from workflow.actors import SYSTEM
from workflow.models import AuditEvent


def test_the_officer_gets_every_record_handed_in_below(world):
    rows = rows_of(export(world.officer), COLUMNS)
    assert [row["主题"] for row in rows] == ["Life"]  # a draft is not the superior's to read
    life = next(row for row in rows if row["主题"] == "Life")
    assert (life["应参加"], life["实到"], life["应到会"], life["实到会"]) == (5, 5, 5, 5)
    assert life["列席人员"] == "Guest（Superior）"
    assert life["议程"] == "1.One；2.Two"
    assert life["状态"] == "待审核"


def test_the_filter_of_the_page_is_the_filter_of_the_file(world):
    assert [row["主题"] for row in rows_of(export(world.officer, query="form=org_life_meeting"), COLUMNS)] == ["Life"]
    assert rows_of(export(world.officer, query="q=nothing"), COLUMNS) == []


def test_the_button_of_the_list_carries_the_filter(client, world, django_capture_on_commit_callbacks):
    client.force_login(world.officer)
    page = client.get(reverse("meeting_list"), {"form": "org_life_meeting"}).context["page"]
    with django_capture_on_commit_callbacks():
        client.post(reverse("export_create", args=["meeting_ledger"]), {"query": page.query})
    job = Job.objects.get()
    run_one(job.pk)
    assert [row["主题"] for row in rows_of(job, COLUMNS)] == ["Life"]


def test_a_secretary_gets_his_own_branch_only(world):
    meeting = Meeting(organisation=world.second, form="general_meeting")
    meetings.save(meeting, entry(world.siblings, theme="Theirs"), actor=world.sibling, submit=True)
    assert {row["主题"] for row in rows_of(export(world.secretary), COLUMNS)} == {"Life", "Draft"}
    assert {row["主题"] for row in rows_of(export(world.sibling), COLUMNS)} == {"Theirs"}
    assert {row["主题"] for row in rows_of(export(world.officer), COLUMNS)} == {"Life", "Theirs"}


def test_a_formula_stays_text(world):
    draft = Meeting.objects.get(pk=world.draft_meeting.pk)
    meetings.save(draft, entry(world.people, theme='=HYPERLINK("http://x")'), actor=world.clerk, seen=draft.version)
    assert '=HYPERLINK("http://x")' in {row["主题"] for row in rows_of(export(world.secretary), COLUMNS)}


def test_rights_are_asked_again_when_the_job_runs(world):
    job = actions.export("meeting_ledger", "", actor=world.officer)
    Grant.objects.filter(user=world.officer).update(revoked_at="2026-01-01T00:00Z")
    run_one(job.pk)
    job.refresh_from_db()
    assert job.state == "failed"
    assert job.reason == "您已不再具有该任务所需的权限。"


def test_the_audit_log_says_from_where_as_what_and_how_many_rows(world):
    job = actions.export("meeting_ledger", "", actor=world.officer, address="192.0.2.7")
    run_one(job.pk)
    event = AuditEvent._base_manager.get(kind="exported")
    assert (event.address, event.acted_as) == ("192.0.2.7", f"County committee {Office.OFFICER.label}")
    assert event.note.endswith("行") and AuditEvent._base_manager.get(kind="job_done").note.endswith("行")
    assert AuditEvent._base_manager.get(kind="job_queued").address == "192.0.2.7"


def test_who_may_not_export_starts_nothing(world):
    for actor in (world.member, world.clerk, world.committee_member, world.liaison, world.nobody, world.auditor):
        with pytest.raises(PermissionDenied):
            actions.export("meeting_ledger", "", actor=actor)
    assert not Job.objects.exists()


def test_the_file_says_its_conditions_in_the_words_of_the_filter(world):
    job = export(world.officer, query="form=org_life_meeting&state=filed&held_after=2021-01-01&held_before=&q=组织")
    notes = {row[0]: row[1] for row in sheet_of(job, 1)}
    assert notes["筛选条件"] == "关键词：组织；会议类型：组织生活会；状态：已归档；召开时间：2021-01-01～"


def test_ticked_rows_alone_are_exported_and_only_within_reach(client, world, django_capture_on_commit_callbacks):
    client.force_login(world.secretary)
    keys = [world.meeting.pk, world.draft_meeting.pk]
    with django_capture_on_commit_callbacks():
        client.post(reverse("export_create", args=["meeting_ledger"]), {"selected": keys[:1]})
        client.force_login(world.officer)
        client.post(reverse("export_create", args=["meeting_ledger"]), {"selected": keys[1:]})
    mine, theirs = Job.objects.order_by("pk")
    run_one(mine.pk)
    run_one(theirs.pk)
    assert [row["主题"] for row in rows_of(mine, COLUMNS)] == ["Life"]
    assert {row[0]: row[1] for row in sheet_of(mine, 1)}["筛选条件"] == "勾选的1条"
    assert rows_of(theirs, COLUMNS) == []


def test_the_file_is_for_whoever_still_exports_wherever_it_was_made_for(client, world):
    job = export(world.officer)
    client.force_login(world.officer)
    address = reverse("job_download", args=[job.pk])
    assert client.get(address).status_code == 200
    Grant.objects.filter(user=world.officer).update(revoked_at="2026-01-01T00:00Z")
    refused = client.get(address)
    assert (refused.status_code, "重新导出" in refused.content.decode()) == (403, True)
    grants.grant(world.officer, actor=SYSTEM, office="secretary", organisation=world.second, since=SINCE)
    assert client.get(address).status_code == 403  # an office, but elsewhere


def test_offices_that_change_before_the_job_runs_ask_for_a_new_one(world):
    job = actions.export("meeting_ledger", "", actor=world.officer)
    grants.grant(world.officer, actor=SYSTEM, office="officer", organisation=world.other, since=SINCE)
    run_one(job.pk)
    job.refresh_from_db()
    assert (job.state, job.reason) == ("failed", "您的职务权限在提交导出之后有变动，请重新导出。")


def test_the_page_says_what_is_exported_and_the_file_how_many_are_left_out(client, world):
    for user, number in ((world.officer, 1), (world.secretary, 0)):
        client.force_login(user)
        page = client.get(reverse("meeting_list"))
        assert ("仅导出已提交、已归档的记录。" in page.content.decode()) == bool(number)
        notes = {row[0]: row[1] for row in sheet_of(export(user), 1)}
        assert ("另有1条" in notes.get("导出范围", "")) == bool(number)
    notes = {row[0]: row[1] for row in sheet_of(export(world.officer, query="form=org_life_meeting"), 1)}
    assert "导出范围" not in notes


def test_an_empty_file_says_so_on_the_page_of_its_job(client, world):
    client.force_login(world.officer)
    empty, full = export(world.officer, query="state=draft"), export(world.officer)
    assert "没有可导出的记录" in client.get(empty.get_absolute_url()).content.decode()
    assert "没有可导出的记录" not in client.get(full.get_absolute_url()).content.decode()
