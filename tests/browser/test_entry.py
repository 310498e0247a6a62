"""A branch of fifty: from the first page to the filed record of an ordinary general meeting, three away, by hand."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.counting import effort
from tests.browser.visits import Visits, photograph
from tests.servers import STACKS

pytestmark = pytest.mark.browser

PEOPLE = 50
MADE = f"""
from datetime import timedelta
from django.utils import timezone
from branches.actions import grants, members
from branches.models import Organisation, Relation, User
from meetings import actions
from meetings.models import Meeting
from workflow.actors import SYSTEM
secretary = User.objects.get(username="secretary4")
branch = secretary.member.relations.get(until=None).organisation
today = timezone.localdate()
names = [f"{{one}}{{two}}" for one in "申屠茅庞纪舒屈项祝董" for two in ("建设", "国梁")]
missing = {PEOPLE} - Relation.objects.filter(organisation=branch).register(on=today).count()
for place, name in enumerate(names[:missing]):
    members.enrol(name, actor=SYSTEM, organisation=branch, category="formal", since=today - timedelta(900),
                  position=200 + place)
print(Relation.objects.filter(organisation=branch).register(on=today).count())
"""
HAN_SECONDS, KEY_SECONDS = 0.45, 0.12  # a character by pinyin: three letters and a choice; one key
THEME = "学习文件，部署下一步工作"
AWAY = (("申建设", "外出培训"), ("茅国梁", "因病住院"), ("董建设", "缺席 联系不上"))
MINUTES = (
    "\u3000\u3000一、学习文件\r\n\u3000\u3000书记领学。\v同志们交流发言。\r\n（一）下一步工作\r\n1. 各小组按分工落实。"
)


@pytest.fixture(scope="module")
def branch_of_fifty():
    with STACKS["embedded"]() as server:
        assert server.manage("shell", "-c", MADE).split()[-1] == str(PEOPLE)
        yield server


@pytest.fixture
def secretary(chromium, branch_of_fifty):
    windows = Visits(chromium, branch_of_fifty, {})
    yield windows.window("secretary4")
    windows.close()


class Hand:
    """Types as a person does, and counts the characters that an input method would write."""

    def __init__(self, page):
        self.page, self.han = page, 0

    def type(self, text):
        for sign in text:
            if sign == "\n":
                self.page.keyboard.press("Enter")
            elif sign.isascii():
                self.page.keyboard.type(sign, delay=KEY_SECONDS * 1000)
            else:
                self.han += 1
                self.page.keyboard.insert_text(sign)
                self.page.wait_for_timeout(HAN_SECONDS * 1000)

    def into(self, label, text):
        self.page.get_by_label(label, exact=True).click()
        self.type(text)


def yesterday():
    return timezone.localdate() - timedelta(1)


def test_a_record_of_fifty_members_is_filed_in_three_minutes(secretary):
    page, hand = secretary, Hand(secretary)
    with effort(page, "record of fifty members, three away") as spent:
        page.get_by_role("link", name="会议记录", exact=True).click()
        page.get_by_role("link", name="记录会议").click()
        page.get_by_role("link", name="支部党员大会").click()
        page.get_by_role("link", name="沿用").click()
        expect(page.get_by_label("会议地点")).not_to_have_value("")
        hand.into("会议主题", THEME)
        page.get_by_label("开始时间").press("Control+a")
        hand.type(f"{yesterday():%Y-%m-%d} 15:00")
        page.keyboard.press("Tab")
        page.get_by_label("结束时间").focus()
        hand.type("16:30")
        hand.into("仅列缺席", "\n".join(f"{name} {why}" for name, why in AWAY))
        page.get_by_role("textbox", name="会议记录").click()
        expect(page.locator("[data-count=present]")).to_have_text(str(PEOPLE - len(AWAY)))
        page.keyboard.insert_text(MINUTES.replace("\r\n", "\n"))  # pasted
        photograph(page, "entry-of-fifty")
        page.get_by_role("button", name="提交", exact=True).click()
        page.get_by_role("button", name="提交", exact=True).click()
        expect(page.get_by_text("已归档").first).to_be_visible()
    photograph(page, "entry-of-fifty-filed")
    main = page.get_by_role("main")
    expect(main.get_by_role("heading", name="一、学习文件")).to_be_visible()
    expect(main.locator("tr").filter(has_text="董建设")).to_contain_text("联系不上")
    assert "补录" not in main.inner_text()
    assert (spent.clicks, spent.keys, hand.han) == (9, 30, 35)


def test_fifty_lines_are_ticked_by_keys_alone(secretary):
    """1 to 3 and on, initials to a name, Enter to the reason and on."""
    page = secretary
    page.goto("/meetings/new/")
    page.get_by_role("link", name="支部党员大会").click()
    rows = page.locator("[data-member]")
    rows.first.get_by_role("radio").first.focus()
    with effort(page, "tick fifty lines by keys") as spent:
        page.keyboard.type("1" * PEOPLE)
        page.keyboard.type("djs")
        expect(rows.filter(has_text="董建设").get_by_role("radio", checked=True)).to_be_focused()
        page.keyboard.press("3")
        page.keyboard.type("sjs")
        page.keyboard.press("2")
        expect(page.locator("[data-count=present]")).to_have_text(str(PEOPLE - 2))
    assert (spent.clicks, spent.keys) == (0, PEOPLE + 8)
    expect(page.locator("[data-count=leave]")).to_have_text("1")
    page.get_by_role("button", name="全部到会", exact=True).click()
    expect(page.locator("[data-count=present]")).to_have_text(str(PEOPLE))
    page.once("dialog", lambda dialog: dialog.accept())


def test_what_is_typed_waits_on_the_server_for_its_writer(secretary):
    page = secretary
    page.goto("/meetings/new/")
    page.get_by_role("link", name="主题党日").click()
    page.get_by_label("会议主题").press_sequentially("half")
    page.get_by_label("开始时间").fill("2026-1")  # not yet a day
    expect(page.get_by_text("已自动保存")).to_be_visible(timeout=20_000)
    address = page.url
    page.goto("/meetings/")
    expect(page.get_by_role("main")).not_to_contain_text("half")
    page.goto(address)
    expect(page.get_by_label("会议主题")).to_have_value("half")
    expect(page.get_by_label("开始时间")).to_have_value("2026-1")
    photograph(page, "entry-unsaved")
    page.get_by_role("button", name="放弃未保存的内容").first.click()
    page.get_by_role("dialog").get_by_role("button", name="放弃未保存的内容").click()
    page.goto(address)
    expect(page.get_by_label("会议主题")).to_have_value("")
