"""Limits on wrong passwords: what they count, how long a wait is, and a cache that never holds a request up.

The figures stand in the settings (ACCOUNT_RATE_LIMITS); allauth counts. Its own key for failures is the login name
or the address; ours is both together, so that nobody locks a colleague out, nor a whole office behind one address.
"""

import logging
import math
import time
from collections.abc import Callable
from typing import Any, ClassVar

from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache
from django.http import HttpRequest
from redis.exceptions import RedisError

from shell.address import client_address, neighbourhood

log = logging.getLogger(__name__)
APP, FAILED, CODE_FAILED = "allauth.account", "login_failed", "code_failed"
LOCKED = "too_many_login_attempts"  # allauth's code for it


def failures_key(request: HttpRequest, login: str) -> str:
    """Under which failures of this login name from this place are counted."""
    return f"{login.strip().lower()}@{neighbourhood(client_address(request))}"


def minutes_to_wait(request: HttpRequest, login: str, action: str = FAILED) -> int:
    """Minutes, rounded up, until this login name may be tried again from this place; 0 where it may now."""
    (rate,) = ratelimit.get_rates(app=APP, action=action)
    key = ratelimit.get_cache_key(request, app=APP, action=action, rate=rate, key=failures_key(request, login))
    failures = cache.get(key, [])  # moments, the newest first
    if len(failures) < rate.amount:
        return 0
    return max(0, math.ceil((failures[-1] + rate.duration - time.time()) / 60))


class ImpatientRedis(RedisCache):
    """Redis as a cache that may fall silent: it is asked once, and then left alone for a few seconds.

    Meanwhile nothing is remembered, so limits let through: better a morning without them than one without sign-in.
    Whoever must refuse instead (ballots) asks Redis directly.
    """

    LEFT_ALONE_SECONDS: ClassVar = 5
    silent_until: ClassVar[float] = 0.0  # shared by all threads; Django gives each of them a cache object of its own

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return self._ask(super().add, True, key, value, timeout, version)

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return self._ask(super().get, default, key, default, version)

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        self._ask(super().set, None, key, value, timeout, version)

    def delete(self, key: Any, version: int | None = None) -> bool:
        return self._ask(super().delete, False, key, version)

    def delete_many(self, keys: Any, version: int | None = None) -> None:
        self._ask(super().delete_many, None, keys, version)

    def get_many(self, keys: Any, version: int | None = None) -> dict[Any, Any]:
        found: dict[Any, Any] = self._ask(super().get_many, {}, keys, version)
        return found

    def set_many(self, data: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> list[Any]:
        return self._ask(super().set_many, [], data, timeout, version) or []

    def _ask(self, call: Callable[..., Any], otherwise: Any, *args: Any) -> Any:
        if time.monotonic() < ImpatientRedis.silent_until:
            return otherwise
        try:
            return call(*args)
        except (RedisError, OSError) as error:
            ImpatientRedis.silent_until = time.monotonic() + self.LEFT_ALONE_SECONDS
            log.warning("The cache does not answer (%s); doing without it.", type(error).__name__)
            return otherwise
