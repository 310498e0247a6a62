"""The plan of a round: templates, last year's plan, numbered revisions that never throw a passed branch back (F7)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from appraisals import actions as appraisals
from appraisals.models import MakeupItem, PlanRevision, Progress, Requirement, Round, Stage
from appraisals.rounds import templates
from appraisals.rounds.actions import plan
from appraisals.rounds.gate import findings
from branches.models import Organisation
from figures.registry import registered
from tests.appraisals.rounds.test_gate import PARTS, at, pass_first, states

MORE = {"metric": "talks.held", "value": 3, "severity": "warn"}


def needed(stage):
    return [row.metric for row in Requirement.objects.filter(stage=stage, dropped_in=0)]


def asked(world, position, branch=None):
    row = at(world, position, branch)
    return [finding.requirement.metric for finding in findings([row], world.officer)[row.pk]]


def new(world, position=1, **more):
    return Requirement(stage=Stage.objects.get(round=world.round, position=position), **{**MORE, **more})


def test_a_template_lays_down_its_stages_one_after_another(world):
    first = date(2027, 1, 4)
    plan.take_template(world.planned, "annual", first, actor=world.officer)
    stages = list(world.planned.stages.all())
    assert [(row.starts_on, row.ends_on) for row in stages] == [
        (date(2027, 1, 4), date(2027, 1, 17)), (date(2027, 1, 18), date(2027, 1, 31)),
        (date(2027, 2, 1), date(2027, 2, 10)), (date(2027, 2, 11), date(2027, 2, 20)),
        (date(2027, 2, 21), date(2027, 3, 22)),
    ]  # fmt: skip
    assert [row.gate for row in stages] == ["none", "report", "approval", "report", "report"]
    assert needed(stages[2]) == ["materials.accepted"] and needed(stages[3]) == ["meetings.org_life", "grades.decided"]


def test_every_template_asks_for_figures_of_its_own_words():
    for template in templates.TEMPLATES:
        assert 1 <= len(template.parts) <= plan.MOST_STAGES and all(part.days > 0 for part in template.parts)
    known = {metric.code for metric in registered()}
    asked = {need.metric for template in templates.TEMPLATES for part in template.parts for need in part.needs}
    assert asked - {"opinions.received"} <= known


def test_last_years_plan_is_copied_with_its_days_moved_and_what_was_dropped_left_out(world):
    plan.revise(world.round, actor=world.officer, applies="all", changes="Fewer", dropped=[
        Requirement.objects.get(stage__round=world.round, metric="materials.accepted")])  # fmt: skip
    plan.copy_plan(world.planned, world.round, actor=world.officer)
    old, copied = list(world.round.stages.all()), list(world.planned.stages.all())
    later = world.planned.roster_on - world.round.roster_on
    assert [(row.name, row.starts_on, row.gate) for row in copied] == [
        (row.name, row.starts_on + later, row.gate) for row in old]  # fmt: skip
    assert [needed(row) for row in copied] == [[], ["meetings.org_life"]]
    assert set(Requirement.objects.filter(stage__in=copied).values_list("added_in", flat=True)) == {1}


def test_the_plan_is_changed_in_preparation_only(world):
    stage = world.round.stages.first()
    for act in (
        lambda: plan.save_stage(stage, actor=world.officer),
        lambda: plan.drop_stage(stage, actor=world.officer),
        lambda: plan.save_requirement(new(world), actor=world.officer),
        lambda: plan.drop_requirement(stage.requirements.first(), actor=world.officer),
        lambda: plan.take_template(world.round, "annual", stage.starts_on, actor=world.officer),
        lambda: plan.copy_plan(world.round, world.planned, actor=world.officer),
    ):
        with pytest.raises(ValidationError):
            act()
    for who in ("secretary", "supervisor", "liaison", "stranger"):
        with pytest.raises(PermissionDenied):
            plan.take_template(world.planned, "annual", stage.starts_on, actor=getattr(world, who))


def test_a_stage_taken_out_leaves_no_gap(world):
    plan.take_template(world.planned, "annual", date(2027, 1, 4), actor=world.officer)
    plan.drop_stage(world.planned.stages.get(position=2), actor=world.officer)
    assert list(world.planned.stages.values_list("position", flat=True)) == [1, 2, 3, 4]
    for _more in range(4):
        plan.save_stage(Stage(round=world.planned, name="One", starts_on=date(2027, 5, 1), ends_on=date(2027, 5, 1)),
                        actor=world.officer)  # fmt: skip
    with pytest.raises(ValidationError):
        plan.save_stage(Stage(round=world.planned, name="Nine", starts_on=date(2027, 5, 1), ends_on=date(2027, 5, 1)),
                        actor=world.officer)  # fmt: skip


def test_a_requirement_names_a_figure_and_a_share_is_no_more_than_all(world):
    stage = plan.save_stage(
        Stage(round=world.planned, name="One", starts_on=date(2027, 5, 1), ends_on=date(2027, 5, 1)),
        actor=world.officer,
    )
    for wrong in (
        {"metric": "no.such", "value": 1},
        {"metric": "talks.held", "value": 0},
        {"metric": "talks.held", "operator": "share", "value": 101, "base": "roster.due"},
        {"metric": "talks.held", "operator": "share", "value": 50},
        {"metric": "talks.held", "operator": "share", "value": 50, "base": "no.such"},
    ):
        with pytest.raises(ValidationError):
            plan.save_requirement(Requirement(stage=stage, **wrong), actor=world.officer)


def test_stages_out_of_order_keep_a_round_from_opening(world):
    for name, day in (("One", date(2027, 5, 9)), ("Two", date(2027, 5, 1))):
        plan.save_stage(Stage(round=world.planned, name=name, starts_on=day, ends_on=day), actor=world.officer)
    with pytest.raises(ValidationError, match="Two"):
        appraisals.move_round(world.planned, "open", actor=world.officer)


# --- revisions ----------------------------------------------------------------------------------------------------
def test_from_the_next_stage_on(world):
    pass_first(world)  # the second stage is at hand in the first branch, ahead in the second
    plan.revise(world.round, actor=world.officer, applies="next", changes="Talks", added=[new(world, 2)])
    assert asked(world, 2) == ["meetings.org_life"]
    assert asked(world, 2, world.second) == ["meetings.org_life", "talks.held"]


def test_for_those_who_have_not_passed(world):
    pass_first(world)
    plan.revise(world.round, actor=world.officer, applies="unpassed", changes="Talks", added=[new(world)])
    assert (asked(world, 1), asked(world, 1, world.second)) == (
        ["materials.accepted"],
        ["materials.accepted", "talks.held"],
    )
    assert states(world) == ["passed", "working"] and not MakeupItem.objects.exists()


def test_for_all_whoever_has_passed_owes_an_item_and_is_not_thrown_back(world):
    pass_first(world)
    plan.revise(world.round, actor=world.officer, applies="all", changes="Talks", added=[new(world)], reference="No. 7")
    assert states(world) == ["passed", "working"]
    item = MakeupItem.objects.get()
    assert (item.organisation, item.stage.position, item.clause, item.state) == (world.first, 1, "No. 7", "open")
    assert item.due_on == timezone.localdate() + timedelta(10)
    assert "talks.held" in asked(world, 1, world.second)


def test_what_is_dropped_is_no_longer_asked_of_those_it_holds_for(world):
    dropped = Requirement.objects.get(stage__round=world.round, metric="materials.accepted")
    pass_first(world)
    plan.revise(world.round, actor=world.officer, applies="unpassed", changes="Fewer", dropped=[dropped])
    assert (asked(world, 1), asked(world, 1, world.second)) == (["materials.accepted"], [])
    assert [row.metric for row in Requirement.objects.in_force(world.round)] == ["meetings.org_life"]


def test_revisions_are_numbered_and_say_something(world):
    for applies in ("next", "all"):
        plan.revise(world.round, actor=world.officer, applies=applies, changes="Words", reference="No. 8")
    assert list(PlanRevision.objects.values_list("number", "applies", "reference")) == [
        (3, "all", "No. 8"), (2, "next", "No. 8")]  # fmt: skip
    assert set(Progress.objects.values_list("revision", flat=True)) == {3}
    with pytest.raises(ValidationError):
        plan.revise(world.round, actor=world.officer, applies="next", changes=" ")
    with pytest.raises(ValidationError):
        plan.revise(world.planned, actor=world.officer, applies="next", changes="Words")
    with pytest.raises(PermissionDenied):
        plan.revise(world.round, actor=world.supervisor, applies="next", changes="Words")


def test_one_revision_adds_several_requirements_and_tells_a_fault_at_its_line(world, client):
    client.force_login(world.officer)
    first, second = world.round.stages.all()
    line = {"stage": first.pk, "metric": "talks.held", "value": 2, "base": "", "severity": "warn"}
    share = {
        "stage": second.pk,
        "metric": "materials.accepted",
        "value": 120,
        "base": "materials.owed",
        "severity": "block",
    }
    empty = {"stage": "", "metric": "", "value": "", "base": "", "severity": "warn"}

    def post(*lines):
        typed = {"applies": "all", "reference": "No. 9", "changes": "More"}
        typed |= {"added-TOTAL_FORMS": len(lines), "added-INITIAL_FORMS": 0}
        typed |= {f"added-{n}-{name}": value for n, row in enumerate(lines) for name, value in row.items()}
        return client.post(reverse("round_revise", args=[world.round.pk]), typed)

    page = post(line, share)
    assert [list(form.errors) for form in page.context["form"].lines] == [[], ["value"]]
    assert page.context["form"].lines.forms[0]["value"].value() == "2" and not PlanRevision.objects.exists()
    assert post(line, empty, share | {"value": 80}).status_code == 302
    rows = Requirement.objects.filter(added_in=2).order_by("stage__position")
    assert [(row.stage, row.metric, row.value, row.operator, row.severity, row.clause) for row in rows] == [
        (first, "talks.held", 2, "at_least", "warn", "No. 9"),
        (second, "materials.accepted", 80, "share", "block", "No. 9"),
    ]
    assert PlanRevision.objects.get().number == 2


def test_counting_for_three_hundred_branches_takes_no_more_queries_than_for_two(world, django_assert_num_queries):
    rows = list(Progress.objects.filter(round=world.round).select_related(*PARTS))
    with django_assert_num_queries(3):
        findings(rows[:1], world.officer)
    with django_assert_num_queries(3):
        findings(rows, world.officer)
    assert Organisation.objects.filter(progress__in=rows).distinct().count() == 2


@pytest.fixture
def prepare(world, client):
    """What the page answers to a round typed with these fields besides."""

    def posted(**more):
        client.force_login(world.officer)
        typed = {
            "organisation": world.county.pk, "year": 2027, "name": "Prepared", "roster_on": "2027-01-10",
            "due_on": "2027-02-10", **more,
        }  # fmt: skip
        return client.post(reverse("round_create"), typed)

    return posted


def test_a_round_is_prepared_with_the_stages_of_a_campaign(prepare):
    answer = prepare(template="annual", aspects="One")
    round_ = Round.objects.get(name="Prepared")
    assert answer.url == reverse("round_plan", args=[round_.pk])
    assert round_.stages.count() > 3
    assert round_.stages.order_by("starts_on")[0].starts_on >= round_.roster_on


def test_a_round_is_prepared_as_the_one_of_last_year(prepare, world):
    prepare(other=world.round.pk)
    round_ = Round.objects.get(name="Prepared")
    assert [stage.name for stage in round_.stages.all()] == [stage.name for stage in world.round.stages.all()]
    assert [a.title for a in round_.aspects.all()] == [a.title for a in world.round.aspects.all()]
    assert Requirement.objects.filter(stage__round=round_).count() == 2


def test_aspects_that_are_written_are_those_of_this_year(prepare, world):
    prepare(other=world.round.pk, aspects="Only this")
    assert [a.title for a in Round.objects.get(name="Prepared").aspects.all()] == ["Only this"]


@pytest.mark.parametrize(
    ("more", "field"), [({}, "aspects"), ({"template": "annual"}, "aspects"), ({"template": "nothing"}, "template")]
)
def test_what_is_missing_is_said_beside_its_field_and_nothing_is_lost(prepare, more, field):
    answer = prepare(**more)
    assert answer.status_code == 200 and field in answer.context["form"].errors
    assert 'value="Prepared"' in answer.content.decode()


def test_a_campaign_and_a_copy_at_once_are_asked_about(prepare, world):
    assert "other" in prepare(template="annual", other=world.round.pk, aspects="One").context["form"].errors
    assert not Round.objects.filter(name="Prepared").exists()


def test_the_plan_of_a_round_is_seen_by_whoever_sees_the_round(world):
    plan.save_stage(
        Stage(round=world.planned, name="Next", starts_on=date(2027, 1, 1), ends_on=date(2027, 1, 9)),
        actor=world.officer,
    )
    seen = {
        who: set(Stage.objects.visible_to(getattr(world, who)).values_list("round", flat=True))
        for who in ("officer", "secretary", "member", "stranger")
    }
    mine, both = {world.round.pk}, {world.round.pk, world.planned.pk}
    assert seen == {"officer": both, "secretary": mine, "member": mine, "stranger": set()}
    assert not Requirement.objects.visible_to(world.stranger).exists()
    assert Requirement.objects.visible_to(world.member).exists()


# --- What looks like a slip ------------------------------------------------------------------------------------------
def told_on(client, world, name, user):
    client.force_login(user)
    return client.get(reverse(name, args=[world.planned.pk])).content.decode()


def test_materials_due_before_the_stage_that_asks_for_them_are_told_with_both_days(client, world):
    plan.copy_plan(world.planned, world.round, actor=world.officer)
    study, writing = world.planned.stages.get(position=2), world.planned.stages.get(position=1)
    assert world.planned.cautions() == []
    Stage.objects.filter(pk=writing.pk).update(starts_on=date(2027, 3, 9), ends_on=date(2027, 3, 20))
    Stage.objects.filter(pk=study.pk).update(starts_on=date(2027, 3, 21), ends_on=date(2027, 3, 22))
    Round.objects.filter(pk=world.planned.pk).update(due_on=date(2027, 3, 8))
    for name in ("round_plan", "round_detail"):
        page = told_on(client, world, name, world.officer)
        assert "2027-03-08" in page and "“Writing”的开始日期（2027-03-09）" in page
    Round.objects.filter(pk=world.planned.pk).update(due_on=date(2027, 3, 9))
    assert "请核对两个日期" not in told_on(client, world, "round_plan", world.officer)
    needs = Requirement.objects.filter(stage=writing)
    needs.update(dropped_in=2)
    Round.objects.filter(pk=world.planned.pk).update(due_on=date(2027, 3, 1))
    assert "请核对两个日期" not in told_on(client, world, "round_plan", world.officer)  # no stage asks for them
    needs.update(dropped_in=0)
    appraisals.move_round(Round.objects.get(pk=world.planned.pk), "open", actor=world.officer)
    assert "请核对两个日期" in told_on(client, world, "round_plan", world.officer)
    assert "请核对两个日期" not in told_on(client, world, "round_plan", world.secretary)


def test_a_round_that_looks_like_a_slip_is_opened_after_a_question(client, world):
    plan.copy_plan(world.planned, world.round, actor=world.officer)
    world.planned.stages.update(starts_on=date(2027, 3, 9), ends_on=date(2027, 3, 20))
    Round.objects.filter(pk=world.planned.pk).update(due_on=date(2027, 3, 8))
    client.force_login(world.officer)
    address = reverse("round_move", args=[world.planned.pk, "open"])
    asking = client.post(address).content.decode()
    assert "2027-03-08" in asking and "2027-03-09" in asking and "仍要启动活动吗" in asking
    assert Round.objects.get(pk=world.planned.pk).state == "draft"
    client.post(address, {"confirmed": "yes"})
    assert Round.objects.get(pk=world.planned.pk).state == "open"
