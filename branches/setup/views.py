"""The page of the first start."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from branches.actions.setup import refuse_code, set_up
from branches.setup import door
from branches.setup.forms import PASSWORD_HELP, SetUpForm
from branches.sign_in.tries import answered
from shell.address import client_address
from workflow.actors import SYSTEM

AFTER = _("The site is set up. Please sign in as the first officer (%(login)s): the first page tells what comes next.")


@sensitive_post_parameters()
@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def setup(request: HttpRequest) -> HttpResponse:
    """Whoever holds the code of the terminal sets the site up; afterwards there is no such page."""
    if door.is_set_up():
        raise Http404
    form = SetUpForm(request.POST or None, request=request)
    if form.is_valid():
        told = (form.root(), form.administrators(), form.officer())
        try:
            set_up(*told, actor=SYSTEM, address=client_address(request))
            door.forget_code()
            messages.success(request, AFTER % {"login": form.officer().username})
            return redirect("account_login")
        except ValidationError as refusal:
            form.add_error(None, refusal)
    if "code" in form.errors:
        refuse_code(actor=SYSTEM, address=client_address(request))
    return answered(render(request, "branches/setup.html", {"form": form, "help": PASSWORD_HELP}), form)
