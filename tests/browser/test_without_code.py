"""An officer adds an aspect, a requirement and a form of meeting at the pages: draft, gate and table follow."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.look import assert_serves_everybody

pytestmark = pytest.mark.browser
NAME, ASPECT, FORM = "专项整治组织生活会", "联系群众方面", "院落议事会"


@pytest.fixture
def stack(running):
    """The pages are the same on both stacks: one is enough."""
    return running("embedded")


def test_what_an_officer_adds_reaches_draft_gate_and_table(visits):
    officer = visits.window("officer")
    an_own_form_of_meeting(officer)
    a_round_with_an_aspect_and_a_requirement(officer)
    the_draft_has_the_aspect(visits.window("member"))
    secretary = visits.window("secretary")
    the_gate_asks_for_it(secretary)
    the_form_is_held_and_counted(secretary)


def an_own_form_of_meeting(page):
    page.goto("/organisations/")
    page.locator("tbody a:not([hx-get])").first.click()
    page.get_by_role("link", name="适用规则").click()
    page.get_by_role("link", name="会议形式").click()
    page.get_by_role("link", name="新增会议形式").click()
    page.get_by_label("会议名称").fill(FORM)
    page.get_by_label("按何种形式召开和统计").select_option(label="其他会议")
    page.get_by_label("预设议程").fill("通报议题\n逐项议事\n当场交办")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("link", name=FORM)).to_be_visible()
    assert_serves_everybody(page, "own-forms")


def a_round_with_an_aspect_and_a_requirement(page):
    today = date.today()
    page.goto("/rounds/")
    page.get_by_role("link", name="筹备活动").click()
    page.locator("[name=organisation]").select_option(index=1)
    page.locator("[name=year]").fill(str(today.year))
    page.locator("[name=name]").fill(NAME)
    page.locator("[name=roster_on]").fill(str(today - timedelta(1)))
    page.locator("[name=due_on]").fill(str(today + timedelta(20)))
    page.locator("[name=template]").select_option(index=1)
    page.locator("[name=aspects]").fill(f"理想信念方面\n{ASPECT}")
    assert_serves_everybody(page, "round-new")
    page.get_by_role("button", name="保存").click()
    page.get_by_role("link", name="增加要求").first.click()
    page.locator("[name=metric]").select_option("meetings.theme_day")
    page.locator("[name=value]").fill("4")
    page.locator("[name=severity]").select_option("block")
    page.get_by_role("button", name="保存").click()
    page.get_by_role("link", name=NAME).click()
    page.get_by_role("button", name="启动").click()
    page.get_by_role("button", name="启动活动").last.click()


def the_draft_has_the_aspect(page):
    page.goto("/materials/")
    page.get_by_role("row", name=NAME).get_by_role("link").first.click()
    page.get_by_role("link", name="撰写").first.click()
    expect(page.get_by_label(ASPECT)).to_be_visible()


def the_gate_asks_for_it(page):
    page.goto("/progress/")
    page.get_by_role("row", name=NAME).get_by_role("link").first.click()
    expect(page.get_by_text("主题党日")).to_be_visible()


def the_form_is_held_and_counted(page):
    page.goto("/meetings/new/")
    page.get_by_role("link", name=FORM).click()
    expect(page.get_by_label("议程")).to_have_value("通报议题\n逐项议事\n当场交办")
    page.get_by_role("button", name="保存草稿").click()
    page.goto("/meetings/")
    expect(page.get_by_role("table")).to_contain_text(FORM)
    page.goto("/meetings/frequency/")
    page.locator("tbody a").first.click()
    expect(page.get_by_role("rowheader", name=FORM)).to_be_visible()
