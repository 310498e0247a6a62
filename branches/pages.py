"""Turning what an action refuses into words on the next page."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from workflow.moves import MoveNotAllowed, NoteRequired

REFUSALS = (MoveNotAllowed, NoteRequired, ValidationError)


def words_of(refusal: Exception) -> list[str]:
    """What a refusal says, one sentence an item."""
    return refusal.messages if isinstance(refusal, ValidationError) else [str(refusal)]


def perform(request: HttpRequest, act: Callable[[], Any], *, done: str) -> bool:
    """Run an action for a posted button: say `done`, or why not, with the note that was typed."""
    try:
        act()
    except REFUSALS as refusal:
        for words in words_of(refusal):
            messages.error(request, words)
        if note := request.POST.get("note", "").strip():
            messages.warning(request, _("Your note was not saved: %s") % note)
        return False
    messages.success(request, done)
    return True


def put(form: Any, refusal: Exception) -> None:
    """Put what an action refuses on the form, at the fields it speaks of where the form has them."""
    told = getattr(refusal, "error_dict", None)
    at_fields = told is not None and set(told) <= set(getattr(form, "fields", ()))
    form.add_error(None, refusal if at_fields else words_of(refusal))


def kept(request: HttpRequest, form: Any, act: Callable[[], Any], *, done: str = "", tags: str = "") -> bool:
    """Run an action with what a form holds: say `done` (else: saved), or put the refusal on the form, which keeps every
    word that was typed."""
    try:
        act()
    except REFUSALS as refusal:
        put(form, refusal)
        return False
    messages.success(request, done or _("Saved."), extra_tags=tags)
    return True
