"""The Chinese catalogue: collect the msgids of the source and compile; `--check` that this would change nothing."""

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import polib

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = Path("locale/zh_Hans/LC_MESSAGES/django.po")
PLACE = re.compile(r"%\(\w+\)[sd]")
HEADER = {  # nothing that changes by itself from run to run
    "Project-Id-Version": "branchlife",
    "Language": "zh_Hans",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}
NOT_SOURCE = shutil.ignore_patterns(".*", "var", "tests", "scripts", "docs", "static", "requirements", "__pycache__")


def collect() -> None:
    """Bring the catalogue up to the source and compile it; new msgids stay empty, to be translated by hand."""
    _make_messages(ROOT)
    _compile(ROOT)


def faults() -> list[str]:
    """What keeps the catalogue from being complete, compiled and up to the source; empty when nothing does."""
    if not (ROOT / CATALOGUE).exists():
        return [f"{CATALOGUE} is missing: make messages"]
    entries = polib.pofile(str(ROOT / CATALOGUE))
    found = [f"not translated: {entry.msgid!r}" for entry in entries.untranslated_entries()]
    found += [f"fuzzy: {entry.msgid!r}" for entry in entries.fuzzy_entries()]
    found += [f"other places for values: {entry.msgid!r}" for entry in entries if _misplaces(entry)]
    compiled = (ROOT / CATALOGUE).with_suffix(".mo")
    if not compiled.exists() or _texts(polib.mofile(str(compiled))) != _texts(entries.translated_entries()):
        found.append("django.mo is not what django.po compiles to: make messages")
    if shutil.which("xgettext"):
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "source"
            shutil.copytree(ROOT, copy, ignore=NOT_SOURCE)
            _make_messages(copy)
            fresh = set(_texts(polib.pofile(str(copy / CATALOGUE))))
        known = set(_texts(entries))
        found += [f"not in the catalogue: {words!r}" for _, words in sorted(fresh - known)]
        found += [f"no longer in the source: {words!r}" for _, words in sorted(known - fresh)]
    return found


def _misplaces(entry: polib.POEntry) -> bool:
    """True where a translation holds other named places for values than the words it translates."""
    places = {*PLACE.findall(entry.msgid), *PLACE.findall(entry.msgid_plural)}
    return any(set(PLACE.findall(words)) != places for words in entry.msgstr_plural.values() or [entry.msgstr])


def _make_messages(root: Path) -> None:
    # Without settings: they would send the words of a copy into the catalogue of this tree.
    options = ["--locale=zh_Hans", "--no-location", "--no-wrap", "--no-obsolete"]
    ignored = [f"--ignore={name}" for name in ("tests", "scripts", "docs", "static", "var", ".*")]
    subprocess.run(
        [sys.executable, "-m", "django", "makemessages", *options, *ignored],
        cwd=root,
        env={"PATH": "/usr/local/bin:/usr/bin:/bin"},
        check=True,
        stdout=subprocess.DEVNULL,
    )
    entries = polib.pofile(str(root / CATALOGUE), wrapwidth=0)
    for entry in entries.fuzzy_entries():  # a translation guessed from a similar text is worse than none
        entry.flags.remove("fuzzy")
        entry.msgstr, entry.previous_msgid, entry.previous_msgctxt = "", None, None
        entry.msgstr_plural = dict.fromkeys(entry.msgstr_plural, "")
    entries.header, entries.metadata_is_fuzzy = "Simplified Chinese for Branchlife", False
    entries.metadata = HEADER
    entries.save()


def _compile(root: Path) -> None:
    polib.pofile(str(root / CATALOGUE)).save_as_mofile(str((root / CATALOGUE).with_suffix(".mo")))


def _texts(entries: Iterable[Any]) -> dict[tuple[str, str], object]:
    return {(entry.msgctxt or "", entry.msgid): entry.msgstr_plural or entry.msgstr for entry in entries}


if __name__ == "__main__":
    if sys.argv[1:] != ["--check"]:
        collect()
    sys.exit("\n".join(faults()) or None)
