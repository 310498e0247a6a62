"""F29 and R17: what meetings count as study, two columns that are never one sum, and who is told what is lacking."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from branches.models import User
from branches.rules.sets import RuleSet
from meetings import actions as meetings
from meetings.follow_ups.actions import note
from meetings.models import FollowUp, Meeting, StudyEntry
from meetings.study import actions
from meetings.study.exports import COLUMNS, ledger, ledger_rows
from meetings.study.hours import years
from meetings.study.pages import _is_late
from meetings.study.rules import AWAY, CAMPAIGN, CONVERSION, NATIONAL, asked_of, campaign, credit
from tests import cast as people
from tests.meetings.test_talks import put
from workflow.models import History
from workflow.moves import NoteRequired

DAY = date(2026, 3, 2)
SHIPPED = {"general_meeting": 1, "committee_meeting": 0, "group_meeting": 1, "party_lecture": 1, "theme_day": 1,
           "org_life_meeting": 0, "other": 0}  # fmt: skip
AFTERWARDS = {"alone": 1, "together": 2, "at_home": 2, "by_post": 1, "by_phone": 0}


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"


def held(cast, form="theme_day", *, minutes=120, day=DAY, folk=None, submit=True, away="", way=""):
    begins = timezone.make_aware(datetime(day.year, day.month, day.day, 9))
    entry = people.entry(
        folk or cast.people, begins=begins, theme=f"Of {form}", ended_at=begins + timedelta(0, minutes * 60)
    )
    ticks = entry.ticks | ({cast.people[4].pk: (away, "Ill")} if away else {})
    entry = meetings.Entry(entry.facts, entry.agenda, ticks, entry.observers, entry.minutes)
    entry = replace(entry, ways={cast.people[4].pk: way} if way else {})
    return meetings.save(Meeting(organisation=cast.first, form=form), entry, actor=cast.secretary, submit=submit)


def year(cast, person=4, of=2026, post=""):
    key = cast.people[person].pk
    return years({key: post}, of, RuleSet(cast.first.path, of))[key]


def enter(cast, kind="own", hours="2", actor=None, day=DAY):
    return actions.enter(cast.people[4], cast.first, kind, day, Decimal(hours), "History", actor=actor or cast.member)


# --- conversion ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("form", "minutes", "hours"),
    [
        ("theme_day", 29, 0), ("theme_day", 30, 0.5), ("theme_day", 119, 1.5), ("theme_day", 480, 8),
        ("theme_day", 600, 8), ("party_lecture", 60, 1), ("general_meeting", 60, 1), ("group_meeting", 60, 1),
        ("committee_meeting", 120, 0), ("org_life_meeting", 120, 0),
    ],
)  # fmt: skip
def test_as_shipped_an_hour_counts_an_hour(db, form, minutes, hours):
    assert credit([form], timedelta(minutes=minutes), RuleSet("0001", 2026)) == Decimal(str(hours))


@pytest.mark.parametrize(("minutes", "hours"), [(30, 4), (359, 4), (360, 8), (600, 8)])
def test_where_a_superior_says_half_days_count(cast, minutes, hours):
    put(cast, "F29-2", **{**SHIPPED, "party_lecture": 2})
    rules = RuleSet(cast.first.path, 2026)
    assert credit(["party_lecture"], timedelta(minutes=minutes), rules) == hours
    assert credit(["theme_day"], timedelta(minutes=60), rules) == 1


def test_the_form_that_counts_best_counts_for_the_sitting(cast):
    put(cast, "F29-2", **{**SHIPPED, "party_lecture": 2})
    rules, hour = RuleSet(cast.first.path, 2026), timedelta(hours=1)
    assert credit(["theme_day", "party_lecture"], hour, rules) == 4
    assert credit(["committee_meeting", "theme_day"], hour, rules) == 1
    assert credit([], hour, rules) == 0


# --- a year --------------------------------------------------------------------------------------------------------
def test_filed_meetings_count_for_who_came_in_their_year(cast):
    held(cast)
    held(cast, "party_lecture", minutes=90, day=DAY + timedelta(1))
    held(cast, "committee_meeting", folk=cast.people[:2])
    held(cast, submit=False)
    held(cast, day=date(2025, 12, 31))
    held(cast, day=DAY + timedelta(2), away="on_leave")
    found = year(cast)
    assert (found.collective, found.own) == (Decimal("3.5"), 0)
    assert [(line.day, line.words, line.hours) for line in found.credits] == [
        (DAY, "Of theme_day", 2), (DAY + timedelta(1), "Of party_lecture", Decimal("1.5")),
    ]  # fmt: skip
    assert year(cast, of=2025).collective == 2
    assert year(cast, person=3).collective == Decimal("5.5")


def test_a_year_begins_with_its_first_day_and_nothing_is_carried_over(cast):
    held(cast, day=date(2025, 12, 31))
    held(cast, minutes=60, day=date(2026, 1, 1))
    assert (year(cast, of=2025).collective, year(cast).collective, year(cast, of=2027).collective) == (2, 1, 0)


def test_own_study_and_collective_study_are_no_sum(cast):
    held(cast)
    enter(cast, hours="2.5")
    enter(cast, "collective", "3", cast.clerk)
    found = year(cast)
    assert (found.collective, found.own, found.lacking) == (5, Decimal("2.5"), 27)
    actions.withdraw(StudyEntry.objects.get(kind="collective"), actor=cast.clerk)
    assert year(cast).collective == 2
    with pytest.raises(ValidationError):
        actions.withdraw(StudyEntry.objects.get(kind="collective"), actor=cast.clerk)


@pytest.mark.parametrize(("post", "hours"), [("", 32), ("group_leader", 32), ("secretary", 56), ("publicity", 56)])
def test_members_are_asked_for_32_hours_and_the_committee_for_56(cast, post, hours):
    assert asked_of(post, RuleSet(cast.first.path, 2026)) == year(cast, post=post).asked == hours
    assert year(cast, post=post).lacking == hours


def test_the_32_and_56_hours_are_national_and_the_conversion_local():
    levels = {rule.code: (rule.level, rule.severity) for rule in (NATIONAL, CAMPAIGN, CONVERSION, AWAY)}
    assert levels == {
        "R17": ("national", "remind"), "F29-1": ("local", "off"), "F29-2": ("local", "remind"),
        "F29-3": ("local", "remind"),
    }  # fmt: skip


def test_what_a_superior_may_choose_lies_within_these_bounds():
    def bounds(rule):
        return [(p.name, p.default, p.least, p.most) for p in rule.parameters]

    assert bounds(NATIONAL) == [("members", 32, 32, 200), ("leaders", 56, 56, 200)]
    assert bounds(CAMPAIGN) == [("hours", 40, 1, 200)]
    assert bounds(CONVERSION) == [(form, how, 0, 2) for form, how in SHIPPED.items()]
    assert bounds(AWAY) == [(way, how, 0, 2) for way, how in AFTERWARDS.items()]


def test_a_superior_may_ask_for_more_in_a_year_and_never_for_less(cast):
    put(cast, "R17", members=40, leaders=60)
    assert year(cast).asked == 40 and year(cast, post="secretary").asked == 60 and year(cast, of=2025).asked == 32
    with pytest.raises(ValidationError):
        put(cast, "R17", members=31, leaders=56)


def test_a_campaign_counts_both_kinds_where_it_is_applied(cast):
    assert year(cast).lacking_of_both == 0
    held(cast)
    enter(cast, hours="3")
    assert campaign(RuleSet(cast.first.path, 2026)) is None and year(cast).lacking_of_both == 0
    put(cast, "F29-1", hours=40)
    assert (year(cast).lacking_of_both, year(cast).lacking) == (35, 30)


def test_nothing_is_lacking_once_it_is_reached(cast):
    for hours in ("24", "24"):
        enter(cast, "collective", hours, cast.clerk)
    put(cast, "F29-1", hours=40)
    assert (year(cast).lacking, year(cast).lacking_of_both) == (0, 0)


# --- who was not there ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("away", "way", "hours"), [
    ("", "video", (2, 0)), ("on_leave", "at_home", (2, 0)), ("on_leave", "by_post", (0, 2)),
    ("on_leave", "written", (0, 0)), ("absent", "", (0, 0)),
])  # fmt: skip
def test_a_way_of_taking_part_counts_as_the_rule_says(cast, away, way, hours):
    held(cast, away=away, way=way)
    assert (year(cast).collective, year(cast).own) == hours


@pytest.mark.parametrize(("way", "hours"), [
    ("alone", (0, 2)), ("together", (2, 0)), ("at_home", (2, 0)), ("by_post", (0, 2)), ("by_phone", (0, 0)),
])  # fmt: skip
def test_study_made_up_for_counts_as_the_rule_says(cast, way, hours):
    made_up(cast, held(cast, away="on_leave"), way)
    assert (year(cast).collective, year(cast).own) == hours


def made_up(cast, meeting, way="together", purpose="studied", day=DAY + timedelta(2)):
    return note(meeting, [cast.people[4].pk], actor=cast.clerk, purpose=purpose, way=way, done_on=day)


def test_what_was_made_up_for_counts_on_the_day_on_which_it_was(cast):
    made_up(cast, held(cast, day=date(2025, 12, 30), away="on_leave"), day=date(2026, 1, 4))
    assert year(cast, of=2025).credits == ()
    (line,) = year(cast).credits
    assert (line.day, line.words, line.hours, line.attendance_id) == (date(2026, 1, 4), "Of theme_day", 2, None)


def test_who_was_told_of_the_meeting_has_not_studied(cast):
    made_up(cast, held(cast, away="on_leave"), purpose="told")
    assert year(cast).credits == ()


def test_nobody_counts_the_same_meeting_twice(cast):
    made_up(cast, held(cast, away="on_leave", way="at_home"))
    came = held(cast, day=DAY + timedelta(7))
    FollowUp.objects.create(
        meeting=came, member=cast.people[4], purpose="studied", way="alone", done_on=DAY + timedelta(8)
    )
    assert [line.day for line in year(cast).credits] == [DAY, DAY + timedelta(7)]


def test_a_superior_says_otherwise_and_only_filed_records_count(cast):
    meeting = held(cast, away="on_leave", way="by_post")
    made_up(cast, held(cast, day=DAY + timedelta(1), away="on_leave"), "alone")
    put(cast, "F29-3", **{**AFTERWARDS, "by_post": 2, "alone": 0})
    assert (year(cast).collective, year(cast).own) == (2, 0)
    Meeting.objects.filter(pk=meeting.pk).update(state="void")
    assert year(cast).credits == ()


def test_where_made_up_for_a_record_that_is_void_counts_no_more(cast):
    meeting = held(cast, away="on_leave")
    made_up(cast, meeting)
    Meeting.objects.filter(pk=meeting.pk).update(state="void")
    assert year(cast).credits == ()


# --- by hand -------------------------------------------------------------------------------------------------------
def test_a_credit_is_corrected_with_a_reason_which_is_kept(cast):
    meeting = held(cast)
    row = actions.correct(meeting, cast.people[4], Decimal("0.5"), " Late ", actor=cast.clerk)
    (line,) = year(cast).credits
    assert (line.hours, line.computed, line.reason) == (Decimal("0.5"), 2, "Late")
    assert year(cast, person=3).collective == 2
    again = actions.correct(meeting, cast.people[4], Decimal(0), "Left", actor=cast.secretary)
    assert again.pk == row.pk and year(cast).collective == 0
    assert [entry.note for entry in History.objects.of(row)] == ["0.5：Late", "0：Left"]


def test_a_correction_may_count_what_the_rules_do_not(cast):
    meeting = held(cast, "committee_meeting", folk=cast.people[:2])
    actions.correct(meeting, cast.people[1], Decimal(1), "Studied first", actor=cast.secretary)
    assert year(cast, person=1).collective == 1


def test_what_makes_no_sense_is_refused(cast):
    meeting, draft = held(cast, away="on_leave"), held(cast, submit=False)
    for subject, hours, reason, actor, refusal in (
        (meeting, 1, "", cast.clerk, NoteRequired), (meeting, 1, "So", cast.clerk, ValidationError),
        (draft, 1, "So", cast.clerk, ValidationError), (draft, 1, "So", cast.member, PermissionDenied),
    ):  # fmt: skip
        with pytest.raises(refusal):
            actions.correct(subject, cast.people[4], Decimal(hours), reason, actor=User.objects.get(pk=actor.pk))
    for hours, day in (("0", DAY), ("25", DAY), ("1", timezone.localdate() + timedelta(1))):
        with pytest.raises(ValidationError):
            enter(cast, hours=hours, day=day)
    assert not StudyEntry.objects.exists()


@pytest.mark.parametrize(("who", "kind", "may"), [
    ("member", "own", True), ("member", "collective", False), ("clerk", "own", True), ("clerk", "collective", True),
    ("group_leader", "own", False), ("committee_member", "own", False), ("officer", "own", False),
])  # fmt: skip
def test_who_enters_study_of_a_member(cast, who, kind, may):
    actor = User.objects.get(pk=getattr(cast, who).pk)
    if may:
        assert enter(cast, kind, actor=actor)
    else:
        with pytest.raises(PermissionDenied):
            enter(cast, kind, actor=actor)


# --- who is told ---------------------------------------------------------------------------------------------------
def test_what_is_lacking_is_told_to_the_member_the_secretary_and_the_officer(cast, client):
    told = {}
    for who in ("member", "secretary", "officer", "clerk", "committee_member"):
        client.force_login(User.objects.get(pk=getattr(cast, who).pk))
        told[who] = "32 hours" in client.get(f"/study/{cast.people[4].pk}/?year=2026").content.decode()
    assert told == {"member": True, "secretary": True, "officer": True, "clerk": False, "committee_member": False}


def test_hours_open_the_meeting_they_come_from_and_own_study_none(cast, client):
    meeting = held(cast)
    enter(cast)
    client.force_login(User.objects.get(pk=cast.member.pk))
    page = client.get(f"/study/{cast.people[4].pk}/?year=2026").content.decode()
    assert page.count(">Of theme_day</a>") == 1 and f'href="/meetings/{meeting.pk}/"' in page
    assert ">History</a>" not in page and "History" in page
    assert client.get(f"/meetings/{meeting.pk}/").status_code == 200


def test_a_meeting_that_does_not_open_is_named_without_a_link(cast, client):
    meeting = held(cast)
    Meeting.objects.filter(pk=meeting.pk).update(organisation=cast.second)
    meeting.attendances.exclude(member=cast.people[4]).delete()
    client.force_login(User.objects.get(pk=cast.clerk.pk))
    page = client.get(f"/study/{cast.people[4].pk}/?year=2026").content.decode()
    assert "Of theme_day" in page and ">Of theme_day</a>" not in page
    assert client.get(f"/meetings/{meeting.pk}/").status_code == 404


def test_the_branch_is_shown_in_its_set_order_with_what_is_lacking_for_few(cast, client):
    held(cast)
    for who, shows in (("secretary", True), ("officer", True), ("clerk", False), ("committee_member", False)):
        client.force_login(User.objects.get(pk=getattr(cast, who).pk))
        page = client.get(f"/organisations/{cast.first.pk}/study/?year=2026&sort=hours")
        assert [name[0] for _key, name, _found, _lacking in page.context["rows"]] == list("甲乙丙丁戊")
        assert any(lacking for *_rest, lacking in page.context["rows"]) == shows, who


def test_the_ledger_keeps_the_two_columns_apart_and_is_for_secretary_and_officer(cast, client):
    this = timezone.localdate()
    enter(cast, hours="2.5", day=this)
    enter(cast, "collective", "3", cast.clerk, day=this)

    def told(who):
        return [cells for _path, cells in ledger(ledger_rows(User.objects.get(pk=getattr(cast, who).pk)))]

    first = told("secretary")
    assert first[0] == (1, "First branch", "甲书记", "支部书记", 0.0, 0.0, "")
    assert first[4] == (5, "First branch", "戊同志", "", 3.0, 2.5, "")
    assert [row[0] for row in told("officer")] == [1, 2, 3, 4, 5, 6, 7] and told("officer")[5][2] == "己书记"
    assert told("supervisor") == told("clerk") == told("member") == []
    assert all(len(row) == len(COLUMNS) for row in first)
    client.force_login(cast.secretary)
    assert "study_ledger" in client.get(f"/organisations/{cast.first.pk}/study/").content.decode()


@pytest.mark.parametrize(("today", "late"), [
    (date(2026, 10, 31), False), (date(2026, 11, 1), True), (date(2026, 12, 31), True), (date(2027, 1, 1), True),
    (date(2025, 12, 1), False),
])  # fmt: skip
def test_from_november_on_the_page_reminds(today, late):
    assert _is_late(2026, today) == late
