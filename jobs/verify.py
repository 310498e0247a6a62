"""What must hold of jobs: a file that can be fetched is there."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobs import files
from jobs.models import Job
from workflow.checking import check


@check("jobs.files", _("The file of a finished job is in its folder until it expires"))
def finished_files() -> Iterable[str]:
    there = {path.name for path in files.found()}
    done = Job.objects.downloadable(timezone.now()).order_by("pk").values_list("pk", "path")
    return (f"jobs.job:{pk}" for pk, path in done if path not in there)
