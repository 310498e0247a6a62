"""How the installation stands, for the system administrator: no content, no secret, no path."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from branches.http import AuthedRequest
from branches.rights import Right
from branches.system.status import facts


@require_safe
def system_status(request: AuthedRequest) -> HttpResponse:
    request.user.require(Right.RUN_SYSTEM, None)
    return render(request, "branches/system_status.html", {"facts": facts(timezone.now())})
