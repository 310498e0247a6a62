"""A secretary is told once that a round is open for his branch, and once of each revision that holds for it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from appraisals import actions as appraisals
from appraisals.models import Progress
from appraisals.rounds.actions import gate, plan
from appraisals.rounds.notices import opened_bare
from branches.models import Post
from reminders.actions.notices import scan
from reminders.models import Notice
from tests.appraisals.rounds.test_gate import at, pass_first


def told(rule, days=0):
    """Who has an unread notice of this rule after the scan of that day, by name."""
    today = timezone.localdate() + timedelta(days)
    scan(today)
    rows = Notice.objects.unread(today).filter(rule=rule)
    return sorted(rows.values_list("recipient__name", flat=True))


def revise(world, applies):
    plan.revise(world.round, actor=world.officer, applies=applies, changes="Fewer")


def test_each_secretary_is_told_once_that_the_round_is_open(world):
    assert told("round_opened") == ["己书记", "甲书记"]
    gate.extend(at(world, 1), timezone.localdate() + timedelta(40), actor=world.officer, note="Floods")
    pass_first(world)
    assert told("round_opened", days=3) == ["己书记", "甲书记"]
    assert Notice.objects.filter(rule="round_opened").count() == 2
    notice = Notice.objects.get(rule="round_opened", recipient=world.people[0])
    assert notice.organisation == world.first and notice.subject_label == world.round.name
    assert notice.get_absolute_url() == reverse("branch_stages", args=[at(world, 1).pk])


def test_it_is_told_of_each_round_and_no_more_when_it_is_closed(world):
    plan.copy_plan(world.planned, world.round, actor=world.officer)
    assert len(told("round_opened")) == 2
    appraisals.move_round(world.planned, "open", actor=world.officer)
    assert len(told("round_opened")) == 4
    appraisals.move_round(world.round, "close", actor=world.officer)
    assert len(told("round_opened")) == 2


def test_a_round_without_stages_is_told_of_as_well(world):
    """Once a branch, however many of its members are on the roster, and not where the round has stages."""
    assert told("bare_round_opened") == []
    appraisals.move_round(world.planned, "open", actor=world.officer)
    assert world.planned.roster.filter(organisation=world.first).count() > 1
    assert told("bare_round_opened") == told("bare_round_opened", days=1) == ["己书记", "甲书记"]
    assert opened_bare(timezone.localdate()).count() == 2
    world.planned.roster.filter(organisation=world.first).exclude(member=world.people[0]).delete()
    assert opened_bare(timezone.localdate()).count() == 2, "one on the roster is enough"
    notice = Notice.objects.get(rule="bare_round_opened", recipient=world.people[0])
    assert notice.organisation == world.first and notice.due_on == world.planned.due_on
    assert notice.get_absolute_url() == reverse("round_detail", args=[world.planned.pk])
    Post.objects.filter(member=world.people[0]).update(until=timezone.localdate() - timedelta(1))
    assert told("bare_round_opened") == ["己书记"]
    appraisals.move_round(world.planned, "close", actor=world.officer)
    assert told("bare_round_opened") == []


def test_a_secretary_named_later_is_told_in_place_of_the_old_one(world):
    assert "甲书记" in told("round_opened")
    Post.objects.filter(member=world.people[0]).update(member=world.people[1])
    assert told("round_opened") == ["乙委员", "己书记"]


@pytest.mark.parametrize("applies", ["next", "unpassed", "all"])
def test_a_revision_is_told_once_to_each_for_whom_it_holds(world, applies):
    assert told("plan_revised") == []
    pass_first(world)
    revise(world, applies)
    assert told("plan_revised") == told("plan_revised", days=1)
    assert Notice.objects.filter(rule="plan_revised").count() == len(told("plan_revised"))
    expected = {"next": ["己书记"], "unpassed": ["己书记", "甲书记"], "all": ["己书记", "甲书记"]}
    assert told("plan_revised") == expected[applies]  # 甲书记's branch is in its last stage: no next one
    notice = Notice.objects.filter(rule="plan_revised").first()
    assert notice.due_on == timezone.localdate() and "Fewer" not in notice.words


def test_each_revision_is_told_of_itself(world):
    revise(world, "unpassed")
    assert len(told("plan_revised")) == 2
    revise(world, "next")
    assert len(told("plan_revised")) == 4  # the second holds from the next stage on, the first for this one
    revise(world, "all")
    assert len(told("plan_revised")) == 2 and Notice.objects.filter(rule="plan_revised").count() == 6
    Progress.objects.filter(organisation=world.first, stage__position=1).update(state="exempt")
    assert len(told("plan_revised")) == 2


def test_a_revision_does_not_tell_anew_that_the_round_is_open(world):
    assert len(told("round_opened")) == 2
    revise(world, "all")
    assert len(told("round_opened")) == Notice.objects.filter(rule="round_opened").count() == 2


def test_the_revisions_of_two_rounds_are_told_apart(world):
    plan.copy_plan(world.planned, world.round, actor=world.officer)
    appraisals.move_round(world.planned, "open", actor=world.officer)
    plan.revise(world.planned, actor=world.officer, applies="all", changes="More")
    assert len(told("plan_revised")) == 2
    revise(world, "next")  # there the same number holds from the second stage on, here from the first
    assert len(told("plan_revised")) == 4
