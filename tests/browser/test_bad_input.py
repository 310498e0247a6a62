"""What people type or tamper with by mistake or on purpose: clear words, nothing lost, nothing leaked."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.look import assert_serves_everybody
from tests.browser.visits import key, photograph, tick

pytestmark = pytest.mark.browser

one_stack = pytest.mark.parametrize("stack", ["embedded"], indirect=True)  # where no database makes a difference
WORDS = "第一行:会前学习\n第二行:谈心谈话"


def test_a_search_takes_signs_letter_for_letter(visits):
    page = visits.window("officer", "/meetings/?q=%25")
    expect(page.get_by_text("没有符合条件的记录")).to_be_visible()
    expect(page.get_by_label("关键词")).to_have_value("%")
    page.goto("/meetings/?q=_")
    expect(page.get_by_text("没有符合条件的记录")).to_be_visible()
    page.goto("/meetings/?q=%5C%27%22%3Cb%3E")
    expect(page.get_by_label("关键词")).to_have_value("\\'\"<b>")


def test_a_text_no_database_holds_is_refused_in_words(visits):
    page = visits.window("officer")
    for path in ("/meetings/?q=a%00b", "/materials/?q=%00", "/members/?q=%ED%A0%80%00"):
        visits.expect_fault("status of 400")
        page.goto(path)
        expect(page.get_by_role("heading", name="提交的内容无法识别")).to_be_visible()
        expect(page.get_by_text("只粘贴文本")).to_be_visible()  # what to do about it
        assert_nothing_leaks(page)


@one_stack
def test_a_condition_that_is_no_date_shows_no_rows(visits):
    page = visits.window("officer", "/meetings/?held_after=2021-02-30")
    expect(page.get_by_text("没有这一天")).to_be_visible()
    expect(page.get_by_label("起始日期")).to_have_value("2021-02-30")
    expect(page.locator("table.rows")).to_have_count(0)


def test_an_address_of_a_sibling_looks_like_none_at_all(visits):
    officer = visits.window("officer", "/meetings/?organisation=实验小学&form=org_life_meeting")
    theirs = officer.locator("table.rows tbody a").first.get_attribute("href")
    theme = officer.locator("table.rows tbody a").first.inner_text()
    officer.goto("/materials/?organisation=实验小学")
    material = officer.locator("table.rows tbody a").first.get_attribute("href")

    secretary = visits.window("secretary")
    for path in (theirs, f"{theirs}edit/", material, f"{material}edit/", "/meetings/999999/"):
        visits.expect_fault("status of 404")
        secretary.goto(path)
        expect(secretary.get_by_role("heading", name="没有找到这个页面")).to_be_visible()
        expect(secretary.get_by_role("link", name="返回首页")).to_be_visible()
        expect(secretary.get_by_text(theme)).to_have_count(0)
        assert_nothing_leaks(secretary)
    photograph(secretary, "not-found")


@one_stack
def test_impossible_facts_of_a_meeting_come_back_with_everything_typed(visits):
    page = visits.window("secretary")
    begin_meeting(page)
    typed = {
        "会议主题": "主题%_<b>&",
        "开始时间": "2021-02-30 09:00",
        "结束时间": "2021-03-15 8:00",
        "会议地点": "三楼",
    }
    for label, text in typed.items():
        page.get_by_label(label).fill(text)
    page.get_by_role("textbox", name="会议记录").fill(WORDS)
    absent = page.locator("[data-attendance] tbody tr").nth(1)
    tick(absent, "缺席")

    submit(page)
    refused = page.get_by_role("alert")
    expect(refused).to_contain_text(re.compile("没有这一天.2021-02-30 09:00"))  # names the day and how to write one
    expect(refused).to_contain_text("2026-12-31 20:30")
    expect(absent).to_contain_text("请填写请假或缺席原因")
    expect(page.locator("[data-attendance] tbody tr").nth(0)).to_contain_text("请勾选该党员是否到会")
    assert_still_typed(page, typed)
    assert_serves_everybody(page, "meeting-refused")

    typed["开始时间"] = "2021-03-15 09:00"
    page.get_by_label("开始时间").fill(typed["开始时间"])
    submit(page)
    expect(refused).to_contain_text("结束时间")
    expect(refused).to_contain_text("请核对两个时间")
    assert_still_typed(page, typed)
    expect(absent.get_by_role("radio", name="缺席")).to_be_checked()
    assert_nothing_leaks(page)


def test_a_tampered_meeting_form_changes_nothing(visits):
    page = visits.window("secretary")
    draft = save_draft(page, "原来的主题")
    for version, is_stale in (("77", True), ("-1", True), ("9" * 30, True), ("", True), ("x'; --", False)):
        if is_stale:
            visits.expect_fault("status of 409")
        page.goto(f"/meetings/{draft}/edit/")
        page.get_by_label("会议主题").fill("改过的主题")
        tamper(page, "version", version)
        page.get_by_role("button", name="保存草稿").click()
        expect(page.get_by_role("alert")).to_be_visible()
        expect(page.get_by_label("会议主题")).to_have_value("改过的主题")
        assert_nothing_leaks(page)
    page.goto(f"/meetings/{draft}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("原来的主题")


@one_stack
def test_a_form_turned_to_another_branch_is_refused(visits):
    sibling = visits.window("secretary2")
    begin_meeting(sibling)
    page = visits.window("secretary")
    begin_meeting(page)
    page.get_by_label("会议主题").fill("冒充他人支部")
    page.locator("main form").evaluate("(form, address) => { form.action = address; }", sibling.url)
    visits.expect_fault("status of 404")
    page.get_by_role("button", name="保存草稿").click()
    expect(page.get_by_role("heading", name="没有找到这个页面")).to_be_visible()
    sibling.goto("/meetings/?q=冒充他人支部")
    expect(sibling.get_by_text("没有符合条件的记录")).to_be_visible()


@one_stack
def test_two_windows_on_one_meeting_lose_no_word(visits):
    first = visits.window("secretary")
    draft = save_draft(first, "两个窗口")
    second = visits.window("clerk", f"/meetings/{draft}/edit/")
    first.goto(f"/meetings/{draft}/edit/")
    first.get_by_label("会议地点").fill("甲写的地点")
    first.get_by_role("button", name="保存草稿").click()
    expect(first.get_by_role("heading", level=1)).to_be_visible()

    second.get_by_label("会议地点").fill("乙写的地点")
    second.get_by_role("textbox", name="会议记录").fill(WORDS)
    visits.expect_fault("status of 409")
    second.get_by_role("button", name="保存草稿").click()
    expect(second.get_by_role("alert")).to_be_visible()
    assert_still_typed(second, {"会议地点": "乙写的地点"})
    expect(second.get_by_role("main")).to_contain_text("甲写的地点")  # both texts, side by side
    photograph(second, "meeting-conflict")
    second.get_by_role("button", name="保存草稿").click()
    expect(second.get_by_role("heading", level=1)).to_have_text("两个窗口")
    expect(second.get_by_role("main")).to_contain_text("乙写的地点")


@one_stack
def test_two_windows_on_one_material_lose_no_word(visits):
    first = visits.window("clerk", "/materials/?state=returned")
    first.locator("table.rows tbody a").first.click()
    first.get_by_role("link", name="撰写").click()
    second = visits.window("clerk", first.url)
    first.locator("main textarea").nth(1).fill("甲窗口的文字")
    expect(first.get_by_text("已自动保存")).to_be_visible()

    words = second.locator("main textarea").nth(1)
    visits.expect_fault("status of 409")
    words.fill("乙窗口的文字")
    expect(second.get_by_text("已在另一窗口或另一台设备上保存")).to_be_visible()
    visits.expect_fault("status of 409")
    second.get_by_role("button", name="保存草稿").click()
    expect(second.get_by_role("alert")).to_be_visible()
    expect(words).to_have_value("乙窗口的文字")
    expect(second.get_by_role("main")).to_contain_text("甲窗口的文字")
    photograph(second, "material-conflict")
    second.get_by_role("button", name="保存草稿").click()
    second.get_by_role("link", name="撰写").click()
    expect(words).to_have_value("乙窗口的文字")


def test_a_tampered_material_form_keeps_every_word(visits):
    page = visits.window("secretary2", "/materials/")
    page.locator("tbody tr").filter(has_text="上级党组织").first.get_by_role("link").click()
    page.get_by_role("link", name="撰写").click()
    address = page.url
    for revision, is_stale in (("5", True), ("-5", True), ("9" * 30, True), ("x", False)):
        if is_stale:
            visits.expect_fault("status of 409")
        page.goto(address)
        tamper(page, "revision", revision)
        page.locator("main textarea").first.evaluate("field => { field.value = '尚未保存的文字'; }")
        page.get_by_role("button", name="保存草稿").click()
        expect(page.get_by_role("alert")).to_be_visible()
        expect(page.locator("main textarea").first).to_have_value("尚未保存的文字")
        assert_nothing_leaks(page)


def begin_meeting(page: Page) -> None:
    """Open the empty form of an organisational life meeting."""
    page.goto("/meetings/new/")
    page.get_by_role("link", name="组织生活会").click()
    expect(page.get_by_label("会议主题")).to_be_visible()


def save_draft(page: Page, theme: str) -> int:
    """A new draft with this theme; its key."""
    begin_meeting(page)
    page.get_by_label("会议主题").fill(theme)
    page.get_by_role("button", name="保存草稿").click()
    expect(page.get_by_role("heading", name=theme)).to_be_visible()
    return key(page)


def submit(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name="提交", exact=True).click()


def tamper(page: Page, name: str, value: str) -> None:
    """Put `value` into a hidden field, as no page of ours does."""
    page.locator(f"input[name={name}]").evaluate("(field, value) => { field.value = value; }", value)


def assert_still_typed(page: Page, typed: dict[str, str]) -> None:
    for label, text in typed.items():
        expect(page.get_by_label(label)).to_have_value(text)
    expect(page.get_by_role("textbox", name="会议记录")).to_have_value(WORDS)


def assert_nothing_leaks(page: Page) -> None:
    """No trace of how the product is made, nor English words of a framework."""
    words = page.locator("body").inner_text()
    for leak in ("Traceback", "Django", "Exception", "Error", "SELECT", ".py", "psycopg", "sqlite"):
        assert leak not in words, words
