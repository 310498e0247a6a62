"""One run of pytest for all faults of a module: started and collected once, then a fork for each fault, in which the
module is run again from the changed source and the tests follow. Used by scripts/mutants.py.
"""

import json
import os
import signal
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

import pytest

from scripts.witnesses import Order, Seen, Watch

LEAST_SECONDS, TIMES = 20, 6  # the limit: so many times what the tests take without a fault


class Stage:
    """A plugin of pytest that runs the tests once for each of `sources`, the first of them without a fault.

    It writes what came of it into `into`: {"seconds", "seen" (scripts/witnesses.py), "killed": [true, …]}; nothing
    where the tests fail without a fault. `functions` holds the first line of the function each fault lies in.
    """

    def __init__(
        self,
        path: str,
        sources: Sequence[bytes],
        functions: Sequence[int | None],
        put_in_place: Callable[[str, bytes], None],
        into: Path,
    ) -> None:
        self.path, self.sources, self.functions, self.put_in_place = path, sources, functions, put_in_place
        self.into = into

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        told = self.into.with_suffix(".seen")
        begin = time.monotonic()
        if not session.items or self._forked(session, self.sources[0], Watch(self.path, told), 600):
            return True
        seconds, seen = time.monotonic() - begin, json.loads(told.read_text())
        limit = max(LEAST_SECONDS, TIMES * seconds)
        killed = [self._is_killed(session, n, seen, limit) for n in range(1, len(self.sources))]
        self.into.write_text(json.dumps({"seconds": seconds, "seen": seen, "killed": killed}))
        return True

    def _is_killed(self, session: pytest.Session, number: int, seen: Seen, limit: float) -> bool:
        order = Order(seen, self.functions[number])
        return bool(self._forked(session, self.sources[number], order, limit))

    def _forked(self, session: pytest.Session, source: bytes, plugin: Any, limit: float) -> int:
        child = os.fork()
        if child == 0:
            self._become_a_run(session, source, plugin)
        return ended_within(child, limit)

    def _become_a_run(self, session: pytest.Session, source: bytes, plugin: Any) -> NoReturn:
        code = 1
        try:
            self.put_in_place(self.path, source)
            session.config.pluginmanager.register(plugin)
            if isinstance(plugin, Order):
                plugin.pytest_collection_modifyitems(session.items)
            code = _run(session)
            if isinstance(plugin, Watch):
                plugin.pytest_sessionfinish()
        finally:
            os._exit(code)


def _run(session: pytest.Session) -> int:
    """Run what was collected until one test fails; 1 where one did."""
    for item, following in zip(session.items, [*session.items[1:], None], strict=True):
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if session.testsfailed:
            return 1
    return 0


def ended_within(child: int, limit: float) -> int:
    """The exit code of a child, -1 where it was ended after `limit` seconds."""
    begin = time.monotonic()
    while time.monotonic() < begin + limit:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return abs(os.waitstatus_to_exitcode(status))
        time.sleep(0.02)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return -1
