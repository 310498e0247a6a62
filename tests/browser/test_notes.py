"""A check of study notes without the mouse: numbers tick, Enter leads on, letters find a name, one save keeps all."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("stack", ["embedded"], indirect=True)]


def test_a_register_is_gone_through_by_keyboard(visits):
    page = visits.window("secretary", "/notes/")
    page.get_by_role("link", name="新建检查").click()
    page.get_by_label("思考题数").fill("8")
    page.get_by_role("button", name="下一步：党员名单").click()
    rows = page.locator("[data-member]")
    many, press = rows.count(), page.keyboard.press
    rows.first.locator("input[type=radio]").first.focus()
    press("1")  # on to the second member
    press("2")
    press("ArrowUp")
    press("Enter")  # from his tick to the questions, from there to the remark, and on to the third
    page.keyboard.type("5")
    press("Enter")
    page.keyboard.type("fair")
    press("Enter")
    press("3")
    page.get_by_role("button", name="其余均符合要求").click()
    page.get_by_label("整改时限").fill("2099-12-31")
    page.get_by_role("button", name="保存").click()
    found = page.locator("table.rows tbody tr")
    expect(found).to_have_count(many)
    for place, words in enumerate(("符合要求", "需补", "未交", "符合要求")):
        expect(found.nth(place)).to_contain_text(words)
    expect(found.nth(1)).to_contain_text("5")
    expect(found.nth(1)).to_contain_text("fair")
