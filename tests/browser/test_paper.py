"""What comes out of the printer: as many sheets as there are words, and none that is empty."""

import re

import pytest

pytestmark = pytest.mark.browser

PAPERS = {  # name: (who prints, the page, how many sheets)
    "record-a4": ("secretary", "/meetings/?form=general_meeting", "打印会议记录", 1),
    "sign-in-a4": ("secretary", "/meetings/?form=general_meeting", "打印签到表", 1),
    "steps": ("secretary", "/meetings/plans/?form=org_life_meeting", "倒排计划", 1),
}


@pytest.fixture
def stack(running):
    return running("embedded")


@pytest.mark.parametrize("name", PAPERS)
def test_a_short_paper_is_one_sheet(visits, name):
    username, path, link, sheets = PAPERS[name]
    page = visits.window(username, path)
    page.locator("table.rows tbody a").first.click()
    page.get_by_role("link", name=link).click()
    page.wait_for_load_state()
    printed = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", printed)) == sheets
