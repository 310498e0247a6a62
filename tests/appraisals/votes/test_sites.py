"""Votes outside a meeting: forms handed out at sites over days, paper and slips (users.md F24)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from appraisals.models import Vote, VoteSite
from appraisals.votes import actions
from appraisals.votes.sites.actions import SitesChanged, write_sites
from appraisals.votes.sites.reading import sites_of
from ballots import actions as ballots
from ballots import slips
from ballots.models import Count
from tests.appraisals.votes.rows import counted, laid_down, moved, outside, totals
from workflow.moves import MoveNotAllowed

EAST = {"name": "东门", "issued": 4, "collected": 3}


@pytest.fixture
def page(client, world):
    client.force_login(world.secretary)
    return lambda name, *args, **posted: (
        client.post(reverse(name, args=args), posted) if posted else client.get(reverse(name, args=args))
    )


def typed(*lines, seen):
    """What the page of sites posts."""
    posted = {"seen": seen, "site-TOTAL_FORMS": len(lines), "site-INITIAL_FORMS": 0}
    for n, line in enumerate(lines):
        posted |= {f"site-{n}-{name}": value for name, value in line.items()}
    return posted


def sites(vote):
    return list(VoteSite.objects.filter(vote=vote).values_list("name", "issued", "collected"))


def test_sites_add_up_and_are_told_in_the_history(world):
    vote = outside(world)
    found = sites_of(vote)
    assert (found.issued, found.collected) == (5, 5)
    assert "发出 5 张" in vote.history.last().note
    write_sites(
        vote, [EAST, {"name": "西门", "issued": 2, "collected": None}], actor=world.clerk, seen=found.fingerprint
    )
    assert sites(vote) == [("东门", 4, 3), ("西门", 2, None)]
    assert sites_of(vote).collected is None


def test_who_keeps_records_or_counts_enters_sites_and_nobody_else(world):
    vote = outside(world, sites=())
    for user in (world.secretary, world.clerk, world.officer, world.member):  # the member is the scrutineer
        write_sites(vote, [EAST], actor=user, seen=sites_of(vote).fingerprint)
    for user in (world.committee_member, world.group_leader, world.sibling, world.supervisor, world.stranger):
        with pytest.raises(PermissionDenied):
            write_sites(vote, [EAST], actor=user, seen=sites_of(vote).fingerprint)


def test_only_a_vote_outside_a_meeting_that_is_not_counted_has_sites(world):
    for vote in (laid_down(world), counted(world), moved(world, outside(world), "void")):
        with pytest.raises(MoveNotAllowed):
            write_sites(vote, [EAST], actor=world.secretary, seen=sites_of(vote).fingerprint)
    vote = outside(world)
    vote.until = None
    actions.lay_down(vote, actions.Wanted(body="First branch"), actor=world.secretary)
    assert sites(vote) == []


def test_the_database_keeps_more_from_coming_back_than_went_out(world):
    vote = outside(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        VoteSite.objects.create(vote=vote, position=9, name="北门", issued=1, collected=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        Vote.objects.filter(pk=vote.pk).update(until=timezone.localdate() - timedelta(1))


# --- paper ------------------------------------------------------------------------------------------------------------
def test_paper_is_counted_against_what_the_sites_handed_out(world):
    vote = outside(world, sites=(("东门", 6, 5), ("西门", 3, 1)))
    numbers, marks = totals(vote, 6)
    with pytest.raises(ValidationError, match="9"):
        actions.type_totals(vote, numbers, marks, actor=world.secretary)
    vote.refresh_from_db()
    numbers = {key: ballots.Ballots(9, 7) for key in numbers}
    with pytest.raises(ValidationError, match="6"):  # one more than came back
        actions.type_totals(vote, numbers, totals(vote, 7)[1], actor=world.secretary)
    numbers = {key: ballots.Ballots(9, 6) for key in numbers}
    vote.refresh_from_db()
    actions.type_totals(vote, numbers, marks, actor=world.secretary)
    assert list(Count.objects.values_list("issued", "collected", "valid")) == [(9, 6, 6)] * 2


def test_before_any_site_is_entered_nothing_is_counted(world):
    vote = outside(world, sites=())
    with pytest.raises(ValidationError, match="场所"):
        actions.type_totals(vote, *totals(vote), actor=world.secretary)


def test_the_page_of_totals_takes_issued_from_the_sites(page, world):
    vote = outside(world)
    form = page("vote_totals", vote.pk).context["form"]
    assert not [name for name in form.fields if name.startswith("issued")]
    sheets = [sheet.pk for sheet in vote.poll.sheets.all()]
    assert [form.fields[f"collected{key}"].initial for key in sheets] == [5, 5]
    page("vote_totals", vote.pk, **{f"collected{key}": 5 for key in sheets})
    assert list(Count.objects.values_list("issued", "collected")) == [(5, 5)] * 2


# --- slips ------------------------------------------------------------------------------------------------------------
def cast(printed, many):
    for code in printed.codes[:many]:
        assert ballots.cast(slips.found(code), (2, 2, 2, 2, 2, 1)).value == "taken"


def test_of_slips_what_the_sites_gave_out_counts_as_issued(world):
    vote = outside(world, way="slips", voters=8, sites=(("东门", 2, None),))
    printed = actions.hand_out(vote, actor=world.secretary)
    vote = moved(world, vote, "open")
    cast(printed, 3)
    vote = moved(world, vote, "close")
    with pytest.raises(ValidationError, match="2 张票，但票箱里有 3 张"):
        actions.count_box(vote, ("", ""), actor=world.secretary)
    vote.refresh_from_db()
    for wrong, issued in ((True, 9), (False, 5)):
        line = {"name": "东门", "issued": issued, "collected": None}
        write_sites(vote, [line], actor=world.secretary, seen=sites_of(vote).fingerprint)
        if wrong:  # more than were printed
            with pytest.raises(ValidationError, match="印了 8 张"):
                actions.count_box(vote, ("", ""), actor=world.secretary)
            vote.refresh_from_db()
    actions.count_box(vote, ("", ""), actor=world.secretary)
    assert list(Count.objects.values_list("issued", "collected", "valid")) == [(5, 3, 3)] * 2


@pytest.mark.parametrize("issued", [3, 8])
def test_as_many_as_were_cast_or_as_were_printed_may_have_been_given_out(world, issued):
    vote = outside(world, way="slips", voters=8, sites=(("东门", issued, None),))
    printed = actions.hand_out(vote, actor=world.secretary)
    vote = moved(world, vote, "open")
    cast(printed, 3)
    actions.count_box(moved(world, vote, "close"), ("", ""), actor=world.secretary)
    assert set(Count.objects.values_list("issued", "collected")) == {(issued, 3)}


@pytest.mark.parametrize("changed", [{"name": "西门"}, {"issued": 9}, {"collected": 0}])
def test_whatever_changes_in_a_site_whoever_was_slower_is_told(world, changed):
    vote = outside(world)
    seen = sites_of(vote).fingerprint
    vote.sites.update(**changed)
    assert sites_of(vote).fingerprint != seen


# --- pages ------------------------------------------------------------------------------------------------------------
def test_lines_are_typed_changed_and_taken_out(page, world):
    vote = outside(world, sites=())
    seen = sites_of(vote).fingerprint
    page("vote_sites", vote.pk, **typed(EAST, {"name": "西门", "issued": 2}, {"name": ""}, seen=seen))
    assert sites(vote) == [("东门", 4, 3), ("西门", 2, None)]
    shown = page("vote_detail", vote.pk).content.decode()
    assert "东门" in shown and "西门" in shown
    page("vote_sites", vote.pk, **typed({"name": "西门", "issued": 2, "collected": 1}, seen=sites_of(vote).fingerprint))
    assert sites(vote) == [("西门", 2, 1)]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ({"name": "东门"}, "请填写此项"),
        ({"issued": 4}, "请填写此项"),
        ({"name": "东门", "issued": 4, "collected": 5}, "多于发出数"),
        ({"name": "东门", "issued": -1}, "0"),
    ],
)
def test_bad_lines_are_told_and_kept(page, world, line, words):
    vote = outside(world)
    answer = page("vote_sites", vote.pk, **typed(line, seen=sites_of(vote).fingerprint))
    assert answer.status_code == 200 and words in answer.content.decode()
    assert sites(vote) == [("东门", 3, 3), ("西门", 2, 2)]


def test_a_site_twice_is_refused(page, world):
    vote = outside(world)
    answer = page("vote_sites", vote.pk, **typed(EAST, EAST, seen=sites_of(vote).fingerprint))
    assert "东门" in answer.content.decode() and len(sites(vote)) == 2


def test_who_was_slower_keeps_his_lines_and_sees_the_others(page, world):
    vote = outside(world)
    seen = sites_of(vote).fingerprint
    write_sites(vote, [EAST], actor=world.clerk, seen=seen)
    with pytest.raises(SitesChanged):
        write_sites(vote, [], actor=world.clerk, seen=seen)
    mine = {"name": "北门", "issued": 1}
    answer = page("vote_sites", vote.pk, **typed(mine, seen=seen))
    told = answer.content.decode()
    assert answer.status_code == 409 and 'value="北门"' in told and "东门" in told
    page("vote_sites", vote.pk, **typed(mine, seen=answer.context["sheet"].seen))
    assert sites(vote) == [("北门", 1, None)]


def test_of_slips_no_site_is_asked_what_came_back(page, world):
    vote = outside(world, way="slips", sites=())
    rows = page("vote_sites", vote.pk).context["sheet"].rows
    assert "collected" not in rows.forms[0].fields and "collected" not in rows.empty_form.fields
    page("vote_sites", vote.pk, **typed(EAST, seen=sites_of(vote).fingerprint))
    assert sites(vote) == [("东门", 4, None)]


def test_the_last_day_is_not_before_the_first(page, world):
    facts = {"title": "New", "held_on": "2026-03-05", "voters": 5, "way": "paper", "body": "on"}
    answer = page("vote_create", **facts, until="2026-03-04")
    assert "早于" in answer.content.decode() and not Vote.objects.exists()
    page("vote_create", **facts, until="2026-03-08")
    assert Vote.objects.get().is_outside


def test_the_report_tells_site_by_site(page, world):
    vote = outside(world)
    actions.type_totals(vote, *totals(vote), actor=world.secretary)
    told = page("vote_paper", vote.pk, "report").content.decode()
    assert "2 个场所发放 5 张" in told and "西门" in told and "参加投票" not in told


def test_it_is_repeated_with_its_days_and_without_numbers(world):
    vote = moved(world, outside(world), "void")
    again = actions.repeat(vote, actor=world.secretary)
    assert again.until == vote.until and not sites(again)


def test_it_waits_for_nobody_before_its_last_day(world):
    today = timezone.localdate()
    vote = outside(world, way="slips")
    actions.hand_out(vote, actor=world.secretary)
    moved(world, vote, "open")
    assert not Vote.objects.unfinished(world.secretary)
    Vote.objects.update(until=today)
    assert Vote.objects.unfinished(world.secretary)
