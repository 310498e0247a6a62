"""R08 and F12: who has talked with whom, asked per class; a second statement beside the code decides what is lacking."""

from datetime import date, timedelta
from itertools import combinations
from random import Random

import pytest

from branches.actions import members
from branches.models import User
from branches.rules.sets import RuleSet
from meetings import actions as meetings
from meetings.models import Meeting
from meetings.rules import remarks
from meetings.talks import actions
from meetings.talks.coverage import coverage, lacking_pairs
from meetings.talks.exports import COLUMNS, ledger, ledger_rows
from meetings.talks.parties import Party
from meetings.talks.rules import first_day, last_day
from tests import cast as people
from tests.meetings.test_talks import put, talk
from workflow.actors import SYSTEM

SINCE, UNTIL = date(2026, 1, 1), date(2026, 12, 31)
DAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def branch(cast):
    """The committee of three: 甲 secretary, 乙 discipline, 丙 discipline too; 丁 and 戊 are members."""
    members.name_to_post(cast.people[2], actor=SYSTEM, organisation=cast.first, kind="discipline", since=people.SINCE)
    return cast


def lacking(cast, since=SINCE, until=UNTIL):
    return lacking_pairs(cast.first, since, until)


def of(cast, *, secretary_only=False, since=SINCE, until=UNTIL):
    found = coverage(cast.first, since, until, secretary_only=secretary_only)
    called = {key: found.names[key][0] for key in found.names}
    return (
        ["".join(called[key] for key in pair) for pair in found.lacking_pairs],
        "".join(called[key] for key in found.lacking_with_committee),
        "".join(called[key] for key in found.lacking_with_member),
    )


def test_without_a_talk_everything_is_lacking(branch):
    assert of(branch) == (["甲乙", "甲丙", "乙丙"], "丁戊", "丁戊")
    assert lacking(branch) == [("甲书记", "乙委员"), ("甲书记", "丙干事"), ("乙委员", "丙干事")]


def test_either_side_may_have_begun(branch):
    talk(branch, "乙委员", "甲书记")
    talk(branch, "戊同志", "丙干事")
    assert of(branch) == (["甲丙", "乙丙"], "丁", "丁戊")


def test_two_of_one_group_have_not_talked_with_one_another(branch):
    talk(branch, "甲书记", "乙委员、丙干事、丁组长、戊同志")
    assert of(branch) == (["乙丙"], "", "丁戊")


def test_a_member_needs_one_of_the_committee_and_one_other_member(branch):
    talk(branch, "乙委员", "丁组长")
    talk(branch, "丁组长", "戊同志")
    assert of(branch)[1:] == ("戊", "")
    assert of(branch, secretary_only=True)[1:] == ("丁戊", "")
    talk(branch, "戊同志", "甲书记")
    assert of(branch, secretary_only=True)[1:] == ("丁", "")


def test_only_talks_that_stand_and_of_those_days_count(branch):
    made = talk(branch, "甲书记", "乙委员")
    first, last = talk(branch, "甲书记", "丙干事", day=SINCE), talk(branch, "乙委员", "丙干事", day=DAY)
    assert lacking(branch, until=DAY) == []
    assert lacking(branch, since=SINCE + timedelta(1), until=DAY) == [("甲书记", "丙干事")]
    assert lacking(branch, until=DAY - timedelta(1)) == [("甲书记", "乙委员"), ("乙委员", "丙干事")]
    actions.move(made, "void", actor=branch.secretary, note="Twice")
    assert lacking(branch) == [("甲书记", "乙委员")]
    assert first.pk != last.pk


def test_talks_of_another_branch_do_not_count(branch):
    entry = actions.Entry(
        [Party("甲书记", member_id=branch.people[0].pk)], [Party("乙委员", member_id=branch.people[1].pk)], "committee"
    )
    actions.record_talks(branch.second, DAY, "", [entry], actor=branch.sibling)
    assert ("甲书记", "乙委员") in lacking(branch)


def test_the_counts_keep_talks_and_persons_apart(branch):
    talk(branch, "甲书记", "乙委员")
    talk(branch, "甲书记", "丁组长、戊同志")
    talk(branch, "甲书记", "丁组长")
    actions.move(talk(branch, "甲书记", "戊同志"), "void", actor=branch.secretary, note="Twice")
    found = coverage(branch.first, SINCE, UNTIL, secretary_only=False)
    assert found.counts == {"committee": (1, 1), "committee_and_member": (2, 3)}


@pytest.mark.parametrize("seed", range(4))
def test_against_a_second_statement(branch, seed):
    """By hand over the talks themselves: for each two, is there one in which they stand on different sides?"""
    chance = Random(seed)
    held = []
    for _ in range(chance.randint(1, 6)):
        there = chance.sample(range(5), chance.randint(2, 4))
        cut = chance.randint(1, len(there) - 1)
        both = [[Party(str(branch.people[n]), member_id=branch.people[n].pk) for n in side]
                for side in (there[:cut], there[cut:])]  # fmt: skip
        held.append((set(there[:cut]), set(there[cut:])))
        actions.record_talks(branch.first, DAY, "", [actions.Entry(*both, "members")], actor=branch.secretary)

    def met(one, two):
        return any((one in a and two in b) or (two in a and one in b) for a, b in held)

    named = "甲乙丙丁戊"
    assert of(branch) == (
        [named[a] + named[b] for a, b in combinations(range(3), 2) if not met(a, b)],
        "".join(named[m] for m in (3, 4) if not any(met(m, c) for c in range(3))),
        "".join(named[m] for m in (3, 4) if not met(3, 4)),
    )


# --- the year ------------------------------------------------------------------------------------------------------
def test_the_year_begins_in_january_or_where_a_superior_says(cast):
    rules = RuleSet(cast.first.path, 2026)
    assert (first_day(rules, 2026), last_day(rules, 2026)) == (date(2026, 1, 1), date(2026, 12, 31))
    put(cast, "F12-2", month=4)
    rules = RuleSet(cast.first.path, 2026)
    assert (first_day(rules, 2026), last_day(rules, 2026)) == (date(2026, 4, 1), date(2027, 3, 31))


# --- R08 on the record ---------------------------------------------------------------------------------------------
def life(cast, form="org_life_meeting", **facts):
    meeting = Meeting(organisation=cast.first, form=form)
    return meetings.save(meeting, people.entry(cast.people, appraisal_year=2025, **facts), actor=cast.secretary)


def told(meeting):
    return [remark.words for remark in remarks(meeting) if remark.held.rule.code == "R08"]


def test_the_record_names_each_pair_that_has_not_talked(branch):
    talk(branch, "甲书记", "乙委员", day=date(2025, 1, 1))
    (words,) = told(life(branch))
    assert "甲书记—丙干事、乙委员—丙干事" in words and "甲书记—乙委员" not in words


def test_talks_from_the_year_appraised_to_the_day_of_the_meeting_count(branch):
    talk(branch, "甲书记", "乙委员", day=date(2024, 12, 31))
    talk(branch, "甲书记", "丙干事", day=DAY)
    talk(branch, "乙委员", "丙干事", day=DAY + timedelta(1))
    (words,) = told(life(branch))
    assert "甲书记—乙委员、乙委员—丙干事" in words and "甲书记—丙干事" not in words


def test_without_a_year_of_appraisal_that_of_the_meeting_counts(branch):
    for pair in (("甲书记", "乙委员"), ("甲书记", "丙干事"), ("乙委员", "丙干事")):
        talk(branch, *pair, day=date(2025, 12, 31))
    assert told(life(branch)) == []
    meeting = life(branch)
    meeting.appraisal_year = None
    assert told(meeting) != []


def test_only_the_organisational_life_meeting_asks(branch):
    assert told(life(branch, "general_meeting")) == []


def test_once_all_have_talked_nothing_is_said(branch):
    for pair in (("甲书记", "乙委员"), ("甲书记", "丙干事"), ("乙委员", "丙干事")):
        talk(branch, *pair)
    assert told(life(branch)) == []


def test_it_warns_and_stops_nothing_unless_a_superior_says_so(branch):
    meeting = life(branch)
    assert [(r.held.severity, r.blocks) for r in remarks(meeting) if r.held.rule.code == "R08"] == [("warn", False)]
    put(branch, "R08", severity="block")
    assert [r.blocks for r in remarks(meeting) if r.held.rule.code == "R08"] == [True]


# --- the page ------------------------------------------------------------------------------------------------------
def page(cast, client, who="secretary", **query):
    client.force_login(User.objects.get(pk=getattr(cast, who).pk))
    return client.get(f"/organisations/{cast.first.pk}/talks/", {"year": 2026, **query})


def test_the_page_shows_the_committee_each_with_each_and_a_line_for_every_member(branch, client):
    one, other = (f'<a href="/talks/{talk(branch, *two).pk}/">2026-03-02</a>'
                  for two in (("甲书记", "乙委员"), ("乙委员", "丁组长")))  # fmt: skip
    shown = page(branch, client)
    assert [(name, [cell for cell, _own in cells]) for name, cells in shown.context["matrix"]] == [
        ("甲书记", ["", one, "--"]), ("乙委员", [one, "", "--"]), ("丙干事", ["--", "--", ""]),
    ]  # fmt: skip
    assert shown.context["lines"] == [("丁组长", other, "--"), ("戊同志", "--", "--")]
    assert shown.context["suggested"] == []


def test_every_number_of_talks_opens_them(branch, client):
    talk(branch, "甲书记", "乙委员")
    talk(branch, "甲书记", "丁组长、戊同志")
    actions.move(talk(branch, "甲书记", "戊同志"), "void", actor=branch.secretary, note="Twice")
    for _label, talks, _persons, address in page(branch, client).context["counts"]:
        assert [row.kind in address for row in client.get(address).context["page"].objects] == [True] * talks
    content = page(branch, client).content.decode()
    assert all(
        f'href="{address.replace("&", "&amp;")}"' in content for *_, address in page(branch, client).context["counts"]
    )


def test_the_last_of_several_talks_is_opened(branch, client):
    first, last = talk(branch, "甲书记", "乙委员"), talk(branch, "乙委员", "甲书记")
    shown = page(branch, client).content.decode()
    assert f"/talks/{last.pk}/" in shown and f"/talks/{first.pk}/" not in shown


def test_suggestions_are_off_and_then_seen_by_the_secretary_only(branch, client):
    talk(branch, "甲书记", "乙委员")
    put(branch, "F12-4")
    assert page(branch, client).context["suggested"] == [
        ("甲书记", "丙干事"), ("乙委员", "丙干事"), ("甲书记", "丁组长"), ("甲书记", "戊同志"),
    ]  # fmt: skip
    for other in ("committee_member", "clerk", "officer"):
        assert page(branch, client, other).context["suggested"] == [], other


def test_members_do_not_see_who_talked(branch, client):
    assert page(branch, client, "member").status_code == 403
    meeting = life(branch)
    for who, reads in (("secretary", True), ("officer", True), ("member", False)):
        type(meeting).objects.filter(pk=meeting.pk).update(state="submitted")
        client.force_login(User.objects.get(pk=getattr(branch, who).pk))
        assert ("R08" in client.get(f"/meetings/{meeting.pk}/").content.decode()) == reads, who


def test_the_ledger_holds_talks_that_stand_and_nothing_that_was_said(branch):
    put(branch, "F12-3")
    talk(branch, "甲书记", "丁组长、全体预备党员（12人）", content="TALK-WORDS")
    actions.move(talk(branch), "void", actor=branch.secretary, note="Twice")
    secretary = User.objects.get(pk=branch.secretary.pk)
    ((path, cells),) = ledger(ledger_rows(secretary))
    assert (path, cells) == (
        branch.first.path,
        (1, "First branch", "甲书记", "丁组长、全体预备党员（12人）", DAY, "Room", "书记与服务对象", 1, 13, ""),
    )
    assert len(cells) == len(COLUMNS)
    assert list(ledger(ledger_rows(User.objects.get(pk=branch.clerk.pk)))) == []
