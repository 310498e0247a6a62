"""Accounts and offices: lists for those who may see them, changes by the security administrator."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from branches.actions import grants as actions
from branches.grants import columns
from branches.grants.filters import GrantFilter, UserFilter
from branches.grants.forms import GrantForm, ReasonForm
from branches.grants.rows import told, with_branch_and_grants
from branches.http import AuthedRequest
from branches.models import Grant, User
from branches.pages import perform
from branches.rights import Right
from shell import lists

ACTS = {"deactivate": actions.deactivate, "activate": actions.activate}
get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def user_list(request: AuthedRequest) -> HttpResponse:
    request.user.require(Right.MANAGE_ACCOUNTS, None)
    rows = with_branch_and_grants(User.objects.visible_to(request.user), request.user)
    page = lists.page(request, rows, columns=columns.USERS, filters=UserFilter, default_sort="username")
    return lists.render(request, "branches/user_list.html", page)


@get_or_post
def user_edit(request: AuthedRequest, pk: int) -> HttpResponse:
    account = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    request.user.require(Right.MANAGE_ACCOUNTS, account)
    form = ReasonForm(request.POST or None)
    act = ACTS.get(request.POST.get("act", ""))
    if act and form.is_valid():
        note = form.cleaned_data["note"]
        perform(request, lambda: act(account, actor=request.user, note=note), done=_("Saved."))
        return redirect("user_edit", pk)
    return render(request, "branches/user_edit.html", {"form": form, **told(account, request.user)})


@require_safe
def grant_list(request: AuthedRequest) -> HttpResponse:
    rows = Grant.objects.visible_to(request.user).select_related("user", "organisation", "group", "delegated_by")
    shown = columns.grants(request.user, request.user.reach.day)
    page = lists.page(request, rows, columns=shown, filters=GrantFilter, default_sort="-since")
    may = {"may_give": Right.MANAGE_ACCOUNTS, "may_delegate": Right.DELEGATE}
    told = {name: request.user.may(right, None) for name, right in may.items()}
    return lists.render(request, "branches/grant_list.html", page, **told)


@get_or_post
def grant_create(request: AuthedRequest) -> HttpResponse:
    request.user.require(Right.MANAGE_ACCOUNTS, None)
    near, login = request.GET.get("near", ""), request.GET.get("user", "")
    form = GrantForm(request.POST or None, actor=request.user, near=near, initial={"user": login})
    if form.is_valid():
        try:
            given = actions.grant(actor=request.user, **form.cleaned_data)
            messages.success(request, _("Given: %s") % given)
            return redirect("grant_list")
        except ValidationError as refusal:
            form.add_error(None, refusal)
    context = {"form": form, "near": near, "login": login, "cancel_url": reverse("grant_list")}
    return render(request, "branches/grant_create.html", context)


@get_or_post
def grant_revoke(request: AuthedRequest, pk: int) -> HttpResponse:
    grant = get_object_or_404(Grant.objects.visible_to(request.user), pk=pk)
    request.user.require(Right.MANAGE_ACCOUNTS, grant)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        note = form.cleaned_data["note"]
        perform(request, lambda: actions.revoke(grant, actor=request.user, note=note), done=_("Taken back."))
        return redirect("grant_list")
    context = {"form": form, "grant": grant, "cancel_url": reverse("grant_list")}
    return render(request, "branches/grant_revoke.html", context)
