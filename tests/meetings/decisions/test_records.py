"""Decisions as parts of a record: what is computed of them, what blocks them, what a correction keeps."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from branches.actions import members, rules
from branches.models import Exemption, Post, RightsLimit, Standing
from branches.rules.table import find
from meetings import actions
from meetings.decisions.entries import LeftOut, Motion
from meetings.decisions.rules import has_committee
from meetings.models import Decision, Meeting, Revision
from meetings.rules import remarks, shortfalls
from tests.cast import SINCE, entry
from workflow.actors import SYSTEM

pytestmark = pytest.mark.django_db
ALL = Motion("Plan", "ordinary", yes=5, no=0, abstain=0)


def held(cast, *motions, form="general_meeting", away=(), left_out=(), people=None, also=(), **facts):
    """A saved record of `first`: everybody came but those `away`, by their place."""
    typed = entry(people or cast.people, **facts)
    ticks = dict(typed.ticks) | {cast.people[place].pk: ("on_leave", "Ill") for place in away}
    typed = replace(typed, ticks=ticks, motions=motions, left_out=left_out, also=dict(also))
    return actions.save(Meeting(organisation=cast.first, form=form), typed, actor=cast.secretary)


def only(meeting):
    return Decision.objects.get(meeting=meeting)


def outcome(meeting):
    row = only(meeting)
    return row.due, row.present, row.outcome


def blocked(meeting):
    return shortfalls(meeting, timezone.now())


def set_to(cast, code, severity):
    """The county sets a rule otherwise for the year of the meetings."""
    rules.override_rule(cast.county, 2026, code, actor=cast.officer, severity=severity, parameters={}, reason="Here")


def consent(cast, place, **facts):
    typed = {"consent_by": "County", "consent_on": date(2026, 2, 20), "reference": "No. 3", "resolution": "Agreed"}
    return LeftOut(cast.people[place].pk, "bedridden", **typed | facts)


def test_due_and_present_are_those_of_the_list_and_the_outcome_is_computed(cast):
    Standing.objects.filter(member=cast.people[4]).update(category="probationary")
    RightsLimit.objects.create(member=cast.people[3], since=SINCE, reason="Warned")
    meeting = held(cast, Motion("Plan", "ordinary", yes=2, no=1, abstain=0))
    assert outcome(meeting) == (3, 3, "passed")
    assert not blocked(meeting)


def test_who_need_not_come_keeps_the_vote_and_stays_in_the_base(cast):
    for place in (2, 3, 4):
        Exemption.objects.create(member=cast.people[place], since=SINCE, reason="Old", approved_by="Branch")
    meeting = held(cast, Motion("Plan", "ordinary", yes=2, no=0, abstain=0), people=cast.people[:2])
    assert (meeting.due, outcome(meeting)) == (2, (5, 2, "no_quorum"))


def test_without_quorum_there_is_no_decision_and_the_record_stays(cast):
    meeting = held(cast, Motion("Plan", "ordinary", yes=2, no=0, abstain=0), away=(2, 3, 4))
    assert outcome(meeting) == (5, 2, "no_quorum")
    assert not blocked(meeting)
    actions.move(meeting, "file", actor=cast.secretary)
    (remark,) = remarks(meeting)
    assert remark.held.rule.code == "R02" and "2×2<5" in remark.words and "还差1人" in remark.words


def test_a_superior_may_let_a_decision_without_quorum_stop_the_record(cast):
    set_to(cast, "R02", "block")
    meeting = held(cast, Motion("Plan", "ordinary", yes=2, no=0, abstain=0), away=(2, 3, 4))
    with pytest.raises(ValidationError, match="2×2<5"):
        actions.move(meeting, "file", actor=cast.secretary)


@pytest.mark.parametrize(
    ("motion", "words"),
    [
        (replace(ALL, yes=4), "赞成4+反对0+弃权0=4"),
        (replace(ALL, no=None), "没有的填0"),
        (replace(ALL, present=6, yes=6), "超过应到会有表决权5人"),
        (replace(ALL, written_yes=1), "书面意见只在"),
        (replace(ALL, business="admission"), "会上宣布的结果"),
        (replace(ALL, business="admission", announced="rejected"), "2×5>5"),
        (replace(ALL, business="committee"), "不在本次会议"),
        (replace(ALL, business="opinion_vote"), "不在本次会议"),
        (replace(ALL, business="election", announced="reballot"), "至少涉及两人"),
    ],
)
def test_what_cannot_be_blocks_the_record_and_names_the_decision(cast, motion, words):
    meeting = held(cast, motion)
    (refusal,) = blocked(meeting)
    assert words in refusal and "第1项决议“Plan”" in refusal
    with pytest.raises(ValidationError):
        actions.move(meeting, "file", actor=cast.secretary)
    meeting.refresh_from_db()
    assert (meeting.state, only(meeting).subject) == ("draft", "Plan")


def test_fewer_may_take_part_in_a_vote_than_came(cast):
    meeting = held(cast, Motion("Plan", "ordinary", present=4, yes=3, no=1, abstain=0))
    assert outcome(meeting) == (5, 4, "passed") and not blocked(meeting)
    late = held(cast, Motion("Plan", "ordinary", present=5, yes=5, no=0, abstain=0), away=(4,))
    assert "有表决权的只有4人" in blocked(late)[0]


def test_opinions_in_writing_count_for_an_admission(cast):
    motion = Motion("Admit", "admission", "ballot", None, 2, 1, 0, 1, "passed")
    meeting = held(cast, motion, away=(3, 4))
    assert outcome(meeting) == (5, 3, "passed") and not blocked(meeting)
    assert outcome(held(cast, replace(motion, written_yes=0), away=(3, 4)))[2] == "open"


def test_equal_votes_are_those_of_two(cast):
    pair = [Motion(name, "election", "ballot", None, 3, 2, 0, 0, "reballot") for name in ("A", "B")]
    assert not blocked(held(cast, *pair))
    assert len(blocked(held(cast, pair[0], replace(pair[1], yes=4, no=1)))) == 2


@pytest.mark.parametrize(
    ("business", "announced", "due"),
    [("election", "elected", 4), ("disposal", "passed", 4), ("discipline", "passed", 5), ("ordinary", "", 5),
     ("admission", "passed", 5)],
)  # fmt: skip
def test_the_five_grounds_reduce_elections_and_disposals_alone(cast, business, announced, due):
    motions = [Motion("This", business, "ballot", None, 4, 0, 0, 0, announced),
               Motion("Chair", "election", "ballot", None, 4, 0, 0, 0, "elected")]  # fmt: skip
    meeting = held(cast, *motions, away=(4,), left_out=[consent(cast, 4)])
    first, second = Decision.objects.filter(meeting=meeting)
    assert (first.due, second.due) == (due, 4)
    assert (meeting.due, meeting.voting_due, meeting.on_leave) == (5, 5, 1)  # 应参加 stays, and the list
    assert not blocked(meeting)


def test_a_sitting_may_vote_once_somebody_is_left_out(cast):
    motion = Motion("Chair", "election", "ballot", None, 3, 0, 0, 0, "elected")
    assert outcome(held(cast, motion, away=(3, 4))) == (5, 3, "no_quorum")
    one, both = ([consent(cast, place) for place in places] for places in ((4,), (3, 4)))
    assert outcome(held(cast, motion, away=(3, 4), left_out=one)) == (4, 3, "no_quorum")
    assert outcome(held(cast, motion, away=(3, 4), left_out=both)) == (3, 3, "elected")


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"consent_by": ""}, "请填写同意的上级党组织"),
        ({"consent_on": None}, "请填写同意的上级党组织"),
        ({"resolution": ""}, "请填写同意的上级党组织"),
        ({"consent_on": date(2026, 3, 3)}, "应在会前同意"),
        ({"reference": ""}, None),
        ({"consent_on": date(2026, 3, 2)}, None),
    ],
)
def test_leaving_somebody_out_takes_consent_and_resolution(cast, facts, words):
    motion = Motion("Chair", "election", "ballot", None, 4, 0, 0, 0, "elected")
    found = blocked(held(cast, motion, away=(4,), left_out=[consent(cast, 4, **facts)]))
    assert [words in line for line in found] == ([True] if words else [])


def test_who_came_or_has_no_vote_is_not_left_out(cast):
    motion = Motion("Chair", "election", "ballot", None, 5, 0, 0, 0, "elected")
    came = held(cast, motion, left_out=[consent(cast, 4)])
    assert outcome(came) == (5, 5, "elected")
    assert ["已到会" in line for line in blocked(came)] == [True]
    Standing.objects.filter(member=cast.people[4]).update(category="probationary")
    motion = replace(motion, yes=4)
    none = held(cast, motion, away=(4,), left_out=[consent(cast, 4)])
    assert outcome(none) == (4, 4, "elected")
    assert ["没有表决权" in line for line in blocked(none)] == [True]
    stranger = held(cast, motion, away=(4,), left_out=[LeftOut(cast.siblings[0].pk, "will", "C", SINCE, "", "R")])
    assert ["没有表决权" in line for line in blocked(stranger)] == [True]


def test_without_an_election_nobody_is_left_out(cast):
    found = blocked(held(cast, replace(ALL, yes=4), away=(4,), left_out=[consent(cast, 4)]))
    assert ["只用于选举" in line for line in found] == [True]


def test_a_committee_decides_of_its_own_size(cast):
    members.name_to_post(cast.people[2], actor=SYSTEM, organisation=cast.first, kind="publicity", since=SINCE)
    decision = Motion("Plan", "committee", yes=2, no=0, abstain=0)
    meeting = held(cast, decision, form="committee_meeting", away=(2,), people=cast.people[:3])
    assert outcome(meeting) == (3, 2, "passed") and not blocked(meeting)
    assert "不在本次会议" in blocked(held(cast, replace(decision, business="ordinary"), form="committee_meeting",
                                    away=(2,), people=cast.people[:3]))[0]  # fmt: skip


def test_without_a_committee_the_assembly_takes_its_steps(cast):
    decision = replace(ALL, business="committee")
    assert "不在本次会议" in blocked(held(cast, decision))[0]
    Post.objects.filter(member=cast.people[1]).update(kind="deputy")
    assert not blocked(held(cast, decision))
    assert "不在本次会议" in blocked(held(cast, decision, form="org_life_meeting"))[0]


def test_a_group_or_a_lecture_decides_nothing(cast):
    assert "不在本次会议" in blocked(held(cast, ALL, form="party_lecture"))[0]


def test_the_opinion_of_an_appraisal_is_voted_on_only_where_the_rule_set_says_so(cast):
    stated = Motion("Opinion", "opinion", "oral")
    meeting = held(cast, stated)
    assert (outcome(meeting), blocked(meeting), remarks(meeting)) == ((5, 5, "noted"), [], [])
    set_to(cast, "F67", "warn")
    assert [remark.held.rule.code for remark in remarks(meeting)] == ["F67"]
    voted = held(cast, replace(ALL, business="opinion_vote"))
    assert (outcome(voted), blocked(voted)) == ((5, 5, "passed"), [])


def test_a_correction_keeps_the_numbers_that_were_filed(cast):
    election = Motion("Chair", "election", "ballot", None, 4, 0, 0, 0, "elected")
    meeting = held(cast, ALL, election, form="general_meeting")
    assert blocked(meeting)  # four votes of five who were there
    typed = entry(cast.people)
    typed = replace(typed, motions=[replace(ALL, yes=4), election], left_out=[consent(cast, 4)],
                    ticks={**typed.ticks, cast.people[4].pk: ("on_leave", "Ill")})  # fmt: skip
    actions.save(meeting, typed, actor=cast.secretary, seen=1, submit=True)
    later = replace(typed, motions=[replace(ALL, yes=3, no=1)], left_out=[])
    actions.revise(meeting, later, "Wrong", actor=cast.secretary, seen=Meeting.objects.get().version)
    kept = Revision.objects.get().filed
    assert [(row["subject"], row["due"], row["present"], row["yes"], row["outcome"]) for row in kept["decisions"]] == [
        ("Plan", 5, 4, 4, "passed"), ("Chair", 4, 4, 4, "elected"),
    ]  # fmt: skip
    assert kept["left_out"] == [[cast.people[4].pk, "戊同志", "bedridden", "County", "2026-02-20", "No. 3", "Agreed"]]
    assert (only(meeting).yes, only(meeting).no) == (3, 1)


def test_attendance_that_does_not_add_up_is_told_as_arithmetic(cast):
    typed = entry(cast.people)
    ticks = {**typed.ticks, cast.people[3].pk: ("on_leave", "Ill"), cast.people[4].pk: ("", "")}
    meeting = Meeting(organisation=cast.first, form="general_meeting")
    actions.save(meeting, replace(typed, ticks=ticks), actor=cast.secretary)
    assert "实到3+请假1+缺席0=4，应参加5人" in "".join(blocked(meeting))


def test_members_without_vote_do_not_reduce_those_due_to_come(cast):
    Standing.objects.filter(member=cast.people[4]).update(category="probationary")
    meeting = held(cast, Motion("Plan", "ordinary", yes=4, no=0, abstain=0), begins=timezone.now() - timedelta(days=1))
    assert (meeting.due, meeting.present, meeting.voting_due) == (5, 5, 4)


def test_a_theme_day_that_counts_as_an_assembly_decides(cast):
    meeting = held(cast, ALL, form="theme_day", also={"general_meeting": ""})
    assert not blocked(meeting)


@pytest.mark.parametrize(("post", "is_committee"), [("organisation", True), ("publicity", True), ("discipline", True),
                                                    ("deputy", False), ("group_leader", False)])  # fmt: skip
def test_a_committee_is_more_than_secretary_and_deputy(cast, post, is_committee):
    Post.objects.filter(member=cast.people[1]).update(kind=post)
    assert has_committee(Meeting(organisation=cast.first, started_at=timezone.now())) == is_committee


def test_the_rules_of_decisions_as_shipped():
    shipped = {code: (find(code).level, find(code).severity) for code in ("R02", "F67")}
    assert shipped == {"R02": ("national", "warn"), "F67": ("local", "off")}
