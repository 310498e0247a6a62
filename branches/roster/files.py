"""The private files of imports: what was sent, and what the last check found in it. Random names, one folder."""

import json
import os
import secrets
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings


def folder() -> Path:
    """MEDIA_ROOT/rosters, readable by the server's own account only."""
    path = Path(settings.MEDIA_ROOT) / "rosters"
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def keep(pieces: Iterable[bytes]) -> str:
    """Put what was sent into a new file; the key it is found by."""
    key = secrets.token_hex(16)
    descriptor = os.open(sent(key), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        for piece in pieces:
            file.write(piece)
    return key


def sent(key: str) -> Path:
    """The file as it was sent."""
    return folder() / f"{key}.sheet"


def keep_outcome(key: str, outcome: dict[str, Any]) -> None:
    """Put beside the file what its check found, all at once."""
    path = folder() / f"{key}.json"
    growing = path.with_suffix(f".{secrets.token_hex(4)}")
    growing.write_text(json.dumps(outcome, ensure_ascii=False, default=str))
    growing.chmod(0o600)
    growing.replace(path)


def outcome(key: str) -> dict[str, Any]:
    """What the last check found; empty where there was none."""
    try:
        told: dict[str, Any] = json.loads((folder() / f"{key}.json").read_text())
    except FileNotFoundError:
        return {}
    return told


def remove(key: str) -> None:
    """Take both away: the file has done its duty."""
    sent(key).unlink(missing_ok=True)
    (folder() / f"{key}.json").unlink(missing_ok=True)


def remove_strays(kept: Collection[str], now: datetime) -> None:
    """Remove files older than a day whose key is not among `kept`: left where a request or a worker was killed."""
    yesterday = (now - timedelta(days=1)).timestamp()
    for path in folder().iterdir():
        if path.stem not in kept and path.stat().st_mtime < yesterday:
            path.unlink(missing_ok=True)
