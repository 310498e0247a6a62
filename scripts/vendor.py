"""Rebuild static/vendor from npm, or `--check` that it is what the manifest says; the check needs no network."""

import hashlib
import json
import re
import shutil
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from scripts import npm

VENDOR = Path(__file__).resolve().parent.parent / "static" / "vendor"
MANIFEST = VENDOR / "MANIFEST.json"


class Package(NamedTuple):
    name: str
    version: str
    licence: str
    sha256: str
    files: dict[str, str]  # path in the package → path in static/vendor/<name>/


PACKAGES = [
    Package(
        "bootstrap",
        "5.3.9",
        "MIT",
        "06bdf78289c3c12ea99d40df84eedf6278c724c73eebf38f11f3a65b44ec8c94",
        {
            "LICENSE": "LICENSE",
            "dist/css/bootstrap.min.css": "bootstrap.min.css",
            "dist/js/bootstrap.bundle.min.js": "bootstrap.bundle.min.js",
        },
    ),
    Package(
        "bootstrap-icons",
        "1.13.2",
        "MIT",
        "7b5960145e1ab14a49a117f96a9e5a54a94fdf07f21e302d9e4f88d73dd19f9c",
        {
            "LICENSE": "LICENSE",
            "font/bootstrap-icons.min.css": "bootstrap-icons.min.css",
            "font/fonts/bootstrap-icons.woff2": "fonts/bootstrap-icons.woff2",
        },
    ),
]
# Neither the map nor the older font is shipped, and the manifest storage refuses a name without a file.
SOURCE_MAP = re.compile(rb"\n?(/\*# sourceMappingURL=\S+ \*/|//# sourceMappingURL=\S+)\s*$")
OLD_FONT = re.compile(rb',\s*url\("[^"]+\.woff\?[^"]*"\) format\("woff"\)')


def rebuild() -> None:
    """Fetch every package, keep the files named above and write the manifest."""
    shutil.rmtree(VENDOR, ignore_errors=True)
    for package in PACKAGES:
        with tempfile.TemporaryDirectory() as folder:
            source = npm.unpack(package.name, package.version, package.sha256, Path(folder))
            for origin, name in package.files.items():
                target = VENDOR / package.name / name
                target.parent.mkdir(parents=True, exist_ok=True)
                content = (source / origin).read_bytes()
                if target.suffix in (".css", ".js"):
                    content = OLD_FONT.sub(b"", SOURCE_MAP.sub(b"\n", content))
                target.write_bytes(content)
    entries = [
        {
            "name": package.name,
            "version": package.version,
            "licence": package.licence,
            "files": {name: _digest(VENDOR / package.name / name) for name in sorted(package.files.values())},
        }
        for package in PACKAGES
    ]
    MANIFEST.write_text(json.dumps(entries, indent=2) + "\n")


def faults() -> list[str]:
    """What differs between static/vendor, its manifest and the versions named here; empty when all agree."""
    entries = json.loads(MANIFEST.read_text())
    pinned = [(package.name, package.version, package.licence) for package in PACKAGES]
    found = [] if pinned == [(e["name"], e["version"], e["licence"]) for e in entries] else ["MANIFEST.json: versions"]
    known = {MANIFEST}
    for entry in entries:
        for name, digest in entry["files"].items():
            path = VENDOR / entry["name"] / name
            known.add(path)
            if not path.is_file():
                found.append(f"{path.relative_to(VENDOR)}: missing")
            elif _digest(path) != digest:
                found.append(f"{path.relative_to(VENDOR)}: changed")
    strangers = {path for path in VENDOR.rglob("*") if path.is_file()} - known
    return found + [f"{path.relative_to(VENDOR)}: not in the manifest" for path in sorted(strangers)]


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    if sys.argv[1:] != ["--check"]:
        rebuild()
    sys.exit("\n".join(faults()) or None)
