"""A real browser before real servers: each stack starts once, with the demo world in it."""

import os
import shutil
from collections import defaultdict
from contextlib import ExitStack

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.browser.visits import SLOWEST_MS, Visits
from tests.reminders.sink import Sink
from tests.servers import STACKS, available

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture(scope="package")
def chromium():
    """The Chromium of $TEST_CHROMIUM, or the one on PATH."""
    path = os.environ.get("TEST_CHROMIUM") or shutil.which("chromium")
    if not path:
        pytest.skip("no Chromium")
    expect.set_options(timeout=SLOWEST_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def mails():
    """The mail server of both stacks: what it has been sent is in `messages`."""
    sink = Sink()
    yield sink
    sink.stop()


@pytest.fixture(scope="package")
def running(mails):
    """Start a stack by name at its first use; all end with the browser tests, and none may have logged a traceback."""
    started = {}
    with ExitStack() as ends:

        def start(name):
            if name not in available():
                pytest.skip("no PostgreSQL or no Redis: separate servers")
            if name not in started:
                settings = {"MAIL_URL": mails.url, "MAIL_FROM": "noreply@county.example"}
                started[name] = ends.enter_context(STACKS[name](settings=settings))
            return started[name]

        yield start
        for server in started.values():
            assert "Traceback" not in server.logs(), server.logs()


@pytest.fixture(scope="package")
def sessions():
    """By address of a stack: the cookies of whoever signed in there."""
    return defaultdict(dict)


@pytest.fixture(params=STACKS)
def stack(request, running):
    """The server in one process, then the separate ones. A module that needs one only says so by its own fixture."""
    return running(request.param)


@pytest.fixture
def visits(chromium, stack, sessions):
    """Browser windows on `stack`, watched until the end of the test."""
    windows = Visits(chromium, stack, sessions[stack.url])
    yield windows
    windows.close()
