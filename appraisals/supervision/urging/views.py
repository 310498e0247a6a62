"""Urging: the page that lists whom before anything is sent, and the page a notice leads to."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from appraisals.models import Urging
from appraisals.supervision.urging import actions
from appraisals.supervision.urging.pages import UrgeForm, lines_of
from branches.http import AuthedRequest
from branches.pages import REFUSALS, words_of
from branches.rights import Right
from shell import lists


@require_POST
def urge_create(request: AuthedRequest) -> HttpResponse:
    """First from the ticks of a list, then with the words."""
    request.user.require(Right.OVERSEE, None)
    lines = lines_of(lists.selected(request), request.user)
    if not lines:
        messages.warning(request, _("None of the ticked branches is at work in a stage."))
        return redirect("supervision_list")
    form = UrgeForm(request.POST if "text" in request.POST else None, lines=lines)
    if form.is_valid() and _sent(request, form):
        return redirect("supervision_list")
    return render(request, "appraisals/urge_create.html", {"form": form})


def _sent(request: AuthedRequest, form: UrgeForm) -> bool:
    try:
        made = actions.urge(form.chosen, form.cleaned_data["text"], actor=request.user)
    except REFUSALS as refusal:
        form.add_error(None, words_of(refusal))
        return False
    messages.success(request, ngettext("%d person urged.", "%d persons urged.", len(made)) % len(made))
    if n := form.to_call:
        words = ngettext(
            "%d of them has no account: please call him.", "%d of them have no account: please call them.", n
        )
        messages.warning(request, words % n)
    return True


@require_safe
def urging_detail(request: AuthedRequest, pk: int) -> HttpResponse:
    rows = Urging.objects.visible_to(request.user)
    rows = rows.select_related("organisation", "recipient", "sender", "step__stage", "step__round")
    return render(request, "appraisals/urging_detail.html", {"urging": get_object_or_404(rows, pk=pk)})
