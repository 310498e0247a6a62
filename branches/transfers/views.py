"""Pages of transfers: offered from the page of a member, decided here."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from branches.actions import transfers as actions
from branches.http import AuthedRequest
from branches.models import Member, Transfer
from branches.pages import perform
from branches.transfers.columns import TRANSFERS, TransferFilter, facts
from shell import lists
from workflow.models import History
from workflow.moves import available_moves

PARTS = ("member", "source", "organisation")


@require_safe
def transfer_list(request: AuthedRequest) -> HttpResponse:
    rows = Transfer.objects.visible_to(request.user).select_related(*PARTS)
    page = lists.page(request, rows, columns=TRANSFERS, filters=TransferFilter, default_sort="-offered_at")
    return lists.render(request, "branches/transfer_list.html", page)


@require_safe
def transfer_detail(request: AuthedRequest, pk: int) -> HttpResponse:
    rows = Transfer.objects.visible_to(request.user).with_category(request.user.reach.day)
    transfer = get_object_or_404(rows.select_related(*PARTS), pk=pk)
    context = {
        "transfer": transfer,
        "facts": facts(transfer),
        "moves": available_moves(transfer, request.user),
        "sees_member": Member.objects.visible_to(request.user).filter(pk=transfer.member_id).exists(),
        "history": History.objects.of(transfer),
    }
    return render(request, "branches/transfer_detail.html", context)


@require_POST
def transfer_move(request: AuthedRequest, pk: int, name: str) -> HttpResponse:
    transfer = get_object_or_404(Transfer.objects.visible_to(request.user).select_related(*PARTS), pk=pk)
    note = request.POST.get("note", "")
    perform(request, lambda: actions.move(transfer, name, actor=request.user, note=note), done=_("Done."))
    return redirect(transfer)
