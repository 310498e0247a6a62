"""Reminders on their ways: a mail address chosen and confirmed, the phone list and its sheet, on a desk and on a phone."""

import re
import time

import pytest
from playwright.sync_api import expect

from tests.browser.look import assert_no_serious_violation, assert_serves_everybody
from tests.browser.visits import photograph

pytestmark = pytest.mark.browser

ADDRESS = "colleague@example.org"
SECONDS = 40  # a code is mailed at once, or by the next round of the clock


@pytest.fixture
def stack(running):
    """Mails and telephones know nothing of the stack behind: one is enough."""
    return running("embedded")


def code_from(mails):
    """The code in the mail that has come, or comes."""
    end = time.monotonic() + SECONDS
    while not (come := [mail for mail in mails.messages if mail["To"] == ADDRESS]):
        assert time.monotonic() < end, "no mail came"
        time.sleep(0.2)
    (mail,) = come
    assert "对照检查" not in mail["Subject"]
    found = re.search(r"验证码：(\S+?)。", mail.get_content())
    assert found, mail.get_content()
    return found[1]


def test_a_mail_address_counts_once_its_code_is_typed(visits, mails):
    page = visits.window("colleague", "/notices/")
    page.get_by_role("link", name="邮件提醒").click()
    assert_serves_everybody(page, "mail")
    address = page.get_by_label("电子邮箱")
    address.fill("colleague@")
    page.get_by_role("button", name="保存").click()
    expect(address).to_have_value("colleague@")
    expect(page.get_by_role("main")).to_contain_text("邮箱")
    assert_serves_everybody(page, "mail-wrong-address")
    address.fill(ADDRESS)
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("main")).to_contain_text(f"{ADDRESS} 尚未确认")
    assert_serves_everybody(page, "mail-unconfirmed")

    page.get_by_label("邮件中的验证码").fill("AAAA-AAAA")
    page.get_by_role("button", name="确认邮箱").click()
    expect(page.get_by_role("alert")).to_contain_text("验证码")
    assert_no_serious_violation(page)
    page.get_by_label("邮件中的验证码").fill(code_from(mails))
    page.get_by_role("button", name="确认邮箱").click()
    expect(page.get_by_role("main")).to_contain_text(f"邮件发往 {ADDRESS}")
    assert_serves_everybody(page, "mail-confirmed")

    page.get_by_label("电子邮箱").fill("")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("main")).not_to_contain_text(ADDRESS)


def test_who_has_been_told_by_telephone_is_ticked_and_leaves_the_sheet(visits):
    page = visits.window("secretary2", "/")
    page.get_by_role("link", name="电话通知单").click()
    untold = page.locator("tbody tr").filter(has=page.get_by_role("checkbox"))
    expect(untold.first.get_by_role("link")).to_have_attribute("href", re.compile(r"^tel:\d+$"))
    assert_serves_everybody(page, "phone-list")
    _, phone, what, on, *_ = untold.first.locator("td").all_inner_texts()
    line = page.locator("tbody tr")
    for words in (phone, what, on):  # of this notice alone: a round of the clock may owe others meanwhile
        line = line.filter(has_text=words.strip())
    page.get_by_role("link", name="打印通知单").click()
    expect(line).to_have_count(1)
    assert_serves_everybody(page, "phone-sheet")
    page.emulate_media(media="print")
    for part in (page.get_by_role("navigation").first, page.get_by_role("button", name="打印")):
        expect(part).to_be_hidden()
    photograph(page, "phone-sheet-on-paper")
    page.emulate_media(media="screen")

    page.goto("/notices/phone/?told=no")
    line.get_by_role("checkbox").check()
    expect(page.locator(".batch [data-count]")).to_have_text("1")
    photograph(page, "phone-list-ticked")
    page.get_by_role("button", name="已电话催办").click()
    expect(page.get_by_role("status").or_(page.get_by_role("alert")).first).to_contain_text("1")
    page.goto("/notices/phone/?told=yes")
    expect(line.get_by_role("cell", name=re.compile(r"^\d{4}-\d\d-\d\d \S"))).to_have_count(1)
    page.get_by_role("link", name="打印通知单").click()
    expect(page.get_by_role("button", name="打印")).to_be_visible()
    expect(line).to_have_count(0)
