"""A way to send a roster and have its jobs done at once, for the tests of imports."""

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from branches.models import RosterImport
from branches.roster.actions import imports
from branches.roster.intake import intake
from jobs import runner

SINCE = date(2026, 1, 1)
HEAD = ("序号", "姓名", "性别", "出生年月", "入党时间", "党员类别")


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
