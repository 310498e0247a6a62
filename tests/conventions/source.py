"""Our own source, parsed once, for the guards that read it."""

import ast
import subprocess
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
ROOMS = (
    "workflow", "jobs", "sheets", "papers", "shell", "ballots", "branches", "figures", "reminders", "meetings", "appraisals",
    "rectification", "reports", "world",
)  # fmt: skip


@dataclass(frozen=True)
class Module:
    """One of our Python files; `path` from the root, with slashes."""

    path: str
    text: str
    tree: ast.Module

    @property
    def room(self) -> str:
        return self.path.partition("/")[0]

    @property
    def lines(self) -> int:
        return len(self.text.splitlines())

    def is_a(self, *kinds: str) -> bool:
        """True for models.py and anything in models/, and so on for the other kinds."""
        parts = Path(self.path).with_suffix("").parts
        return any(part in kinds for part in parts[1:])


def parsed(path: str, text: str) -> Module:
    return Module(path, text, ast.parse(text))


@cache
def tracked() -> tuple[str, ...]:
    """Every file that belongs to the repository: known to git, or new and not ignored; without git, all but caches."""
    asked = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    try:
        told = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    except (OSError, subprocess.CalledProcessError):
        told = [path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*") if not _is_left_out(path)]
    return tuple(sorted(name for name in set(told) if (ROOT / name).is_file()))


def _is_left_out(path: Path) -> bool:
    parts = path.relative_to(ROOT).parts
    return any(part.startswith(".") and part != ".ci" for part in parts) or parts[0] in ("var", "node_modules")


@cache
def modules(*folders: str) -> tuple[Module, ...]:
    """Our Python files below these folders; without any, those of all rooms."""
    wanted = folders or ROOMS
    paths = (name for name in tracked() if name.endswith(".py") and name.partition("/")[0] in wanted)
    return tuple(parsed(path, (ROOT / path).read_text()) for path in paths)


@cache
def templates() -> tuple[tuple[str, str], ...]:
    """(path below templates/, text) of every page and fragment."""
    paths = (name for name in tracked() if name.startswith("templates/") and name.endswith(".html"))
    return tuple((path.removeprefix("templates/"), (ROOT / path).read_text()) for path in paths)


def functions(tree: ast.AST) -> Iterator[tuple[str, ast.FunctionDef]]:
    """(qualified name, node) of every function and method, nested ones under the name of the outer one."""
    yield from _functions(tree, "")


def _functions(node: ast.AST, prefix: str) -> Iterator[tuple[str, ast.FunctionDef]]:
    for child in ast.iter_child_nodes(node):
        name = f"{prefix}{child.name}" if isinstance(child, ast.FunctionDef | ast.ClassDef) else ""
        if isinstance(child, ast.FunctionDef):
            yield name, child
        yield from _functions(child, f"{name}." if name else prefix)


def where(module: Module) -> dict[int, str]:
    """The innermost function or class around each line, “” at module level: what an exception is listed under."""
    places: dict[int, str] = {}
    for name, node in _scopes(module.tree, ""):
        places |= dict.fromkeys(range(node.lineno, (node.end_lineno or node.lineno) + 1), name)
    return places


def _scopes(node: ast.AST, prefix: str) -> Iterator[tuple[str, ast.FunctionDef | ast.ClassDef]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.ClassDef):
            yield prefix + child.name, child
            yield from _scopes(child, f"{prefix}{child.name}.")
        else:
            yield from _scopes(child, prefix)


def compare(found: dict[str, list[str]], allowed: dict[str, str] | dict[str, tuple[str, ...]]) -> None:
    """Fail on a finding that is not listed, and on a listed exception that nothing uses any more.

    An exception is a reason, or a reason and the very expressions it lets through: one more in the same function fails.
    """
    wrong = []
    for place in sorted(found.keys() | allowed.keys()):
        reason, there = allowed.get(place), sorted(set(found.get(place, [])))
        if reason is None:
            wrong.append(f"{place}: {', '.join(there)}")
        elif not there:
            wrong.append(f"{place}: listed, but no longer needed")
        elif isinstance(reason, tuple) and sorted(reason[1:]) != there:
            wrong.append(f"{place}: {', '.join(there)}, while listed are {', '.join(sorted(reason[1:]))}")
    assert not wrong, "\n".join(["", *wrong])


def gather(sources: tuple[Module, ...], check: Callable[[Module], Iterable[tuple[int, str]]]) -> dict[str, list[str]]:
    """What `check(module)` finds as (line, expression), by “path function”."""
    found: dict[str, list[str]] = {}
    for module in sources:
        places = where(module)
        for line, expression in check(module):
            found.setdefault(f"{module.path} {places.get(line, '')}".strip(), []).append(expression)
    return found
