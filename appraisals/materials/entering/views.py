"""Entering what a member wrote on paper or said, and his confirmation."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from appraisals.materials.entering import actions
from appraisals.materials.entering.forms import EntryForm
from appraisals.models import Confirmation, Material
from branches.http import AuthedRequest
from branches.pages import kept, perform
from branches.rights import Right
from shell.copies import SAVED, copy_of


@require_http_methods(["GET", "HEAD", "POST"])
def material_enter(request: AuthedRequest, pk: int) -> HttpResponse:
    material = _material(request, pk)
    request.user.require(Right.ENTER_WORDS, material)
    if not material.is_open:
        messages.info(request, _("This material can no longer be edited: it is “%s”.") % material.get_state_display())
        return redirect(material)
    form = EntryForm(request.POST or None, material=material)
    if form.is_valid() and _entered(request, material, form):
        return redirect(material)
    copy = copy_of(request, "material_entry", pk)
    context = {"form": form, "material": material, "copy": copy, "cancel_url": material.get_absolute_url()}
    return render(request, "appraisals/material_enter.html", context)


def _entered(request: AuthedRequest, material: Material, form: EntryForm) -> bool:
    words, source = form.sections, form.cleaned_data["source"]
    done = _("Entered for %s, who is asked to confirm it.") % material.author
    act = lambda: actions.enter(material, words, actor=request.user, source=source)  # noqa: E731
    return kept(request, form, act, done=done, tags=SAVED)


@require_POST
def material_confirm(request: AuthedRequest, pk: int) -> HttpResponse:
    material, how = _material(request, pk), request.POST.get("how", "")
    if how not in Confirmation.values:
        raise Http404
    perform(request, lambda: actions.confirm(material, how, actor=request.user), done=_("Confirmed."))
    return redirect(material)


def _material(request: AuthedRequest, pk: int) -> Material:
    rows = Material.objects.visible_to(request.user).select_related("organisation", "round", "author")
    return get_object_or_404(rows, pk=pk)
