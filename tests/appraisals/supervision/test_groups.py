"""Groups are names for branches: one group a branch; the summary for superiors prints them beside what was found."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from appraisals.models import GroupBranch, MakeupItem, SupervisionGroup
from appraisals.rounds.actions import makeup
from appraisals.supervision import exports
from appraisals.supervision.actions.groups import dissolve_group, save_group
from appraisals.supervision.actions.visits import move
from branches.models import User
from tests.appraisals.supervision.rows import visit


def name(world, title, *branches, actor=None, group=None):
    return save_group(
        group or SupervisionGroup(organisation=world.county), actor=actor or world.officer, name=title, leader="Leader",
        branches=[branch.pk for branch in branches],
    )  # fmt: skip


def of(group):
    return set(GroupBranch.objects.filter(group=group).values_list("organisation__name", flat=True))


def test_a_branch_has_one_group_at_a_time(world):
    one, two = name(world, "One", world.first, world.second), name(world, "Two", world.second)
    assert (of(one), of(two)) == ({"First branch"}, {"Second branch"})
    name(world, "Two", world.first, group=two)
    assert (of(one), of(two)) == (set(), {"First branch"})
    dissolve_group(two, actor=world.officer)
    assert not GroupBranch.objects.exists()


def test_groups_are_named_by_whoever_arranges_what_is_below(world):
    for user in (world.supervisor, world.secretary, world.stranger):
        with pytest.raises(PermissionDenied):
            name(world, "One", world.first, actor=user)
    for branches in ([world.third], [world.county]):
        with pytest.raises(ValidationError):
            name(world, "One", *branches)
    group = name(world, "One")
    with pytest.raises(PermissionDenied):
        dissolve_group(group, actor=world.supervisor)


def test_the_summary_says_what_was_found_and_when_it_was_made_up(world):
    name(world, "Group one", world.first)
    made = visit(world)
    visit(world, submit=False)
    officer = User.objects.get(pk=world.officer.pk)

    def lines():
        return [cells for _path, cells in exports.ledger(exports.ledger_rows(officer))]

    (line,) = lines()
    assert len(line) == len(exports.COLUMNS)
    assert line[:6] == (1, "Group one", "Leader", "First branch", made.visited_on, "实地")
    assert line[6].endswith("：Two members left out") and line[7] == "OPINION-OF-VISIT"
    assert line[8:10] == (timezone.localdate(), "尚有1项未完成")
    item = MakeupItem.objects.get()
    makeup.move(item, "make_up", actor=world.secretary, note="Held")
    makeup.move(item, "close", actor=world.supervisor)
    assert lines()[0][9] == timezone.localdate().isoformat()
    move(made, "void", actor=world.officer, note="The wrong branch")
    assert lines() == []


def test_the_summary_is_exported_within_reach(world):
    visit(world)
    for user, count in ((world.supervisor, 1), (world.secretary, 1), (world.sibling, 0), (world.liaison, 0)):
        assert exports.ledger_rows(User.objects.get(pk=user.pk)).count() == count, user


def test_a_group_is_named_on_its_page(world, client):
    client.force_login(world.officer)
    data = {"name": "One", "leader": "Leader", "branches": [world.first.pk]}
    assert client.post(reverse("supervision_group_create", args=[world.county.pk]), data).status_code == 302
    assert of(SupervisionGroup.objects.get()) == {"First branch"}
    assert "Leader" in client.get(reverse("supervision_group_list", args=[world.county.pk])).content.decode()


def test_the_number_of_a_group_opens_its_branches(world, client):
    name(world, "One", world.first)
    two = name(world, "Two", world.second)
    client.force_login(world.officer)
    page = client.get(reverse("supervision_group_list", args=[world.county.pk])).content.decode()
    address = f"{reverse('supervision_list')}?group={two.pk}"
    assert f'<a href="{address}">1</a>' in page
    assert [row.name for row in client.get(address).context["page"].objects] == ["Second branch"]
