"""What SQLite is told of its tables, and that PostgreSQL is left alone."""

from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jobs.sqlite import TABLES, measure_tables
from jobs.tasks import measure_tables as by_the_clock
from meetings.models import Meeting


def copies(meeting, number):
    values = {field.attname: getattr(meeting, field.attname) for field in meeting._meta.concrete_fields}
    del values["id"]
    first = values.pop("started_at")
    Meeting.objects.bulk_create(Meeting(started_at=first - timedelta(n), **values) for n in range(1, number))


def test_the_newest_of_many_meetings_are_found_without_sorting_them(world):
    copies(world.meeting, 600)
    rows = Meeting.objects.filter(organisation__path__gte="0001", organisation__path__lt="0003")
    newest = rows.order_by("-started_at", "-pk")[:50]
    by_the_clock()
    if connection.vendor == "sqlite":
        assert "TEMP B-TREE" not in newest.explain()
    assert len(newest) == 50


def test_postgresql_looks_by_itself(db):
    with CaptureQueriesContext(connection) as asked:
        measure_tables()
    assert ("ANALYZE" in str(asked.captured_queries)) == (connection.vendor == "sqlite")


def test_nothing_of_ballots_opinions_or_particulars_is_noted(world):
    by_the_clock()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT DISTINCT tbl FROM sqlite_stat1")
            noted = {table for (table,) in cursor.fetchall()}
        assert noted and noted <= set(TABLES)
    assert set(TABLES) <= set(connection.introspection.table_names())


def test_the_clock_looks_every_hour():
    (entry,) = [one for one in settings.CELERY_BEAT_SCHEDULE.values() if one["task"] == by_the_clock.name]
    assert entry["schedule"] == timedelta(hours=1)
