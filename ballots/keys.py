"""Where the private key of a poll is while it runs: never in the database.

Either in a file in a folder of its own (settings.BALLOT_KEYS, in memory where the machine has such a place), on one
host, gone at a reboot; or on paper, as two halves of which each alone tells nothing, one for each teller.
"""

import os
import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ballots.sealing import KEY, public_of
from workflow import codes

BITS = 5  # of one character
HALF = -(-KEY * 8 // BITS)  # characters of a half


class KeyLost(Exception):
    """No key opens the boxes of this poll any more: it has to be made void and repeated."""


def keep(private: bytes) -> None:
    """Write a key to its file, which is called after the public key that belongs to it."""
    file = _file(public_of(private))
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
        opened.write(private)


def kept(public_key: Any) -> bytes:
    """The private key from its file. Raises KeyLost."""
    try:
        return _file(public_key).read_bytes()
    except FileNotFoundError:
        raise KeyLost from None


def destroy(public_key: Any) -> None:
    """Write over the file of a key, then remove it; without one nothing happens."""
    file = _file(public_key)
    if file.exists():
        file.write_bytes(secrets.token_bytes(KEY))
        file.unlink()


def _file(public_key: Any) -> Path:
    return Path(settings.BALLOT_KEYS) / bytes(public_key).hex()


def halves(private: bytes) -> tuple[str, str]:
    """A key as two codes for paper; either alone is as good as random."""
    one = secrets.token_bytes(KEY)
    return _written(one), _written(bytes(a ^ b for a, b in zip(private, one, strict=True)))


def joined(first: str, second: str, public_key: Any) -> bytes:
    """The key made of two typed halves, in either order. Raises ValidationError unless it belongs to `public_key`."""
    try:
        private = bytes(a ^ b for a, b in zip(_read(first), _read(second), strict=True))
    except ValueError:
        private = b""
    if not private or public_of(private) != bytes(public_key):
        raise ValidationError(_("These two halves do not open this box. Please compare them letter by letter."))
    return private


def _written(key: bytes) -> str:
    number = int.from_bytes(key)
    return "".join(codes.ALPHABET[number >> BITS * place & 31] for place in reversed(range(HALF)))


def _read(typed: str) -> bytes:
    code = codes.plain(typed)
    if len(code) != HALF or set(code) - set(codes.ALPHABET):
        raise ValueError("no half of a key")
    number = 0
    for character in code:
        number = number << BITS | codes.ALPHABET.index(character)
    return number.to_bytes(KEY)
