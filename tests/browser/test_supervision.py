"""A supervisor in a village hall: the phone loses the network while he writes, the page is opened anew, and what he wrote
is handed over once."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.look import assert_no_serious_violation, assert_serves_everybody
from tests.browser.visits import PHONE

pytestmark = pytest.mark.browser
WORDS = "支委发言能联系实际，批评意见还不够具体。"


@pytest.fixture
def stack(running):
    """Whether words are lost is decided in the browser: one stack is enough."""
    return running("embedded")


def line(page, number):
    return page.locator(".visit-line").nth(number)


def test_a_visit_written_without_a_network_is_handed_over_once(visits):
    page = visits.window("supervisor", "/supervision/", viewport=PHONE)
    assert_no_serious_violation(page)
    page.locator("tr", has_text="第一中学支部").get_by_role("link", name="填写督导记录").click()
    page.get_by_role("link", name="五个不放过").click()
    expect(page.get_by_text("没有网络时可继续填写")).to_be_visible()
    line(page, 1).get_by_text("未达到", exact=True).click()
    page.context.set_offline(True)
    line(page, 1).get_by_role("textbox").fill("两名党员没有谈到")
    page.get_by_label("点评要点").press_sequentially(WORDS)
    expect(page.get_by_text("已在本机留存")).to_be_attached()
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("网络不通")).to_be_attached()
    expect(page.get_by_label("点评要点")).to_have_value(WORDS)
    page.context.set_offline(False)
    page.once("dialog", lambda dialog: dialog.accept())
    page.reload()  # as a phone does that had to let go of the page

    found = page.get_by_role("region", name="本机留有您尚未保存的内容")
    expect(found).to_contain_text(WORDS)
    expect(found).to_contain_text("两名党员没有谈到")
    assert_no_serious_violation(page)
    page.get_by_role("button", name="恢复到表单中").click()
    expect(page.get_by_label("点评要点")).to_have_value(WORDS)
    expect(line(page, 1).get_by_role("radio", name="未达到")).to_be_checked()
    sent = page.evaluate("[...new FormData(document.querySelector('form[data-copy]')).entries()]")
    page.get_by_role("button", name="提交").click()
    page.wait_for_url(re.compile(r"/visits/\d+/$"))
    made = page.url
    expect(page.get_by_role("main")).to_contain_text(WORDS)
    assert_serves_everybody(page, "visit-detail")

    # The same form once more, as after an answer that was lost on the way: the same record.
    form = {name: value for name, value in sent if name != "csrfmiddlewaretoken"} | {"save": "submit"}
    token = next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "csrftoken")
    page.goto("/visits/new/")
    target = page.evaluate(
        "() => [...document.querySelectorAll('a.choice')].find((a) => a.textContent.includes('第一中学')).href"
    )
    again = page.request.post(f"{target}&checklist=five", form=form, headers={"X-CSRFToken": token, "Referer": target})
    assert again.url == made
    page.goto("/visits/?q=")
    expect(page.locator("tbody tr").filter(has_text="第一中学支部").filter(has_text="已提交")).to_have_count(1)


def test_the_pages_of_supervision_serve_everybody(visits):
    page = visits.window("supervisor", "/supervision/")
    assert_serves_everybody(page, "supervision-list")
    page.goto("/visits/")
    assert_serves_everybody(page, "visit-list")
    page.locator("tbody tr").filter(has_text="实验小学支部").get_by_role("link").first.click()
    page.get_by_role("link", name="打印反馈意见").click()
    assert_serves_everybody(page, "visit-paper")
    page.goto("/visits/new/")
    assert_serves_everybody(page, "visit-create")
