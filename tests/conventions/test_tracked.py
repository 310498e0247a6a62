"""What the repository must not tell, and the catalogue it must hold complete."""

import re

from scripts import catalogue
from tests.conventions.source import ROOT, tracked

LEFT_OUT = ("static/vendor/", "locale/")
TEXT = {".py", ".html", ".md", ".txt", ".toml", ".js", ".css", ".sh", ".in", ".json", ".po", ".yml", ".yaml", ""}
# Written in pieces, so that this file does not find itself.
MACHINE = re.compile(r"(?<![\w.:/-])/(?:" + "|".join(("work", "root", "home/[a-z]+", "tmp/[a-z]+")) + r")(?=/|\b)")
REGISTRY = re.compile("|".join(("regis" + r"try\.[a-z0-9-]+\.[a-z]{2}", "pypi" + r"\.org", "python" + "hosted", "npm" + "js",
                                "mirr" + r"ors?\.[a-z]+\.[a-z]", r"index-url\s*=?\s*http")))  # fmt: skip


def lines():
    for name in tracked():
        path = ROOT / name
        if not name.startswith(LEFT_OUT) and path.suffix in TEXT:
            yield from ((name, number, line) for number, line in enumerate(path.read_text().splitlines(), 1))


def test_no_file_names_a_machine():
    assert [f"{name}:{number}" for name, number, line in lines() if MACHINE.search(line)] == []


def test_no_file_names_a_package_host():
    assert [f"{name}:{number}" for name, number, line in lines() if REGISTRY.search(line)] == []


def test_requirements_are_pinned_by_hash():
    for name in ("requirements/base.txt", "requirements/dev.txt"):
        text = (ROOT / name).read_text()
        pinned = re.findall(r"^[A-Za-z0-9_.\[\]-]+==\S+ \\?$", text, re.MULTILINE)
        assert pinned and text.count("--hash=sha256:") >= len(pinned), name


def test_the_catalogue_is_complete():
    assert catalogue.faults() == []


def test_the_guard_itself():
    assert MACHINE.search("see /" + "work/main") and MACHINE.search('"/' + 'root/x"')
    assert not MACHINE.search("/notices/todos/") and not MACHINE.search("a/" + "work/b")
    assert REGISTRY.search("https://regis" + "try.example.com") and not REGISTRY.search("registry.find(kind).label")
