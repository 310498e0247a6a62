"""The board as the people read it: from the address on the page of a publication, on a telephone, without any cookie."""

import pytest
from playwright.sync_api import expect

from tests.browser.look import assert_serves_everybody

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("stack", ["embedded"], indirect=True)]


def test_whoever_has_the_address_reads_the_board_without_a_cookie(visits):
    own = visits.window("member", "/publications/")
    own.get_by_role("link", name="服务群众问题整改情况").click()
    address = own.get_by_role("link", name="/open/").get_attribute("href")
    page = visits.window(path=address)
    expect(page.get_by_role("heading", level=1)).to_have_text("服务群众问题整改情况")
    expect(page.locator(".public-line").first).to_contain_text("责任单位/职务")
    assert_serves_everybody(page, "board-public")
    page.get_by_role("link", name="提过意见").click()
    page.get_by_label("查询码").fill("0000-0000-0000")
    page.get_by_role("button", name="查看答复").click()
    expect(page.get_by_role("status")).to_contain_text("没有")
    assert page.context.cookies() == []
