"""Who must be there for each kind of business: the browser counts on while ticking, and says what the server says."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("stack", ["embedded"], indirect=True)]

BOTH = """async ([came, leftOut]) => {
  const form = document.querySelector("form[data-guard]");
  [...document.querySelectorAll("[data-member]")].forEach((row, place) => {
    const value = place < came ? "present" : place % 3 ? "on_leave" : "absent";
    const radio = row.querySelector(`input[value="${value}"]`);
    radio.checked = true;
    radio.dispatchEvent(new Event("change", { bubbles: true }));
  });
  const choice = document.querySelector("[data-left-out]");
  choice.selectedIndex = leftOut;
  choice.dispatchEvent(new Event("change", { bubbles: true }));
  const data = new FormData(form);
  data.set("save", "refresh");
  const answer = await fetch(form.action, { method: "POST", body: data });
  const server = new DOMParser().parseFromString(await answer.text(), "text/html");
  const read = (page) => [...page.querySelectorAll("[data-board]")].map((board) => [
    board.dataset.board,
    ...["due", "least", "present", "lacking"].map((name) => board.querySelector(`[data-board-${name}]`).textContent),
    ...["yes", "no", "nobody"].map((name) => board.querySelector(`[data-board-${name}]`).hidden),
  ]);
  return [read(document), read(server)];
}"""


def test_the_browser_counts_as_the_server_does(visits):
    page = visits.window("secretary", "/meetings/new/")
    page.get_by_role("link", name="支部党员大会").first.click()
    members = page.locator("[data-member]").count()
    told = set()
    for came in range(members + 1):
        for left_out in (0, 1, members):
            browser, server = page.evaluate(BOTH, [came, left_out])
            assert browser == server and len(browser) > 4
            told |= {(line[0], line[4]) for line in browser}
    assert {("ordinary", "0"), ("ordinary", "1"), ("election", "1"), ("disposal", "2")} <= told


def test_the_kind_chosen_is_the_one_that_is_shown(visits):
    page = visits.window("secretary", "/meetings/new/")
    page.get_by_role("link", name="支部党员大会").first.click()
    expect(page.locator("[data-board]:visible")).to_have_count(1)
    page.get_by_label("拟表决事项").select_option("election")
    expect(page.locator("[data-board]:visible")).to_contain_text("选举：")
    expect(page.locator("[data-board]:visible")).to_contain_text("人可表决")
