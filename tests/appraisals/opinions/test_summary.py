"""征求意见汇总表: on the page every number opens its rows, in the file nothing is summed that was not told exactly."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from appraisals.metrics import RECEIVED
from appraisals.opinions import actions
from appraisals.opinions.actions import Entry, Numbers
from appraisals.opinions.exports import COLUMNS
from figures.actions import Told, type_total
from figures.registry import Period
from figures.units import Approx, Span
from tests.appraisals.opinions.rows import opinion
from tests.reports.books import export, rows_of, sheet_of

WORDS = "RAW-WORDS"


@pytest.fixture
def heard(world):
    """Two branches asked and heard; the county reports a little over thirty to date."""
    day, at = timezone.localdate(), (world.round, world.first)
    entries = [Entry("unit", WORDS, None, 2), Entry("member", WORDS, world.people[4], 3)]
    actions.enter(*at, "box", day, entries, actor=world.clerk)
    actions.enter(*at, "box", day, [Entry("committee", WORDS, None, 5)], actor=world.officer)
    actions.enter(world.round, world.second, "form", day, [Entry("unit", WORDS, None, 7)], actor=world.officer)
    actions.move(opinion(world, "unit", count=11), "void", actor=world.secretary, note="Twice")
    for place, given in (
        (world.first, {"box": Numbers(4), "form": Numbers(60, 52)}),
        (world.second, {"form": Numbers(40, 30, approximate=True), "visit": Numbers(20, approximate=True)}),
    ):
        actions.count_channels(*(world.round, place), given, day, actor=world.officer)
    told = Told(30, day, approx=Approx.OVER, span=Span.TO_DATE)
    type_total(world.county, RECEIVED, Period(round_key=world.round.pk), told, actor=world.officer)
    return world


def summary(client, user, **query):
    client.force_login(user)
    return client.get(reverse("opinion_summary"), query)


def test_every_number_of_the_page_opens_exactly_its_rows(client, heard):
    board = summary(client, heard.officer, round=heard.round.pk).context["board"]
    assert [(str(line["label"]), line["total"]) for line in board.by_channel] == [
        ("征求意见表", 7), ("意见箱", 10), ("走访", 0), ("", 17),
    ]  # fmt: skip
    for line in board.by_channel:
        for _label, number, address in [*line["cells"], ("", line["total"], line["url"])]:
            assert sum(row.count for row in client.get(address).context["page"].objects) == number, address
    for way in board.ways:
        rows = client.get(way["url"]).context["page"].objects
        assert str(sum(row.issued for row in rows)) == re.sub(r"\D", "", way["issued"]), way
    assert board.by_channel[0]["way"]["issued"] == "100余" and board.by_channel[0]["way"]["returned"] == "82余"


def test_what_was_reported_stands_beside_the_rows_and_opens_the_total(client, heard):
    page = summary(client, heard.officer, round=heard.round.pk)
    (total,) = page.context["board"].reported
    assert (total.told, total.organisation) == ("30余条次", heard.county)
    assert f'<a href="{total.get_absolute_url()}">30余</a>' in page.content.decode()
    assert page.context["board"].by_channel[-1]["total"] == 17
    of_branch = summary(client, heard.secretary, round=heard.round.pk, place=heard.first.pk)
    assert of_branch.context["board"].reported == []


def test_a_secretary_does_not_meet_what_is_about_his_own_committee(client, heard):
    board = summary(client, heard.secretary).context["board"]
    assert board.by_channel[-1]["total"] == 5 and [n for _label, n, _url in board.by_channel[-1]["cells"]] == [
        0,
        2,
        0,
        3,
    ]


def test_the_page_and_the_list_of_numbers_hold_no_words(client, heard):
    for name in ("opinion_summary", "channel_list"):
        client.force_login(heard.officer)
        assert WORDS not in client.get(reverse(name)).content.decode()


def test_a_place_not_seen_shows_nothing(client, heard):
    assert summary(client, heard.secretary, place=heard.second.pk).context["board"].by_channel[-1]["total"] == 0


def test_the_file_has_a_line_a_channel_and_leaves_rough_numbers_out_of_its_sums(heard):
    job = export(heard.officer, "opinion_summary", f"round={heard.round.pk}")
    cells = [row[1:] for row in sheet_of(job) if isinstance(row[0], float | int)]
    first, second, county = heard.first.name, heard.second.name, heard.county.name
    assert [row[:10] for row in cells] == [
        [county, "汇总数", "", "", "", "", "", "", "", "30余"],
        [first, "征求意见表", 60, 52, "", 0, 0, 0, 0, 0],
        [first, "意见箱", "", "", "设置个数：4", 5, 2, 0, 3, 10],
        [second, "征求意见表", "40余", "30余", "", 0, 7, 0, 0, 7],
        [second, "走访", "", "", "走访户（人）次：20余", 0, 0, 0, 0, 0],
    ]
    assert cells[0][10].startswith("累计，概数，截至") and "不计入合计" in cells[0][10]
    (total,) = [row for row in sheet_of(job) if row[0] == "合计"]
    assert total[3:5] + total[6:11] == [60, 52, 5, 9, 0, 3, 17]
    assert WORDS not in str(sheet_of(job)) + str(sheet_of(job, 1))


def test_the_file_is_of_the_place_asked_for_and_says_so_by_name(heard):
    job = export(heard.officer, "opinion_summary", f"round={heard.round.pk}&place={heard.second.pk}")
    assert {row["征求意见单位"] for row in rows_of(job, COLUMNS)} == {heard.second.name}
    notes = {row[0]: row[1] for row in sheet_of(job, 1)}
    assert heard.second.name in notes["筛选条件"] and heard.round.name in notes["筛选条件"]


def test_a_secretary_exports_his_own_branch_and_nothing_about_his_committee(heard):
    rows = rows_of(export(heard.secretary, "opinion_summary", f"round={heard.round.pk}"), COLUMNS)
    assert {row["征求意见单位"] for row in rows} == {heard.first.name}
    assert sum(row["合计"] for row in rows) == 5 and all(not row["党组织及其班子"] for row in rows)


def test_without_a_round_there_is_no_file(heard):
    job = export(heard.officer, "opinion_summary", "")
    assert job.state == "failed"


def test_the_numbers_of_channels_are_listed_as_they_were_told(client, heard):
    client.force_login(heard.officer)
    page = client.get(reverse("channel_list"), {"channel": "form"}).context["page"]
    assert [(row.told_issued, row.told_returned) for row in page.objects] == [("60", "52"), ("40余", "30余")]
    client.force_login(heard.secretary)
    own = client.get(reverse("channel_list")).context["page"]
    assert {row.organisation for row in own.objects} == {heard.first}


def test_forms_of_which_nobody_has_told_how_many_came_back_have_no_share(client, world):
    for given, share in ((Numbers(40), ""), (Numbers(40, 30), "75.0%")):
        actions.count_channels(world.round, world.first, {"form": given}, timezone.localdate(), actor=world.officer)
        (way,) = summary(client, world.officer, round=world.round.pk).context["board"].ways
        assert way["share"] == share


def test_a_branch_prints_its_own_summary_and_not_its_superiors(client, heard):
    page = summary(client, heard.secretary, round=heard.round.pk)
    assert page.context["board"].place == heard.first
    assert f"征求意见单位：{heard.first}" in page.content.decode()
    assert "作废、已移交的不计" in page.content.decode()
    assert summary(client, heard.officer, round=heard.round.pk).context["board"].place is None
