"""The grid 代录汇总 by keyboard and clipboard: typed, pasted, a wrong cell, saved, fetched and sent back."""

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.browser.look import assert_serves_everybody
from tests.browser.visits import sign_in

pytestmark = pytest.mark.browser
PASTE = """([cell, text]) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  cell.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def stack(running):
    """The pages are the same on both stacks: one is enough."""
    return running("embedded")


def open_grid(page):
    """From the round to its board to the grid of its second stage, where two figures are asked for."""
    page.goto("/rounds/")
    page.get_by_role("link", name="2026年度组织生活会和民主评议党员").first.click()
    page.get_by_role("link", name="进度一览").click()
    page.get_by_role("link", name="代录汇总").nth(1).click()
    return page.locator("[data-grid] tbody input:not([type=checkbox])")


def test_numbers_are_typed_pasted_corrected_and_saved(visits, tmp_path):
    page = visits.window("officer")
    cells = open_grid(page)
    assert_serves_everybody(page, "grid")
    cells.nth(0).click()
    page.keyboard.type("12")
    page.keyboard.press("Enter")
    expect(cells.nth(2)).to_be_focused()  # down the column, not along the row
    page.keyboard.press("ArrowRight")
    expect(cells.nth(3)).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(cells.nth(1)).to_be_focused()
    page.evaluate(PASTE, [cells.nth(2).element_handle(), "340余\t5\r\n近20\tmany\r\n"])
    for n, words in ((0, "12"), (2, "340余"), (3, "5"), (4, "近20"), (5, "many")):
        expect(cells.nth(n)).to_have_value(words)
    page.get_by_label("来源").select_option("phone")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("未保存任何数据")
    expect(page.get_by_text("不是数字")).to_have_count(1)
    expect(cells.nth(5)).to_have_attribute("aria-describedby", f"{cells.nth(5).get_attribute('name')}-fault")
    assert_serves_everybody(page, "grid-fault")
    expect(cells.nth(2)).to_have_value("340余")
    cells.nth(5).fill("7")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("已保存 5 个数。")).to_be_visible()
    expect(cells.nth(4)).to_have_value("近20")

    with page.expect_download() as given:
        page.get_by_role("link", name="下载 .xlsx").click()
    path = tmp_path / "grid.xlsx"
    given.value.save_as(path)
    book = load_workbook(path)
    row = next(row for row in book.active.iter_rows() if row[5].value == 12)
    row[5].value = 13
    book.save(path)
    page.get_by_role("link", name="上传填好的 .xlsx").click()
    assert_serves_everybody(page, "grid-import")
    page.locator("[name=file]").set_input_files(path)
    page.get_by_role("button", name="核对文件").click()
    expect(page.get_by_role("heading", name="将写入的数")).to_be_visible()
    assert_serves_everybody(page, "grid-found")
    page.get_by_role("button", name="全部写入").click()
    expect(page.get_by_text("已保存 1 个数。")).to_be_visible()
    expect(cells.nth(0)).to_have_value("13")


def test_without_a_script_it_is_a_form_of_plain_fields(visits):
    page = visits.window(java_script_enabled=False)
    sign_in(page, "officer")
    cells = open_grid(page)
    cells.nth(9).fill("2")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("已保存 1 个数。")).to_be_visible()
    expect(cells.nth(9)).to_have_value("2")
