"""What lists.js adds to a list: a choice of columns that stays, and deeds on ticked rows."""

import pytest
from playwright.sync_api import expect

from tests.browser.look import assert_serves_everybody

pytestmark = pytest.mark.browser


@pytest.fixture
def stack(running):
    return running("embedded")


def test_a_column_put_away_stays_away_on_this_computer_alone(visits):
    page = visits.window("officer", "/meetings/")
    place = page.get_by_role("columnheader", name="会议地点")
    expect(place).to_be_visible()
    page.get_by_label("列设置").click()
    page.get_by_label("会议地点", exact=True).uncheck()
    expect(place).to_be_hidden()
    page.reload()
    expect(place).to_be_hidden()
    page.get_by_role("button", name="查询").click()
    expect(page.get_by_role("columnheader", name="会议主题")).to_be_visible()
    expect(place).to_be_hidden()
    expect(visits.window("officer", "/meetings/").get_by_role("columnheader", name="会议地点")).to_be_visible()


def test_the_column_that_leads_to_the_rows_cannot_be_put_away(visits):
    page = visits.window("officer", "/meetings/")
    page.evaluate("localStorage.setItem('columns:meeting_list', JSON.stringify(['会议主题', '会议地点']))")
    page.reload()
    expect(page.get_by_role("columnheader", name="会议地点")).to_be_hidden()
    expect(page.get_by_role("columnheader", name="会议主题")).to_be_visible()
    page.get_by_label("列设置").click()
    expect(page.get_by_label("会议地点", exact=True)).to_be_visible()
    expect(page.locator(".column-list").get_by_label("会议主题")).to_have_count(0)


def test_ticked_rows_are_counted_and_exported(visits):
    page = visits.window("officer", "/meetings/")
    bar = page.locator("[data-batch]")
    expect(bar.get_by_role("button", name="导出所选")).to_be_hidden()
    ticks = page.get_by_label("选择本行")
    ticks.nth(1).check()
    ticks.nth(3).check()
    expect(bar.locator("[data-count]")).to_have_text("2")
    assert_serves_everybody(page, "list-batch")
    bar.get_by_label("全选本页").check()
    expect(bar.locator("[data-count]")).to_have_text(str(ticks.count()))
    bar.get_by_role("button", name="取消选择").click()
    expect(bar.locator("[data-count]")).to_have_text("0")
    ticks.nth(3).check()
    bar.get_by_role("button", name="导出所选").click()
    expect(page.get_by_text("会议台账").first).to_be_visible()
    expect(page.get_by_role("link", name="下载")).to_be_visible(timeout=30_000)
