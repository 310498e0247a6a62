"""Planting faults behind the back of every guard, inside the transaction of a test, and finding them."""

from contextlib import contextmanager

from django.db import connection

from workflow import checking


def found(*names):
    """{check: keys} of the checks that found something."""
    return {finding.check.name: finding.keys for finding in checking.run(names) if finding.count}


@contextmanager
def unguarded(*tables):
    """Without the triggers, CHECKs and unique indexes of these tables; the rollback of the test brings them back."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no ALTER TABLE while keys are still to be checked
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            for table in tables:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
                ask = "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype IN ('c', 'u')"
                cursor.execute(ask, [table])
                for (name,) in cursor.fetchall():
                    cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
                cursor.execute(
                    "SELECT indexrelid::regclass FROM pg_index WHERE indrelid = %s::regclass AND indisunique"
                    " AND NOT indisprimary",
                    [table],
                )
                for (name,) in cursor.fetchall():
                    cursor.execute(f"DROP INDEX {name}")
        else:
            cursor.execute("PRAGMA ignore_check_constraints = ON")
            for table in tables:
                kinds = "(type = 'trigger' OR (type = 'index' AND sql LIKE 'CREATE UNIQUE%%'))"
                cursor.execute(f"SELECT type, name FROM sqlite_master WHERE tbl_name = %s AND {kinds}", [table])
                for kind, name in cursor.fetchall():
                    cursor.execute(f'DROP {kind} "{name}"')
        try:
            yield cursor
        finally:
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA ignore_check_constraints = OFF")


def plant(sql, *values, tables=()):
    """Change rows behind the back of everything."""
    with unguarded(*tables) as cursor:
        cursor.execute(sql, values)
        assert cursor.rowcount > 0
