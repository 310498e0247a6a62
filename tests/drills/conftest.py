"""Stacks whose processes a drill may kill, with enough rows that an export takes some seconds."""

import os
import shutil
import subprocess
from contextlib import ExitStack

import pytest

from scripts import services
from tests.drills.broker import Broker
from tests.drills.village import Village
from tests.servers import STACKS, available

# A minute in service (`make drills` asks for that): a lost job is found again after one lease and one sweep.
LEASE_SECONDS = os.environ.get("DRILL_LEASE_SECONDS", "6")
MEETINGS = 12_000


@pytest.fixture
def ends():
    with ExitStack() as ends:
        yield ends


@pytest.fixture
def broker(ends, tmp_path, monkeypatch):
    """A Redis of this test alone, so that it may die."""
    binary = shutil.which("redis-server")
    if not binary or "servers" not in available():
        pytest.skip("no PostgreSQL or no redis-server: drills on separate servers")
    broker = Broker(binary, tmp_path)
    ends.callback(broker.stop)
    broker.start()
    monkeypatch.setenv("TEST_REDIS_URL", broker.url)
    return broker


@pytest.fixture(scope="session")
def cluster():
    """A PostgreSQL of the drills alone, so that it may crash."""
    with services.own_postgres(durable=True) as cluster:
        cluster.start()
        yield cluster


@pytest.fixture
def database(cluster, monkeypatch):
    """That PostgreSQL, running at the beginning whatever the test before did to it."""
    if not cluster.is_running():
        cluster.start()
    monkeypatch.setenv("TEST_DATABASE_URL", cluster.url)
    return cluster


@pytest.fixture
def start(ends):
    """Start a stack by its name in tests.servers.STACKS, with many meetings in it."""

    def started(name, *, meetings=MEETINGS, **options):
        server = ends.enter_context(STACKS[name](settings={"JOB_LEASE_SECONDS": LEASE_SECONDS}, **options))
        village = Village(server)
        if meetings:
            village.crowd(meetings)
        return village

    return started


@pytest.fixture
def small_disk(ends):
    """Put a file system of 64 kB in the place of a folder."""

    def mounted(folder):
        if os.geteuid() != 0:
            pytest.skip("no right to mount: the drill of the full disk")
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k,mode=700", "tmpfs", folder], check=True)
        ends.callback(subprocess.run, ["umount", "--lazy", folder], check=True)

    return mounted
