"""Files of jobs, finished and growing, in one private folder; each is named after the lease it was made under."""

import os
from collections.abc import Collection
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from jobs.models import Job

PART = ".part"


def folder() -> Path:
    """MEDIA_ROOT/jobs, readable by the server's own account only."""
    path = Path(settings.MEDIA_ROOT) / "jobs"
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def part_of(job: Job) -> Path:
    """Where the file of a running job grows."""
    return folder() / f"{job.lease_key}{PART}"


def publish(part: Path, name: str) -> Path:
    """Make sure every byte of `part` is on the disk and give it its final name."""
    final = part.with_name(name)
    with part.open("rb") as file:
        os.fsync(file.fileno())
    part.replace(final)
    directory = os.open(final.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
    return final


def found() -> list[Path]:
    """All files now in the folder."""
    return list(folder().iterdir())


def remove_strays(files: list[Path], kept_keys: Collection[str]) -> None:
    """Remove those of `files` that belong to no lease in `kept_keys`: left by a killed worker, or expired."""
    for file in files:
        if file.stem not in kept_keys:
            file.unlink(missing_ok=True)


def opened(job: Job) -> BinaryIO:
    """The finished file of `job` for reading; FileNotFoundError where it is gone."""
    return (folder() / job.path).open("rb")
