"""What htmx asks for: a page, the list area of a page, or a page inside the drawer."""

from typing import Final

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

LIST_AREA: Final = "list-area"
DRAWER: Final = "drawer-body"
BASES: Final = {LIST_AREA: "shell/fragment.html", DRAWER: "shell/drawer.html"}


def wants_fragment(request: HttpRequest) -> bool:
    """True if htmx will swap a part of the page; false for full loads, boosted links and the back button."""
    # Error pages may come from before the htmx middleware, hence no attribute access.
    htmx: HtmxDetails | None = getattr(request, "htmx", None)
    if not htmx:
        return False
    return not htmx.boosted and not htmx.history_restore_request


def base_template(request: HttpRequest) -> str:
    """The template a page extends: the whole frame, or less where htmx swaps only a part."""
    if not wants_fragment(request):
        return "base.html"
    return BASES.get(request.headers.get("HX-Target", ""), "base.html")
