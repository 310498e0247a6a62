"""Code, ballot, 核对, 投出: each step is one POST that carries what went before, so that nothing is kept meanwhile."""

from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from ballots import slips
from ballots.actions import cast
from ballots.casting.pages import ballot_page, review_page
from ballots.marks import lines_of, read
from ballots.models import Slip


@sensitive_variables()
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def ballot(request: HttpRequest) -> HttpResponse:
    """The page that asks for a code; with one, the next step of its ballot. The same query for every code."""
    if request.method != "POST":
        return _page("door")
    code = slips.read(request.POST.get("code", ""))
    slip = slips.found(code)
    end = slips.refusal(slip)
    if slip is None or end is not None:
        return _page("end", end=(end or slips.Cast.UNKNOWN).value)
    return _step(slip, code, request.POST.get("act", ""), dict(request.POST.lists()))


@sensitive_variables()
def _step(slip: Slip, code: str, act: str, posted: dict[str, list[str]]) -> HttpResponse:
    lines = lines_of(slip.poll)
    marks = read(lines, posted)
    if act == "cast":
        try:
            return _page("end", end=cast(slip, marks).value)
        except ValidationError:
            act = "review"
    if act == "review":
        return _sheets("review", code, review_page(slip.poll, lines, marks))
    return _sheets("ballot", code, ballot_page(slip.poll, lines, marks))


@require_safe
def secrecy(request: HttpRequest) -> HttpResponse:
    """这张票保密吗: who can see what."""
    return _page("secrecy")


@require_safe
def reached(request: HttpRequest) -> HttpResponse:
    """What a telephone in the hall shows where it reaches this host."""
    return _page("reached")


def not_here(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return _page("end", status=404, end=slips.Cast.UNKNOWN.value)


def went_wrong(request: HttpRequest) -> HttpResponse:
    return _page("wrong", status=500)


@sensitive_variables()
def _sheets(name: str, code: str, told: dict[str, Any]) -> HttpResponse:
    return HttpResponse(render_to_string(f"ballots/casting_{name}.html", {"code": code} | told))


def _page(name: str, *, status: int = 200, end: str = "") -> HttpResponse:
    return HttpResponse(_same_for_all(name, end), status=status)


@cache
def _same_for_all(name: str, end: str) -> bytes:
    """A page on which nothing differs from voter to voter."""
    return render_to_string(f"ballots/casting_{name}.html", {"end": end}).encode()
