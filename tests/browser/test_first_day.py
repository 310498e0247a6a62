"""The first day of a real site: the code in the terminal, the set-up, a slip of paper, and a member at a telephone."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.look import assert_serves_everybody
from tests.browser.visits import PHONE, Visits
from tests.servers import embedded

pytestmark = pytest.mark.browser

SECRETS = {
    "system": "blue river 4096",
    "security": "tall bamboo 31",
    "audit": "old bridge 8080",
    "officer": "green hills 777",
}
CHOSEN = "quiet mountain 77"
FOUND = """
from datetime import date
from branches.actions import members, organisations
from branches.models import Organisation
from workflow.actors import SYSTEM
day = date(2015, 9, 1)
branch = organisations.found("中共云岭镇竹溪村支部委员会", actor=SYSTEM, kind="branch", branch_kind="single", since=day,
                             parent=Organisation.objects.get(), short_name="竹溪村支部")
for place, name in enumerate(("单小芳", "林晓岚")):
    members.enrol(name, actor=SYSTEM, organisation=branch, category="formal", since=day, position=place)
"""


@pytest.fixture
def site():
    """A server of `make serve` with an empty data folder."""
    with embedded(demo=False) as server:
        yield server


@pytest.fixture
def visits(chromium, site):
    windows = Visits(chromium, site, {})
    yield windows
    windows.close()
    assert "Traceback" not in site.logs(), site.logs()


def test_from_an_empty_folder_to_a_member_signed_in_on_a_telephone(site, visits):
    (code,) = re.findall(r"^ +((?:\w{4}-){2}\w{4})$", site.logs(), re.MULTILINE)

    # The set-up: whatever is asked for leads there; a wrong code and a slip of the finger cost nothing that was typed.
    page = visits.window(path="/meetings/")
    expect(page.get_by_role("heading", name="初始设置")).to_be_visible()
    assert_serves_everybody(page, "setup")
    fill_set_up(page, "0000-0000-0000")
    page.get_by_role("button", name="完成设置").click()
    expect(page.get_by_role("alert")).to_contain_text("设置码不对")
    page.get_by_label("设置码").fill(code.lower())
    page.get_by_role("button", name="完成设置").click()
    expect(page.get_by_role("heading", name="登录")).to_be_visible()
    visits.expect_fault("404 (Not Found)")
    assert page.goto("/setup/").status == 404

    # An administrator first sets up the second step, whatever he asks for.
    keeper = visits.window()
    enter(keeper, "security", SECRETS["security"])
    keeper.goto("/users/")
    expect(keeper.get_by_role("heading", name="设置两步验证")).to_be_visible()
    assert_serves_everybody(keeper, "second-step")

    # The officer prints slips for the members of a branch below.
    site.manage("shell", "-c", FOUND)
    officer = visits.window()
    enter(officer, "officer", SECRETS["officer"])
    officer.get_by_role("link", name="党员账号").click()
    assert_serves_everybody(officer, "slip-list")
    officer.get_by_label("全选本页").check()
    officer.get_by_role("button", name="打印开通条").click()
    slips = officer.locator(".slip")
    expect(slips).to_have_count(2)
    assert_serves_everybody(officer, "slips")
    mine = slips.filter(has_text="单小芳")
    login, written = mine.locator(".slip-name").inner_text(), mine.locator(".slip-code").inner_text()
    picture = mine.get_by_role("img")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.naturalWidth") > 0
    assert mine.locator(".slip-address").inner_text() == f"{site.url}/activate/"
    assert len(re.findall(rb"/Type /Page\b", officer.pdf(format="A4"))) == 1

    # A member at a telephone, without account until now.
    phone = visits.window(path="/", viewport=PHONE, is_mobile=True, has_touch=True)
    phone.get_by_role("link", name="我有开通条").click()
    assert_serves_everybody(phone, "activate")
    phone.set_viewport_size(PHONE)
    phone.get_by_label("登录名").fill(login)
    phone.get_by_label("开通码").fill(written.replace("-", " ").lower())
    phone.get_by_label("自设密码").fill(CHOSEN)
    phone.get_by_label("再次输入密码").fill(CHOSEN + "x")
    phone.get_by_role("button", name="保存密码并登录").click()
    expect(phone.get_by_role("alert").first).to_contain_text("两次输入的密码不一致")
    phone.get_by_label("再次输入密码").fill(CHOSEN)
    phone.get_by_role("button", name="保存密码并登录").click()
    expect(phone.get_by_role("heading", name="工作台")).to_be_visible()
    phone.goto("/members/")
    expect(phone.get_by_role("main")).to_contain_text("林晓岚")

    # The slip has served: it opens nothing more.
    other = visits.window(path="/activate/", viewport=PHONE)
    other.get_by_label("登录名").fill(login)
    other.get_by_label("开通码").fill(written)
    for field in ("自设密码", "再次输入密码"):
        other.get_by_label(field).fill("another pass 9")
    other.get_by_role("button", name="保存密码并登录").click()
    expect(other.get_by_role("alert")).to_contain_text("已使用")


def fill_set_up(page, code):
    page.get_by_label("设置码").fill(code)
    page.get_by_label("最上级党组织全称").fill("中共云岭镇委员会")
    page.get_by_label("类型").select_option("committee")
    page.get_by_label("成立日期").fill("2011-07-01")
    for who, secret in SECRETS.items():
        for part, text in (("login", who), ("name", f"{who} person"), ("password", secret), ("again", secret)):
            page.locator(f"[name={who}_{part}]").fill(text)


def enter(page, login, password):
    page.get_by_label("登录名").fill(login)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(lambda url: "/accounts/login" not in url)
