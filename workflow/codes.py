"""Codes that one person reads from paper or a terminal and types: twelve characters of Crockford's base 32.

Sixty bits; no I, L, O or U, and whoever reads 1 as I or 0 as O is understood. They are kept as a keyed hash only, under
a key that lies in a file of its own beside the database (settings.CODE_KEY), so that a copied table opens nothing.
"""

import hmac
import secrets
import unicodedata
from typing import Final

from django.conf import settings

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH: Final = 12
_MISREAD = str.maketrans("OIL", "011", " -–—－_.")


def new_code() -> str:
    """A fresh code of LENGTH characters, ungrouped."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def code_of(seed: str) -> str:
    """The code that belongs to `seed` alone, which nobody computes without the key: the same seed, the same code."""
    number = int.from_bytes(hmac.new(settings.CODE_KEY.encode(), f"code of {seed}".encode(), "sha256").digest())
    return "".join(ALPHABET[number >> 5 * place & 31] for place in range(LENGTH))


def grouped(code: str) -> str:
    """“ABCD-EFGH-JKMN”, as it is printed."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def plain(typed: str) -> str:
    """The code meant by what was typed: any case, any grouping, full-width characters; a misread letter is mended."""
    return unicodedata.normalize("NFKC", typed).upper().translate(_MISREAD)


def digest(purpose: str, code: str) -> str:
    """The keyed hash under which a code is kept, 64 hexadecimal digits; codes of different purposes never match."""
    return hmac.new(settings.CODE_KEY.encode(), f"{purpose}:{code}".encode(), "sha256").hexdigest()


def matches(kept: str, purpose: str, typed: str) -> bool:
    """True if `typed` is the code kept as `kept`; takes as long for a wrong one."""
    return hmac.compare_digest(kept, digest(purpose, plain(typed)))
