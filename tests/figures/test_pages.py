"""The page of figures: every number opens exactly the rows it counts."""

import re
from functools import partial

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from figures import actions
from figures.registry import Period, of_period
from meetings.models import Meeting
from tests.cast import PASSWORD
from workflow.actors import SYSTEM


@pytest.fixture
def officer(world):
    client = Client()
    client.post(reverse("account_login"), {"login": world.officer.username, "password": PASSWORD})
    return client


def board(client, world, place, **asked):
    query = {"under": place.pk, "round": world.round.pk, **asked}
    return client.get(reverse("figure_list"), query)


@pytest.mark.parametrize("where", ["county", "first"])
def test_every_number_opens_the_rows_it_counts(officer, world, where):
    place = getattr(world, where)
    found = board(officer, world, place).context["board"].lines
    assert len(found) == len(of_period(world.officer, Period(round_key=world.round.pk)))
    for one in found:
        if not one.opens:  # counted beside the list of materials, which shows those rows on the page of each
            assert one.line.metric.code in ("materials.entered", "materials.return_reasons")
            continue
        answer = officer.get(one.opens)
        rows = answer.context["page"]
        amount = one.line.metric.amount
        opened = sum(getattr(row, amount) for row in rows.objects) if amount else rows.total
        assert opened == one.line.rows, one.label


@pytest.mark.parametrize("where", ["county", "first"])
def test_a_typed_total_opens_exactly_the_totals_it_adds_up(officer, world, where):
    """Of this place, figure and period; neither what was replaced, nor 累计, nor those of another year."""
    told = partial(actions.Told, as_of=timezone.localdate())
    round_, year = Period(round_key=world.round.pk), Period(year=2026)
    for branch, code, period, given in (
        (world.first, "materials.owed", round_, told(7)), (world.first, "materials.owed", round_, told(9)),
        (world.first, "materials.owed", round_, told(40, span="to_date")), (world.second, "materials.owed", round_, told(4)),
        (world.first, "materials.waiting", round_, told(1)), (world.first, "meetings.org_life", year, told(2)),
        (world.first, "meetings.org_life", Period(year=2025), told(1)),
    ):  # fmt: skip
        actions.type_total(branch, code, period, given, actor=world.officer)
    place = getattr(world, where)
    expected = {"materials.owed": [9] if where == "first" else [4, 9], "materials.waiting": [1]}
    of_round = board(officer, world, place)
    of_year = officer.get(reverse("figure_list"), {"under": place.pk, "year": 2026})
    for page, totals in ((of_round, expected), (of_year, {"meetings.org_life": [2]})):
        typed = {one.line.metric.code: one.typed_at for one in page.context["board"].lines if one.line.branches}
        opened = {code: officer.get(address).context["page"].objects for code, address in typed.items()}
        assert {code: sorted(row.value for row in rows) for code, rows in opened.items()} == totals


def test_the_breakdown_adds_up_to_the_line_above(officer, world):
    shown = board(officer, world, world.county, metric="materials.owed").context["board"]
    line = next(one.line for one in shown.lines if one.line.metric.code == "materials.owed")
    assert sum(child.line.total for child in shown.children) == line.total > 0


def test_a_total_is_typed_from_the_page_of_its_branch_and_then_stands_on_it(officer, world):
    page = board(officer, world, world.first).content.decode()
    address = re.search(r'href="([^"]*totals/new/[^"]*materials.accepted[^"]*)"', page)[1].replace("&amp;", "&")
    today = timezone.localdate().isoformat()
    words = {"value": "12", "approx": "over", "span": "stage", "source": "phone", "as_of": today}
    answer = officer.post(address, words, follow=True)
    line = next(one.line for one in answer.context["board"].lines if one.line.metric.code == "materials.accepted")
    assert (line.typed, line.approx == "exact") == (12, False)


def test_above_branches_a_total_is_typed_to_date_and_then_stands_in_the_list(officer, world):
    query = f"?organisation={world.county.pk}&round={world.round.pk}&metric=materials.owed"
    address = reverse("total_create") + query
    assert [value for value, _label in officer.get(address).context["form"].fields["span"].choices] == ["to_date"]
    sent = {"value": 340, "approx": "over", "span": "to_date", "as_of": timezone.localdate(), "source": "paper"}
    shown = officer.post(address, sent, follow=True)
    assert [row.number for row in shown.context["page"].objects] == ["340余"]


def test_bad_input_is_said_and_nothing_is_lost(officer, world):
    address = (
        f"{reverse('total_create')}?organisation={world.first.pk}&metric=materials.accepted&round={world.round.pk}"
    )
    answer = officer.post(address, {"value": "-3", "note": "KEPT-WORDS", "as_of": "2026-13-01"})
    assert answer.status_code == 200
    assert {"value", "as_of"} <= set(answer.context["form"].errors)
    assert "KEPT-WORDS" in answer.content.decode()


def test_totals_of_a_branch_are_listed_and_filtered(officer, world):
    period = Period(round_key=world.round.pk)
    told = actions.Told(7, as_of=timezone.localdate())
    actions.type_total(world.first, "materials.accepted", period, told, actor=world.officer)
    for query, number in (
        ("", 1),
        ("?metric=materials.accepted", 1),
        ("?metric=materials.owed", 0),
        ("?state=void", 0),
    ):
        assert officer.get(reverse("total_list") + query).context["page"].total == number


@pytest.mark.parametrize("asked", ["round=0", "round=x", "round=999999", "year=1", "year=abcd", "under=0&year=2026"])
def test_an_address_that_names_nothing_is_not_found(officer, asked):
    assert officer.get(f"{reverse('figure_list')}?{asked}").status_code == 404


def test_who_was_there_stands_beside_who_was_due_in_per_cent(officer, world):
    year = world.meeting.held_on.year
    Meeting.objects.filter(pk=world.meeting.pk).update(state="filed", due=8, present=7)
    actions.rebuild(actor=SYSTEM)
    asked = {"under": world.county.pk, "year": year, "metric": "meetings.present"}
    page = officer.get(reverse("figure_list"), asked)
    shown = {one.line.metric.code: one for one in page.context["board"].lines}
    due, present = shown["meetings.due"].line.rows, shown["meetings.present"].line.rows
    assert (due, present, shown["meetings.due"].share) == (8, 7, "") and shown["meetings.present"].share == "87.5%"
    assert "占“应到人次”的87.5%" in page.content.decode()
    below = {one.label: one.share for one in page.context["board"].children}
    assert below[world.first.label] == "87.5%" and below[world.second.label] == ""
