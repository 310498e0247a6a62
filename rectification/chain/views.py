"""The picture of the chain."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from branches.http import AuthedRequest
from branches.rights import Right
from rectification.chain.picture import Picture


@require_safe
def problem_chain(request: AuthedRequest) -> HttpResponse:
    """意见 → 问题 → 措施 → 销号 → 反馈, of a branch, or of a superior with those right below it."""
    if not any(request.user.may(right, None) for right in (Right.OVERSEE, Right.READ_BRANCH)):
        raise PermissionDenied
    return render(request, "rectification/problem_chain.html", {"picture": Picture(request)})
