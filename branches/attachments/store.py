"""Where attached files lie: one private folder, random names, nothing of the name they came with."""

import os
import secrets
from pathlib import Path
from typing import BinaryIO

from django.conf import settings


def folder() -> Path:
    """MEDIA_ROOT/attachments, readable by the server's own account only."""
    path = Path(settings.MEDIA_ROOT) / "attachments"
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def keep(content: bytes, suffix: str) -> str:
    """Write the bytes under a new random name, safe on the disk; the name."""
    name = secrets.token_hex(16) + suffix
    with (folder() / name).open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return name


def opened(name: str) -> BinaryIO:
    """The file for reading; FileNotFoundError where it is gone."""
    return (folder() / name).open("rb")


def remove(name: str) -> None:
    """Take the file off the disk; nothing happens where it is gone already."""
    (folder() / name).unlink(missing_ok=True)
