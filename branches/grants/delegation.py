"""A secretary delegates the office for a time, and takes it back."""

from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from branches.actions import grants as actions
from branches.http import AuthedRequest
from branches.models import Grant, User
from branches.models.delegation import possible_delegates
from branches.namesakes import told_apart
from branches.pages import perform
from branches.rights import Right
from shell.forms import DateField, ShellForm

USUAL = timedelta(days=13)  # a fortnight, both days included


def usual_end() -> Any:
    """The last day that the form proposes."""
    return timezone.localdate() + USUAL


class DelegationForm(ShellForm):
    """To whom, from when to when, and why."""

    arrange = ("member", ("since", "until"), "note")

    since = DateField(label=gettext_lazy("From"), initial=timezone.localdate)
    until = DateField(label=gettext_lazy("Until"), initial=usual_end)
    note = forms.CharField(label=gettext_lazy("Reason"), max_length=100)

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {str(row.pk): row for row in possible_delegates(actor)}
        called = told_apart(((row.member_id, row.member.name) for row in self.rows.values()), actor)
        folk = [(key, f"{called[row.member_id]} · {row.organisation.label}") for key, row in self.rows.items()]
        choices = [("", _("Please choose")), *folk]
        self.fields["member"] = forms.ChoiceField(label=_("Member"), choices=choices)
        self.fields["until"].help_text = _("At most %(days)s days.") % {"days": settings.DELEGATION_DAYS}
        if not self.rows:
            self.fields["member"].help_text = _("Nobody else in your branch has an account yet; print a slip first.")

    def clean_member(self) -> Any:
        return self.rows[self.cleaned_data["member"]]


@require_http_methods(["GET", "HEAD", "POST"])
def grant_delegate(request: AuthedRequest) -> HttpResponse:
    """The form, and the delegation."""
    request.user.require(Right.DELEGATE, None)
    form = DelegationForm(request.POST or None, actor=request.user)
    if form.is_valid():
        try:
            given = actions.delegate(actor=request.user, **form.cleaned_data)
            messages.success(request, _("Delegated: %s") % given)
            return redirect("grant_list")
        except ValidationError as refusal:
            form.add_error(None, refusal)
    context = {"form": form, "cancel_url": reverse("grant_list")}
    return render(request, "branches/grant_delegate.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def delegation_end(request: AuthedRequest, pk: int) -> HttpResponse:
    """Asked first; then the office is back with the secretary alone."""
    grant = get_object_or_404(Grant.objects.visible_to(request.user), pk=pk)
    request.user.require(Right.END_DELEGATION, grant)
    if request.method == "POST":
        perform(request, lambda: actions.end_delegation(grant, actor=request.user), done=_("Taken back."))
        return redirect("grant_list")
    return render(request, "branches/delegation_end.html", {"grant": grant, "cancel_url": reverse("grant_list")})
