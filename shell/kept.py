"""Parts of a page that are rendered once and kept: frame, heads and conditions look the same on page after page."""

import re
from collections.abc import Hashable, Mapping
from typing import Any, Final
from urllib.parse import quote_plus

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from shell.formats import escaped

MOST: Final = 2000
FROM_GIVEN: Final = object()
STAND_INS: Final = [chr(0xE000 + n) for n in range(100)]  # private to whoever uses them: nobody's text
_STAND_IN: Final = re.compile("|".join([*STAND_INS, *map(quote_plus, STAND_INS)]))
_parts: dict[tuple[Hashable, ...], SafeString] = {}


def kept(template: str, look: Any = FROM_GIVEN, words: Mapping[str, str] | None = None, **given: Any) -> SafeString:
    """`template` rendered with `given` and nothing else, from memory where it was rendered with an equal `look` before.

    What has an equal look must come out equal: no token, no moment. Without a look of its own, all that is given is the
    look; None keeps nothing. What somebody typed is never kept: the part holds stand-ins, and `words` says for what.
    """
    if look is None:
        return render_to_string(template, given)
    key = (template, get_language(), tuple(given.items()) if look is FROM_GIVEN else look)
    if key not in _parts:
        if len(_parts) >= MOST:
            _parts.clear()
        _parts[key] = render_to_string(template, given)
    return _put_in(_parts[key], words) if words else _parts[key]


def _put_in(text: str, words: Mapping[str, str]) -> SafeString:
    """The words in the places of their stand-ins, as text and in addresses."""
    said = {one: escaped(word) for one, word in words.items()}
    said |= {quote_plus(one): quote_plus(word) for one, word in words.items()}
    return mark_safe(_STAND_IN.sub(lambda found: said.get(found[0], found[0]), text))
