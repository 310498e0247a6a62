"""Parts of a page that are rendered once and kept: frame, heads and conditions look the same on page after page."""

from collections.abc import Hashable
from typing import Any, Final

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

MOST: Final = 2000
FROM_GIVEN: Final = object()
_parts: dict[tuple[Hashable, ...], SafeString] = {}


def kept(template: str, look: Any = FROM_GIVEN, **given: Any) -> SafeString:
    """`template` rendered with `given` and nothing else, from memory where it was rendered with an equal `look` before.

    What has an equal look must come out equal: no token, no moment. Without a look of its own, all that is given is the
    look; None keeps nothing, for what holds words that somebody typed.
    """
    if look is None:
        return render_to_string(template, given)
    key = (template, get_language(), tuple(given.items()) if look is FROM_GIVEN else look)
    if key not in _parts:
        if len(_parts) >= MOST:
            _parts.clear()
        _parts[key] = render_to_string(template, given)
    return _parts[key]
