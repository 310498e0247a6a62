"""A Chromium for the browser tests: the one named, the one installed, else a headless build from npm in .cache."""

import io
import os
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

import brotli

from scripts import npm

CACHE = Path(__file__).resolve().parent.parent / ".cache"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGE = "@sparticuz/chromium"
VERSION = "153.0.0"
SHA256 = "20e5656fcdcf4118ede85edfb9d6bb9cc1bbb7ffb8b75622fffbcf36a835c3c0"
# The archive brings the libraries and the font settings that a bare machine lacks.
WRAPPER = """#!/bin/sh
home=$(dirname "$(readlink -f "$0")")
export LD_LIBRARY_PATH="$home/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
[ -d /etc/fonts ] || export FONTCONFIG_PATH="$home"
exec "$home/chromium.bin" "$@"
"""


def find() -> Path:
    """The path of a Chromium that starts; raises RuntimeError, OSError or CalledProcessError where there is none."""
    named = os.environ.get("CHROMIUM")
    found = named or next(filter(None, map(shutil.which, NAMES)), None)
    path = Path(found) if found else _fetched()
    version(path)
    return path


def version(path: Path) -> str:
    """What the browser says about itself, such as "Chromium 153.0"."""
    command = [str(path), "--no-sandbox", "--headless", "--version"]
    words = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout.split()
    number = next((word for word in words if word[:1].isdigit()), "?")
    return f"Chromium {'.'.join(number.split('.')[:2])}"


def _fetched() -> Path:
    home = CACHE / f"chromium-{VERSION}"
    if not home.exists():
        print(f"Fetching Chromium {VERSION} into {home.relative_to(CACHE.parent)} ...", flush=True)
        CACHE.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=CACHE) as folder:
            source = npm.unpack(PACKAGE, VERSION, SHA256, Path(folder)) / "bin"
            ready = Path(folder) / "ready"
            ready.mkdir()
            (ready / "chromium.bin").write_bytes(brotli.decompress((source / "chromium.br").read_bytes()))
            for archive in ("al2023", "fonts", "swiftshader"):
                content = brotli.decompress((source / f"{archive}.tar.br").read_bytes())
                with tarfile.open(fileobj=io.BytesIO(content)) as tar:
                    tar.extractall(ready)
            (ready / "chromium").write_text(WRAPPER)
            for name in ("chromium", "chromium.bin"):
                (ready / name).chmod(0o755)
            ready.rename(home)
    return home / "chromium"
