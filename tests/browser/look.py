"""What every page owes its readers, whatever their eyes and their screens."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.visits import DESKTOP, PHONE, photograph


def assert_serves_everybody(page: Page, name: str) -> None:
    """At both widths: nothing serious for axe, and nothing to scroll sideways."""
    page.wait_for_load_state()
    for width, size in (("desk", DESKTOP), ("phone", PHONE)):
        page.set_viewport_size(size)
        photograph(page, f"{name}-{width}")
        wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wider <= 0, f"{name} is {wider} px wider than the {width}"
        assert_no_serious_violation(page)
    page.set_viewport_size(DESKTOP)


def assert_no_serious_violation(page: Page) -> None:
    found = Axe().run(page).response["violations"]
    serious = [
        f"{fault['id']}: {node['html'][:200]} {node['failureSummary']}"
        for fault in found
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"][:3]
    ]
    assert not serious, "\n".join(serious)
