"""What a helper enters for a member (代录), how the member confirms it, and that the helper reads nothing else."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from appraisals.materials import actions as writing
from appraisals.materials.entering import actions
from appraisals.models import Draft, Material, Version
from branches.actions import grants
from reminders.todos import registered
from workflow.actors import SYSTEM
from workflow.models import History
from workflow.moves import MoveNotAllowed

pytestmark = pytest.mark.django_db
PAPER = [["Belief", "PAPER-WORDS"], ["Work", ""]]


@pytest.fixture
def owed(world):
    """The group leader's outline."""
    rows = Material.objects.select_related("organisation", "round", "author")
    return rows.get(round=world.round, author=world.people[3])


def test_what_was_written_on_paper_waits_for_its_reviewer(world, owed):
    version = actions.enter(owed, PAPER, actor=world.clerk, source="paper")
    assert (owed.state, owed.versions_count, version.source, version.entered_by) == (
        "submitted", 1, "paper", world.clerk,
    )  # fmt: skip
    told = History.objects.of(owed).last()
    assert (told.move, told.entered_for, told.actor_label) == ("enter", "丁组长", world.clerk.actor_label)
    writing.move_material(owed, "accept", actor=world.secretary)


def test_what_was_said_counts_as_done(world, owed):
    actions.enter(owed, [["口头发言", "谈了作风"]], actor=world.secretary, source="spoken")
    assert Material.objects.get(pk=owed.pk).state == "accepted"


def test_what_must_be_written_is_not_heard(world):
    written = Material.objects.select_related("organisation", "round").get(round=world.round, author=world.people[1])
    with pytest.raises(MoveNotAllowed):
        actions.enter(written, PAPER, actor=world.clerk, source="spoken")
    with pytest.raises(ValidationError):
        actions.enter(written, [["Belief", " "]], actor=world.clerk, source="paper")


def test_nobody_enters_for_himself_for_a_committee_or_from_above(world, owed):
    together = Material.objects.select_related("organisation", "round").get(author=None, organisation=world.first)
    for actor, material in (
        (world.clerk, world.owed), (world.group_leader, owed), (world.committee_member, owed), (world.officer, owed),
        (world.sibling, owed), (world.clerk, together),
    ):  # fmt: skip
        with pytest.raises(PermissionDenied):
            actions.enter(material, PAPER, actor=actor, source="paper")


def test_the_helper_reads_what_he_entered_and_no_more(world, owed):
    writing.save_draft(owed, {"1": "DRAFT-WORDS"}, actor=world.group_leader, seen=0)
    actions.enter(owed, PAPER, actor=world.clerk, source="paper")
    assert Draft.objects.get(material=owed).sections == {"1": "DRAFT-WORDS"}
    assert not Draft.objects.visible_to(world.clerk).filter(material=owed).exists()
    mine = Version.objects.visible_to(world.clerk)
    assert [v.sections[0][1] for v in mine] == ["PAPER-WORDS"]
    writing.move_material(owed, "send_back", actor=world.secretary, note="x")
    writing.submit(owed, {"1": "OWN-WORDS"}, actor=world.group_leader, seen=1)
    assert [v.sections[0][1] for v in Version.objects.visible_to(world.clerk)] == ["PAPER-WORDS"]
    (grant,) = world.clerk.grants.all()
    grants.revoke(grant, actor=SYSTEM, note="x")
    world.clerk.__dict__.pop("reach", None)
    assert not Version.objects.visible_to(type(world.clerk).objects.get(pk=world.clerk.pk)).exists()


def test_the_member_confirms_on_screen_or_by_a_signed_print(world, owed):
    actions.enter(owed, PAPER, actor=world.clerk, source="paper")
    for actor, how in ((world.clerk, "screen"), (world.group_leader, "print"), (world.officer, "print")):
        with pytest.raises(PermissionDenied):
            actions.confirm(owed, how, actor=actor)
    actions.confirm(owed, "screen", actor=world.group_leader)
    version = Version.objects.get(material=owed)
    assert (version.confirmed_how, version.awaits_confirmation) == ("screen", False)
    with pytest.raises(MoveNotAllowed):
        actions.confirm(owed, "print", actor=world.clerk)
    with pytest.raises(MoveNotAllowed):
        actions.confirm(world.material, "screen", actor=world.member)  # typed by himself


def test_an_entry_waits_for_its_member_among_what_he_has_to_do(world, owed):
    todo = next(kind for kind in registered() if kind.code == "material_confirm")
    actions.enter(owed, PAPER, actor=world.clerk, source="paper")
    assert [row.pk for row in todo.rows(world.group_leader)] == [owed.pk]
    assert not list(todo.rows(world.clerk)) and not list(todo.rows(world.secretary))
    actions.confirm(owed, "print", actor=world.clerk)
    assert not list(todo.rows(world.group_leader))


def test_the_pages_of_an_entry(client, world, owed):
    client.force_login(world.clerk)
    address = reverse("material_enter", args=[owed.pk])
    page = client.post(address, {"source": "spoken", "gist": " ", "aspect_1": "KEPT-WORDS"})
    assert page.status_code == 200 and "请用一句话写明发言要点" in page.content.decode()
    assert "KEPT-WORDS" in page.content.decode()
    assert client.post(address, {"source": "spoken", "gist": "SAID-WORDS"}).url == owed.get_absolute_url()
    text = client.get(owed.get_absolute_url()).content.decode()
    assert "SAID-WORDS" in text and "本人尚未确认" in text
    assert client.get(address).status_code == 302
    client.force_login(world.group_leader)
    assert "请看一看为您代录的内容" in client.get(owed.get_absolute_url()).content.decode()
    confirm = reverse("material_confirm", args=[owed.pk])
    assert client.post(confirm, {"how": "unheard"}).status_code == 404
    assert client.post(confirm, {"how": "screen"}).status_code == 302
    assert "本人在线确认" in client.get(owed.get_absolute_url()).content.decode()
