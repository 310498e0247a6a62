"""Pages of transfers: offered from the page of a member, decided here."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from branches import moving
from branches.actions import transfers as actions
from branches.http import AuthedRequest
from branches.models import Member, Transfer
from branches.namesakes import call
from branches.transfers.columns import TRANSFERS, TransferFilter, facts
from shell import lists

PARTS = ("member", "source", "organisation")


@require_safe
def transfer_list(request: AuthedRequest) -> HttpResponse:
    rows = Transfer.objects.visible_to(request.user).select_related(*PARTS)
    page = lists.page(request, rows, columns=TRANSFERS, filters=TransferFilter, default_sort="-offered_at")
    call(page.objects, request.user, "source_id")
    return lists.render(request, "branches/transfer_list.html", page)


@require_safe
def transfer_detail(request: AuthedRequest, pk: int) -> HttpResponse:
    rows = Transfer.objects.visible_to(request.user).with_category(request.user.reach.day)
    transfer = get_object_or_404(rows.select_related(*PARTS), pk=pk)
    context = {
        "transfer": transfer,
        "facts": facts(transfer),
        "sees_member": Member.objects.visible_to(request.user).filter(pk=transfer.member_id).exists(),
        **moving.shown(transfer, request.user),
    }
    return render(request, "branches/transfer_detail.html", context)


@require_POST
def transfer_move(request: AuthedRequest, pk: int, name: str) -> HttpResponse:
    transfer = get_object_or_404(Transfer.objects.visible_to(request.user).select_related(*PARTS), pk=pk)
    return moving.moved(request, transfer, name, actions.move)
