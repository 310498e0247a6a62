"""Fixtures every test may use."""

import os
import shutil
import subprocess
from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils import timezone, translation

from config.collector import settle
from shell.asked import Asked
from tests import cast as people
from tests.replay import replay


def pytest_collection_finish():
    """What has been imported stays: the collector need not walk over it again and again, a tenth of the time."""
    settle()


def pytest_collection_modifyitems(items):
    """What asks every page for every visitor comes first: nobody waits for the longest test at the end."""
    items.sort(key=lambda item: item.path.parent != Path(__file__).parent)


# Whatever page a test opens, a kept statement must be what Django would have asked. Not for ever: putting one together
# costs what keeping it saves, and the access tables ask ten thousand times.
Asked.compares = 25


@pytest.fixture(autouse=True)
def chinese():
    """A test that reads English leaves the thread's language behind; the next one begins in the site's own."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def badges_count_anew(monkeypatch):
    """The rows of one test must not be counted by the next, whose users have the same keys."""
    monkeypatch.setattr("reminders.badges.SECONDS", 0)


@pytest.fixture
def badges_stay(badges_count_anew, monkeypatch):
    """Of a thousand pages over the same rows each visitor's numbers are counted once, as in service."""
    cache.clear()
    monkeypatch.setattr("reminders.badges.SECONDS", 3600)
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def set_up(monkeypatch):
    """Tests without accounts are not about the first start, but for those that open the door again."""
    monkeypatch.setattr("branches.setup.door.Door.is_shut", True)


@pytest.fixture
def cast(request, db):
    """People and organisations, without rows; those of `world` where a test asks for both."""
    if "world" in request.fixturenames:
        return request.getfixturevalue("world")
    return replay("cast", people.build)


@pytest.fixture
def world(db):
    """The cast with a round, materials and meetings."""
    return replay("world", lambda: people.add_rows(people.build(), timezone.localdate()))


@pytest.fixture
def committed(transactional_db):
    """Real transactions. The append-only tables, which refuse the flush after the test, are emptied here."""
    yield
    triggers = import_module("workflow.migrations.0002_append_only")
    with connection.schema_editor() as editor:
        triggers.unguard(None, editor)
        for table in triggers.TABLES:
            editor.execute(f"DELETE FROM {table}")
        triggers.guard(None, editor)


@pytest.fixture
def soffice(tmp_path):
    """A function that lets LibreOffice turn a file into another format and returns the new file."""
    program = os.environ.get("TEST_SOFFICE") or shutil.which("soffice")
    if not program:
        pytest.skip("LibreOffice is not installed")

    def convert(path: Path, to: str) -> Path:
        folder = tmp_path / "converted"
        profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
        command = [program, profile, "--headless", "--convert-to", to, "--outdir", str(folder), str(path)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        return folder / f"{path.stem}.{to.partition(':')[0]}"

    return convert
