"""Words of one kind for one thing: what is offered of stages, how numbers that are not exact are told, sources."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from appraisals.models import Material, Requirement, Stage
from appraisals.opinions import actions as opinions
from appraisals.opinions.actions import Numbers
from appraisals.rounds.forms import NewRequirementForm, RequirementForm
from figures import actions as figures
from figures.actions import Told
from figures.registry import Period, named, of_period
from figures.totals import lines
from figures.units import Approx, Unit
from reminders.actions.notices import scan
from reminders.models import Notice
from tests.appraisals.rounds.test_gate import at
from workflow.models import History

OWED = "materials.owed"


def passed(found):
    return sorted(code for code in found if code.startswith("progress.passed_"))


def test_only_stages_that_there_are_are_offered(client, world):
    here = Period(round_key=world.round.pk)
    assert passed(m.code for m in of_period(world.officer, here)) == ["progress.passed_1", "progress.passed_2"]
    assert passed(m.code for m in of_period(world.officer, Period(round_key=world.planned.pk))) == []
    assert not [m for m in of_period(world.officer, Period(year=2026)) if m.round]
    client.force_login(world.officer)
    page = client.get(reverse("progress_list"), {"round": world.round.pk}).content.decode()
    assert 'value="2"' in page.split('name="position"')[1].split("</select>")[0]
    assert 'value="3"' not in page.split('name="position"')[1].split("</select>")[0]
    first = client.get(reverse("progress_list"), {"round": world.planned.pk}).content.decode()
    assert 'value="1"' not in first.split('name="position"')[1].split("</select>")[0]  # nothing kept of the other round
    Stage.objects.filter(round=world.round, position=2).update(position=3)
    page = client.get(reverse("progress_list"), {"round": world.round.pk}).content.decode()
    assert 'value="3"' in page.split('name="position"')[1].split("</select>")[0]
    Stage.objects.filter(round=world.round, position=3).update(position=2)
    for odd in ("x", "9" * 30):
        assert client.get(reverse("progress_list"), {"round": odd}).status_code == 200
    listed = client.get(reverse("figure_list"), {"round": world.round.pk}).content.decode()
    assert "第 2 阶段" in listed and "第 3 阶段" not in listed


def test_a_stage_requires_no_later_stage_to_be_passed(world):
    second = Stage.objects.get(round=world.round, position=2)
    form = RequirementForm(instance=Requirement(stage=second))
    for name in ("metric", "base"):
        codes = [code for code, _label in form.fields[name].choices]
        assert passed(codes) == ["progress.passed_1", "progress.passed_2"] and OWED in codes
    new = NewRequirementForm(stages=Stage.objects.all(), last=1)
    codes = [code for code, _label in new.fields["metric"].choices]
    assert passed(codes) == ["progress.passed_1"] and codes[0] == ""


def test_branches_are_counted_as_branches():
    for code in ("progress.branches", "progress.passed_1"):
        assert named(code).unit is Unit.BRANCHES and str(named(code).unit.label) == "个"


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        (Approx.EXACT, Approx.EXACT, ("18", True)),
        (Approx.OVER, Approx.EXACT, ("18余", False)),
        (Approx.OVER, Approx.OVER, ("18余", False)),
        (Approx.OVER, Approx.NEARLY, ("约18", False)),
        (Approx.NEARLY, Approx.NEARLY, ("近18", False)),
    ],
)
def test_a_sum_says_as_its_parts_how_exact_it_is(world, first, second, told):
    period = Period(round_key=world.round.pk)
    for place, approx in ((world.first, first), (world.second, second)):
        figures.type_total(place, OWED, period, Told(9, timezone.localdate(), approx=approx), actor=world.officer)
    (line,) = lines(world.officer, world.county.path, period, [named(OWED)])
    assert (line.told_typed, line.approx == "exact", line.told_total) == (told[0], told[1], told[0])
    (branch,) = lines(world.officer, world.first.path, period, [named(OWED)])
    assert branch.approx == first


def test_the_history_tells_a_number_as_the_page_does(world):
    given = {"form": Numbers(9, 4, approximate=True)}
    (row,) = opinions.count_channels(world.round, world.first, given, timezone.localdate(), actor=world.clerk)
    assert (row.told_issued, row.told_returned) == ("9余", "4余")
    assert "9余" in History.objects.of(row).last().note and "4余" in History.objects.of(row).last().note


def test_two_pieces_of_one_author_are_told_apart(world):
    material = world.secretary_material
    Material.objects.create(
        round=world.round, organisation=world.first, author=world.people[0], kind="secretary_report",
        reviewer=material.reviewer, due_on=material.due_on,
    )  # fmt: skip
    scan(material.due_on - timedelta(1))
    rows = Notice.objects.filter(rule="material_due", recipient=world.people[0])
    labels = sorted(rows.values_list("subject_label", flat=True))
    assert labels == sorted(f"{kind} · {world.round.name}" for kind in ("支委个人对照检查材料", "书记述职报告"))


def test_a_revision_shows_and_takes_the_source_of_each_requirement(client, world):
    Requirement.objects.filter(metric="materials.accepted").update(clause="Notice No. 5")
    client.force_login(world.officer)
    address = reverse("round_revise", args=[world.round.pk])
    assert "（Notice No. 5）" in client.get(address).content.decode()
    line = {"stage": at(world, 1).stage_id, "metric": "talks.held", "value": "1", "base": "", "severity": "warn"}
    more = {f"added-0-{name}": value for name, value in {**line, "clause": "Own source"}.items()}
    more |= {f"added-1-{name}": value for name, value in {**line, "clause": ""}.items()}
    facts = {"applies": "next", "changes": "More", "reference": "No. 9"}
    sent = {**facts, **more, "added-TOTAL_FORMS": 2, "added-INITIAL_FORMS": 0}
    assert client.post(address, sent).status_code == 302
    assert sorted(Requirement.objects.filter(added_in=2).values_list("clause", flat=True)) == ["No. 9", "Own source"]


def test_what_is_chosen_is_marked_and_warnings_stand_where_words_are_typed(client, world):
    client.force_login(world.officer)
    page = client.get(reverse("opinion_figures"), {"round": world.round.pk}).content.decode()
    chosen = page.split('class="choices"')[1].split("</nav>")[0]
    assert chosen.count('aria-current="true"') == 1 and world.round.name in chosen
    scheme = client.get(reverse("scheme_edit", args=[world.round.pk, world.county.pk])).content.decode()
    assert "非涉密" in scheme
    visit = reverse("visit_create") + f"?organisation={world.first.pk}&checklist=readiness"
    client.force_login(world.supervisor)
    assert "现场查看" in client.get(visit).content.decode()
