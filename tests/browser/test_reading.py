"""Fifty pieces read through by keyboard alone, and how much work that is; a draft typed while the network is gone."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.counting import effort
from tests.browser.visits import photograph

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PIECES = 50
TYPED = "去年3月我只参加了一次志愿服务，今后每月参加一次。"


@pytest.fixture
def stack(running):
    """What a key does is decided in the browser: one stack is enough."""
    return running("embedded")


def place(page):
    """The address of the piece on the page."""
    return re.sub(r"[?#].*", "", page.url)


def gone_on(page, before):
    """Another piece is there, or the list after the last one."""
    page.wait_for_url(lambda address: re.sub(r"[?#].*", "", address) != before)
    page.wait_for_load_state()


def read_one(page, number):
    """Look at it sentence by sentence; pass most, return every tenth, advise on some, comment on one in seven."""
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    if number % 7 == 3:
        page.keyboard.press("c")
        page.keyboard.type("哪一次")
        page.keyboard.press("Control+Enter")
        page.wait_for_load_state()
        expect(page.get_by_text("段落批注")).to_be_visible()
    before = place(page)
    if number % 10 == 5:
        page.keyboard.press("r")
        page.keyboard.press("2")
        page.keyboard.press("6")
        page.keyboard.press("Control+Enter")
    elif number % 10 == 8:
        page.keyboard.press("s")
        page.keyboard.type("再具体些")
        page.keyboard.press("Control+Enter")
    else:
        page.keyboard.press("a")
        if number % 7 == 3:  # a comment still waits: the first press only goes to the button
            expect(page.locator("[data-key=a]")).to_be_focused()
            page.keyboard.press("a")
    gone_on(page, before)


def test_fifty_pieces_are_read_by_keyboard(visits, stack):
    stack.manage("shell", "-c", f"from tests.browser.pile import build; build({PIECES})")
    page = visits.window("secretary", "/materials/review/")
    waiting = int(re.search(r"共 (\d+) 份", page.inner_text("main")).group(1))
    assert waiting >= PIECES
    photograph(page, "reading")
    with effort(page, "50 pieces read by keyboard") as spent:
        for number in range(PIECES):
            read_one(page, number)
    print(f"\n{PIECES} pieces: {spent.clicks} clicks, {spent.keys} keys, {spent.seconds} s")
    assert spent.clicks == 0
    assert spent.keys < 8 * PIECES
    page.goto("/materials/review/")
    left = int(re.search(r"共 (\d+) 份", page.inner_text("main")).group(1))
    assert left == waiting - PIECES + PIECES // 10  # what was advised on still waits


def test_a_passage_marked_by_mouse_is_quoted(visits, stack):
    stack.manage("shell", "-c", "from tests.browser.pile import build; build(1)")
    page = visits.window("secretary", "/materials/review/")
    page.locator(".sentence").first.dblclick()
    page.get_by_text("批注所选段落").click()
    quoted = page.locator("[data-quote]").inner_text()
    assert 1 <= len(quoted) < 20 and quoted in page.locator(".sentence").first.inner_text()


def test_a_draft_typed_through_a_network_cut_is_not_lost(visits):
    page = visits.window("clerk", "/materials/?state=returned")
    own = page.locator("table.rows tbody tr").filter(has_text="支委个人")
    own.get_by_role("link").first.click()
    page.get_by_role("link", name="撰写").click()
    first = page.locator("textarea[name^=aspect_]").first
    half = len(TYPED) // 2
    first.fill("")
    first.press_sequentially(TYPED[:half])
    expect(page.locator("[data-autosave]")).to_contain_text("已自动保存", timeout=20_000)
    page.context.set_offline(True)
    first.press_sequentially(TYPED[half:])
    expect(page.locator("[data-autosave]")).to_contain_text("网络不通")
    page.get_by_role("button", name="保存草稿").click()
    expect(first).to_have_value(TYPED)
    page.context.set_offline(False)
    expect(page.locator("[data-autosave]")).to_contain_text("已自动保存", timeout=20_000)
    page.reload()
    expect(page.locator("textarea[name^=aspect_]").first).to_have_value(TYPED)
