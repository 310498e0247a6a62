"""Asking before what cannot easily be taken back: 1 does it and says how to undo, 2 asks, 3 wants a word typed."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

OWN = {"csrfmiddlewaretoken", "confirmed", "confirm_word"}


def ask(
    request: HttpRequest,
    *,
    title: str,
    text: str,
    back: str,
    label: str = "",
    severity: Literal[1, 2, 3] = 2,
    word: str = "",
    rewrite: tuple[str, str] | None = None,
    note: str = "",
    carry: Mapping[str, str] = MappingProxyType({}),
) -> HttpResponse | None:
    """None once the person has confirmed this POST; until then the page that asks, carrying what was sent.

    Where a script runs, components/_confirm.html has asked already and the page is never seen. `rewrite` is the name
    and value of a button that leads back to the form with what was typed; without it a link leads to `back`. With
    `note`, the label of a field, nothing is confirmed without a reason; it is posted as “note”. `carry` is sent along
    with what was sent.
    """
    typed = request.POST.get("confirm_word", "").strip()
    confirmed = "confirmed" in request.POST
    silent = bool(note) and not request.POST.get("note", "").strip()
    if severity == 1 or (confirmed and not silent and (severity == 2 or typed == word)):
        return None
    own = OWN | ({"note"} if note else set())
    sent = ((name, text) for name, texts in request.POST.lists() for text in texts)
    context = {
        "title": title,
        "text": text,
        "back": back,
        "rewrite": rewrite,
        "label": label or title,
        "word": word if severity == 3 else "",
        "note": note,
        "error": confirmed
        and (_("Please give a reason.") if silent else _("Not the same: please type “%(word)s”.") % {"word": word}),
        "carried": [*carry.items(), *((name, text) for name, text in sent if name not in own | carry.keys())],
    }
    return render(request, "shell/confirm.html", context)
