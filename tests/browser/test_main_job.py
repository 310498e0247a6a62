"""The main job as people live it: one meeting, one material, one reminder and one ledger, on both ways of running."""

import os
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import ledger
from tests.browser.beat import remind
from tests.browser.look import assert_serves_everybody
from tests.browser.visits import key, photograph, tick
from tests.scenarios import youth_palace as case

pytestmark = pytest.mark.browser

FIRST = "学习不够系统,联系实际不够紧密。"
SECOND = "学习不够系统:去年只通读了一遍原著,没有结合馆里的课程安排写出一条体会。"
NOTE = "请结合本职工作举出一件具体的事。"


def test_the_main_job(stack, visits, tmp_path):
    secretary = visits.window("secretary")
    meeting = record_meeting(secretary)
    expect(badge(secretary)).to_have_text("待审核")
    photograph(secretary, "meeting-submitted")

    remind(stack, times=2)
    member = visits.window("member", "/notices/")
    expect(notices(member)).to_have_count(1)
    assert_serves_everybody(member, "notices")
    colleague = visits.window("colleague", "/notices/")
    expect(colleague.get_by_role("heading", name="通知", level=1)).to_be_visible()
    expect(notices(colleague)).to_have_count(0)  # he has handed his in

    notices(member).click()
    write_material(member, FIRST)
    material = key(member)
    review(secretary, material, "退回修改", NOTE)
    member.reload()
    expect(badge(member)).to_have_text("退回修改")
    member.get_by_role("link", name="撰写").click()
    expect(member.get_by_role("main")).to_contain_text(NOTE)
    expect(aspects(member).first).to_have_value(FIRST)
    photograph(member, "material-returned")
    aspects(member).first.fill(SECOND)
    hand_in_with_gaps(member)
    expect(member.get_by_role("heading", name="第2稿")).to_be_visible()
    member.get_by_text("与第1稿对照").click()
    expect(member.locator("ins")).to_contain_text("没有结合馆里的课程安排")
    photograph(member, "material-differences")
    review(secretary, material, "审阅通过")
    member.reload()
    expect(badge(member)).to_have_text("审阅通过")
    expect(member.get_by_role("main")).to_contain_text(SECOND)
    photograph(member, "material-passed")

    supervisor = visits.window("supervisor")
    supervisor.get_by_role("link", name=case.THEME).click()
    expect(badge(supervisor)).to_have_text("待审核")
    supervisor.get_by_role("button", name="审核通过").click()
    expect(badge(supervisor)).to_have_text("已归档")

    officer = visits.window("officer", "/meetings/")
    narrow(officer, case.FORM, "2021-01-01", "2021-12-31")
    shown = officer.locator("table.rows tbody tr")
    expect(shown).to_have_count(1)
    expect(shown).to_contain_text(f"{case.PRESENT} / {case.DUE}")
    photograph(officer, "meetings-filtered")
    path = ledger.export(officer, tmp_path)
    assert_serves_everybody(officer, "export-done")
    officer.goto(f"/meetings/{meeting}/")
    photograph(officer, "meeting-filed")
    told = ledger.told_by_page(officer)
    assert ledger.lines(path) == [{"序号": 1, **told}]
    assert_as_reported(told)


@pytest.mark.soffice
def test_libreoffice_reads_in_the_ledger_what_the_pages_show(visits, tmp_path):
    officer = visits.window("officer", "/meetings/")
    handed_in = officer.locator("table.rows tbody tr").filter(has_text=re.compile("待审核|已归档"))
    addresses = [row.get_by_role("link").get_attribute("href") for row in handed_in.all()]
    path = ledger.export(officer, tmp_path)
    told = []
    for address in addresses:
        officer.goto(address)
        told.append(ledger.told_by_page(officer))

    opened = ledger.lines(ledger.opened_by_office(path, os.environ.get("TEST_SOFFICE", "soffice"), tmp_path))

    assert len(opened) == len(addresses) >= 9
    assert [line.pop("序号") for line in opened] == list(range(1, len(opened) + 1))
    for line, page in zip(by_time(opened), by_time(told), strict=True):
        assert line == page


def test_nobody_reviews_his_own_material(visits):
    secretary = visits.window("secretary", "/materials/")
    own = (
        secretary.locator("tbody tr")
        .filter(has_text="上级党组织")
        .filter(has_not_text="班子")
        .filter(has_not_text="述职")
    )
    own.get_by_role("link").click()
    secretary.get_by_role("link", name="撰写").click()
    aspects(secretary).first.fill(FIRST)
    hand_in_with_gaps(secretary)
    expect(badge(secretary)).to_have_text("待审阅")
    expect(secretary.get_by_role("button", name="撤回")).to_be_visible()
    expect(secretary.get_by_role("button", name="审阅通过")).to_have_count(0)

    supervisor = visits.window("supervisor", f"/materials/{key(secretary)}/")
    expect(supervisor.get_by_role("main")).to_contain_text(FIRST)
    expect(supervisor.get_by_role("button", name="审阅通过")).to_be_visible()


def record_meeting(page: Page) -> int:
    """From the first page to the submitted record of the case's meeting; its key."""
    page.get_by_role("link", name="会议记录", exact=True).click()
    page.get_by_role("link", name="记录会议").click()
    page.get_by_role("link", name=case.FORM).click()
    page.get_by_label("会议主题").fill(case.THEME)
    page.get_by_label("开始时间").fill(case.BEGINS)
    page.get_by_label("结束时间").fill(case.ENDS)
    page.get_by_role("button", name="按会议日期重取名册").click()
    expect(page.get_by_label("会议主题")).to_have_value(case.THEME)

    register = page.locator("[data-attendance] tbody tr")
    expect(register).to_have_count(case.DUE)
    names = [words.split()[0] for words in register.locator("th").all_inner_texts()]
    page.get_by_label("会议地点").fill(case.PLACE)
    page.get_by_label("主持人").select_option(label=names[0])
    page.get_by_label("记录人").select_option(label=names[2])
    page.get_by_label("评议年度").fill(case.APPRAISAL_YEAR)
    agenda = page.get_by_label("议程").input_value()  # the form's own, as the regulation asks
    assert len(agenda.splitlines()) == case.AGENDA_ITEMS
    page.get_by_label("列席人员").fill(f"顾长青,{case.GUEST_TITLE}")
    page.get_by_role("textbox", name="会议记录").fill(case.MINUTES)
    page.get_by_label("补录原因").fill(case.WHY_LATE)

    away = register.nth(case.AWAY)
    tick(away, "请假")
    away.get_by_role("textbox").fill(case.REASON)
    board = page.locator("[data-board]:visible")  # that of the kind of business chosen
    expect(board.get_by_text("人可表决")).to_be_visible()
    page.get_by_role("button", name="未勾选者全部到会").click()
    numbers = (case.DUE, case.PRESENT, case.ON_LEAVE, case.VOTING_DUE, case.VOTING_PRESENT)
    for name, number in zip(ledger.COUNTS, numbers, strict=True):
        expect(page.locator(f"[data-count={name}]")).to_have_text(str(number))
    expect(board.get_by_text("可以表决")).to_be_visible()
    expect(board.get_by_text("人可表决")).to_be_hidden()
    photograph(page, "meeting-form")
    page.get_by_role("button", name="提交", exact=True).click()
    expect(page.get_by_role("heading", name=case.THEME, level=1)).to_be_visible()
    return key(page)


def write_material(page: Page, text: str) -> None:
    """Write under the first aspect, let the page save by itself, come back to it and hand it in."""
    page.get_by_role("link", name="撰写").click()
    aspects(page).first.press_sequentially(text[:4])
    aspects(page).first.fill(text)
    expect(page.get_by_text("已自动保存")).to_be_visible()
    page.on("dialog", lambda dialog: dialog.accept())  # “not saved yet”, as far as the browser knows
    page.reload()
    expect(aspects(page).first).to_have_value(text)
    photograph(page, "material-form")
    hand_in_with_gaps(page)
    expect(badge(page)).to_have_text("待审阅")


def hand_in_with_gaps(page: Page) -> None:
    """Hand in with aspects left empty, which the page asks about."""
    page.get_by_role("button", name="提交", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("以下方面没有填写")
    page.get_by_role("button", name="仍然提交").click()


def review(page: Page, material: int, verdict: str, note: str = "") -> None:
    """The reviewer's step on a material; a note where the verdict asks for one."""
    page.goto(f"/materials/{material}/")
    if note:
        page.locator("summary", has_text=verdict).click()
        page.locator("details[open]").get_by_role("textbox").fill(note)
    page.get_by_role("button", name=verdict).click()
    expect(badge(page)).to_have_text(verdict)


def narrow(page: Page, form: str, first_day: str = "", last_day: str = "") -> None:
    """Filter the list of meetings and wait for its new rows."""
    page.get_by_role("button", name="展开").click()
    page.get_by_role("search").get_by_label("会议类型").select_option(label=form)
    page.get_by_label("起始日期").fill(first_day)
    page.get_by_label("截止日期").fill(last_day)
    page.get_by_role("button", name="查询").click()
    expect(page).to_have_url(re.compile("form="))
    expect(page.locator("input[name=query]")).to_have_value(re.compile("form="))  # what an export will take


def assert_as_reported(told: dict[str, object]) -> None:
    """The figures of the case, as typed by nobody but the reporter."""
    assert told["所在党组织"] == case.BRANCH
    assert f"{told['开始时间']:%Y-%m-%d %H:%M}" == case.BEGINS
    assert f"{told['结束时间']:%Y-%m-%d %H:%M}" == case.ENDS
    counts = ("参加情况 · 应参加", "参加情况 · 实到", "参加情况 · 请假", "有表决权 · 应到会", "有表决权 · 实到会")
    expected = [case.DUE, case.PRESENT, case.ON_LEAVE, case.VOTING_DUE, case.VOTING_PRESENT]
    assert [told[name] for name in counts] == expected
    assert told["备注"] == f"评议年度{case.APPRAISAL_YEAR};补录:{case.WHY_LATE}"


def by_time(lines: list[dict[str, object]]) -> list[dict[str, object]]:
    return sorted(lines, key=lambda line: (str(line["开始时间"]), str(line["所在党组织"]), str(line["主题"])))


def badge(page: Page):
    """The state of the record whose page this is."""
    return page.locator(".panel-head .state").first


def aspects(page: Page):
    """The text fields of a material, one an aspect."""
    return page.locator("main textarea")


def notices(page: Page):
    """What the list of notices says of materials that are due."""
    return page.get_by_role("main").get_by_role("button").filter(has_text="前提交")
