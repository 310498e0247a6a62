"""To-dos of every kind, one's own notices, and those that are told by telephone."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from branches.http import AuthedRequest
from branches.rights import Right
from reminders import columns, todos
from reminders.actions import notices
from reminders.filters import NoticeFilter, PhoneFilter
from reminders.models import Notice
from shell import lists
from shell.pager import Pager

SHEET_ROWS = 1000


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
    notices.read(notice, actor=request.user)
    return redirect(notice.get_absolute_url() or "notice_list")


@require_safe
def phone_list(request: AuthedRequest) -> HttpResponse:
    """Who must be told by telephone, those not yet told first."""
    request.user.require(Right.KEEP_REGISTER, None)
    page = lists.page(
        request, Notice.objects.to_phone(request.user).as_listed(), columns=columns.PHONE, filters=PhoneFilter,
        default_sort="", deeds=[columns.TELL], key=columns.untold,
    )  # fmt: skip
    return lists.render(request, "reminders/phone_list.html", page)


@require_POST
def phone_tell(request: AuthedRequest) -> HttpResponse:
    told = notices.tell(lists.selected(request), actor=request.user)
    words = ngettext("%(count)d notice noted as told.", "%(count)d notices noted as told.", told)
    messages.success(request, words % {"count": told})
    return redirect("phone_list")


@require_safe
def phone_sheet(request: AuthedRequest) -> HttpResponse:
    """The same on paper: who has not been told, by branch, with room for a tick and a date."""
    request.user.require(Right.KEEP_REGISTER, None)
    rows = Notice.objects.to_phone(request.user).filter(told_at=None).as_listed()[:SHEET_ROWS]
    return render(request, "reminders/phone_sheet.html", {"rows": rows, "today": request.user.reach.day})
