"""As test_faults.py: each check of study notes that were checked finds the fault planted for it, and nothing else."""

import pytest
from django.utils import timezone

from meetings.notes import actions
from tests.verify.planting import found, plant


@pytest.fixture
def notes(world):
    """Of two members one fell short and has put it right."""
    today, (first, second) = timezone.localdate(), world.people[3:5]
    check = actions.open_check(world.first, actions.Facts(today, "Study notes", 8), actor=world.secretary)
    told = {first.pk: actions.Found("meets", 8), second.pk: actions.Found("short", 3)}
    actions.fill(check, told, correct_by=today, actor=world.secretary, seen=1)
    actions.look_again(check, [second.pk], today, actor=world.secretary, seen=2)
    assert found() == {}
    return check


@pytest.mark.parametrize("sql", [
    "UPDATE meetings_notescheck SET meets = 2 WHERE id = %s",
    "UPDATE meetings_notescheck SET missing = 1 WHERE id = %s",
    "UPDATE meetings_notescheck SET corrected = 0 WHERE id = %s",
    "UPDATE meetings_notesline SET corrected_on = NULL WHERE notes_check_id = %s",
    "UPDATE meetings_notesline SET result = 'missing' WHERE result = 'short' AND notes_check_id = %s",
    "DELETE FROM meetings_notesline WHERE result = 'meets' AND notes_check_id = %s",
])  # fmt: skip
def test_fault_notes_numbers_of_lines(notes, sql):
    plant(sql, notes.pk)
    assert found("notes.numbers_of_lines") == {"notes.numbers_of_lines": (f"meetings.notescheck:{notes.pk}",)}


def test_numbers_stay_when_all_lines_are_destroyed(notes):
    plant("DELETE FROM meetings_notesline WHERE notes_check_id = %s", notes.pk)
    assert found() == {}


def test_fault_notes_answered_of_asked(notes):
    row = notes.notes_lines.get(answered=8)
    plant("UPDATE meetings_notesline SET answered = 9 WHERE id = %s", row.pk)
    assert found("notes.answered_of_asked") == {"notes.answered_of_asked": (f"meetings.notesline:{row.pk}",)}


def test_fault_notes_lines_of_register(world, notes):
    row = notes.notes_lines.get(answered=8)
    plant("UPDATE meetings_notesline SET member_id = %s WHERE id = %s", world.siblings[0].pk, row.pk)
    assert found("notes.lines_of_register") == {"notes.lines_of_register": (f"meetings.notesline:{row.pk}",)}
