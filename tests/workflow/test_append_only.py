"""History and audit rows can be added and never changed or removed: the database itself refuses (I13)."""

import pytest
from django.db import DatabaseError, connection, transaction

from branches.actions import grants
from branches.models import Grant, Organisation
from workflow.actions import audit, record
from workflow.actors import SYSTEM
from workflow.models import AuditEvent, History


@pytest.fixture(params=[History, AuditEvent], ids=["history", "audit"])
def rows(request, cast):
    """All rows of one of the two tables; one has been added for this test."""
    record(cast.first, "found", actor=cast.officer, note="As it was")
    audit("exported", actor=cast.officer, subject=cast.first, note="As it was")
    return request.param._base_manager


def refused():
    """The database says no; the transaction around goes on."""
    return pytest.raises(DatabaseError, match="append-only")


def test_a_row_is_not_changed(rows):
    last = rows.latest("pk")
    for change in (
        lambda: rows.filter(pk=last.pk).update(note="Otherwise"),
        lambda: rows.update(actor_label="Somebody else"),
        lambda: rows.bulk_update([last], ["note"]),
        last.save,
    ):
        with refused(), transaction.atomic():
            change()
    assert rows.get(pk=last.pk).note == "As it was"


def test_a_row_is_not_removed(rows):
    last, before = rows.latest("pk"), rows.count()
    for removal in (last.delete, rows.all().delete, rows.filter(pk=last.pk).delete):
        with refused(), transaction.atomic():
            removal()
    assert rows.count() == before


def test_no_statement_by_hand_gets_through(rows):
    table, last = rows.model._meta.db_table, rows.latest("pk")
    for statement in (f"UPDATE {table} SET note = 'x' WHERE id = %s", f"DELETE FROM {table} WHERE id = %s"):
        with refused(), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [last.pk])


def test_a_row_already_there_is_not_written_over(rows):
    last = rows.latest("pk")
    columns = [field.name for field in rows.model._meta.concrete_fields if field.name != "id"]
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.bulk_create(
            [rows.model(pk=last.pk, actor_key="x")], update_conflicts=True, unique_fields=["id"], update_fields=columns
        )
    assert rows.get(pk=last.pk).actor_key == last.actor_key


def test_neither_table_points_at_a_row_that_could_change():
    for model in (History, AuditEvent):
        assert [field.name for field in model._meta.get_fields() if field.is_relation] == []


def test_the_past_stays_when_what_it_tells_of_changes(cast):
    event = audit("exported", actor=cast.officer, subject=cast.first)
    Organisation.objects.filter(pk=cast.first.pk).update(name="Renamed")
    type(cast.officer).objects.filter(pk=cast.officer.pk).update(name="Renamed")
    kept = AuditEvent._base_manager.get(pk=event.pk)
    assert (kept.actor_label, kept.subject_label, kept.organisation_label) == (
        "officer",
        "First branch",
        "First branch",
    )


def test_an_action_and_its_history_stand_or_fall_together(cast):
    before = History.objects.count()
    with pytest.raises(RuntimeError), transaction.atomic():
        grants.revoke(Grant.objects.get(user=cast.clerk), actor=SYSTEM, note="Left")
        raise RuntimeError
    assert History.objects.count() == before
    assert Grant.objects.get(user=cast.clerk).revoked_at is None
