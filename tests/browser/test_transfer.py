"""A member goes from one branch to another as the two secretaries live it; then the officer changes a secretary.

Whoever is transferred here is entered here, so that no other test finds a branch of another size than before.
"""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.look import assert_serves_everybody
from tests.browser.visits import key, photograph

pytestmark = pytest.mark.browser

NAME = "方远航"
TO = "实验小学支部"
FROM = "青少年宫支部"


def test_a_transfer_by_the_two_secretaries_and_a_new_secretary_by_the_officer(visits):
    old = visits.window("secretary")
    member = enter_member(old)
    offer_transfer(old)
    transfer = open_transfer(old)
    expect(badge(old)).to_have_text("待接收")
    expect(old.get_by_role("button", name="接收", exact=True)).to_have_count(0)

    new = visits.window("secretary2")
    new.get_by_role("main").get_by_role("link", name=NAME).first.click()  # it waits on his first page
    expect(badge(new)).to_have_text("待接收")
    assert_serves_everybody(new, "transfer-offered")
    expect(new.get_by_role("link", name="查看党员")).to_have_count(0)
    new.get_by_role("button", name="接收", exact=True).click()
    expect(badge(new)).to_have_text("已接收")
    new.get_by_role("link", name="查看党员").click()
    expect(new.get_by_role("heading", name=NAME, level=1)).to_be_visible()
    expect(new.get_by_role("main")).to_contain_text("13900000000")
    assert_serves_everybody(new, "member-taken-over")

    old.goto(f"/transfers/{transfer}/")
    expect(badge(old)).to_have_text("已接收")
    visits.expect_fault("404")
    assert old.goto(f"/members/{member}/").status == 404

    officer = visits.window("officer", f"/members/{member}/")
    change_secretary(officer)
    new.goto("/transfers/")
    expect(new.get_by_role("link", name="组织关系转接")).to_have_count(0)  # the old one keeps what a member sees
    officer.get_by_role("main").get_by_role("link", name=NAME).click()
    expect(officer.get_by_role("main")).to_contain_text("书记")


def enter_member(page: Page) -> int:
    """The secretary enters somebody into his register; the member's key."""
    page.get_by_role("link", name="组织架构").click()
    page.get_by_role("main").get_by_role("link", name=FROM).first.click()
    page.get_by_role("link", name="登记党员").click()
    page.get_by_label("姓名").fill(NAME)
    page.get_by_label("党员类别").select_option(label="正式党员")
    page.get_by_label("进入本支部日期").fill("2026-01-01")
    page.get_by_label("联系电话").fill("13900000000")
    page.get_by_label("出生年月").fill("九零年")
    page.get_by_role("button", name="登记党员").click()
    expect(page.get_by_text("2003-07-01, 2003-07, 2003").first).to_be_visible()  # and nothing typed is lost
    expect(page.get_by_label("姓名")).to_have_value(NAME)
    page.get_by_label("出生年月").fill("1990")
    page.get_by_role("button", name="登记党员").click()
    expect(page.get_by_text("已办理")).to_be_visible()
    page.goto(f"/members/?q={NAME}")
    page.get_by_role("main").get_by_role("link", name=NAME).click()
    expect(page.get_by_role("heading", name=NAME, level=1)).to_be_visible()
    photograph(page, "member-entered")
    return key(page)


def offer_transfer(page: Page) -> None:
    page.locator("summary", has_text="更多").click()
    page.get_by_role("link", name="转接组织关系").click()
    page.get_by_label("转往党支部").fill("没有这个支部")
    page.get_by_label("原因").fill("工作调动")
    page.get_by_role("button", name="转接组织关系").click()
    expect(page.get_by_text("系统内没有这个名称的党支部").first).to_be_visible()
    page.get_by_label("转往党支部").fill(TO)
    photograph(page, "transfer-form")
    page.get_by_role("button", name="转接组织关系").click()
    expect(page.get_by_text("已办理")).to_be_visible()


def open_transfer(page: Page) -> int:
    """From the list of transfers to the one just offered; its key."""
    page.get_by_role("main").get_by_role("link", name=NAME).click()
    expect(page.get_by_role("heading", name=NAME)).to_be_visible()
    return key(page)


def change_secretary(page: Page) -> None:
    """From the page of the member whom the officer makes secretary, over the branch, to its new posts."""
    page.goto("/organisations/?q=实验小学")
    page.get_by_role("main").get_by_role("link", name="实验小学").first.click()
    page.locator("summary", has_text="更多").click()
    page.get_by_role("link", name="更换书记").click()
    assert_serves_everybody(page, "secretary-change")
    page.get_by_label("新任书记").select_option(label=NAME)
    page.get_by_role("button", name="更换书记").click()
    expect(page.get_by_role("main")).to_contain_text("的职务权限")  # asked first: who loses what
    page.get_by_role("button", name="更换书记").click()
    expect(page.get_by_text("已办理")).to_be_visible()
    photograph(page, "secretary-changed")


def badge(page: Page):
    """The state of the transfer whose page this is."""
    return page.locator(".panel-head .state").first
