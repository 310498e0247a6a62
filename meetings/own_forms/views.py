"""Pages of the forms of meeting that a superior lays down."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches import moving
from branches.http import AuthedRequest
from branches.models import Organisation
from branches.pages import kept
from branches.rights import Right
from branches.rules.pages import may_set
from meetings.models import OwnForm
from meetings.own_forms import actions
from meetings.own_forms.forms import OwnFormForm
from meetings.own_forms.lists import COLUMNS
from shell import lists


@require_safe
def own_form_list(request: AuthedRequest, pk: int) -> HttpResponse:
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    rows = OwnForm.objects.visible_to(request.user).at(organisation.path).select_related("organisation")
    page = lists.page(request, rows, columns=COLUMNS, default_sort="")
    context = {"organisation": organisation, "may_add": may_set(request.user, organisation)}
    return lists.render(request, "meetings/own_form_list.html", page, **context)


@require_http_methods(["GET", "HEAD", "POST"])
def own_form_create(request: AuthedRequest, pk: int) -> HttpResponse:
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    request.user.require(Right.ARRANGE, organisation)
    form, back = OwnFormForm(request.POST or None), reverse("own_form_list", args=[pk])
    act = lambda: actions.lay_down(organisation, actor=request.user, **form.cleaned_data)  # noqa: E731
    return _written(request, form, act, organisation, back)


@require_safe
def own_form_detail(request: AuthedRequest, pk: int) -> HttpResponse:
    own_form = _found(request, pk)
    may_edit = request.user.may(Right.ARRANGE, own_form)
    context = {"own_form": own_form, "may_edit": may_edit, **moving.shown(own_form, request.user)}
    return render(request, "meetings/own_form_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def own_form_edit(request: AuthedRequest, pk: int) -> HttpResponse:
    own_form = _found(request, pk)
    request.user.require(Right.ARRANGE, own_form)
    form, back = OwnFormForm(request.POST or None, instance=own_form), own_form.get_absolute_url()
    act = lambda: actions.change(own_form, actor=request.user, **form.cleaned_data)  # noqa: E731
    return _written(request, form, act, own_form.organisation, back)


@require_POST
def own_form_move(request: AuthedRequest, pk: int, name: str) -> HttpResponse:
    return moving.moved(request, _found(request, pk), name, actions.move)


def _found(request: AuthedRequest, pk: int) -> OwnForm:
    return get_object_or_404(OwnForm.objects.visible_to(request.user).select_related("organisation"), pk=pk)


def _written(
    request: AuthedRequest, form: OwnFormForm, act: Callable[[], Any], organisation: Organisation, back: str
) -> HttpResponse:
    if form.is_valid() and kept(request, form, act, done=_("Saved.")):
        return redirect(back)
    context = {"form": form, "organisation": organisation, "cancel_url": back}
    return render(request, "meetings/own_form_edit.html", context)
