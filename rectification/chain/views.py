"""The picture of the chain."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from branches.http import AuthedRequest
from rectification.chain.picture import Picture, reads_chain


@require_safe
def problem_chain(request: AuthedRequest) -> HttpResponse:
    """意见 → 问题 → 措施 → 销号 → 反馈, of a branch, or of a superior with those right below it."""
    if not reads_chain(request.user):
        raise PermissionDenied
    return render(request, "rectification/problem_chain.html", {"picture": Picture(request)})
