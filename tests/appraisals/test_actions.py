"""Rounds and materials: who owes what to whom, and what happens to the words."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from appraisals import actions as rounds
from appraisals.materials import actions
from appraisals.models import Draft, Material, Round, Version
from branches.models import User
from workflow.moves import MoveNotAllowed, NoteRequired

WORDS = {"1": "一", "2": "二"}


def owed(world, person):
    return Material.objects.select_related("organisation", "round", "author").get(round=world.round, author=person)


def test_opening_owes_one_material_to_each_member_below(world):
    authors = set(Material.objects.filter(round=world.round).values_list("author_id", flat=True))
    assert authors == {person.pk for person in world.people + world.siblings} | {None}
    together = Material.objects.filter(round=world.round, author=None)
    assert {(row.organisation_id, row.kind, row.reviewer, row.is_read_above) for row in together} == {
        (branch.pk, "committee_analysis", "above", True) for branch in (world.first, world.second)
    }
    assert not Material.objects.filter(round=world.planned).exists()


def test_the_reviewer_follows_from_the_author(world):
    of_members = Material.objects.filter(organisation=world.first).exclude(author=None)
    reviewer = dict(of_members.values_list("author__name", "reviewer"))
    assert reviewer.pop("甲书记") == "above"
    assert set(reviewer.values()) == {"branch"}
    above = set(of_members.filter(is_read_above=True).values_list("author__name", flat=True))
    assert above == {"甲书记", "乙委员"}


def test_a_round_without_aspects_is_not_opened(world):
    world.planned.aspects.all().delete()
    with pytest.raises(ValidationError):
        rounds.move_round(world.planned, "open", actor=world.officer)


def test_a_second_version_leaves_the_first_as_it_was(world):
    actions.move_material(world.material, "send_back", actor=world.secretary, note="More")
    actions.submit(world.material, WORDS, actor=world.member, seen=1)
    first, second = world.material.versions.order_by("number")
    assert first.sections == [["Belief", "WRITTEN-WORDS"], ["Work", "More"]]
    assert second.sections == [["Belief", "一"], ["Work", "二"]]
    assert world.material.versions_count == 2
    actions.move_material(world.material, "accept", actor=world.secretary)
    assert world.material.state == "accepted"


def test_a_suggestion_changes_no_state(world):
    actions.move_material(world.material, "suggest", actor=world.secretary, note="Perhaps")
    assert Material.objects.get(pk=world.material.pk).state == "submitted"
    with pytest.raises(NoteRequired):
        actions.move_material(world.material, "suggest", actor=world.secretary)


def test_nobody_reviews_himself(world):
    mine = owed(world, world.people[0])
    actions.submit(mine, WORDS, actor=world.secretary, seen=0)
    for right in ("accept", "send_back", "suggest"):
        with pytest.raises(PermissionDenied):
            actions.move_material(mine, right, actor=world.secretary, note="x")
    actions.move_material(mine, "accept", actor=world.supervisor)


def test_the_superior_does_not_review_an_ordinary_member(world):
    with pytest.raises(PermissionDenied):
        actions.move_material(world.material, "accept", actor=world.officer)


def test_only_the_author_writes(world):
    for actor in (world.secretary, world.clerk, world.officer, world.sibling):
        with pytest.raises(PermissionDenied):
            actions.save_draft(world.material, WORDS, actor=actor, seen=0)


def test_a_material_handed_in_is_not_written_on(world):
    with pytest.raises(MoveNotAllowed):
        actions.save_draft(world.material, WORDS, actor=world.member, seen=1)


def test_an_empty_text_is_not_submitted(world):
    mine = owed(world, world.people[2])
    with pytest.raises(ValidationError), transaction.atomic():
        actions.submit(mine, {"1": " ", "2": ""}, actor=world.clerk, seen=0)
    assert not Version.objects.filter(material=mine).exists()


def test_the_second_window_is_told(world):
    mine = owed(world, world.people[2])
    actions.save_draft(mine, {"1": "one"}, actor=world.clerk, seen=0)
    actions.save_draft(mine, {"1": "two"}, actor=world.clerk, seen=1)
    for seen in (0, 1):
        with pytest.raises(actions.Stale), transaction.atomic():
            actions.save_draft(mine, {"1": "lost?"}, actor=world.clerk, seen=seen)
    assert Draft.objects.get(material=mine).sections == {"1": "two"}


def test_submitting_has_its_own_action(world):
    actions.move_material(world.material, "withdraw", actor=world.member)
    with pytest.raises(MoveNotAllowed):
        actions.move_material(world.material, "submit", actor=world.member)


def test_a_draft_is_seen_by_nobody_but_its_author(world):
    seen_by = [
        name for name, user in vars(world).items()
        if isinstance(user, User) and Draft.objects.visible_to(user).filter(material=world.material).exists()
    ]  # fmt: skip
    assert seen_by == ["member"]


def test_words_handed_in_are_read_by_author_and_reviewer(world):
    readers = {
        name for name, user in vars(world).items()
        if isinstance(user, User) and Version.objects.visible_to(user).filter(material=world.material).exists()
    }  # fmt: skip
    assert readers == {"member", "secretary"}


def test_the_committee_is_read_above_as_well(world):
    theirs = owed(world, world.people[1])
    actions.submit(theirs, WORDS, actor=world.committee_member, seen=0)
    readers = {
        name for name, user in vars(world).items()
        if isinstance(user, User) and Version.objects.visible_to(user).filter(material=theirs).exists()
    }  # fmt: skip
    assert readers == {"committee_member", "secretary", "supervisor", "officer", "liaison"}


def test_waiting_for_a_reviewer_is_never_the_authors_delay(world):
    late = world.material.due_on + timedelta(days=1)
    assert not world.material.is_overdue(late)
    assert world.owed.is_overdue(late)
    assert not world.owed.is_overdue(world.owed.due_on)


def test_only_the_officer_of_the_organisation_prepares_a_round(world):
    today = timezone.localdate()
    facts = {"name": "R", "year": 2026, "roster_on": today, "due_on": today}
    for actor in (world.secretary, world.supervisor, world.stranger, world.secadmin):
        with pytest.raises(PermissionDenied):
            rounds.prepare_round(world.county, actor=actor, aspects=("A",), **facts)
    assert Round.objects.count() == 2


def test_what_was_withdrawn_is_dark_again(world):
    read = Version.objects.filter(material=world.material)
    assert read.visible_to(world.secretary).exists()
    actions.move_material(world.material, "withdraw", actor=world.member)
    assert not read.visible_to(world.secretary).exists()
    assert read.visible_to(world.member).exists()
    actions.submit(world.material, WORDS, actor=world.member, seen=1)
    assert read.visible_to(world.secretary).count() == 2


def test_a_revision_of_a_draft_that_is_not_there_loses_no_word(client, world):
    client.force_login(world.clerk)
    typed = {"aspect_1": "KEPT-WORDS", "aspect_2": "", "revision": "7", "save": "draft"}
    answer = client.post(f"{world.owed.get_absolute_url()}edit/", typed)
    assert answer.status_code == 409
    assert "KEPT-WORDS" in answer.content.decode()
    assert client.post(f"{world.owed.get_absolute_url()}edit/", {**typed, "revision": "0"}).status_code == 302


def test_what_was_sent_back_is_dark_for_superiors_until_it_is_handed_in_anew(world):
    material = owed(world, world.people[0])
    actions.submit(material, {"1": "TOP-WORDS"}, actor=world.secretary, seen=0)
    seen = lambda user: Version.objects.visible_to(user).filter(material=material).exists()  # noqa: E731
    assert seen(world.supervisor) and seen(world.officer)
    actions.move_material(material, "send_back", actor=world.supervisor, note="More")
    assert not seen(world.supervisor) and not seen(world.officer) and seen(world.secretary)


def test_a_round_in_preparation_is_put_right_and_an_open_one_is_not(world, client):
    client.force_login(world.officer)
    typed = {"year": "2027", "name": "Renamed", "reference": "No. 3", "roster_on": "2027-01-05", "due_on": "2027-02-05"}
    for round_, status in ((world.planned, 302), (world.round, 200)):
        sent = typed | {"aspects": "One\n\nTwo", "seen": round_.fingerprint}
        answer = client.post(reverse("round_edit", args=[round_.pk]), sent)
        assert answer.status_code == status
    world.planned.refresh_from_db()
    world.round.refresh_from_db()
    assert (world.planned.name, world.planned.reference) == ("Renamed", "No. 3")
    assert [title for _key, title in world.planned.headings()] == ["One", "Two"]
    assert world.round.name != "Renamed" and "Two" not in str(world.round.headings())
    for round_, offered in ((world.planned, True), (world.round, False)):
        page = client.get(round_.get_absolute_url()).content.decode()
        assert (reverse("round_edit", args=[round_.pk]) in page) == offered


def test_the_second_writer_of_a_round_is_told_and_keeps_both_texts(client, world):
    client.force_login(world.officer)
    address, seen = reverse("round_edit", args=[world.planned.pk]), world.planned.fingerprint
    assert client.get(address).context["form"]["seen"].value() == seen
    typed = {"year": "2027", "name": "Theirs", "roster_on": "2027-01-05", "due_on": "2027-02-05", "aspects": "One\nTwo"}
    assert client.post(address, typed | {"seen": seen}).status_code == 302
    mine = typed | {"name": "Mine", "aspects": "Three", "seen": seen}
    answer = client.post(address, mine)
    page = answer.content.decode()
    assert answer.status_code == 409 and all(words in page for words in ("Mine", "Three", "Theirs", "One<br>Two"))
    world.planned.refresh_from_db()
    assert world.planned.name == "Theirs"
    again = answer.context["form"]["seen"].value()
    assert client.post(address, mine | {"seen": again}).status_code == 302
    world.planned.refresh_from_db()
    assert (world.planned.name, len(world.planned.headings())) == ("Mine", 1)


def test_the_headings_alone_are_a_change_too(world):
    before = world.planned.fingerprint
    facts = {"year": 2027, "name": world.planned.name, "roster_on": world.planned.roster_on}
    facts |= {"due_on": world.planned.due_on, "reference": world.planned.reference}
    rounds.change_round(world.planned, ["Other"], actor=world.officer, seen=before, **facts)
    with pytest.raises(rounds.RoundChanged):
        rounds.change_round(world.planned, ["Once more"], actor=world.officer, seen=before, **facts)
