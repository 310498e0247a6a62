"""Fields that are asked beside certain choices alone: they fold away, and never with something in them."""

import pytest
from playwright.sync_api import expect

from tests.browser.look import assert_serves_everybody

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("stack", ["embedded"], indirect=True)]


def test_who_is_asked_depends_on_whose_problem_it_is(visits):
    page = visits.window("secretary", "/problems/new/")
    whose, member, responsible = (page.locator(f"[name={name}]") for name in ("whose", "member", "responsible"))
    for part in (member, responsible):
        expect(part).to_be_hidden()
    whose.select_option("branch")
    expect(member).to_be_hidden()
    responsible.select_option(index=1)
    whose.select_option("member")
    expect(member).to_be_visible()
    expect(responsible, "what holds something is seen").to_be_visible()
    responsible.select_option("")
    whose.select_option("member")
    expect(responsible).to_be_hidden()
    assert_serves_everybody(page, "problem-of-a-member")
    # A name beside a branch's problem is refused at its field, and stands there to be corrected.
    member.select_option(index=1)
    whose.select_option("branch")
    page.locator("[name=text]").fill("学习笔记检查不及时")
    page.get_by_role("button", name="保存").click()
    expect(page.locator("#div_id_member")).to_contain_text("党员个人")
    expect(member).to_be_visible()
