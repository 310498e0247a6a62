"""The pages that say no: what happened and what to do, in plain words, without a trace of the inside."""

import logging
import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.utils.translation import gettext as _

from shell.context import Frame

log = logging.getLogger(__name__)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "400.html", status=400)


def unreadable_text(request: HttpRequest) -> HttpResponse:
    """Called by the middleware, before any view has seen the text."""
    reason = _(
        "The text contains invisible characters that cannot be stored. They often come along when text is copied"
        " from a scanned file or a chat program. Please go back, paste the text as plain text and submit again."
    )
    return render(request, "400.html", {"reason": reason}, status=400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _within(request, "403.html", {"reason": str(exception or "")}, status=403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _within(request, "404.html", status=404)


def method_not_allowed(request: HttpRequest, allowed: str) -> HttpResponse:
    """Called by the middleware; `allowed` is the header that says which methods there are."""
    response = _within(request, "405.html", status=405)
    response["Allow"] = allowed
    return response


def too_many_requests(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "429.html", status=429)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    words = _(
        "This page has been open for too long, or you signed in again in another window. Please go back, reload"
        " the page and submit once more; copy longer texts first."
    )
    return _within(request, "400.html", {"reason": words, "title": _("The page has expired")}, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """The page for our own faults. Its number also stands in the log, beside the traceback."""
    incident = secrets.token_hex(4).upper()
    log.error("Incident %s at %s", incident, request.path, exc_info=True)
    # Without the request: the frame would ask the database, which may be the very thing that failed.
    return HttpResponse(loader.render_to_string("500.html", {"incident": incident}), status=500)


def _within(request: HttpRequest, template: str, context: dict[str, Any] | None = None, *, status: int) -> HttpResponse:
    """Whoever is signed in keeps his menu: it tells what he may do, and nothing of what he asked for."""
    return render(request, template, {**(context or {}), "ground": Frame(request).ground}, status=status)
