"""The roster of members: the register of today, as far as its reader exports and sees particulars."""

import csv
import os
import subprocess

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from branches import exports
from branches.exports import COLUMNS
from branches.models import Member, Organisation, Particulars, Relation
from jobs import files
from jobs.models import Job
from tests.cast import enrol, found
from tests.reports.books import export, rows_of, sheet_of

pytestmark = pytest.mark.django_db
FACTS = {"gender": "woman", "ethnicity": "汉族", "born": "1985-06", "education": "bachelor", "joined": "2008",
         "confirmed": "2009-07-01", "work_title": "=1+1", "phone": "0571-0012"}  # fmt: skip


@pytest.fixture
def roster(cast):
    """The cast with a general branch of two branches after the others, and the particulars of one member."""
    Particulars.objects.update_or_create(member=cast.people[1], defaults=FACTS)
    cast.general = found("General branch", "general_branch", cast.county)
    for name in ("Fourth", "Fifth"):
        enrol(f"{name}人", found(f"{name} branch", "branch", cast.general))
    return cast


def test_one_line_a_member_with_what_the_register_knows(roster):
    rows = rows_of(export(roster.secretary, "member_roster"), COLUMNS)
    assert [row["姓名"] for row in rows] == [person.name for person in roster.people]
    assert rows[1] | {"序号": 2} == {
        "序号": 2, "所在党支部": "First branch", "姓名": "乙委员", "性别": "女", "民族": "汉族", "出生年月": "1985.06",
        "学历": "大学本科", "党员类别": "正式党员", "党内职务": "纪检委员", "所在党小组": "", "入党时间": "2008",
        "转正时间": "2009.07.01", "工作单位及职务": "=1+1", "联系电话": "0571-0012", "备注": "",
    }  # fmt: skip


def test_the_officer_gets_the_subtree_with_a_sum_above_each_general_branch(roster):
    job = export(roster.officer, "member_roster")
    cells = [row[:3] for row in sheet_of(job)][4:]
    counted = len(roster.people) + len(roster.siblings)
    assert cells[counted] == ["小计", "General branch 共2人", ""]
    assert [row[2] for row in cells[counted + 1 : counted + 3]] == ["Fourth人", "Fifth人"]
    assert cells[counted + 3][:2] == ["合计", f"共{counted + 2}人"]
    assert "Third branch" not in str(cells)
    assert "花名册为导出当日" in dict(row[:2] for row in sheet_of(job, 1))["口径"]


def test_the_page_narrowed_to_an_organisation_exports_that_one(client, roster, django_capture_on_commit_callbacks):
    client.force_login(roster.officer)
    page = client.get(reverse("member_list"), {"under": roster.general.pk, "q": "fifth"})
    assert 'action="/exports/member_roster/"' in page.content.decode()
    with django_capture_on_commit_callbacks():
        client.post(reverse("export_create", args=["member_roster"]), {"query": page.context["page"].query})
    job = Job.objects.get()
    from jobs.runner import run_one

    run_one(job.pk)
    assert [row["姓名"] for row in rows_of(job, COLUMNS)] == ["Fifth人"]
    assert dict(row[:2] for row in sheet_of(job, 1))["筛选条件"] == "姓名或拼音：fifth；党组织：General branch"


def test_an_organisation_out_of_reach_is_no_condition_that_can_be_read(roster):
    job = export(roster.secretary, "member_roster", query=f"under={roster.second.pk}")
    assert (job.state, "重新" in job.reason) == ("failed", True)


@pytest.mark.parametrize("who", ["member", "clerk", "committee_member", "group_leader", "liaison", "nobody", "auditor"])
def test_who_may_not_export_starts_nothing(roster, who):
    with pytest.raises(PermissionDenied):
        export(getattr(roster, who), "member_roster")


def test_a_roster_holds_nobody_whose_particulars_its_reader_does_not_see(roster):
    for user in [value for value in vars(roster).values() if type(value).__name__ == "User"]:
        told = set(exports.roster_rows(user).values_list("member", flat=True))
        seen = Relation.objects.visible_to(user).filter(member__particulars__in=Particulars.objects.visible_to(user))
        assert told & set(Particulars.objects.values_list("member", flat=True)) <= set(
            seen.values_list("member", flat=True)
        ), user


@pytest.mark.soffice
def test_libreoffice_opens_cell_by_cell_what_the_rows_say(roster, tmp_path):
    """Through LibreOffice to text: every line of the file beside the rows it was made from."""
    job = export(roster.officer, "member_roster")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    book = tmp_path / "roster.xlsx"
    book.write_bytes(files.opened(job).read())
    form = "csv:Text - txt - csv (StarCalc):44,34,UTF8,1,,0,false,true,false,false,false,1"
    command = [os.environ.get("TEST_SOFFICE", "soffice"), profile, "--headless", "--convert-to", form]
    done = subprocess.run([*command, "--outdir", str(tmp_path), str(book)], capture_output=True, text=True, timeout=120)
    (path,) = tmp_path.glob("roster*.csv")
    with path.open(encoding="utf-8", newline="") as file:
        opened = list(csv.reader(file))
    assert opened, done.stdout + done.stderr
    rows = exports.roster_rows(roster.officer)
    told = [["" if cell is None else str(cell) for cell in cells] for _path, cells in exports.roster(rows)]
    assert [line for line in opened if line[0].isdigit()] == told
    assert len(told) == Member.objects.count() and Organisation.objects.filter(name="Fifth branch").exists()
