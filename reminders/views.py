"""To-dos of every kind, and one's own notices."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from branches.http import AuthedRequest
from reminders import actions, todos
from reminders.filters import NoticeFilter
from reminders.models import Notice
from shell import lists
from shell.pager import Pager


@require_safe
def todo_list(request: AuthedRequest) -> HttpResponse:
    kinds = todos.waiting(request.user)
    chosen = next((todo for todo, _ in kinds if todo.code == request.GET.get("kind")), kinds[0][0] if kinds else None)
    context: dict[str, Any] = {"kinds": kinds, "chosen": chosen}
    if chosen:
        pager = Pager(request.GET, chosen.rows(request.user))
        context |= {"pager": pager, "lines": chosen.lines(pager.page.object_list, request.user.reach.day)}
    return render(request, "reminders/todo_list.html", context)


@require_safe
def notice_list(request: AuthedRequest) -> HttpResponse:
    rows = Notice.objects.visible_to(request.user).with_cause(request.user.reach.day)
    page = lists.page(request, rows, columns=(), filters=NoticeFilter, default_sort="-pk")
    return lists.render(request, "reminders/notice_list.html", page)


@require_POST
def notice_read(request: AuthedRequest, pk: int) -> HttpResponse:
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    actions.read(notice, actor=request.user)
    return redirect(notice.get_absolute_url() or "notice_list")
