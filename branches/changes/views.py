"""One page a change, for members and for organisations; which changes there are, branches/changes/table.py says."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from branches.changes.fields import ChangeForm
from branches.changes.foresight import foreseen
from branches.changes.table import OF_MEMBERS, OF_ORGANISATIONS, Change, named, place_of, state_of
from branches.http import AuthedRequest
from branches.models import Member, Organisation
from branches.person import under_way
from shell.confirm import ask

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
def member_change(request: AuthedRequest, pk: int, name: str) -> HttpResponse:
    member = get_object_or_404(Member.objects.visible_to(request.user), pk=pk)
    change, row = named(OF_MEMBERS, name), state_of(member, request.user)
    request.user.require(change.right, row)
    if change.name == "transfer" and (pending := under_way(member, request.user)):
        return redirect(pending)
    _refuse_unsuited(change, row)
    form = change.form(_sent(request), row=member, branch=row.organisation, reader=request.user)
    if answer := _answer(request, change, member, form, reverse("member_detail", args=[pk])):
        return answer
    context = {"member": member, "organisation": row.organisation, "change": change, "form": form}
    return render(request, "branches/member_change.html", context)


@get_or_post
def organisation_change(request: AuthedRequest, pk: int, name: str) -> HttpResponse:
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    change = named(OF_ORGANISATIONS, name)
    request.user.require(change.right, place_of(change, organisation))
    _refuse_unsuited(change, organisation)
    form = change.form(_sent(request), row=organisation, branch=organisation, reader=request.user)
    if answer := _answer(request, change, organisation, form, reverse("organisation_detail", args=[pk])):
        return answer
    context = {"organisation": organisation, "change": change, "form": form}
    return render(request, "branches/organisation_change.html", context)


def _sent(request: AuthedRequest) -> Any:
    """What was sent, also where a form has nothing to type."""
    return request.POST if request.method == "POST" else None


def _refuse_unsuited(change: Change, row: Any) -> None:
    """A change that has nothing to change here has no page."""
    if getattr(row, "has_ended", False) or not change.suits(row):
        raise Http404


def _has_doubts(request: AuthedRequest, change: Change, row: Any, form: ChangeForm) -> bool:
    """Show what is doubtful once, with everything typed kept; whoever says so goes on anyway."""
    if "anyway" in request.POST:
        return False
    form.asked = form.doubts()
    if change.shows is None:  # else the question tells it
        form.asked += foreseen(change, row, form.cleaned_data, request.user)
    return bool(form.asked)


def _question(request: AuthedRequest, change: Change, row: Any, form: ChangeForm, back: str) -> HttpResponse | None:
    """What the change would bring, on a page that asks; None where nothing is asked, or it has been confirmed."""
    if change.shows is None:
        return None
    lines = change.shows(row, form.cleaned_data, request.user)
    if "confirmed" not in request.POST:
        lines += [_("Note: %s") % words for words in foreseen(change, row, form.cleaned_data, request.user)]
    return ask(
        request, title=str(change.label), text="\n".join([str(row), *lines]), back=back, rewrite=("rewrite", "again")
    )


def _answer(request: AuthedRequest, change: Change, row: Any, form: ChangeForm, back: str) -> HttpResponse | None:
    """Do what a valid form asks for and say so; None shows the form, with what the action refuses beside its fields."""
    if "rewrite" in request.POST or not form.is_valid() or _has_doubts(request, change, row, form):
        return None
    try:
        _rehearse(request, change, row, form)
        if page := _question(request, change, row, form, back):
            return page
        made = change.act(row, actor=request.user, **form.cleaned_data)
    except ValidationError as refusal:
        form.refuse(refusal)
        return None
    messages.success(request, _("Done: %s.") % change.label)
    if words := change.tell(made):
        messages.warning(request, str(words))
    return redirect(change.then or back)


def _rehearse(request: AuthedRequest, change: Change, row: Any, form: ChangeForm) -> None:
    """Let the action refuse before anybody is asked about it. Raises ValidationError."""
    if change.shows is None or "confirmed" in request.POST:
        return
    with transaction.atomic():
        change.act(row, actor=request.user, **form.cleaned_data)
        transaction.set_rollback(True)
