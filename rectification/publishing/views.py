"""Pages of publications for whoever signs in; those of people without an account: publishing/open."""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches import moving
from branches.http import AuthedRequest
from branches.pages import kept
from rectification.models import Publication
from rectification.problems.pages import LIMIT, branch_of, keeps_ledger, places
from rectification.problems.rules import WRITERS
from rectification.publishing import actions
from rectification.publishing.filters import PublicationFilter
from rectification.publishing.forms import Sheet
from rectification.publishing.pages import (
    COLUMNS,
    READS,
    RELATED,
    address_of,
    begin_form,
    chosen,
    lines_of,
    listed,
    may_write,
    picture_of,
    shown,
)
from rectification.publishing.rules import has_board
from shell import lists
from workflow.actors import require_any

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def publication_list(request: AuthedRequest) -> HttpResponse:
    user = request.user
    page = lists.page(
        request, listed(user), columns=COLUMNS, filters=PublicationFilter, default_sort="-until", reads=READS
    )  # fmt: skip
    return lists.render(request, "rectification/publication_list.html", page, may_write=may_write(user))


@get_or_post
def publication_create(request: AuthedRequest) -> HttpResponse:
    """First the branch, then the problems, before whom and until when."""
    branch = branch_of(request)
    if branch is None:
        return _choose(request)
    if not keeps_ledger(branch, request.user):
        raise PermissionDenied
    form = begin_form(request, branch)
    if form.is_valid():
        found = form.cleaned_data
        rows = chosen(request.user, branch, found["problems"])
        act = partial(actions.draft, branch, rows, actor=request.user, client_key=found["client_key"])
        if kept(request, form, lambda: act(**form.facts)):
            made = Publication.objects.visible_to(request.user).get(client_key=found["client_key"])
            return redirect("publication_edit", made.pk)
    told = {"form": form, "organisation": branch, "has_board": has_board(branch)}
    return render(request, "rectification/publication_create.html", told)


def _choose(request: AuthedRequest) -> HttpResponse:
    if not may_write(request.user):
        raise PermissionDenied
    here, word = places(request.user), request.GET.get("q", "").strip()[:40]
    found = list((here.filter(name__icontains=word) if word else here)[:LIMIT])
    if len(found) == 1 and not word:
        return redirect(f"{request.path}?organisation={found[0].pk}")
    return render(request, "rectification/publication_choose.html", {"choices": found, "word": word})


@get_or_post
def publication_edit(request: AuthedRequest, pk: int) -> HttpResponse:
    """Word each line for those who will read it."""
    publication = _publication(request, pk)
    require_any(request.user, WRITERS, publication)
    if not publication.may_change:
        return redirect(publication)
    sheet = Sheet(publication, lines_of(publication, request.user), request.POST or None)
    act = lambda: actions.reword(publication, sheet.facts, sheet.by_line, actor=request.user)  # noqa: E731
    if request.method == "POST" and sheet.is_valid() and kept(request, sheet, act):
        return redirect(publication)
    told = {"sheet": sheet, "form": sheet.head, "publication": publication}
    return render(request, "rectification/publication_edit.html", told)


@require_safe
def publication_detail(request: AuthedRequest, pk: int) -> HttpResponse:
    told = shown(_publication(request, pk), request.user)
    return render(request, "rectification/publication_detail.html", told)


@require_safe
def publication_qr(request: AuthedRequest, pk: int) -> HttpResponse:
    """The address for people without an account, as a picture."""
    address = address_of(_publication(request, pk))
    if not address:
        raise Http404
    return HttpResponse(picture_of(address), content_type="image/svg+xml")


@require_POST
def publication_move(request: AuthedRequest, pk: int, name: str) -> HttpResponse:
    return moving.moved(request, _publication(request, pk), name, actions.move)


def _publication(request: AuthedRequest, pk: int) -> Publication:
    return get_object_or_404(Publication.objects.visible_to(request.user).select_related(*RELATED), pk=pk)
