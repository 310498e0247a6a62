"""Run the tests on everything this machine has; the last lines say on what, and what was left out.

    python -m scripts.test                     SQLite, then PostgreSQL and Redis, then the browser on both stacks
    python -m scripts.test --fast              SQLite only, no browser, no server, nothing marked slow
    python -m scripts.test --drills            only the drills: servers of their own are killed in the middle of work
    python -m scripts.test --long              only what is marked long and is no drill: SQLite, then PostgreSQL
    python -m scripts.test --nothing-left-out  a part that cannot run, or a skipped test, is a failure

Other arguments go to pytest.
"""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from scripts import browser, services

ORDINARY = "not browser and not drill and not long"
PARALLEL = ["-n", "auto", "--dist", "worksteal"]  # the slowest tests stand first: whoever is idle takes from the others
# They read the source, or count the queries and the rows written, whatever the database: once is enough.
ONCE = [f"--ignore=tests/{name}" for name in ("conventions", "test_query_growth.py", "test_reads_write_nothing.py")]
NO_TESTS = 5  # pytest's exit code where nothing was selected


@dataclass
class Report:
    """What ran, on what, and what did not."""

    lines: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    skipped: dict[str, str] = field(default_factory=dict)  # test → reason
    ran: set[str] = field(default_factory=set)
    failed: bool = False

    def close(self, strict: bool) -> int:
        """Print the last lines; the exit code."""
        reasons = Counter(reason for test, reason in self.skipped.items() if test not in self.ran)
        left_out = self.left_out + [f"{count} skipped: {reason}" for reason, count in reasons.items()]
        print("\n" + "\n".join(self.lines))
        print(f"Left out: {len(left_out)} ({'; '.join(left_out)})" if left_out else "Left out: 0")
        return int(self.failed or (strict and bool(left_out)))


def main(arguments: list[str]) -> int:
    """Run, report, and return the exit code."""
    strict, fast = "--nothing-left-out" in arguments, "--fast" in arguments
    extra = [word for word in arguments if word not in ("--nothing-left-out", "--fast", "--drills", "--long")]
    report = Report()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("BRANCHLIFE_")}
    if fast:
        marks = f"not slow and {ORDINARY} and not postgres and not redis and not soffice"
        run(report, f"SQLite {sqlite3.sqlite_version}", marks, environment, extra)
        report.left_out.append("tests marked slow: `make test` runs them")
        return report.close(strict)
    with services.postgres() as postgres, services.redis_server() as redis:
        if postgres and redis:
            environment |= {"TEST_DATABASE_URL": postgres.url, "TEST_REDIS_URL": redis.url}
        if "--drills" in arguments:
            drill(report, environment, extra, "drill")
            return report.close(strict)
        if "--long" in arguments:
            long(report, environment, extra)
            return report.close(strict)
        soffice = shutil.which("soffice") or shutil.which("libreoffice")
        office = "" if soffice else " and not soffice"
        if soffice:
            environment["TEST_SOFFICE"] = soffice
        else:
            report.left_out.append("LibreOffice (no soffice on PATH): tests marked soffice")
        if soffice and not _reads_word(soffice):
            office = " and not writer"
            report.left_out.append("LibreOffice Writer or pdftotext (poppler-utils): tests marked writer")
        sqlite = f"SQLite {sqlite3.sqlite_version}" + (f", {_office_version(soffice)}" if soffice else "")
        run(report, sqlite, f"{ORDINARY} and not postgres and not redis{office}", environment, extra)

        if postgres:
            server = environment | {"BRANCHLIFE_DATABASE_URL": _ours(postgres.url)}
            words = postgres.words
            server["TEST_DATABASE_URL"] = postgres.url
            if redis:
                server["TEST_REDIS_URL"] = redis.url
                server["BRANCHLIFE_REDIS_URL"] = redis.url
                words = f"{words}, {redis.words}"
            marks = f"{ORDINARY}{office}" + ("" if redis else " and not redis")
            run(report, words, marks, server, [*extra, *([] if names_tests(extra) else ONCE)])
        else:
            report.left_out.append("PostgreSQL (given, found or own: none): the second run")
        if not redis:
            report.left_out.append("Redis (none found, no redis-server on PATH): tests marked redis, second stack")

        drill(report, environment, extra)
        try:
            chromium = browser.find()
        except (OSError, RuntimeError, ValueError, subprocess.SubprocessError) as fault:
            report.left_out.append(f"Chromium ({fault}): tests marked browser")
            return report.close(strict)
        environment["TEST_CHROMIUM"] = str(chromium)
        stacks = "one process" + (" and separate servers" if postgres and redis else "")
        run(report, f"{browser.version(chromium)} on {stacks}", f"browser{office}", environment, extra, parallel=False)
    return report.close(strict)


def names_tests(extra: list[str]) -> bool:
    """Whether somebody chose among the tests himself."""
    return any(not word.startswith("-") for word in extra)


def drill(report: Report, environment: dict[str, str], extra: list[str], marks: str = "drill and not long") -> None:
    """The tests that kill processes, one after the other: each starts its own servers."""
    run(report, "drills on servers of their own", marks, environment, extra, parallel=False)


def long(report: Report, environment: dict[str, str], extra: list[str]) -> None:
    """The tests that take minutes, on SQLite and, where there is one, on PostgreSQL."""
    marks = "long and not drill"
    run(report, f"SQLite {sqlite3.sqlite_version}", marks, environment, extra, parallel=False)
    if "TEST_DATABASE_URL" not in environment:
        report.left_out.append("PostgreSQL (given, found or own: none): the second run")
        return
    server = environment | {"BRANCHLIFE_DATABASE_URL": _ours(environment["TEST_DATABASE_URL"])}
    run(report, "PostgreSQL", marks, server, extra, parallel=False)


def run(
    report: Report, on: str, marks: str, environment: dict[str, str], extra: list[str], *, parallel: bool = True
) -> None:
    """One pytest run over the tests with these marks, its own output shown, added to the report."""
    print(f"\n=== {on}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        results = Path(folder) / "results.xml"
        words = ["-m", marks, "-q", f"--junitxml={results}", *(PARALLEL if parallel else []), *extra]
        code = subprocess.run([sys.executable, "-m", "pytest", *words], env=environment).returncode
        counts = _count(report, results) if results.exists() else Counter[str]()
    if code == NO_TESTS:
        report.left_out.append(f"{on}: no tests")
    elif code != 0:
        report.failed = True
    total = ", ".join(f"{counts[kind]} {kind}" for kind in ("passed", "failed", "skipped") if counts[kind])
    report.lines.append(f"{on}: {total or 'no tests'}" + ("" if code in (0, NO_TESTS) else "  <-- failed"))


def _ours(url: str) -> str:
    """A database of this run on that server."""
    return urlsplit(url)._replace(path=f"/branchlife_{os.getpid()}").geturl()


def _count(report: Report, results: Path) -> Counter[str]:
    counts: Counter[str] = Counter()
    for case in ElementTree.parse(results).iter("testcase"):
        name = f"{case.get('classname')}::{case.get('name')}"
        skip = case.find("skipped")
        if case.find("failure") is not None or case.find("error") is not None:
            counts["failed"] += 1
        elif skip is not None:
            counts["skipped"] += 1
            report.skipped[name] = skip.get("message", "")
            continue
        else:
            counts["passed"] += 1
        report.ran.add(name)
    return counts


def _reads_word(soffice: str) -> bool:
    """True if this LibreOffice has Writer, and pdftotext is there to read the pages it makes."""
    return (Path(soffice).resolve().parent / "libswlo.so").exists() and shutil.which("pdftotext") is not None


def _office_version(path: str) -> str:
    words = subprocess.run([path, "--version"], capture_output=True, text=True).stdout
    found = re.search(r"\d+\.\d+", words)
    return f"LibreOffice {found.group() if found else '?'}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
