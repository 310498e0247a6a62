"""The lives of rounds and materials, restated from docs/rights.md and F3: the reviewer follows from the author and is never
the author; a suggestion leaves the material where it is. A new row needs a second signature here."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from appraisals import actions as rounds
from appraisals.materials import actions
from appraisals.materials.reviewing import actions as reviewing
from appraisals.models import Comment, Draft, Material, Round, Version
from tests.workflow.actors import Almighty
from tests.workflow.tables import Life, put
from workflow.moves import MoveNotAllowed, NoteRequired

# from      move      to        who        and what else
MATERIAL = """
draft       submit    submitted own+write_for_committee silent
returned    submit    submitted own+write_for_committee silent
submitted   withdraw  draft     own+write_for_committee
submitted   suggest   submitted review     named
submitted   send_back returned  review     note
submitted   pass_on   submitted review     when:is_read_on
submitted   accept    accepted  review     when:is_at_last_reader
draft       enter     submitted enter_words silent
returned    enter     submitted enter_words silent
draft       hear      accepted  enter_words silent when:may_be_spoken
returned    hear      accepted  enter_words silent when:may_be_spoken
"""
COMMENT = """
open        answer    answered  own+write_for_committee silent
open        resolve   resolved  review                  silent
answered    resolve   resolved  review                  silent
"""
ROUND = """
draft       open      open      run_rounds asked
open        close     closed    run_rounds asked
"""
LIVES = [
    Life(
        Material,
        "draft submitted returned accepted void",
        MATERIAL,
        lambda world: [world.material, world.secretary_material, _chained(world)],
    ),
    Life(Comment, "open answered resolved", COMMENT, lambda world: [_commented(world)]),
    Life(Round, "draft open closed", ROUND, lambda world: [world.round]),
]


def _chained(world):
    """A written piece that two people read one after the other."""
    facts = {"kind": "self_analysis", "chain": "two"}
    Material.objects.filter(pk=world.owed.pk).update(**facts)
    return Material.objects.get(pk=world.owed.pk)


def _commented(world):
    """A comment with an answer, in whichever state the table asks for."""
    facts = {"title": "Belief", "quote": "WRITTEN-WORDS", "start": 0}
    comment = reviewing.comment(world.material, "Why?", actor=world.secretary, **facts)
    Comment.objects.filter(pk=comment.pk).update(answer="Because")
    return Comment.objects.get(pk=comment.pk)


def test_the_reviewer_follows_from_the_author(world):
    by_author = {m.author_id: m for m in Material.objects.select_related("organisation")}
    secretary, member = by_author[world.people[0].pk], by_author[world.people[4].pk]
    assert (secretary.reviewer, member.reviewer) == ("above", "branch")
    assert secretary.is_read_above and not member.is_read_above
    for material, may, may_not in (
        (
            member,
            {"secretary"},
            {"member", "officer", "supervisor", "clerk", "committee_member", "sibling", "sysadmin"},
        ),
        (secretary, {"officer", "supervisor"}, {"secretary", "liaison", "clerk", "committee_member", "stranger"}),
    ):
        assert {name for name in may | may_not if getattr(world, name).may("review", material)} == may


@pytest.mark.parametrize("state", ["submitted", "accepted", "void"])
def test_a_material_that_is_handed_in_is_not_written_on(world, state):
    material = put(world.material, state)
    for act in (actions.save_draft, actions.submit):
        with pytest.raises(MoveNotAllowed):
            act(material, {"1": "Otherwise"}, actor=world.member, seen=1)
    assert Draft.objects.get(material=material).sections["1"] == "WRITTEN-WORDS"
    assert Version.objects.filter(material=material).count() == 1


def test_handing_in_keeps_a_version_that_later_writing_leaves_alone(world):
    material = Material.objects.get(pk=world.material.pk)
    actions.move_material(material, "send_back", actor=world.secretary, note="More")
    actions.submit(material, {"1": "SECOND", "2": ""}, actor=world.member, seen=1)
    versions = {v.number: v.sections[0][1] for v in Version.objects.filter(material=material)}
    assert versions == {1: "WRITTEN-WORDS", 2: "SECOND"}
    assert Material.objects.get(pk=material.pk).versions_count == 2


def test_nothing_is_handed_in_empty(world):
    with pytest.raises(ValidationError):
        actions.submit(world.owed, {"1": "  ", "2": ""}, actor=world.clerk, seen=0)
    assert not Draft.objects.filter(material=world.owed).exists()
    assert Material.objects.get(pk=world.owed.pk).state == "draft"


def test_of_two_windows_the_second_is_told(world):
    actions.save_draft(world.owed, {"1": "One"}, actor=world.clerk, seen=0)
    for seen in (0, 7):
        with pytest.raises(actions.Stale):
            actions.save_draft(world.owed, {"1": "Two"}, actor=world.clerk, seen=seen)
    actions.save_draft(world.owed, {"1": "Three"}, actor=world.clerk, seen=1)
    assert Draft.objects.get(material=world.owed).sections == {"1": "Three"}


def test_a_refusal_says_why(world):
    material = Material.objects.get(pk=world.material.pk)
    with pytest.raises(NoteRequired):
        actions.move_material(material, "send_back", actor=world.secretary)
    with pytest.raises(PermissionDenied):
        actions.move_material(material, "accept", actor=world.member)
    with pytest.raises(MoveNotAllowed):
        actions.move_material(material, "submit", actor=Almighty())


def test_a_round_opens_once_and_owes_each_member_once(world):
    again = Round.objects.get(pk=world.round.pk)
    before = Material.objects.count()
    with pytest.raises(MoveNotAllowed):
        rounds.move_round(again, "open", actor=world.officer)
    stale = put(world.planned, "draft")
    rounds.move_round(Round.objects.get(pk=stale.pk), "open", actor=world.officer)
    with pytest.raises(MoveNotAllowed):
        rounds.move_round(stale, "open", actor=world.officer)
    assert Material.objects.count() == 2 * before


def test_a_round_without_aspects_does_not_open(world):
    world.planned.aspects.all().delete()
    with pytest.raises(ValidationError):
        rounds.move_round(world.planned, "open", actor=world.officer)
    assert Round.objects.get(pk=world.planned.pk).state == "draft"
