"""The address of the page of one row, for lists that print many."""

from functools import lru_cache

from django.urls import get_script_prefix, reverse

STAND_IN = 770077007700


def page_of(view: str, key: int) -> str:
    """As reverse(view, args=[key]), for a view whose address holds that one number; a sixth of its cost."""
    before, after = around(view)
    return f"{before}{key}{after}"


def around(view: str) -> tuple[str, str]:
    """What stands before the key in such an address and behind it, for tables of thousands."""
    return _around(view, get_script_prefix())


@lru_cache(maxsize=500)
def _around(view: str, prefix: str) -> tuple[str, str]:
    before, _, after = reverse(view, args=[STAND_IN]).partition(str(STAND_IN))
    return before, after
