"""An office is delegated and taken back, and two branches become one, as the people concerned live it."""

import pytest
from playwright.sync_api import expect

from tests.browser.look import assert_serves_everybody

pytestmark = pytest.mark.browser


@pytest.fixture
def stack(running):
    return running("embedded")


def test_a_secretary_lends_his_office_and_takes_it_back(visits):
    delegate = visits.window("colleague", "/meetings/")
    expect(delegate.get_by_role("link", name="记录会议")).to_have_count(0)
    name = delegate.locator(".user-name").inner_text()

    secretary = visits.window("secretary", "/grants/")
    secretary.get_by_role("link", name="委托职务").click()
    assert_serves_everybody(secretary, "delegation-form")
    member = secretary.get_by_label("党员")
    member.select_option(label=f"{name} · 青少年宫支部")
    secretary.get_by_role("button", name="委托", exact=True).click()
    expect(secretary.get_by_text("请填写此项").first).to_be_visible()
    secretary.get_by_label("原因").fill("外出学习")
    secretary.get_by_role("button", name="委托", exact=True).click()
    expect(secretary.get_by_role("main")).to_contain_text(name)

    delegate.goto("/meetings/")
    expect(delegate.get_by_role("link", name="记录会议")).to_be_visible()
    delegate.locator(".user-menu summary").click()
    expect(delegate.locator(".user-card")).to_contain_text("受委托")
    delegate.goto("/grants/")
    expect(delegate.get_by_role("link", name="委托职务")).to_have_count(0)  # it cannot be handed on

    row = secretary.get_by_role("row").filter(has_text=name).filter(has_text="受")
    row.get_by_role("link", name="收回").or_(row.get_by_role("button", name="收回")).first.click()
    again = secretary.get_by_role("button", name="收回")
    if again.count():
        again.last.click()
    delegate.goto("/meetings/")
    expect(delegate.get_by_role("link", name="记录会议")).to_have_count(0)


def test_two_branches_become_one(visits):
    officer = visits.window("officer", "/organisations/?q=河口")
    officer.get_by_role("main").get_by_role("link", name="河口").first.click()
    officer.locator("summary", has_text="更多").click()
    officer.get_by_role("link", name="并入其他支部").click()
    assert_serves_everybody(officer, "merger-form")
    officer.get_by_label("并入党支部").select_option(label="中共云溪县第二中学支部委员会")
    officer.get_by_role("button", name="并入其他支部").click()
    expect(officer.get_by_role("main")).to_contain_text("18 名党员")
    assert_serves_everybody(officer, "merger-asked")
    officer.get_by_role("button", name="并入其他支部").click()
    expect(officer.get_by_text("已办理")).to_be_visible()
    officer.goto("/organisations/?q=第二中学")
    officer.get_by_role("main").get_by_role("link", name="第二中学").first.click()
    expect(officer.get_by_role("main")).to_contain_text("38")  # 20 and 18
    officer.goto("/organisations/?q=河口")
    expect(officer.get_by_role("main")).to_contain_text("撤销")
    assert_serves_everybody(officer, "merged")
