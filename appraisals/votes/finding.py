"""The vote a page is about."""

from django.shortcuts import get_object_or_404

from appraisals.models import Vote
from branches.http import AuthedRequest


def vote_of(request: AuthedRequest, pk: int) -> Vote:
    """One this person sees, with what its pages tell. Raises Http404."""
    rows = Vote.objects.visible_to(request.user)
    rows = rows.select_related("organisation", "round", "poll", "scrutineer", "teller", "repeats")
    return get_object_or_404(rows, pk=pk)
