"""The rules of a place and year: read by whoever belongs there, set by superiors."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches.actions import rules as actions
from branches.http import AuthedRequest
from branches.pages import perform
from branches.rules.forms import RuleForm
from branches.rules.pages import may_set, one_rule, place_of, table, year_of

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def rule_list(request: AuthedRequest, pk: int) -> HttpResponse:
    organisation = place_of(request, pk)
    return render(request, "branches/rule_list.html", table(organisation, year_of(request), request.user))


@get_or_post
def rule_edit(request: AuthedRequest, pk: int, year: int, code: str) -> HttpResponse:
    organisation = place_of(request, pk)
    if not may_set(request.user, organisation):
        raise PermissionDenied
    told = one_rule(organisation, year, code, request.user)
    form = RuleForm(request.POST or None, held=told["held"])
    act = _withdraws if request.POST.get("act") == "withdraw" else _sets
    if form.is_valid() and act(request, told, form):
        return redirect(f"{reverse('rule_list', args=[pk])}?year={year}")
    cancel = f"{reverse('rule_list', args=[pk])}?year={year}"
    return render(request, "branches/rule_edit.html", {**told, "form": form, "cancel_url": cancel})


def _withdraws(request: AuthedRequest, told: dict[str, Any], form: RuleForm) -> bool:
    own, reason = told["own"], form.cleaned_data["reason"]
    return perform(
        request, lambda: actions.withdraw_rule(own, actor=request.user, reason=reason), done=_("Taken back.")
    )


def _sets(request: AuthedRequest, told: dict[str, Any], form: RuleForm) -> bool:
    found, rule = form.cleaned_data, told["held"].rule
    place = (told["organisation"], told["year"], rule.code)
    given = {"severity": found["severity"], "parameters": form.numbers, "reason": found["reason"]}
    return perform(request, lambda: actions.override_rule(*place, actor=request.user, **given), done=_("Saved."))


@require_POST
def rule_copy(request: AuthedRequest, pk: int, year: int) -> HttpResponse:
    organisation = place_of(request, pk)
    if not may_set(request.user, organisation):
        raise PermissionDenied
    words = _("Carried over from %d.") % (year - 1)
    perform(request, lambda: actions.copy_rules(organisation, year, actor=request.user), done=words)
    return redirect(f"{reverse('rule_list', args=[pk])}?year={year}")
