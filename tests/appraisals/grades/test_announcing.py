"""The announcement: how many of each grade, zeros too, and the names of the excellent only (F2)."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from appraisals.grades.actions import announcing
from appraisals.grades.filters import GradingFilter
from appraisals.grades.models import grades
from appraisals.grades.pages import asked_before, page_of
from appraisals.models import Grade, Grading
from figures.registry import Period, registered
from figures.totals import lines
from tests.appraisals.grades.rows import fed_back, fresh, grading, said
from tests.appraisals.grades.test_chains import number
from workflow.moves import NoteRequired


def all_told(world, *, low="qualified"):
    """Four by the secretary, his own by a committee member."""
    levels = ("qualified", "excellent", "qualified", low)
    for person, level in zip(world.people[1:5], levels, strict=True):
        fed_back(world, person, level)
    return fed_back(world, world.people[0], actor=world.committee_member)


def announced(world, **more):
    announcing.move_grading(grading(world), "announce", actor=fresh(world.secretary), **more)
    return grading(world)


def test_it_is_announced_when_everybody_was_told(world):
    with pytest.raises(ValidationError, match="5"):
        announced(world)
    all_told(world, low="unqualified")
    here = announced(world)
    assert (here.state, here.announced_on, here.names) == ("announced", timezone.localdate(), ["丙干事"])
    assert [n for _words, n in here.numbers] == [1, 3, 0, 1]
    codes = ("excellent", "qualified", "basically_qualified", "unqualified")
    assert [number(world, f"grades.{code}") for code in codes] == [1, 3, 0, 1]


def test_in_a_small_branch_the_other_numbers_are_the_superiors(world, monkeypatch):
    """Of five graded members where six are the fewest: those who serve the branch count the excellent alone."""
    monkeypatch.setattr(grades, "FEWEST", 6)
    all_told(world, low="unqualified")
    here = announced(world)
    codes = [f"grades.{level}" for level in ("excellent", "qualified", "basically_qualified", "unqualified")]
    period = Period(round_key=here.round_id)
    asked = [metric for metric in registered() if metric.code in codes]
    for user, numbers in ((world.secretary, [1, 0, 0, 0]), (world.clerk, [1, 0, 0, 0]), (world.officer, [1, 3, 0, 1])):
        found = {line.metric.code: line.rows for line in lines(fresh(user), world.first.path, period, asked)}
        assert [found[code] for code in codes] == numbers
    assert here not in GradingFilter.of_shared(None, Grading.objects.all(), "shared", "yes")
    monkeypatch.setattr(grades, "FEWEST", 5)
    assert here in GradingFilter.of_shared(None, Grading.objects.all(), "shared", "yes")
    assert [n for _words, n in here.numbers] == [1, 3, 0, 1]


def test_an_open_objection_comes_first(world):
    all_told(world)
    said(world, Grade.objects.get(entry__member=world.people[4]), "objected", "Not so")
    with pytest.raises(ValidationError, match="1"):
        announced(world)


def test_it_is_retracted_with_a_reason_and_nothing_stays(world):
    all_told(world)
    announced(world)
    with pytest.raises(NoteRequired):
        announcing.move_grading(grading(world), "retract", actor=fresh(world.secretary))
    announcing.move_grading(grading(world), "retract", actor=fresh(world.secretary), note="A mistake")
    here = grading(world)
    assert (here.state, here.announced_on, here.names, here.excellent, here.qualified) == ("open", None, [], 0, 0)
    assert number(world, "grades.qualified") == 0


@pytest.mark.parametrize("who", ["committee_member", "clerk", "member", "supervisor", "stranger"])
def test_the_secretary_announces_or_the_superior_for_him(world, who):
    all_told(world)
    with pytest.raises(PermissionDenied):
        announcing.move_grading(grading(world), "announce", actor=fresh(getattr(world, who)))
    announcing.move_grading(grading(world), "announce", actor=fresh(world.officer))
    assert grading(world).is_announced


def test_a_branch_without_anybody_announces_nothing(world):
    empty = Grading.objects.create(round=world.round, organisation=world.county)
    with pytest.raises(ValidationError):
        announcing.move_grading(empty, "announce", actor=fresh(world.officer))


def test_members_see_it_once_it_is_announced(world):
    all_told(world)
    assert not Grading.objects.visible_to(fresh(world.member)).exists()
    here = announced(world)
    assert Grading.objects.visible_to(fresh(world.member)).get() == here
    assert not Grading.objects.visible_to(fresh(world.sibling)).filter(pk=here.pk).exists()


def test_before_it_is_announced_what_is_amiss_is_said_and_that_there_is_a_way_back(world, client):
    all_told(world)
    Grade.objects.exclude(entry__member=world.people[4]).update(state="agreed")
    client.force_login(world.secretary)
    page = client.get(grading(world).get_absolute_url())
    (asks,) = [move.asks for move in page.context["moves"] if move.name == "announce"]
    assert "有1名党员已反馈、尚未表示意见" in asks and "仍可撤回" in asks and "优秀" in asks
    confirm = client.post(reverse("grading_move", args=[grading(world).pk, "announce"]))
    assert asks in confirm.content.decode() and not grading(world).is_announced


def test_over_the_limit_the_excess_is_named_before(world, client):
    all_told(world)
    client.force_login(world.secretary)
    page = page_of(grading(world), fresh(world.secretary))
    assert "超出" not in asked_before(page)["announce"]
    Grade.objects.filter(entry__organisation=world.first).exclude(entry__member=world.people[0]).update(
        level="excellent"
    )
    assert "超出" in asked_before(page_of(grading(world), fresh(world.secretary)))["announce"]


def test_everybody_finds_his_own_grade_from_the_list_and_from_the_announcement(world, client):
    all_told(world)
    own = Grade.objects.get(entry__member=world.people[4])
    client.force_login(world.member)
    listed = client.get(reverse("grading_list"))
    assert listed.context["own"] == own and own.get_absolute_url() in listed.content.decode()
    announced(world)
    told = client.get(reverse("grading_announcement", args=[grading(world).pk]))
    assert told.context["own"] == own and own.get_absolute_url() in told.content.decode()
    client.force_login(world.liaison)
    assert client.get(reverse("grading_list")).context["own"] is None


def test_a_grade_not_told_yet_is_nowhere_offered_to_its_member(world, client):
    all_told(world)
    Grade.objects.filter(entry__member=world.people[4]).update(state="decided")
    client.force_login(world.member)
    assert client.get(reverse("grading_list")).context["own"] is None
