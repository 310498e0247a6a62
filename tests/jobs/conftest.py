from collections.abc import Callable
from pathlib import Path

import pytest

from branches.models import User
from jobs import actions, files, registry, runner


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT


@pytest.fixture
def owner(db):
    return User.objects.create_user("zhou.ming", name="周明")


@pytest.fixture
def stranger(db):
    return User.objects.create_user("lin.qiao", name="林桥")


def write_greeting(job, out: Path, tick: Callable) -> str:
    """The kind of job most tests use: three rows, one file."""
    for done in (1, 2, 3):
        tick(done, 3)
    out.write_text(f"您好,{job.owner.name}:{job.params['word']}")
    return "问候.txt"


@pytest.fixture
def kind(monkeypatch):
    """A function that registers a kind of job for this test only."""

    def register(run=write_greeting, name="greeting", label="问候"):
        monkeypatch.setitem(registry._kinds, name, registry.Kind(label, run, ".txt"))
        return name

    return register


@pytest.fixture
def queued(owner, kind):
    return actions.enqueue(kind(), actor=owner, params={"word": "开会"})


@pytest.fixture
def finished(queued):
    runner.run_one(queued.pk)
    queued.refresh_from_db()
    return queued


@pytest.fixture
def names():
    """A function that lists the files in the jobs folder."""
    return lambda: sorted(path.name for path in files.found())
