"""What lies in the cache, whichever it is."""

import pickle

from django.core.cache import caches


def cached():
    """Names and values in the cache, of this process or in Redis, as the bytes or values they are kept as."""
    inside = caches["default"]._cache
    if isinstance(inside, dict):
        return [*inside, *(pickle.loads(value) for value in inside.values())]
    client = inside.get_client()
    names = list(client.scan_iter())
    return [*names, *(client.get(name) for name in names if client.type(name) == b"string")]
