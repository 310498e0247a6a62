"""The pages of the main job as an eye and a screen reader meet them, on a desk and on a phone, with and without scripts."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.look import assert_no_serious_violation, assert_serves_everybody
from tests.browser.visits import PHONE, photograph, sign_in

pytestmark = pytest.mark.browser

FIRST_ROW = object()
PAGES = {  # name: who looks, from which address, by which links; the main job looks at notices and exports itself
    "sign-in": ("", "/accounts/login/"),
    "dashboard-member": ("member", "/"),
    "dashboard-secretary": ("secretary", "/"),
    "dashboard-supervisor": ("supervisor", "/"),
    "to-dos": ("secretary", "/notices/todos/"),
    "meetings": ("officer", "/meetings/"),
    "meetings-none": ("officer", "/meetings/?q=没有这样的主题"),
    "meeting-choice": ("secretary", "/meetings/new/"),
    "meeting-form": ("secretary", "/meetings/new/", "组织生活会"),
    "meeting-waiting": ("supervisor", "/meetings/?state=submitted", FIRST_ROW),
    "meeting-returned": ("secretary2", "/meetings/?state=returned", FIRST_ROW),
    "decisions": ("officer", "/meetings/decisions/"),
    "record": ("secretary", "/meetings/?form=general_meeting", FIRST_ROW),
    "record-paper": ("secretary", "/meetings/?form=general_meeting", FIRST_ROW, "打印会议记录"),
    "follow-up": ("secretary", "/meetings/?form=general_meeting", FIRST_ROW, "登记补学、会后通报"),
    "plans": ("secretary", "/meetings/plans/"),
    "plan-sheet": ("secretary", "/meetings/plans/", "青少年宫支部的计划"),
    "plan": ("secretary", "/meetings/plans/?form=org_life_meeting", FIRST_ROW),
    "steps": ("secretary", "/meetings/plans/?form=org_life_meeting", FIRST_ROW, "倒排计划"),
    "frequency": ("officer", "/meetings/frequency/"),
    "frequency-board": ("officer", "/meetings/frequency/", FIRST_ROW),
    "calendar-month": ("secretary", "/meetings/calendar/"),
    "calendar-branch": ("secretary", "/meetings/calendar/", "支部日历"),
    "study": ("member", "/study/"),
    "study-branch": ("secretary", "/study/", "本支部学时"),
    "talks": ("secretary", "/talks/"),
    "notes": ("secretary", "/notes/"),
    "talk-coverage": ("secretary", "/talks/", "谈心谈话覆盖情况"),
    "figures": ("officer", "/figures/"),
    "totals": ("officer", "/figures/totals/"),
    "materials": ("secretary", "/materials/"),
    "material": ("clerk", "/materials/?state=returned", FIRST_ROW),
    "material-form": ("clerk", "/materials/?state=returned", FIRST_ROW, "撰写"),
    "rounds": ("officer", "/rounds/"),
    "round": ("officer", "/rounds/", FIRST_ROW),
    "votes": ("secretary", "/votes/"),
    "vote": ("secretary", "/votes/?state=confirmed", FIRST_ROW),
    "vote-form": ("secretary", "/votes/new/"),
    "ballot-door": ("", "/b/"),
    "ballot-secrecy": ("", "/b/secrecy/"),
    "members": ("secretary", "/members/"),
    "organisations": ("officer", "/organisations/"),
    "jobs": ("officer", "/jobs/"),
    "offices": ("secretary", "/grants/"),
    "delegation": ("secretary", "/grants/delegate/"),
    "new-password": ("secretary", "/slips/?state=account", FIRST_ROW),
    "second-step": ("sysadmin", "/accounts/second-step/"),
    "not-found": ("member", "/meetings/999999/"),
    "forbidden": ("member", "/rounds/new/"),
}
FAULTS = {"not-found": "status of 404", "forbidden": "status of 403"}


@pytest.fixture
def stack(running):
    """The pages are the same on both stacks: one is enough."""
    return running("embedded")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_serves_everybody(visits, name):
    username, path, *links = PAGES[name]
    if name in FAULTS:
        visits.expect_fault(FAULTS[name])
    page = visits.window(username, path)
    for link in links:
        row = page.locator("table.rows tbody a").first
        with page.expect_navigation():
            (row if link is FIRST_ROW else page.get_by_role("link", name=link)).click()
    assert_serves_everybody(page, name)
    if name in FAULTS:  # no dead end: the menu is there
        page.get_by_role("link", name="对照检查").click()
        expect(page.get_by_role("heading", name="对照检查材料")).to_be_visible()


def test_what_opens_over_a_page_serves_everybody(visits):
    page = visits.window("secretary", "/meetings/new/")
    page.get_by_role("link", name="组织生活会").click()
    page.get_by_role("button", name="打开日历").first.click()
    calendar = page.get_by_role("dialog", name="选择日期")
    expect(calendar).to_be_visible()
    assert_serves_everybody(page, "calendar")
    page.keyboard.press("Escape")
    expect(calendar).to_be_hidden()

    page.set_viewport_size(PHONE)
    page.get_by_role("link", name="菜单").or_(page.get_by_role("button", name="菜单")).click()
    expect(page.get_by_role("link", name="对照检查")).to_be_in_viewport()
    expect(page.locator(".showing")).to_have_count(0)
    photograph(page, "menu-phone")
    assert_no_serious_violation(page)
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("link", name="对照检查").click()
    expect(page.get_by_role("heading", name="对照检查材料")).to_be_visible()


def test_the_calendar_fills_in_a_day_by_keyboard(visits):
    page = visits.window("secretary", "/meetings/new/")
    page.get_by_role("link", name="组织生活会").click()
    ends = page.get_by_label("结束时间")
    ends.fill("2021-03-14 11:00")
    ends.locator("xpath=following-sibling::button").press("Enter")
    expect(page.get_by_role("button", name="2021-03-14")).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(ends).to_have_value("2021-03-15 11:00")


def test_a_meeting_is_recorded_without_javascript(visits):
    page = visits.window(java_script_enabled=False)
    sign_in(page, "secretary2")
    page.get_by_role("link", name="会议记录", exact=True).click()
    page.get_by_label("会议类型").select_option(label="党课")
    page.get_by_role("button", name="查询").click()
    expect(page.locator("table.rows tbody tr")).to_have_count(2)  # a lecture, and a theme day that counts as one
    page.get_by_role("link", name="重置").click()
    expect(page.locator("table.rows tbody tr").nth(1)).to_be_visible()

    page.get_by_role("link", name="记录会议").click()
    page.get_by_role("link", name="主题党日").click()
    page.get_by_label("会议主题").fill("无脚本记录")
    page.get_by_label("开始时间").fill("2026年3月5日 14:30")
    page.get_by_label("结束时间").fill("2026.3.5 16:00")
    page.get_by_label("会议地点").fill("图书室")
    for line in page.locator("[data-attendance] tbody tr").all():
        line.locator("label").first.click()
    page.get_by_role("button", name="保存草稿").click()
    expect(page.get_by_role("heading", name="无脚本记录")).to_be_visible()
    expect(page.get_by_text(re.compile("2026-03-05 14:30.16:00"))).to_be_visible()
    expect(page.locator("[data-count=present]")).to_have_text(page.locator("[data-count=due]").inner_text())
    photograph(page, "meeting-without-javascript")


def test_a_material_is_handed_in_without_javascript(visits):
    page = visits.window(java_script_enabled=False)
    sign_in(page, "member2")
    page.goto("/materials/")
    page.locator("table.rows tbody a").first.click()
    page.get_by_role("link", name="撰写").click()
    page.locator("main textarea").first.fill("没有脚本,也能提交。")
    page.get_by_role("button", name="提交", exact=True).click()
    page.get_by_role("button", name="仍然提交").click()
    expect(page.locator(".panel-head .state").first).to_have_text("待审阅")
    expect(page.get_by_role("main")).to_contain_text("没有脚本,也能提交。")
