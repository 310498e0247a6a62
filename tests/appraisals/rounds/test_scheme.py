"""Who leads a round and its steps: laid down for all, taken over and changed by a branch."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from appraisals import actions as appraisals
from appraisals.models import LeadingPost, SchemeStep
from appraisals.rounds.actions import plan
from appraisals.rounds.actions.scheme import SchemeChanged, write_scheme
from appraisals.rounds.scheme.content import scheme_of
from workflow.models import History

pytestmark = pytest.mark.django_db
POSTS = [{"role": "head", "name": "Head", "duty": "All"}]
STEPS = [
    {"name": "Study", "time": "May", "what": "Read", "people": "All", "place": "Hall"},
    {"name": "Talks", "time": "", "what": "", "people": "", "place": ""},
]


def lay_down(world, organisation=None, steps=STEPS, *, actor=None, seen=None):
    actor, organisation = actor or world.officer, organisation or world.county
    seen = seen or scheme_of(world.round, organisation, actor).fingerprint
    write_scheme(world.round, organisation, POSTS, steps, actor=actor, seen=seen)


def post(client, world, organisation, posts, steps, seen):
    data = {"seen": seen}
    for prefix, rows in (("posts", posts), ("steps", steps)):
        data |= {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": 0}
        data |= {f"{prefix}-{n}-{key}": value for n, row in enumerate(rows) for key, value in row.items()}
    return client.post(reverse("scheme_edit", args=[world.round.pk, organisation.pk]), data)


def names(world, organisation):
    return [row.name for row in SchemeStep.objects.filter(round=world.round, organisation=organisation)]


def test_a_branch_begins_with_the_plan_of_its_superior_and_keeps_its_own(client, world):
    lay_down(world)
    client.force_login(world.secretary)
    page = client.get(reverse("scheme_edit", args=[world.round.pk, world.first.pk]))
    sheet = page.context["sheet"]
    assert [form["name"].value() for form in sheet.course][:2] == ["Study", "Talks"]
    answer = post(client, world, world.first, POSTS, [STEPS[1], STEPS[0] | {"name": ""}, STEPS[0]], sheet.seen)
    assert answer.status_code == 200 and names(world, world.first) == []  # a line without its name is no line
    answer = post(client, world, world.first, POSTS, [STEPS[1], {"name": "", "time": ""}, STEPS[0]], sheet.seen)
    assert answer.url == reverse("scheme_detail", args=[world.round.pk, world.first.pk])
    assert names(world, world.first) == ["Talks", "Study"] and names(world, world.county) == ["Study", "Talks"]
    page = client.get(answer.url).content.decode()
    assert page.index("Talks") < page.index("Study") and "Hall" in page


def test_the_second_of_two_writers_reads_what_the_first_has_saved(client, world):
    lay_down(world)
    begun = scheme_of(world.round, world.county, world.officer).fingerprint
    lay_down(world, steps=[STEPS[0] | {"name": "FIRST-SAVED"}])
    client.force_login(world.officer)
    answer = post(client, world, world.county, POSTS, [STEPS[0] | {"name": "SECOND"}], begun)
    assert answer.status_code == 409
    assert "FIRST-SAVED" in answer.content.decode() and "SECOND" in answer.content.decode()
    assert names(world, world.county) == ["FIRST-SAVED"]
    answer = post(client, world, world.county, POSTS, [STEPS[0] | {"name": "SECOND"}], answer.context["sheet"].seen)
    assert answer.status_code == 302 and names(world, world.county) == ["SECOND"]


def test_each_writes_only_what_is_his(world):
    for organisation, actor in ((world.county, world.secretary), (world.first, world.officer)):
        with pytest.raises(PermissionDenied):
            lay_down(world, organisation, actor=actor)
    with pytest.raises(SchemeChanged):
        lay_down(world, seen="of another time")
    assert not SchemeStep.objects.exists() and not LeadingPost.objects.exists()


def test_a_closed_round_keeps_its_plan(world):
    lay_down(world)
    appraisals.move_round(world.round, "close", actor=world.officer)
    with pytest.raises(ValidationError):
        lay_down(world, steps=[])
    assert names(world, world.county) == ["Study", "Talks"]


def test_a_copied_round_takes_the_plan_along_and_not_twice(world):
    lay_down(world)
    lay_down(world, world.first, [STEPS[1]], actor=world.secretary)
    for _again in range(2):
        plan.copy_plan(world.planned, world.round, actor=world.officer)
        rows = SchemeStep.objects.filter(round=world.planned)
        assert [(row.organisation, row.name) for row in rows] == [(world.county, "Study"), (world.county, "Talks")]
    assert LeadingPost.objects.filter(round=world.planned).count() == 1


def test_what_a_branch_has_written_stands_in_its_own_history_not_in_that_of_the_round(world):
    lay_down(world, world.first, [STEPS[1]], actor=world.secretary)
    assert not world.round.history.filter(move="write_scheme").exists()
    assert History.objects.of(world.first).filter(move="write_scheme").count() == 1
    lay_down(world)
    assert world.round.history.filter(move="write_scheme").count() == 1
