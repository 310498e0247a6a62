"""A vote on paper and one under slips, as the people in the hall meet them."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.counting import effort
from tests.browser.visits import PHONE

pytestmark = pytest.mark.browser
TITLE = "年度民主评议党员测评"


def laid_down(page, title, voters, *, way="纸质"):
    """The page of a new vote on every member and the committee; the two who count come from elsewhere."""
    page.get_by_role("link", name="新建测评").click()
    page.get_by_label("测评名称").fill(title)
    page.get_by_label("参加投票人数").fill(str(voters))
    page.get_by_label(way).check()
    page.get_by_label("逐一测评党员").check()
    page.get_by_label("限额").fill("2")
    page.get_by_label("评议支部班子").check()
    page.get_by_label("外请监票人").fill("邻支部甲")
    page.get_by_label("外请计票人").fill("邻支部乙")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("heading", name=title).first).to_be_visible()


@pytest.mark.parametrize("stack", ["embedded"], indirect=True)
def test_a_vote_on_paper_takes_three_minutes(visits):
    page = visits.window("secretary", "/votes/")
    with effort(page, "vote on paper") as spent:
        laid_down(page, TITLE, 8)
        page.get_by_role("link", name="测评票").click()
        expect(page.locator(".vote-paper").first).to_contain_text("弃权")
        page.get_by_role("link", name="返回").click()
        page.get_by_role("link", name="录入计票结果").click()
        for field in page.locator("input[name^=collected]").all():
            field.fill("8")
        rows = page.locator("table.entry").first.locator("tbody tr")
        for place in range(rows.count()):
            cells = rows.nth(place).locator("input")
            cells.nth(0).fill("2" if place < 2 else "0")
            cells.nth(1).fill("6" if place < 2 else "8")
        page.locator("table.entry").nth(1).locator("input").first.fill("8")
        page.get_by_role("button", name="保存计票结果").click()
        expect(page.get_by_text("请勿投屏")).to_be_visible()
        page.locator("summary", has_text="按签字的报告单确认").click()
        page.get_by_label("报告单由谁、何时签字").fill("甲、乙当场签字")
        page.get_by_role("button", name="按签字的报告单确认").click()
        expect(page.get_by_text("结果已确认").first).to_be_visible()
    assert spent.seconds < 120
    member = visits.window("member", urlsplit(page.url).path)
    expect(member.get_by_text("个人测评结果只有支委会和上级可以查看")).to_be_visible()
    expect(member.locator("table.vote-results")).to_have_count(1)


@pytest.mark.parametrize("stack", ["embedded", "servers"], indirect=True)
def test_a_vote_under_slips_from_the_print_to_the_count(visits):
    page = visits.window("secretary", "/votes/")
    laid_down(page, f"{TITLE}二", 5, way="二维码票")
    page.get_by_role("link", name="印票").click()
    page.get_by_role("button", name="印票").click()
    codes = page.locator(".slip-code").all_inner_texts()
    assert len(codes) == 5
    page.get_by_role("link", name="返回").click()
    page.get_by_role("button", name="开始投票").click()
    for place, code in enumerate(codes):
        phone = visits.window("", f"/b/#{code}", viewport=PHONE)
        lines = phone.locator("fieldset")
        for line in range(lines.count()):
            lines.nth(line).locator("label").nth(0 if line == place else 1).click()
        phone.get_by_role("button", name="核对").click()
        phone.get_by_role("button", name="投出").click()
        expect(phone.get_by_role("heading", name="已投入票箱")).to_be_visible()
        assert not phone.context.cookies()
        assert "#" not in phone.url
    page.reload()
    expect(page.get_by_text("全部 5 张票已在票箱中")).to_be_visible()
    page.get_by_role("button", name="封箱").click()
    page.get_by_role("button", name="封箱").last.click()
    page.get_by_role("link", name="开箱计票").click()
    page.get_by_role("button", name="开箱计票").click()
    first = page.locator("table.vote-results").first.locator("tbody tr")
    expect(first.nth(0)).to_contain_text("1")
    assert first.nth(0).locator("td.num").all_inner_texts()[1:] == ["1", "4", "0", "0", "0"]
