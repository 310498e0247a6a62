"""Slips of paper in the browser: a hand that clicks twice prints once."""

import pytest
from playwright.sync_api import expect

from tests.browser.look import assert_serves_everybody

pytestmark = pytest.mark.browser

CHOSEN = "quiet mountain 77"


def given(stack):
    """How many slips the database has: all, and those that are good."""
    words = "from branches.models import Activation as A; from django.utils import timezone as t; "
    counted = stack.manage(
        "shell", "-v", "0", "-c", words + "print(A.objects.count(), A.objects.open(t.now()).count())"
    )
    return tuple(int(number) for number in counted.split()[-2:])


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_double_click_prints_once_and_what_is_shown_is_good(stack, visits, scripts):
    page = visits.window("secretary2", "/slips/?state=without", java_script_enabled=scripts)
    everything, good = given(stack)
    ticks = page.locator("tbody").get_by_role("checkbox")
    chosen = [ticks.nth(place) for place in ((0, 1) if scripts else (2, 3))]
    for tick in chosen:
        tick.check()
    page.get_by_role("button", name="打印开通条").dblclick()
    expect(page.locator(".slip")).to_have_count(2)
    names, codes = (page.locator(f".slip-{part}").all_inner_texts() for part in ("name", "code"))
    assert len(set(names)) == len(set(codes)) == 2
    assert given(stack) == (everything + 2, good + 2)
    if scripts:
        assert_serves_everybody(page, "slips")

    guest = visits.window("", "/activate/")
    for field, words in (("login", names[0]), ("code", codes[0]), ("password", CHOSEN), ("again", CHOSEN)):
        guest.locator(f"[name={field}]").fill(words)
    guest.get_by_role("button", name="保存密码并登录").click()
    guest.wait_for_url(lambda url: "/activate" not in url)
