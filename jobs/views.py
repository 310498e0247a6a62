"""Pages of background jobs: everybody sees their own."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jobs import actions, files
from jobs.columns import JOB_COLUMNS
from jobs.models import Job
from shell import lists
from shell.address import client_address
from shell.htmx import wants_fragment
from workflow.moves import MoveNotAllowed

# A file that somebody's text has gone into is never shown as a page of ours.
DOWNLOAD_HEADERS = {"Content-Security-Policy": "sandbox; default-src 'none'", "X-Content-Type-Options": "nosniff"}


@require_safe
def job_list(request: HttpRequest) -> HttpResponse:
    page = lists.page(request, Job.objects.visible_to(request.user), columns=JOB_COLUMNS)
    return lists.render(request, "jobs/job_list.html", page)


@require_safe
@never_cache
def job_detail(request: HttpRequest, pk: int) -> HttpResponse:
    job = get_object_or_404(Job.objects.visible_to(request.user), pk=pk)
    part = "#progress" if wants_fragment(request) else ""
    return render(request, f"jobs/job_detail.html{part}", {"job": job})


@require_POST
def job_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    job = get_object_or_404(Job.objects.visible_to(request.user), pk=pk)
    try:
        actions.cancel(job, actor=request.user)
    except MoveNotAllowed as refusal:
        messages.warning(request, str(refusal))
    return redirect(job)


@require_safe
@never_cache
def job_download(request: HttpRequest, pk: int) -> FileResponse:
    rows = Job.objects.visible_to(request.user).downloadable(timezone.now())
    job = get_object_or_404(rows, pk=pk)
    job.require_fetch(request.user)
    try:
        file = files.opened(job)
    except FileNotFoundError:
        raise Http404 from None
    actions.note_download(job, actor=request.user, address=client_address(request))
    return FileResponse(file, as_attachment=True, filename=job.file_name, headers=DOWNLOAD_HEADERS)
