"""What the pages of everything that moves have in common: its buttons, its history, and the answer to a button."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from branches import sequels
from branches.http import AuthedRequest
from branches.models import User
from branches.pages import perform
from shell.confirm import ask
from workflow.moves import Move, available_moves, is_by_proxy
from workflow.moving import Moving
from workflow.words import told

NOTHING: Mapping[str, str] = MappingProxyType({})


def shown(subject: Moving, user: User, cautions: Mapping[str, str] = NOTHING) -> dict[str, Any]:
    """What shell/moving.html prints of any record; a move without a label has no button. `cautions`: by the name of a
    move what is said of this record before it is asked."""
    able = [move for move in available_moves(subject, user) if move.label]
    moves = [_for_others(_asking(move, cautions), subject, user) for move in able]
    told = {"subject": subject, "moves": moves, "history": subject.history}
    return told | {"sequels": sequels.of(subject, user)}


def _for_others(move: Move, subject: Moving, user: User) -> Move:
    """What is done in the place of others says so on its button, as the history will, and is nobody's next step."""
    if not is_by_proxy(move, subject, user):
        return move
    return replace(move, label=_("%s (for them)") % move.label, primary=False)


def _asking(move: Move, cautions: Mapping[str, str]) -> Move:
    """A move for which there is a caution asks before it is made, whatever its table says."""
    words = cautions.get(move.name, "")
    return replace(move, asks=words, severity=max(move.severity, 2)) if words else move


def moved(
    request: AuthedRequest, subject: Moving, name: str, act: Callable[..., Any], cautions: Mapping[str, str] = NOTHING
) -> HttpResponse:
    """Make a move by its button through `act(subject, name, actor=…, note=…)`, or say why not; asked first where its
    row or a caution says so and a reason is not asked anyway. Raises Http404 where no button has this name,
    PermissionDenied."""
    if not any(move.label for move in subject.MOVES if move.name == name):
        raise Http404
    now = next((move for move in available_moves(subject, request.user) if move.name == name), None)
    if now and not now.needs_note:
        now, back = _asking(now, cautions), subject.get_absolute_url()
        text = now.asks or _("This cannot be taken back by yourself. Go on?")
        if page := ask(request, title=str(now.label), text=text, back=back, severity=now.severity):
            return page
    note = request.POST.get("note", "")
    perform(
        request,
        lambda: act(subject, name, actor=request.user, note=note),
        done=_("Done: %s.") % told(name, subject._meta.label_lower),
    )
    return redirect(subject)
