"""The board for people without an account: of society, kept by caches; of the people of a unit, by its address."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rectification.models import Publication
from rectification.publishing.audiences import Audience
from rectification.publishing.open.pages import board, kept_by_caches, seconds_left


@login_not_required
@require_safe
def board_public(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What a branch has put before society and stands today; the same 404 for a branch that is not and one that never
    had anything there."""
    told = board(Publication.objects.for_strangers(Audience.SOCIETY).filter(organisation=pk))
    response = render(request, "rectification/board_public.html", told)
    return kept_by_caches(request, response, public=True, max_age=seconds_left())


@login_not_required
@require_safe
def publication_public(request: HttpRequest, token: str) -> HttpResponseBase:
    """What is put before the people of a unit, for whoever was given its address."""
    told = board(Publication.objects.for_strangers(Audience.MASSES).filter(token=token))
    response = render(request, "rectification/publication_public.html", told)
    response["X-Robots-Tag"] = "noindex"
    return kept_by_caches(request, response, private=True, no_cache=True)
