"""A way to send a roster and have its jobs done at once, for the tests of imports."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from branches.models import RosterImport
from branches.roster.actions import imports
from branches.roster.intake import intake
from jobs import runner

SINCE = date(2026, 1, 1)
HEAD = ("序号", "姓名", "性别", "出生年月", "入党时间", "党员类别")


NEW = [(6, "林岚", "女", "1985-06", "2008.07", "正式"), (7, "周明", "男", "85年", "2010", "预备")]


def sheet(path, rows, head=HEAD):
    """A file with these rows below `head`."""
    book = Workbook()
    book.active.append(head)
    for row in rows:
        book.active.append(row)
    book.save(path)
    return SimpleUploadedFile("花名册.xlsx", path.read_bytes())


def uploaded(path, name="花名册.xlsx"):
    return SimpleUploadedFile(name, path.read_bytes())


def again(sent):
    return RosterImport.objects.select_related("organisation", "job").get(pk=sent.pk)


def checked(file, organisation, actor, **named):
    """The import of a file after its first check; `named` are columns named by hand."""
    sent = intake(actor=actor, file=file, organisation=organisation, since=SINCE)
    imports.name_columns(sent, actor=actor, mapping=sent.mapping | named)
    return done(sent)


def done(sent):
    """The import after the job that waits has run."""
    runner.run_one(again(sent).job_id)
    return again(sent)


def confirmed(sent, actor):
    imports.move(sent, "confirm", actor=actor)
    return done(sent)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT


@pytest.fixture
def send(cast, tmp_path):
    """A function that sends rows for the first branch as its secretary, and has them checked."""

    def send(rows, head=HEAD, organisation=None, actor=None):
        file = sheet(tmp_path / "roster.xlsx", rows, head)
        return checked(file, organisation or cast.first, actor or cast.secretary)

    return send
