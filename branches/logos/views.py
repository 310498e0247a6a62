"""The sign itself, and the page on which it is chosen."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches.actions import logos as actions
from branches.attachments import store
from branches.attachments.verify import TYPES
from branches.http import AuthedRequest
from branches.models import Logo, Organisation
from branches.models.logos import address_of
from branches.pages import perform
from branches.rights import Right
from shell.forms import ShellForm


class LogoForm(ShellForm):
    picture = forms.FileField(
        label=gettext_lazy("Picture"), help_text=gettext_lazy("JPEG or PNG, shown 32 pixels high.")
    )


@require_safe
@cache_control(private=True, max_age=86400)
def organisation_logo(request: AuthedRequest, pk: int) -> FileResponse:
    logo = get_object_or_404(Logo.objects.visible_to(request.user), pk=pk)
    try:
        file = store.opened(logo.path)
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(file, content_type=TYPES["." + logo.path.rpartition(".")[2]])


@require_http_methods(["GET", "HEAD", "POST"])
def logo_edit(request: AuthedRequest, pk: int) -> HttpResponse:
    organisation = _arranged(request, pk)
    form = LogoForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            actions.choose(organisation, form.cleaned_data["picture"], actor=request.user)
            return redirect("organisation_detail", pk)
        except ValidationError as refusal:
            form.add_error("picture", refusal)
    context = {"form": form, "organisation": organisation, "logo_url": _address(request, organisation)}
    return render(request, "branches/logo_edit.html", context)


@require_POST
def logo_remove(request: AuthedRequest, pk: int) -> HttpResponse:
    organisation = _arranged(request, pk)
    perform(request, lambda: actions.take_away(organisation, actor=request.user), done=_("The logo was removed."))
    return redirect("organisation_detail", pk)


def _arranged(request: AuthedRequest, pk: int) -> Organisation:
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    request.user.require(Right.ARRANGE, organisation)
    return organisation


def _address(request: AuthedRequest, organisation: Organisation) -> Any:
    path = Logo.objects.visible_to(request.user).filter(pk=organisation.pk).values_list("path", flat=True).first()
    return address_of(organisation.pk, path)
