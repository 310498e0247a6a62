"""How much work a deed is: the clicks and keys a person needs and the seconds the pages take."""

import json
import os
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page

LISTEN = """
if (!window.counting) {
  window.counting = true;
  const add = (what) => sessionStorage.setItem(what, +(sessionStorage.getItem(what) || 0) + 1);
  addEventListener("click", (event) => { if (event.isTrusted && event.detail) add("clicks"); }, true);
  addEventListener("keydown", (event) => { if (event.isTrusted) add("keys"); }, true);
}
"""


@dataclass
class Effort:
    """Mouse clicks, keys and seconds of one deed; seconds as a machine does it, without reading or thinking."""

    clicks: int = 0
    keys: int = 0
    seconds: float = 0
    pages: list[str] = field(default_factory=list)


@contextmanager
def effort(page: Page, deed: str):
    """Count what is done on `page` inside the block; kept as $SCREENSHOTS/effort.json where photographs are kept."""
    spent = Effort()
    page.context.add_init_script(LISTEN)
    page.evaluate(LISTEN + "sessionStorage.removeItem('clicks'); sessionStorage.removeItem('keys');")
    page.on("framenavigated", lambda frame: spent.pages.append(frame.url) if frame == page.main_frame else None)
    begun = time.monotonic()
    yield spent
    page.wait_for_load_state()
    spent.seconds = round(time.monotonic() - begun, 1)
    spent.clicks, spent.keys = (
        int(page.evaluate(f"+(sessionStorage.getItem('{n}') || 0)")) for n in ("clicks", "keys")
    )
    if folder := os.environ.get("SCREENSHOTS"):
        told = Path(folder) / "effort.json"
        known = json.loads(told.read_text()) if told.exists() else {}
        known[deed] = {"clicks": spent.clicks, "keys": spent.keys, "seconds": spent.seconds, "pages": len(spent.pages)}
        told.write_text(json.dumps(known, indent=1, ensure_ascii=False))
