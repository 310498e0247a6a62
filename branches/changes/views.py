"""One page a change, for members and for organisations; which changes there are, branches/changes/table.py says."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from branches.changes.fields import ChangeForm
from branches.changes.foresight import foreseen
from branches.changes.table import OF_MEMBERS, OF_ORGANISATIONS, Change, named, place_of, state_of
from branches.http import AuthedRequest
from branches.models import Member, Organisation

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
def member_change(request: AuthedRequest, pk: int, name: str) -> HttpResponse:
    member = get_object_or_404(Member.objects.visible_to(request.user), pk=pk)
    change, row = named(OF_MEMBERS, name), state_of(member, request.user)
    request.user.require(change.right, row)
    _refuse_unsuited(change, row)
    form = change.form(_sent(request), row=member, branch=row.organisation, reader=request.user)
    if _carried_out(request, change, member, form):
        return redirect(change.then) if change.then else redirect("member_detail", pk)
    context = {"member": member, "organisation": row.organisation, "change": change, "form": form}
    return render(request, "branches/member_change.html", context)


@get_or_post
def organisation_change(request: AuthedRequest, pk: int, name: str) -> HttpResponse:
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    change = named(OF_ORGANISATIONS, name)
    request.user.require(change.right, place_of(change, organisation))
    _refuse_unsuited(change, organisation)
    form = change.form(_sent(request), row=organisation, branch=organisation, reader=request.user)
    if _carried_out(request, change, organisation, form):
        return redirect(change.then) if change.then else redirect("organisation_detail", pk)
    context = {"organisation": organisation, "change": change, "form": form}
    return render(request, "branches/organisation_change.html", context)


def _sent(request: AuthedRequest) -> Any:
    """What was sent, also where a form has nothing to type."""
    return request.POST if request.method == "POST" else None


def _refuse_unsuited(change: Change, row: Any) -> None:
    """A change that has nothing to change here has no page."""
    if getattr(row, "has_ended", False) or not change.suits(row):
        raise Http404


def _asks(request: AuthedRequest, change: Change, row: Any, form: ChangeForm) -> bool:
    """Show what is doubtful once, with everything typed kept; whoever says so goes on anyway."""
    if "anyway" in request.POST:
        return False
    form.asked = form.doubts() + foreseen(change, row, form.cleaned_data, request.user)
    return bool(form.asked)


def _carried_out(request: AuthedRequest, change: Change, row: Any, form: ChangeForm) -> bool:
    """Do what a valid form asks for and say so; what the action refuses goes back beside the fields."""
    if not form.is_valid() or _asks(request, change, row, form):
        return False
    try:
        made = change.act(row, actor=request.user, **form.cleaned_data)
    except ValidationError as refusal:
        form.refuse(refusal)
        return False
    messages.success(request, _("Done: %s.") % change.label)
    if words := change.tell(made):
        messages.warning(request, str(words))
    return True
