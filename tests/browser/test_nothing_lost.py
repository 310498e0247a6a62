"""What a person typed is not lost and not shown to the next: no network, an ended session, a second window, a shared
computer. And how much work the two main deeds are."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.counting import effort
from tests.browser.look import assert_serves_everybody
from tests.browser.visits import photograph, sign_in
from tests.scenarios import youth_palace as case

pytestmark = pytest.mark.browser

WORDS = "会上逐条通报了上年整改情况。"
COPIES = "Object.entries(localStorage).filter(([name]) => name.startsWith('copy:'))"


@pytest.fixture
def stack(running):
    """Whether words are lost is decided in the browser: one stack is enough."""
    return running("embedded")


# The server keeps what is typed for a record after two seconds; what the computer keeps is for when it does not.
OUT_OF_REACH = """
const ask = window.fetch;
window.fetch = (address, ...rest) => String(address).includes("/autosave/") ? Promise.resolve({ redirected: true })
  : ask(address, ...rest);
"""


def begin_record(page, form="党课"):
    page.add_init_script(OUT_OF_REACH)
    page.goto("/meetings/new/")
    page.get_by_role("link", name=form).click()
    page.get_by_label("会议主题").fill("讲党课")
    page.get_by_role("textbox", name="会议记录").press_sequentially(WORDS)
    expect(page.get_by_text("已在本机留存")).to_be_visible()


def end_session(page):
    """The session is over, and the page does not know."""
    page.context.clear_cookies(name="sessionid")


def found(page):
    return page.get_by_role("region", name="本机留有您尚未保存的内容")


def leave(page, path):
    """As somebody who closes the page all the same."""
    page.once("dialog", lambda dialog: dialog.accept())
    page.goto(path)


def test_words_outlive_the_session_and_come_back_to_their_writer_alone(visits):
    visits.expect_fault("status of 404")  # the branch of somebody else
    visits.expect_fault("status of 404")
    page = visits.window()
    page.goto("/")
    sign_in(page, "secretary2")
    begin_record(page)
    writing = page.url
    kept = page.evaluate(COPIES)
    assert len(kept) == 1 and WORDS[:4] not in str(kept) and "党课" not in str(kept)

    end_session(page)
    page.get_by_role("button", name="保存草稿").click()
    page.wait_for_url(re.compile("/accounts/login"))

    sign_in(page, "clerk")  # the next person at this computer
    leave(page, writing)
    expect(found(page)).to_be_hidden()
    expect(page.get_by_role("main")).not_to_contain_text(WORDS)
    page.context.clear_cookies()

    page.goto(writing)
    sign_in(page, "secretary2")
    expect(found(page)).to_be_visible()
    expect(found(page)).to_contain_text(WORDS)
    assert_serves_everybody(page, "copy-found")
    expect(page.get_by_role("textbox", name="会议记录")).to_have_value("")
    page.get_by_role("button", name="恢复到表单中").click()
    expect(page.get_by_role("textbox", name="会议记录")).to_have_value(WORDS)
    expect(page.get_by_label("会议主题")).to_have_value("讲党课")
    page.get_by_role("button", name="保存草稿").click()
    expect(page.get_by_role("main")).to_contain_text(WORDS)
    assert page.evaluate(COPIES) == []  # the server has them


def test_who_signs_out_leaves_nothing_behind(visits):
    page = visits.window("", "/")
    sign_in(page, "secretary4")
    begin_record(page)
    leave(page, "/")
    assert len(page.evaluate(COPIES)) == 1
    page.locator(".user-menu summary").click()
    page.get_by_role("button", name="退出").click()
    page.wait_for_load_state()
    assert page.evaluate(COPIES) == []


def test_without_a_network_nothing_is_sent_and_nothing_lost(visits):
    page = visits.window("secretary2")
    begin_record(page, "主题党日")
    page.context.set_offline(True)
    page.get_by_role("button", name="保存草稿").click()
    expect(page.get_by_text("网络不通,没有发送".replace(",", "，"))).to_be_visible()
    expect(page.get_by_role("textbox", name="会议记录")).to_have_value(WORDS)
    page.context.set_offline(False)
    page.get_by_role("button", name="保存草稿").click()
    expect(page.get_by_role("main")).to_contain_text(WORDS)


def test_autosave_goes_on_after_a_second_sign_in(visits):
    visits.expect_fault("status of 403")
    page = visits.window("", "/")
    sign_in(page, "secretary")
    page.goto("/materials/?state=draft")
    page.locator("table.rows tbody tr").filter(has_text="班子").get_by_role("link").first.click()
    page.get_by_role("link", name="撰写").click()
    assert_serves_everybody(page, "committee-material-form")
    end_session(page)
    page.locator("main textarea").first.press_sequentially("班子存在的问题。")
    expect(page.get_by_text("您已退出登录")).to_be_visible(timeout=20_000)
    second = page.context.new_page()
    second.goto("/")
    sign_in(second, "secretary")
    page.bring_to_front()
    page.locator("main textarea").first.press_sequentially("还有一条。")
    expect(page.get_by_text("已自动保存")).to_be_visible(timeout=20_000)
    page.once("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(page.locator("main textarea").first).to_have_value("班子存在的问题。还有一条。")


def test_what_is_autosaved_is_not_asked_about_again(visits):
    """Neither by leaving the field nor by leaving the page; a word typed since is."""
    page = visits.window("secretary")
    page.goto("/materials/?state=draft")
    page.locator("table.rows tbody tr").filter(has_text="班子").get_by_role("link").first.click()
    page.get_by_role("link", name="撰写").click()
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    text = page.locator("main textarea").nth(1)
    text.press_sequentially("自动保存的一句。")
    expect(page.get_by_text("已自动保存")).to_be_visible(timeout=8000)
    text.blur()
    page.wait_for_timeout(200)
    assert page.evaluate(COPIES) == []
    page.reload()
    assert asked == []
    expect(text).to_have_value("自动保存的一句。")
    text.press_sequentially("又一句")
    page.reload()
    assert asked == ["beforeunload"]


SLOW_CIPHER = """
const lock = crypto.subtle.encrypt.bind(crypto.subtle);
crypto.subtle.encrypt = async (...given) => { await new Promise((done) => setTimeout(done, 4000)); return lock(...given); };
"""


def test_a_copy_that_is_late_does_not_say_unsaved_of_what_the_server_has(visits):
    page = visits.window("secretary")
    page.add_init_script(SLOW_CIPHER)
    page.goto("/materials/?state=draft")
    page.locator("table.rows tbody tr").filter(has_text="班子").get_by_role("link").first.click()
    page.get_by_role("link", name="撰写").click()
    page.locator("main textarea").nth(2).fill("一次写完的一句。")
    expect(page.get_by_text("已自动保存")).to_be_visible(timeout=8000)
    page.wait_for_timeout(4500)
    expect(page.locator("[data-copy-line]")).to_be_empty()
    assert page.evaluate(COPIES) == []


def test_the_second_of_two_windows_sees_both_texts(visits):
    visits.expect_fault("status of 409")
    first, second = visits.window("secretary2"), visits.window("secretary2")
    begin_record(first, "党课")
    first.get_by_role("button", name="保存草稿").click()
    first.get_by_role("link", name="编辑").click()
    second.goto(first.url)
    for page, words in ((first, "第一个窗口"), (second, "第二个窗口")):
        page.get_by_label("会议主题").fill(words)
        page.get_by_role("button", name="保存草稿").click()
        page.wait_for_load_state()
    expect(second.get_by_label("会议主题")).to_have_value("第二个窗口")
    expect(second.get_by_role("main")).to_contain_text("第一个窗口")
    assert_serves_everybody(second, "meeting-409")


def test_a_filed_record_is_corrected_with_a_reason(visits):
    page = visits.window("secretary2", "/meetings/?form=party_lecture&state=filed")
    page.locator("table.rows tbody a").first.click()
    page.get_by_role("link", name="更正").click()
    page.get_by_label("更正原因").fill("地点写错")
    page.get_by_label("会议地点").fill("三楼会议室")
    assert_serves_everybody(page, "meeting-correction")
    page.get_by_role("button", name="提交更正").click()
    expect(page.get_by_role("heading", name="确认提交会议记录")).to_be_visible()
    assert_serves_everybody(page, "meeting-correction-asked")
    page.get_by_role("button", name="提交", exact=True).click()
    line = page.locator("tr").filter(has_text="三楼会议室")
    expect(line).to_contain_text("二楼会议室")
    expect(page.get_by_role("main")).to_contain_text("地点写错")
    assert_serves_everybody(page, "meeting-corrected")


def test_an_absent_host_is_asked_about_and_going_back_keeps_what_was_typed(visits):
    page = visits.window("secretary", "/meetings/new/")
    page.get_by_role("link", name="支部党员大会").click()
    page.get_by_label("会议主题").fill("缺席的主持人")
    page.get_by_label("会议地点").fill("底楼")
    page.get_by_label("结束时间").fill(page.get_by_label("开始时间").input_value()[:11] + "23:59")
    page.get_by_label("开始时间").fill("2026-03-02 09:00")
    page.get_by_label("结束时间").fill("2026-03-02 10:00")
    page.get_by_label("主持人").select_option(index=1)
    page.get_by_label("记录人").select_option(index=2)
    page.get_by_label("议程").fill("1. 学习\n2. 讨论")
    page.get_by_label("补录原因").fill("记录人出差")
    rows = page.locator("[data-member]")
    # By keyboard alone: every digit leads on, Enter to the reason of who is away and out of it again.
    rows.first.get_by_role("radio").first.focus()
    page.keyboard.type("2" + "1" * (rows.count() - 1))
    expect(page.locator("[data-count=leave]")).to_have_text("1")
    rows.first.get_by_role("radio", checked=True).focus()
    page.keyboard.press("Enter")
    page.keyboard.type("出差")
    page.keyboard.press("Enter")
    expect(rows.nth(1).get_by_role("radio", checked=True)).to_be_focused()
    expect(page.locator("[data-count=present]")).to_have_text(str(rows.count() - 1))
    page.get_by_role("button", name="提交", exact=True).click()
    main = page.get_by_role("main")
    expect(main).to_contain_text("请核对")
    expect(main).to_contain_text("提交即归档")
    photograph(page, "host-absent")
    page.get_by_role("button", name="返回继续填写").click()
    expect(page.get_by_label("会议主题")).to_have_value("缺席的主持人")
    expect(rows.first.get_by_role("textbox")).to_have_value("出差")
    page.get_by_role("button", name="提交", exact=True).click()
    page.get_by_role("button", name="提交", exact=True).click()
    expect(page.locator(".agenda li").first).to_have_text("学习")


def typed(field, text):
    """Click into a field and type, as a hand does."""
    field.click()
    field.press("Control+a")
    field.press_sequentially(text)


def chosen(select, place):
    """Step down to an entry of a list."""
    select.focus()
    for _ in range(place):
        select.press("ArrowDown")


def test_how_much_work_the_two_main_deeds_are(visits):
    """From the first page: the meeting of the case with every letter typed, and one review."""
    secretary = visits.window("secretary")
    with effort(secretary, "record the 组织生活会") as spent:
        secretary.get_by_role("link", name="会议记录", exact=True).click()
        secretary.get_by_role("link", name="记录会议").click()
        secretary.get_by_role("link", name=case.FORM).click()
        for label, text in (("会议主题", "计时的组织生活会"), ("开始时间", "2021-03-22 09:00"), ("结束时间", "2021-03-22 11:00"),
                            ("会议地点", case.PLACE), ("列席人员", f"顾长青，{case.GUEST_TITLE}")):  # fmt: skip
            typed(secretary.get_by_label(label), text)
        chosen(secretary.get_by_label("主持人"), 1)
        chosen(secretary.get_by_label("记录人"), 3)
        typed(secretary.get_by_role("textbox", name="会议记录"), case.MINUTES)
        typed(secretary.get_by_label("补录原因"), case.WHY_LATE)
        away = secretary.locator("[data-member]").nth(case.AWAY)
        away.get_by_text("请假", exact=True).click()
        typed(away.get_by_role("textbox"), case.REASON)
        secretary.get_by_role("button", name="未勾选者全部到会").click()
        photograph(secretary, "meeting-filled")
        secretary.get_by_role("button", name="提交", exact=True).click()
        expect(secretary.locator(".panel-head .state").first).to_have_text("待审核")
    assert spent.clicks <= 15, spent

    with effort(secretary, "review one material") as spent:
        secretary.get_by_role("link", name="工作台").first.click()
        secretary.get_by_role("link", name=re.compile("^(发言提纲|支委个人对照检查材料)（")).first.click()
        secretary.get_by_role("button", name="审阅通过").click()
        expect(secretary.locator(".panel-head .state").first).to_have_text("审阅通过")
    assert spent.clicks <= 3, spent


def test_faults_of_the_attendance_list_go_as_they_are_mended(visits):
    page = visits.window("secretary", "/meetings/new/")
    page.get_by_role("link", name="支部党员大会").click()
    page.get_by_role("button", name="提交", exact=True).click()
    rows, summary = page.locator("[data-member]"), page.locator(".note-error li").filter(has_text="到会情况")
    expect(summary).to_contain_text(str(rows.count()))
    rows.first.get_by_text("缺席", exact=True).click()
    expect(rows.first.locator(".invalid-feedback")).to_have_count(0)
    expect(summary).to_contain_text(str(rows.count() - 1))
    page.get_by_role("button", name="未勾选者全部到会").click()
    expect(rows.locator(".invalid-feedback")).to_have_count(0)
    expect(summary).to_have_count(0)
    expect(page.locator(".note-error li").first).to_be_visible()  # the theme is still missing
