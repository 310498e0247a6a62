"""Which tests pass through which function of a module, and how long each takes: a fault is shown first to those that
are likely to notice it, the quickest of them first. Plugins of pytest, used by scripts/mutants.py.
"""

import ast
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

Seen = dict[str, tuple[float, list[int]]]  # by test: seconds, and the first lines of the functions it passed through


class Watch:
    """Writes what each test does of the module at `path` into the file `into`."""

    def __init__(self, path: str, into: Path) -> None:
        self.path, self.into = path, into
        self.seen: dict[str, tuple[float, set[int]]] = {}
        self._lines: set[int] = set()

    def _called(self, frame: FrameType, _event: str, _argument: Any) -> None:
        if frame.f_code.co_filename == self.path:
            self._lines.add(frame.f_code.co_firstlineno)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self._lines = set()
        sys.settrace(self._called)
        try:
            return (yield)
        finally:
            sys.settrace(None)
            seconds = self.seen.get(item.nodeid, (0.0, set()))[0]
            self.seen[item.nodeid] = seconds, self._lines

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        seconds, lines = self.seen.get(report.nodeid, (0.0, set()))
        self.seen[report.nodeid] = seconds + report.duration, lines

    def pytest_sessionfinish(self) -> None:
        self.into.write_text(json.dumps({test: (took, sorted(lines)) for test, (took, lines) in self.seen.items()}))


class Order:
    """Puts those tests first that pass through `function`, its first line; each part with its quickest first."""

    def __init__(self, seen: Seen, function: int | None) -> None:
        self.seen, self.function = seen, function

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items.sort(key=lambda item: self._place(item.nodeid))

    def _place(self, test: str) -> tuple[bool, float]:
        took, lines = self.seen.get(test, (0.0, []))
        return self.function is not None and self.function not in lines, took


def function_around(source: bytes, line: int) -> int | None:
    """The first line, its decorators included, of the innermost function that holds `line`; None outside of any."""
    found = [
        (min([node.lineno, *(one.lineno for one in node.decorator_list)]), node.end_lineno or node.lineno)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef)
    ]
    return max((first for first, last in found if first <= line <= last), default=None)
