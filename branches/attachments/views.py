"""Adding, fetching and withdrawing files. The address names the owner's kind; its own scope finds the row."""

from typing import Any

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from branches.actions import attachments as actions
from branches.attachments import kinds, store
from branches.attachments.verify import TYPES
from branches.http import AuthedRequest
from branches.models import Attachment
from branches.pages import perform
from shell import confirm
from shell.address import client_address

# Whatever a browser makes of the file: it runs nothing, and belongs to no page of ours.
HEADERS = {"Content-Security-Policy": "sandbox; default-src 'none'", "X-Content-Type-Options": "nosniff"}


@require_POST
def attachment_create(request: AuthedRequest, key: int, code: str) -> HttpResponse:
    owner = _owner(request, code, key)
    upload = request.FILES.get("file")
    perform(request, lambda: actions.attach(owner, upload, actor=request.user), done=_("The file was added."))
    return redirect(owner)


@require_safe
@never_cache
def attachment_download(request: AuthedRequest, pk: int) -> FileResponse:
    attachment = get_object_or_404(Attachment.objects.visible_to(request.user).kept(), pk=pk)
    try:
        file = store.opened(attachment.path)
    except FileNotFoundError:
        raise Http404 from None
    actions.note_download(attachment, actor=request.user, address=client_address(request))
    kind = TYPES["." + attachment.path.rpartition(".")[2]]
    return FileResponse(file, as_attachment=True, filename=attachment.name, content_type=kind, headers=HEADERS)


@require_POST
def attachment_withdraw(request: AuthedRequest, pk: int) -> HttpResponse:
    attachment = get_object_or_404(Attachment.objects.visible_to(request.user).kept(), pk=pk)
    owner = _owner(request, attachment.owner_kind, attachment.owner_key)
    question = {"title": _("Withdraw the file"), "text": _("The file “%s” is removed for good.") % attachment}
    if page := confirm.ask(request, **question, back=owner.get_absolute_url()):
        return page
    perform(request, lambda: actions.withdraw(attachment, owner, actor=request.user), done=_("Withdrawn."))
    return redirect(owner)


def _owner(request: AuthedRequest, code: str, key: int) -> Any:
    """The row of that kind whose words this person may read. Raises Http404."""
    kind = kinds.find(code)
    if kind is None:
        raise Http404
    rows = kind.model.objects.visible_to(request.user).filter(pk__in=kind.readable(request.user))  # type: ignore[attr-defined]
    return get_object_or_404(rows.select_related("organisation"), pk=key)
