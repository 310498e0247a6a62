"""What is left of earlier years stands beside the next material, for its writer and of what he may see."""

import pytest
from django.urls import reverse

from appraisals.models import Draft, Material
from rectification.models import Pledge, Problem
from tests.rectification.promises import promised
from tests.rectification.rows import asked, moved, problem


@pytest.fixture
def left(world):
    """Of last year: two of the branch and one of a member, a promise of each; of older years one open, one done."""
    year = world.round.year
    own = {"whose": "member", "member": world.people[2], "responsible": world.people[2]}
    made = [problem(world, text=text, round=None, **told) for text, told in (
        ("BRANCH-OPEN", {}), ("COMMITTEE-DONE", {"whose": "committee"}), ("MEMBER-OPEN", own), ("OLD-OPEN", {}),
        ("OLD-DONE", {}), ("VOID", {}),
    )]  # fmt: skip
    problem(world, text="THIS-ROUND")
    for row, back, state in zip(
        made, (1, 1, 1, 3, 3, 1), ("underway", "", "unclaimed", "standing", "", "void"), strict=True
    ):
        if not state:
            moved(asked(world, row), "close", actor=world.officer)
        told = {"year": year - back, "found_on": f"{year - back}-03-01"}
        Problem.objects.filter(pk=row.pk).update(**told, **({"state": state} if state else {}))
    for text, told in (("PLEDGE-OF-BRANCH", {"whose": "branch", "member": None, "responsible": world.people[1]}),
                       ("PLEDGE-OF-MEMBER", {"member": world.people[2]})):  # fmt: skip
        Pledge.objects.filter(pk=promised(world, text=text, **told).pk).update(year=year - 1)
    promised(world, text="PLEDGE-NOW", member=world.people[2])


def beside(client, user, material, ask=""):
    client.force_login(user)
    return client.get(reverse("material_edit", args=[material.pk]) + ask)


def words(page):
    return [line.words for line in page.context["carried"]]


def test_the_committee_reads_what_it_was_to_put_right(world, left, client):
    together = Material.objects.get(author=None, organisation=world.first)
    for user in (world.secretary, world.committee_member):
        assert words(beside(client, user, together)) == [
            "OLD-OPEN",
            "BRANCH-OPEN",
            "COMMITTEE-DONE",
            "PLEDGE-OF-BRANCH",
        ]
    page = beside(client, world.secretary, together, "?begin=carried")
    first = page.context["form"]["aspect_1"].value()
    assert first.splitlines()[1:3] == ["2. BRANCH-OPEN（整改中）", "3. COMMITTEE-DONE（已销号）"]


def test_a_member_reads_his_own_alone(world, left, client):
    assert words(beside(client, world.clerk, world.owed)) == ["MEMBER-OPEN", "PLEDGE-OF-MEMBER"]
    page = beside(client, world.clerk, world.owed)
    assert 'href="?begin=carried"' in page.content.decode()
    Draft.objects.create(material=world.owed, sections={"1": "Mine"}, revision=1)
    page = beside(client, world.clerk, world.owed, "?begin=carried")
    assert page.context["form"]["aspect_1"].value() == "Mine" and 'href="?begin=carried"' not in page.content.decode()


def test_whoever_has_nothing_left_is_told_nothing(world, client):
    page = beside(client, world.clerk, world.owed)
    assert words(page) == [] and "<details" not in page.content.decode().split("<form")[1].split("</form")[0]
