"""A roster goes into the register, as an eye and a screen reader meet its pages, with and without scripts."""

import pytest
from playwright.sync_api import expect

from tests.branches.roster_books import FILES
from tests.browser.look import assert_serves_everybody
from tests.browser.visits import sign_in

pytestmark = pytest.mark.browser


@pytest.fixture
def stack(running):
    """The pages are the same on both stacks: one is enough."""
    return running("embedded")


def test_an_office_roster_is_imported(visits):
    """By somebody whose branch no other test counts."""
    page = visits.window("secretary3", "/members/")
    page.get_by_role("link", name="导入花名册").click()
    assert_serves_everybody(page, "rosters-none")
    page.get_by_role("link", name="导入花名册").last.click()
    assert_serves_everybody(page, "roster-form")
    page.locator("[name=file]").set_input_files(FILES / "spoiled.xlsx")
    page.get_by_role("button", name="上传并读取").click()
    expect(page.get_by_label("身份证号")).to_have_value("1")
    assert_serves_everybody(page, "roster-columns")
    page.get_by_role("button", name="核对名单").click()
    expect(page.get_by_role("button", name="写入花名册")).to_be_visible(timeout=20_000)
    assert_serves_everybody(page, "roster-found")
    page.get_by_role("button", name="写入花名册").click()
    page.get_by_role("dialog").get_by_role("button", name="写入花名册").click()
    expect(page.get_by_text("花名册已按文件更新。")).to_be_visible(timeout=20_000)
    assert_serves_everybody(page, "roster-done")
    page.get_by_role("link", name="查看花名册").click()
    expect(page.get_by_role("link", name="示甲")).to_be_visible()


def test_a_roster_is_checked_without_javascript(visits):
    page = visits.window(java_script_enabled=False)
    sign_in(page, "secretary3")
    page.goto("/rosters/new/")
    page.locator("[name=file]").set_input_files(FILES / "office.xls")
    page.get_by_role("button", name="上传并读取").click()
    page.get_by_role("button", name="核对名单").click()
    for _n in range(40):
        if page.get_by_role("button", name="写入花名册").count():
            break
        page.wait_for_timeout(500)
        page.reload()
    expect(page.get_by_role("main")).to_contain_text("1975-03出生")
