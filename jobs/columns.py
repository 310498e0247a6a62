"""The columns of the list of jobs."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jobs.models import Job
from shell.formats import link, moment, number, state_badge
from shell.lists import Column


def _file(job: Job) -> str:
    return link(reverse("job_download", args=[job.pk]), job.file_name) if job.has_file else ""


JOB_COLUMNS = (
    Column("job", _("Job"), lambda job: link(job.get_absolute_url(), job.label)),
    Column("state", _("Status"), state_badge, css="nowrap"),
    Column("created", _("Submitted"), lambda job: moment(job.created_at), sort="created_at", css="nowrap"),
    Column("ended", _("Ended"), lambda job: moment(job.finished_at), sort="finished_at", css="nowrap"),
    Column("rows", _("Rows"), lambda job: number(job.rows), css="num"),
    Column("file", _("File"), _file),
)
