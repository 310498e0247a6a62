"""Plant faults in the tables and rules on which rights and decisions rest, and see that a test notices each.

    python -m scripts.mutants                    all chosen files
    python -m scripts.mutants branches/reach.py  one of them; with :79 behind it that line only
    python -m scripts.mutants --list             what would be planted

Each fault is planted in a copy of the tree, and only the tests named for its file run, with a limit of time. First
quickly: in a fork of one process that has loaded everything, tests included, the module is run again from the changed
source and put in the place of the old one wherever its names are held (scripts/staged.py). What lives through that runs
again in a fork that loads its tests anew, and then once more from the start, for a name held somewhere else would let a
fault live. One that no test notices then survives: it is printed, and the exit code is 1. What nobody can notice is
named in EQUIVALENT.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

import pytest

from scripts.chosen import CHOSEN
from scripts.mutation import Mutant, mutants
from scripts.staged import LEAST_SECONDS, TIMES, Stage, ended_within
from scripts.witnesses import Order, Watch, function_around

ROOT = Path(__file__).resolve().parent.parent
_RIGHTS = """OWN HOME LEAD LEAD_GROUP RECORD KEEP_REGISTER GIVE_SLIPS DELEGATE END_DELEGATION ARRANGE RELEASE
WRITE_FOR_COMMITTEE READ_BRANCH OVERSEE ACCEPT LEAD_ABOVE SUPERVISE ENTER_FOR REVIEW ENTER_WORDS RUN_ROUNDS
SORT_OPINIONS CONCERNED EXPORT MANAGE_ACCOUNTS READ_AUDIT RUN_SYSTEM"""
MEMBERS = {  # a word becomes the next one of its enumeration
    name: words.split()
    for name, words in {
        "Right": _RIGHTS,
        "Office": "SECRETARY COMMITTEE_MEMBER CLERK GROUP_LEADER OFFICER SUPERVISOR LIAISON",
        "AdminRole": "SYSTEM SECURITY AUDIT",
        "Severity": "OFF REMIND WARN BLOCK",
        "Level": "NATIONAL LOCAL ADVICE",
    }.items()
}
# (file, the line, the fault): why nobody can notice it.
EQUIVALENT: dict[tuple[str, str, str], str] = {
    (
        "branches/tree.py",
        "return tuple(path[:end] for end in range(STEP, len(path) + 1, STEP))",
        "1 becomes 2",
    ): "a path is as long as whole steps",
    (
        "branches/rules/wide.py",
        'nearest = above.order_by("-organisation__path").values("severity")[:1]',
        "1 becomes 2",
    ): "SQLite takes the first row of several; on PostgreSQL tests/branches/test_rules_wide.py notices",
    (
        "branches/reach.py",
        "_SAMPLES = (1, date.min), (2, date.max)",
        "2 becomes 3",
    ): "any two keys that differ",
    (
        "appraisals/rounds/actions/gate.py",
        'Progress.objects.bulk_update(rows, ["lacking", "requested_on", "answer_by", "is_entered_for"], '
        "batch_size=500)",
        "500 becomes 501",
    ): "how many rows a statement takes: the same is written",
    ("appraisals/materials/owed.py", "BATCH = 1000", "1000 becomes 1001"): "how many rows are read at once",
    (
        "rectification/publishing/models.py",
        "return self.filter(self.of_office(user, Right.RECORD), state=PublicationState.RETURNED)",
        "RECORD becomes KEEP_REGISTER",
    ): "of those who keep records the group leader alone is more, and no publication is of a group",
    **{
        ("rectification/problems/ages.py", "return self.last is not None and self.last < 0", what): "no step ends today"
        for what in ("< becomes <=", "0 becomes 1")
    },
    (
        "rectification/problems/models/readers.py",
        'return above & ~Q(**{f"{self.path_lookup}__in": served}) if served and above != NOTHING else above',
        "and becomes or",
    ): "the same rows by another plan: nothing, narrowed, is nothing",
    (
        "appraisals/votes/models.py",
        'rows = self.filter(state=VoteState.COUNTED).annotate(counted_by=Subquery(counted.values("actor_key")[:1]))',
        "1 becomes 2",
    ): "SQLite takes the first row of several; PostgreSQL refuses",
    **{
        (
            "rectification/imports/plan.py",
            "void[key] = void.get(key, 0) + 1",
            what,
        ): "any number that is another each time"
        for what in ("0 becomes 1", "+ becomes -", "1 becomes 2")
    },
    ("rectification/imports/columns.py", "width: float = 14", "14 becomes 15"): "how wide a column is printed",
    ("rectification/imports/columns.py", "@lru_cache(maxsize=1000)", "1000 becomes 1001"): "how many are remembered",
    ("appraisals/votes/summary/table.py", "CHUNK = 500", "500 becomes 501"): "how many rows are read at once",
    ("ballots/marks.py", "@lru_cache(maxsize=200)", "200 becomes 201"): "how many polls are remembered",
    ("appraisals/votes/meeting.py", "MOST = 40", "40 becomes 41"): "how many votes a page of a meeting names",
    (
        "meetings/plans/periods.py",
        "return period_of(self.first - timedelta(1), self.kind)",
        "1 becomes 2",
    ): "two days before the first of a month lie in the month before, as one day does",
}
OPTIONS = ("-x", "-q", "-m", "not postgres", "-p", "pytest_django.plugin", "--reuse-db")


def main(arguments: list[str]) -> int:
    """Plant, run, report; 1 where a fault survived or the tests fail without one."""
    paths = [path for path in arguments if not path.startswith("-")] or list(CHOSEN)
    if "--list" in arguments:
        for path in paths:
            name, _colon, line = path.partition(":")
            for mutant in mutants((ROOT / name).read_bytes(), MEMBERS):
                if str(mutant.line) == (line or str(mutant.line)):
                    print(f"{name}:{mutant.line} {mutant.what}")
        return 0
    os.nice(10)
    made = survived = 0
    begin = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="branchlife-mutants-") as folder:
        tree = _copy(Path(folder) / "tree")
        _load(tree)
        for path in paths:
            name, _colon, line = path.partition(":")
            planted, lived = _all_of(tree, name, int(line or 0))
            made, survived = made + planted, survived + lived
            took = time.monotonic() - begin
            print(f"{path:34} {planted:4} made  {planted - lived:4} killed  {took:6.0f} s", flush=True)
    print(f"{made} made, {made - survived} killed, {survived} survived; {len(EQUIVALENT)} known to change nothing")
    return int(bool(survived))


def _all_of(tree: Path, path: str, line: int) -> tuple[int, int]:
    """How many faults of one file were planted, and how many survived; of one line, unless it is 0.

    Ends the run where the tests fail without a fault.
    """
    source = (tree / path).read_bytes()
    lines = source.decode().splitlines()
    every = (mutant for mutant in mutants(source, MEMBERS) if line in (0, mutant.line))
    found = [mutant for mutant in every if (path, lines[mutant.line - 1].strip(), mutant.what) not in EQUIVALENT]
    lived = 0
    for mutant in _left(tree, path, source, found):
        lived += 1
        print(f"SURVIVED {path}:{mutant.line} {mutant.what}", flush=True)
    return len(found), lived


def _left(tree: Path, path: str, source: bytes, found: list[Mutant]) -> Iterator[Mutant]:
    """Those that no test notices."""
    functions = [function_around(source, mutant.line) for mutant in found]
    told = _staged(tree, path, [source, *(mutant.planted(source) for mutant in found)], [None, *functions])
    if told is None:  # not where tests hold what the module made when they were collected
        told = _watched(tree, path, source)
    limit = max(LEAST_SECONDS, TIMES * told["seconds"])
    for mutant, function, was_killed in zip(found, functions, told["killed"] or [False] * len(found), strict=True):
        changed, order = mutant.planted(source), Order(told["seen"], function)
        if was_killed or (told["is_quick"] and _run(path, changed, limit, order)):
            continue
        if _run_anew(tree, path, changed, limit + LEAST_SECONDS) == 0:
            yield mutant


def _copy(target: Path) -> Path:
    """The files of the repository as they stand here, committed or not."""
    asked = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    for name in subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines():
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target / name)
    return target


def _load(tree: Path) -> None:
    """Become a process that has loaded the copy. Its database stays from run to run: as with the workers of
    pytest-xdist it lies in a folder that is given."""
    os.chdir(tree)
    for name in [name for name in os.environ if name.startswith("BRANCHLIFE_")]:
        del os.environ[name]
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "config.settings_test",
        "PYTEST_XDIST_WORKER": "mutants",
        "BRANCHLIFE_DATA_DIR": str(tree.parent / "data"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",  # they would take longer than most of the tests
    }
    sys.dont_write_bytecode = True
    sys.path[:] = [str(tree), *(path for path in sys.path if path not in ("", str(ROOT)))]
    import django

    django.setup()
    for name in ["config.urls", "hypothesis", "pytest_django.plugin", *(_module(path) for path in CHOSEN)]:
        import_module(name)


def _module(path: str) -> str:
    return path.removesuffix(".py").replace("/", ".")


def _staged(tree: Path, path: str, sources: list[bytes], functions: list[int | None]) -> dict[str, Any] | None:
    """What scripts/staged.py tells; None where the tests fail in this way even without a fault."""
    told = tree.parent / "told.json"
    told.unlink(missing_ok=True)
    child = os.fork()
    if child == 0:
        _become_pytest(path, [Stage(path, sources, functions, _put_in_place, told)])
    os.waitpid(child, 0)
    return json.loads(told.read_text()) | {"is_quick": True} if told.exists() else None


def _watched(tree: Path, path: str, source: bytes) -> dict[str, Any]:
    """The same of a fork that loads its tests anew: not where the module keeps what others registered with it."""
    told, begin = tree.parent / "seen.json", time.monotonic()
    is_quick = _run(path, source, 600, Watch(path, told)) == 0
    if not is_quick and _run_anew(tree, path, source, 600):
        sys.exit(f"{path}: its tests fail without a fault")
    seen = json.loads(told.read_text()) if is_quick else {}
    return {"seconds": time.monotonic() - begin, "seen": seen, "killed": [], "is_quick": is_quick}


def _run(path: str, changed: bytes, limit: float, *plugins: object) -> int:
    """Exit code of pytest in a fork with the changed module; -1 for a run that was ended at the limit."""
    child = os.fork()
    if child == 0:
        _become_pytest(path, plugins, changed)
    return ended_within(child, limit)


def _become_pytest(path: str, plugins: Sequence[object], changed: bytes | None = None) -> NoReturn:
    code = 1
    try:
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        if changed is not None:
            _put_in_place(path, changed)
        sys.dont_write_bytecode = False  # of the tests, compiled once; no chosen file is imported from here on
        code = pytest.main([*OPTIONS, *CHOSEN[path]], plugins)
    finally:
        os._exit(int(code))


def _put_in_place(path: str, changed: bytes) -> None:
    """Run the module from the changed source, and give its new values to every module and class that held the old; a
    class that was made from an old one is made from the new."""
    module = sys.modules[_module(path)]
    kept = dict(vars(module))  # held, so that no identity is used again
    old = {id(value): name for name, value in kept.items() if not isinstance(value, str | int | None)}
    exec(compile(changed, path, "exec"), vars(module))
    rooms = {name.partition("/")[0] for name in CHOSEN} | {"reminders", "reports"}
    held = [m for name, m in sys.modules.items() if name.partition(".")[0] in rooms or name.startswith("test")]
    for other in [m for m in held if m is not module]:
        classes = [v for v in vars(other).values() if isinstance(v, type) and v.__module__ == other.__name__]
        for holder in (other, *classes):
            _renew(holder, old, vars(module))
        for holder in classes:
            bases = tuple(vars(module)[old[id(base)]] if id(base) in old else base for base in holder.__bases__)
            if bases != holder.__bases__:
                with suppress(TypeError):  # of another layout: the tests load it anew
                    holder.__bases__ = bases


def _renew(holder: Any, old: dict[int, str], new: dict[str, Any]) -> None:
    for name, value in list(vars(holder).items()):
        if id(value) in old and not name.startswith("__"):
            setattr(holder, name, new[old[id(value)]])


def _run_anew(tree: Path, path: str, changed: bytes, limit: float) -> int:
    """The exit code of pytest in a process of its own, with the fault in the file; -1 at the limit."""
    source = (tree / path).read_bytes()
    command = [sys.executable, "-m", "pytest", *OPTIONS, *CHOSEN[path]]
    silent = subprocess.DEVNULL
    try:
        (tree / path).write_bytes(changed)
        return subprocess.run(command, cwd=tree, stdout=silent, stderr=silent, timeout=limit).returncode
    except subprocess.TimeoutExpired:
        return -1
    finally:
        (tree / path).write_bytes(source)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
