"""What can run in the background: upper rooms register their kinds of job from AppConfig.ready()."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise

if TYPE_CHECKING:
    from jobs.models import Job

Tick = Callable[[int, int | None], None]
Run = Callable[["Job", Path, Tick], str]
MayFetch = Callable[["Job", Any], bool]


class Cancelled(Exception):
    """The job was cancelled, or another worker holds it now: stop and leave nothing behind."""


class UnknownKind(LookupError):
    """No room registers this kind, or no longer."""


def always(job: Job, user: Any) -> bool:
    return True


@dataclass(frozen=True)
class Kind:
    """One kind of job: its name on pages, what runs, how its file's name ends, and who may still fetch the file."""

    label: str | Promise
    run: Run
    suffix: str
    may_fetch: MayFetch = always


_kinds: dict[str, Kind] = {}


def register(kind: str, *, label: str | Promise, run: Run, suffix: str = ".xlsx", may_fetch: MayFetch = always) -> None:
    """Make `kind` known under `label`.

    `run(job, out, tick)` writes the file `out` with the rights of `job.owner`, asked anew, and returns the name under
    which it is downloaded. It calls `tick(done, total)` at least every few seconds and lets Cancelled pass through.
    `may_fetch(job, user)` is asked at each download: rights may have ended since.
    """
    _kinds[kind] = Kind(label, run, suffix, may_fetch)


def find(kind: str) -> Kind:
    """The registered kind; UnknownKind where there is none."""
    try:
        return _kinds[kind]
    except KeyError:
        raise UnknownKind(kind) from None
