"""Each check of verify over rounds is seen to find the fault it is for."""

from datetime import timedelta

from django.utils import timezone

from appraisals.models import LeadingPost, Progress, Requirement, RosterEntry, RosterEvent, SchemeStep, Stage
from workflow import checking


def found(name):
    return next(checking.run([f"rounds.{name}"])).count


def test_nothing_is_found_in_a_sound_world(world):
    names = (
        "positions",
        "known_figures",
        "progress_of_round",
        "dated",
        "every_stage",
        "one_after_another",
        "roster_events",
        "schemes_within",
    )
    assert [found(name) for name in names] == [0] * len(names)


def test_fault_rounds_positions(world):
    Stage.objects.filter(round=world.round, position=2).update(position=3)
    assert found("positions") == 1


def test_fault_rounds_known_figures(world):
    Requirement.objects.filter(metric="meetings.org_life").update(metric="no.such")
    assert found("known_figures") == 1
    Requirement.objects.filter(metric="materials.accepted").update(base="no.such")
    assert found("known_figures") == 2


def test_fault_rounds_progress_of_round(world):
    Progress.objects.filter(organisation=world.first, stage__position=1).update(round=world.planned)
    assert found("progress_of_round") == 1


def test_fault_rounds_dated(world):
    Progress.objects.filter(organisation=world.first, stage__position=1).update(state="passed")
    Progress.objects.filter(organisation=world.second, stage__position=1).update(state="requested")
    assert found("dated") == 2


def test_fault_rounds_every_stage(world):
    Progress.objects.filter(organisation=world.first, stage__position=2).delete()
    assert found("every_stage") == 1


def test_fault_rounds_one_after_another(world):
    Progress.objects.filter(organisation=world.first, stage__position=2).update(
        state="passed", passed_on=timezone.localdate()
    )
    assert found("one_after_another") == 1


def test_fault_rounds_roster_events(world):
    entry = RosterEntry.objects.filter(organisation=world.first).first()
    day = timezone.localdate()
    for days, source, target in ((2, world.first, world.second), (1, world.second, world.first)):
        RosterEvent.objects.create(
            entry=entry, kind="handed_over", happened_on=day - timedelta(days), source=source, target=target
        )
    assert found("roster_events") == 0
    RosterEvent.objects.latest("pk").delete()
    assert found("roster_events") == 1


def test_fault_rounds_schemes_within(world):
    for n, place in enumerate((world.first, world.third, world.third), 1):
        SchemeStep.objects.create(round=world.round, organisation=place, position=n, name="Step")
    LeadingPost.objects.create(round=world.round, organisation=world.third, position=1, role="head", name="Head")
    assert found("schemes_within") == 2
