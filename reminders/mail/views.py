"""Where a person chooses to be reminded by mail."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from branches.http import AuthedRequest
from branches.pages import perform
from branches.sign_in.tries import Tries
from reminders.actions import mailboxes
from reminders.forms import CodeForm, MailForm
from reminders.models import Mailbox


@require_http_methods(["GET", "HEAD", "POST"])
def mail_edit(request: AuthedRequest) -> HttpResponse:
    if not request.user.reach.takes_part:
        raise PermissionDenied
    mailbox = Mailbox.objects.visible_to(request.user).first()
    form = MailForm.of(mailbox, request.POST or None)
    if form.is_valid() and _chosen(request, form):
        return redirect("mail_edit")
    context = {"form": form, "mailbox": mailbox, "sends": bool(settings.MAIL_SERVER), "code_form": CodeForm()}
    return render(request, "reminders/mail_edit.html", context | {"cancel_url": reverse("notice_list")})


@sensitive_post_parameters("code")
@require_POST
def mail_confirm(request: AuthedRequest) -> HttpResponse:
    """The code from the mail makes the address one's own."""
    perform(request, lambda: _confirm(request), done=_("Mail address confirmed."))
    return redirect("mail_edit")


def _chosen(request: AuthedRequest, form: MailForm) -> bool:
    try:
        mailbox = mailboxes.choose(actor=request.user, **form.cleaned_data)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return False
    messages.success(request, _("A code is on its way to this address.") if mailbox.pending else _("Saved."))
    return True


def _confirm(request: AuthedRequest) -> None:
    with Tries(request, f"mail:{request.user.username}") as tries:
        try:
            mailboxes.confirm(request.POST.get("code", ""), actor=request.user)
        except ValidationError as refusal:
            tries.fail("".join(refusal.messages))
