"""Garbage of a server process: what was loaded stays, so nothing walks over it again and again."""

import gc

from django.urls import get_resolver

YOUNG = 50_000  # a page makes some thousands, nearly all of them gone without the collector


def settle() -> None:
    """Load every page, then take all that is loaded out of the collector's way: a full walk over it holds up whoever
    asks for a page just then for some 100 ms."""
    _ = get_resolver().url_patterns
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 20, 20)
