"""Grades through the browser: filled in by the secretary, answered on a telephone, settled by the superior, announced."""

import pytest
from playwright.sync_api import expect

from tests.browser.counting import effort
from tests.browser.graded import NAME
from tests.browser.look import assert_serves_everybody
from tests.browser.visits import PHONE, photograph

pytestmark = pytest.mark.browser
OBJECTION, ANSWER = "评定意见漏写了我的请假。", "请假属实，等次不变。"


def chosen(page):
    """The page of the branch in this round."""
    page.get_by_role("row", name=NAME).get_by_role("link", name="青少年宫支部").click()


def ticked(page, button):
    """One step of everybody who stands on the page."""
    page.get_by_label("全选").check()
    page.get_by_role("button", name=button, exact=True).click()


@pytest.mark.parametrize("stack", ["servers"], indirect=True)
def test_grades_from_the_grid_to_the_announcement(stack, visits):
    stack.manage("shell", "-c", "from tests.browser.graded import build; build()")
    secretary = visits.window("secretary", "/gradings/")
    chosen(secretary)
    with effort(secretary, "grades of a branch") as spent:
        filled_in(secretary)
        ticked(secretary, "评定")
        ticked(secretary, "反馈本人")
    assert spent.seconds < 60
    expect(secretary.get_by_text("已反馈，待本人意见").first).to_be_visible()

    member = visits.window("member", "/", viewport=PHONE)
    member.locator("main a[href*='/grades/']").first.click()
    expect(member.get_by_role("main")).to_contain_text("合格")
    member.get_by_role("link", name="本人同意").click()
    member.get_by_role("button", name="本人同意").click()
    expect(member.locator(".panel-head .state").first).to_have_text("本人同意")
    photograph(member, "grade-agreed-phone")

    objects(visits)
    secretary.reload()
    secretary.get_by_role("link", name="周伟明").click()
    secretary.locator("summary", has_text="提请上级").click()
    reason = secretary.locator("details[open]")
    reason.get_by_label("原因").fill("支委会讨论过，请上级核对。")
    reason.get_by_role("button", name="提请上级").click()
    settled(visits)

    secretary.goto("/gradings/")
    chosen(secretary)
    secretary.get_by_role("button", name="公布结果").click()
    secretary.get_by_role("button", name="公布结果").last.click()
    expect(secretary.get_by_text("已公布").first).to_be_visible()
    phone = visits.window("colleague", "/gradings/", viewport=PHONE)
    chosen(phone)
    expect(phone.locator("table.announcement")).to_contain_text("2人")
    photograph(phone, "announcement-phone")


def filled_in(page):
    """By keyboard: a digit chooses, Enter goes on; what a low grade wants opens beside it."""
    page.get_by_role("link", name="填写等次").click()
    choices = page.locator(".grade-row select")
    expect(choices).to_have_count(7)
    choices.first.focus()
    for digit in "1122223":
        page.keyboard.press(digit)
        page.keyboard.press("Enter")
    expect(page.locator("[data-grade-count]")).to_contain_text("2 / 2")
    low = page.locator(".grade-low:visible textarea")
    expect(low).to_have_count(2)
    low.nth(0).fill("缺席三次未说明原因。")
    low.nth(1).fill("由书记联系帮助。")
    assert_serves_everybody(page, "grade-grid")
    page.get_by_role("button", name="保存").click()


def objects(visits):
    """His words travel, and he reads on the same page what becomes of them."""
    phone = visits.window("colleague", "/", viewport=PHONE)
    phone.locator("main a[href*='/grades/']").first.click()
    phone.get_by_role("link", name="本人有异议").click()
    phone.get_by_label("内容").fill(OBJECTION)
    photograph(phone, "grade-objection-phone")
    phone.get_by_role("button", name="本人有异议").click()
    expect(phone.locator(".panel-head .state").first).to_have_text("本人有异议")


def settled(visits):
    officer = visits.window("officer", "/gradings/")
    chosen(officer)
    officer.get_by_role("link", name="周伟明").click()
    expect(officer.get_by_role("main")).to_contain_text(OBJECTION)
    officer.get_by_role("link", name="上级答复").click()
    officer.get_by_label("内容").fill(ANSWER)
    officer.get_by_role("button", name="上级答复").click()
    expect(officer.locator(".panel-head .state").first).to_have_text("上级已答复异议")
    photograph(officer, "grade-concluded")
