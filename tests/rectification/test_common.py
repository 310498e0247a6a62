"""Common problems of a superior: whose they are, what they gather, who reads them."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from rectification.gathered import actions
from rectification.models import CommonProblem, Problem
from tests.rectification.rows import again, asked, moved, problem
from workflow.models import History
from workflow.moves import MoveNotAllowed


def common(world, **facts):
    told = {"text": "Common words", "asks": "Asked of all", **facts}
    return actions.save(CommonProblem(organisation=world.county), actor=world.officer, **told)


@pytest.fixture
def two(world):
    """A problem each of two branches."""
    return problem(world), problem(world, branch=world.second, actor=world.officer, responsible=None)


def test_a_superior_names_it_and_puts_problems_under_it(world, two):
    made = common(world)
    assert actions.gather(made, two, actor=world.officer) == 2
    assert [again(row).common_id for row in two] == [made.pk] * 2
    assert [entry.move for entry in History.objects.of(made)] == ["create", "gather"]
    actions.release(Problem.objects.select_related("common__organisation").get(pk=two[0].pk), actor=world.officer)
    assert again(two[0]).common is None and again(two[1]).common == made
    actions.save(made, actor=world.officer, text="Worded otherwise")
    assert CommonProblem.objects.get().text == "Worded otherwise"


def test_what_it_cannot_gather_is_refused(world, two):
    made = common(world)
    far = problem(world, branch=world.third, actor=world.stranger, responsible=None, round=None)
    with pytest.raises(ValidationError):
        actions.gather(made, [*two, far], actor=world.officer)
    void = moved(problem(world), "void", actor=world.secretary)
    assert actions.gather(made, [void, two[0]], actor=world.officer) == 1
    with pytest.raises(ValidationError):
        actions.save(CommonProblem(organisation=world.first), actor=world.officer, text="Of a branch")
    actions.move(made, "close", actor=world.officer, note="Done")
    for deed in (
        lambda: actions.gather(made, [two[1]], actor=world.officer),
        lambda: actions.save(made, actor=world.officer),
    ):
        with pytest.raises(MoveNotAllowed):
            deed()


def test_what_stood_under_another_is_told_there_and_of_another_superior_stays(world, two):
    first, second = common(world), common(world, text="Second")
    actions.gather(first, two, actor=world.officer)
    actions.gather(second, two[:1], actor=world.officer)
    told = History.objects.of(first).last()
    assert (told.move, told.note) == ("release", f"№{two[0].pk}") and again(two[0]).common == second
    assert History.objects.of(second).last().note == "", "a branch is told nothing of the others"
    CommonProblem.objects.filter(pk=first.pk).update(organisation=world.other)
    with pytest.raises(ValidationError, match=f"№{two[1].pk}"):
        actions.gather(second, two, actor=world.officer)
    assert again(two[1]).common_id == first.pk


def test_a_day_in_the_past_is_refused_and_open_problems_are_told_before_it_is_settled(world, two, client):
    with pytest.raises(ValidationError):
        common(world, due_on=timezone.localdate() - timedelta(1))
    made = common(world, due_on=timezone.localdate())
    client.force_login(world.officer)
    assert "尚未销号" not in client.get(made.get_absolute_url()).content.decode()
    actions.gather(made, two, actor=world.officer)
    assert "其中 2 个问题尚未销号" in client.get(made.get_absolute_url()).content.decode()
    CommonProblem.objects.update(due_on=timezone.localdate() - timedelta(9))
    actions.save(CommonProblem.objects.get(), actor=world.officer, text="Worded late")


def test_nobody_else_names_or_gathers(world, two):
    made = common(world)
    for name in ("secretary", "clerk", "supervisor", "liaison", "stranger", "member"):
        actor = getattr(world, name)
        with pytest.raises(PermissionDenied):
            actions.gather(made, two, actor=actor)
        with pytest.raises(PermissionDenied):
            actions.save(CommonProblem(organisation=world.county), actor=actor, text="Mine")
        with pytest.raises(PermissionDenied):
            actions.release(again(two[0]), actor=actor)


def test_a_branch_reads_it_once_one_of_its_problems_is_under_it(world, two, client):
    made = common(world)
    seen = lambda: {name for name in ("secretary", "clerk", "sibling", "member", "group_leader", "supervisor", "officer", "stranger")  # noqa: E731
                    if CommonProblem.objects.visible_to(getattr(world, name)).exists()}  # fmt: skip
    assert seen() == {"supervisor", "officer"}
    actions.gather(made, [two[0]], actor=world.officer)
    assert seen() == {"supervisor", "officer", "secretary", "clerk", "member"}
    client.force_login(world.secretary)
    assert "Asked of all" in client.get(two[0].get_absolute_url()).content.decode()
    page = client.get(made.get_absolute_url())
    assert (page.context["total"], page.context["branches"]) == (1, 1)
    actions.move(made, "void", actor=world.officer, note="Twice")
    assert again(two[0]).common is None


def test_its_numbers_open_their_rows_and_lists_ask_no_more_for_many(world, two, client, django_assert_max_num_queries):
    made = common(world)
    actions.gather(made, two, actor=world.officer)
    asked(world, two[0])
    client.force_login(world.officer)
    page = client.get(made.get_absolute_url())
    for label, number, url in page.context["tiles"]:
        assert client.get(url).context["page"].total == number, label
    assert sum(number for _label, number, _url in page.context["tiles"]) == page.context["total"] == 2
    for n in range(12):
        actions.gather(common(world, text=f"More {n}"), [two[1]], actor=world.officer)
    with django_assert_max_num_queries(10):
        listed = client.get(reverse("common_list"))
    assert listed.content.decode().count("Common words") == 1


def test_ticked_in_the_ledger_they_are_put_under_it(world, two, client):
    made = common(world)
    client.force_login(world.officer)
    ticked = {"selected": [row.pk for row in two]}
    page = client.post(reverse("common_gather"), ticked)
    assert page.context["problems"] == list(two) and page.context["commons"] == [made]
    assert client.post(reverse("common_gather"), {**ticked, "asked": "1"}).context["form"].errors
    answer = client.post(reverse("common_gather"), {**ticked, "asked": "1", "common": made.pk})
    assert answer.url == made.get_absolute_url() and Problem.objects.filter(common=made).count() == 2
    assert client.post(reverse("common_gather"), {}).url == "/problems/"
    client.post(reverse("common_release", args=[two[0].pk]))
    assert again(two[0]).common is None
