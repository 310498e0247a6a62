"""What SQLite does not do by itself."""

from django.db import connection

# The long lists and the tree they are narrowed by. Some builds note values of an index as well as their number, and
# keep them when the row is gone: here these are keys, days and states. Tables of ballots, opinions and people's
# particulars are never looked at.
TABLES = (
    "branches_organisation", "meetings_meeting", "meetings_attendance", "appraisals_material", "appraisals_progress",
    "rectification_problem",
)  # fmt: skip


def measure_tables() -> None:
    """Have SQLite look at what these tables hold, so that it chooses its ways by it: without that it sorts all meetings
    to show the newest fifty. PostgreSQL does so by itself."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"ANALYZE {table}")
