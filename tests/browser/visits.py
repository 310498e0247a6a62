"""Browser windows as people use them: signed in, watched for anything that goes wrong behind what one sees."""

import os
import re
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, StorageState, expect

from tests.servers import PASSWORD, Running

DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
SLOWEST_MS = 20_000
TELL_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) => {
  console.error(`Content Security Policy: ${event.violatedDirective} ${event.blockedURI}`);
});
"""


class Visits:
    """The windows of one test on one stack.

    Whatever a page complains of (console error, uncaught exception, violated policy, answer 500) fails the test at its
    end, unless the test said before that it would come.
    """

    def __init__(self, browser: Browser, stack: Running, sessions: dict[str, StorageState]) -> None:
        self.browser, self.stack, self.sessions = browser, stack, sessions
        self.faults: list[str] = []
        self.expected: list[str] = []
        self.contexts: list[BrowserContext] = []

    def window(self, username: str = "", path: str = "/", **options: object) -> Page:
        """A new window at `path`, signed in as `username`; without a name nobody is signed in."""
        page = self._window(self._session(username) if username else None, **options)
        page.goto(path)
        return page

    def expect_fault(self, words: str) -> None:
        """Once in this test a page will complain in these words."""
        self.expected.append(words)

    def close(self) -> None:
        """Close all windows; AssertionError with what the pages complained of."""
        for context in self.contexts:
            context.close()
        for words in self.expected:
            found = next((fault for fault in self.faults if words in fault), None)
            assert found, f"{words!r} did not come: {self.faults}"
            self.faults.remove(found)
        assert not self.faults, self.faults

    def _session(self, username: str) -> StorageState:
        """The cookies of this person, signed in by hand the first time: a password costs the server half a second."""
        if username not in self.sessions:
            page = self._window(None)
            page.goto("/")
            sign_in(page, username)
            self.sessions[username] = page.context.storage_state()
        return self.sessions[username]

    def _window(self, session: StorageState | None, **options: object) -> Page:
        settings = {"viewport": DESKTOP, "locale": "zh-CN", "timezone_id": "Asia/Shanghai", **options}
        context = self.browser.new_context(base_url=self.stack.url, storage_state=session, **settings)
        context.set_default_timeout(SLOWEST_MS)
        context.add_init_script(TELL_VIOLATIONS)
        context.on("console", self._heard)
        context.on("weberror", lambda error: self.faults.append(f"uncaught: {error.error}"))
        context.on("response", lambda answer: self._answered(answer.status, answer.url))
        self.contexts.append(context)
        return context.new_page()

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.faults.append(f"{message.text} ({message.location.get('url', '')})")

    def _answered(self, status: int, url: str) -> None:
        if status >= 500:
            self.faults.append(f"status {status} ({url})")


def sign_in(page: Page, username: str) -> None:
    """Fill in the sign-in page and wait for the first page behind it."""
    page.get_by_label("登录名").fill(username)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(lambda url: "/accounts/login" not in url)


def tick(line: Locator, status: str) -> None:
    """Tick one line of an attendance list by the word of its button."""
    line.get_by_text(status, exact=True).click()
    expect(line.get_by_role("radio", name=status)).to_be_checked()


def photograph(page: Page, name: str) -> None:
    """Keep the whole page as $SCREENSHOTS/<name>.png; nothing where the variable is not set."""
    folder = os.environ.get("SCREENSHOTS")
    if not folder:
        return
    Path(folder).mkdir(parents=True, exist_ok=True)
    size = page.viewport_size or DESKTOP
    # A window as high as the page, or buttons that stick to its lower edge would hide what is behind them.
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": size["width"], "height": max(height, size["height"])})
    page.screenshot(path=Path(folder) / f"{name}.png")
    page.set_viewport_size(size)


def key(page: Page) -> int:
    """The key of the row whose page this is, from its address."""
    found = re.search(r"/(\d+)/", urlsplit(page.url).path)
    assert found, page.url
    return int(found[1])
