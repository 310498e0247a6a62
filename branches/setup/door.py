"""The way in while no account exists: a code from the terminal opens one page, and every other page leads there."""

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve

from branches.models import User
from workflow import codes

PURPOSE = "set-up"
OPEN = {"setup", "healthz", "readyz", "set_language"}  # addresses that answer before the set-up


class Door:
    """Whether this site is set up. Accounts are never deleted, so that a yes is asked once in the life of a process."""

    is_shut: ClassVar[bool] = False


def is_set_up() -> bool:
    """True once there is an account."""
    if not Door.is_shut:
        Door.is_shut = User.objects.exists()
    return Door.is_shut


def new_code() -> str:
    """A code that opens the set-up page; the one before opens nothing any more. Only its keyed hash is kept."""
    code = codes.new_code()
    path = _path()
    fresh = path.with_suffix(".new")
    fresh.touch(mode=0o600)
    fresh.write_text(codes.digest(PURPOSE, code))
    fresh.replace(path)
    return codes.grouped(code)


def opens(typed: str) -> bool:
    """True if `typed` is the code of now."""
    try:
        kept = _path().read_text()
    except FileNotFoundError:
        return False
    return codes.matches(kept, PURPOSE, typed)


def forget_code() -> None:
    """Remove what is kept of the code, once it has served."""
    _path().unlink(missing_ok=True)


def _path() -> Path:
    return settings.DATA_DIR / "keys" / "setup-code"


def lead_to_setup(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: until the site is set up, every page leads to the set-up."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if is_set_up() or _url_name(request) in OPEN:
            return get_response(request)
        return redirect("setup")

    return middleware


def _url_name(request: HttpRequest) -> str | None:
    try:
        return resolve(request.path_info).url_name
    except Resolver404:
        return None
