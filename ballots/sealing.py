"""Sealing a ballot so that only the count can open it: X25519 with a key of its own for each box, HKDF, AES-GCM.

A box opens with the private key of its poll alone, and only as a box of that poll. Whoever seals keeps nothing.
"""

from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY = 32  # bytes of a key, private or public
NONCE = 12


class Tampered(Exception):
    """A box that this key does not open: another poll's, or not as it was sealed."""


def new_pair() -> tuple[bytes, bytes]:
    """A fresh private key and its public key, KEY bytes each."""
    private = X25519PrivateKey.generate()
    return private.private_bytes_raw(), private.public_key().public_bytes_raw()


def public_of(private: bytes) -> bytes:
    """The public key that belongs to a private one."""
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def seal(public_key: Any, poll: int, body: bytes) -> bytes:
    """`body` as a box of the poll: 48 bytes longer, whatever it says."""
    own, public_key = X25519PrivateKey.generate(), bytes(public_key)  # a memoryview out of PostgreSQL
    head = own.public_key().public_bytes_raw()
    key, nonce = _derived(own.exchange(X25519PublicKey.from_public_bytes(public_key)), head, public_key)
    return head + AESGCM(key).encrypt(nonce, body, _bound_to(poll))


def opened(private: bytes, poll: int, box: bytes) -> bytes:
    """What a box of the poll holds. Raises Tampered."""
    head = box[:KEY]
    shared = X25519PrivateKey.from_private_bytes(private).exchange(X25519PublicKey.from_public_bytes(head))
    key, nonce = _derived(shared, head, public_of(private))
    try:
        return AESGCM(key).decrypt(nonce, box[KEY:], _bound_to(poll))
    except InvalidTag:
        raise Tampered from None


def _derived(shared: bytes, head: bytes, public_key: bytes) -> tuple[bytes, bytes]:
    told = HKDF(SHA256(), KEY + NONCE, salt=None, info=b"branchlife ballot" + head + public_key).derive(shared)
    return told[:KEY], told[KEY:]


def _bound_to(poll: int) -> bytes:
    return f"poll:{poll}".encode()
