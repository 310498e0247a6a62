"""The first page after sign-in, and the start of an export."""

from django.db.models import Value
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from branches.first_steps import first_steps
from branches.grants.waiting import places_waited_for
from branches.http import AuthedRequest
from rectification.chain.picture import reads_chain
from reminders import todos
from reminders.models import Notice
from reports import actions
from reports.ledgers import LEDGERS
from reports.unfinished import unfinished
from shell.address import client_address
from shell.asked import asked
from shell.lists import selected

TODO_KINDS_SHOWN = 6  # each costs a query; what is further down the order is told by its number
TODOS_SHOWN = 7
NOTICES_SHOWN = 5


@require_safe
def dashboard(request: AuthedRequest) -> HttpResponse:
    user, today = request.user, request.user.reach.day
    if not user.reach.takes_part:
        return render(request, "reports/dashboard_of_administrator.html")
    notices = asked(Notice).visible_to(user).unread(today).annotate(is_live=Value(True)).order_by("-pk")
    context = {
        "sections": todos.sections(user, TODOS_SHOWN, TODO_KINDS_SHOWN),
        "others": todos.waiting(user)[TODO_KINDS_SHOWN:],
        "unfinished": unfinished(user),
        "notices": list(notices[:NOTICES_SHOWN]),
        "steps": first_steps(user),
        "waited_for": places_waited_for(user),
        "reads_chain": reads_chain(user),
        "today": today,
    }
    return render(request, "reports/dashboard.html", context)


@require_POST
def export_create(request: AuthedRequest, kind: str) -> HttpResponse:
    if kind not in LEDGERS:
        raise Http404
    query, keys = request.POST.get("query", "").removeprefix("?"), selected(request)
    job = actions.export(kind, query, actor=request.user, address=client_address(request), selected=keys)
    return redirect(job)
