"""Finished exports, read back."""

from python_calamine import CalamineWorkbook

from jobs import files
from jobs.runner import run_one
from reports import actions


def export(user, kind="meeting_ledger", query="", **options):
    """An export as a worker has ended it."""
    job = actions.export(kind, query, actor=user, **options)
    run_one(job.pk)
    job.refresh_from_db()
    return job


def sheet_of(job, index=0):
    """The cells of one sheet of a finished export."""
    job.refresh_from_db()
    assert (job.state, job.reason) == ("done", "")
    with files.opened(job) as file:
        return CalamineWorkbook.from_filelike(file).get_sheet_by_index(index).to_python()


def rows_of(job, columns):
    """The data rows of a finished export as dicts by column title."""
    titles = [column.title for column in columns]
    return [dict(zip(titles, row, strict=False)) for row in sheet_of(job) if isinstance(row[0], float | int)]
