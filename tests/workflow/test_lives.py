"""Every record that moves obeys the table that its room's test_states.py writes out again from the requirement."""

from importlib import import_module

import pytest
from django.db import IntegrityError, transaction

from tests.conventions.source import tracked
from tests.workflow.tables import Row, check_every_right, check_every_state_and_move, check_notes, required_of
from workflow.moving import Moving
from workflow.tables import own_models
from workflow.words import told

WRITTEN = [name for name in tracked() if name.startswith("tests/") and name.endswith("/test_states.py")]
LIVES = {
    life.model: life
    for name in WRITTEN
    for life in import_module(name.removesuffix(".py").replace("/", ".")).LIVES
}  # fmt: skip
TONES = {"neutral", "active", "waiting", "done", "alarm"}  # those that static/branchlife has a ground for

each = pytest.mark.parametrize("life", LIVES.values(), ids=[model.__name__ for model in LIVES])


def test_every_record_that_moves_is_written_out_again():
    assert {model for model in own_models() if issubclass(model, Moving)} == set(LIVES)


@each
def test_the_table_is_the_required_one(life):
    assert {Row.of(move) for move in life.model.MOVES} == Row.read(life.table)
    assert life.model.State.values == life.states.split()
    assert {state.tone for state in life.model.State} <= TONES


@each
def test_the_history_tells_each_move_in_words(life):
    """Not by its code: a page in Chinese would say “give_back”."""
    label = life.model._meta.label_lower
    assert not [move.name for move in life.model.MOVES if str(told(move.name, label)) == move.name]


@each
def test_a_new_row_begins_in_the_state_it_should_and_the_database_knows_the_others(world, life):
    assert life.model().state == (life.begins or life.states.split()[0])
    (subject, *_others) = life.subjects(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        life.model._base_manager.filter(pk=subject.pk).update(state="nonsense")


@each
def test_every_state_every_move_and_every_right(world, life):
    for subject in life.subjects(world):
        rows = required_of(subject, life.table)
        check_every_state_and_move(subject, life.table)
        check_every_right(subject, rows)
        check_notes(subject, rows)
