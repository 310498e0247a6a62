"""A probationary member has no grade (R11), whoever writes the row; and every branch of a round has its grading.

A later change of appraisals_grade or appraisals_rosterentry on SQLite makes the table anew and must put the triggers
of that table back.
"""

from django.db import migrations

NAME = "grade_of_full_members"
NOT_FULL = "EXISTS (SELECT 1 FROM appraisals_rosterentry e WHERE e.id = NEW.entry_id AND e.category <> 'formal')"
HAS_ONE = "NEW.category <> 'formal' AND EXISTS (SELECT 1 FROM appraisals_grade g WHERE g.entry_id = NEW.id)"
# name: (table, when, the condition that is refused)
GUARDS = {
    "insert": ("appraisals_grade", "INSERT", NOT_FULL),
    "update": ("appraisals_grade", "UPDATE OF entry_id", NOT_FULL),
    "roster": ("appraisals_rosterentry", "UPDATE OF category", HAS_ONE),
}
SQLITE = """
CREATE TRIGGER {name} BEFORE {when} ON {table} WHEN {refused} BEGIN SELECT RAISE(ABORT, '{name}'); END
"""
FUNCTION = """
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF {refused} THEN
    RAISE EXCEPTION '{name}' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$
"""
POSTGRESQL = "CREATE TRIGGER {name} BEFORE {when} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"


def guard(apps, schema_editor):
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for verb, (table, when, refused) in GUARDS.items():
        told = {"name": f"{NAME}_{verb}", "table": table, "when": when, "refused": refused}
        for words in (FUNCTION, POSTGRESQL) if is_postgresql else (SQLITE,):
            schema_editor.execute(words.format(**told), params=None)


def unguard(apps, schema_editor):
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for verb, (table, _when, _refused) in GUARDS.items():
        name = f"{NAME}_{verb}"
        schema_editor.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if is_postgresql else ""))
        if is_postgresql:
            schema_editor.execute(f"DROP FUNCTION {name}()")


def add_gradings(apps, schema_editor):
    """Of rounds that were opened before: one for each branch of their rosters."""
    entries, gradings = apps.get_model("appraisals", "RosterEntry"), apps.get_model("appraisals", "Grading")
    here = schema_editor.connection.alias
    pairs = entries.objects.using(here).order_by().values_list("round", "organisation").distinct().iterator()
    rows = (gradings(round_id=key, organisation_id=place) for key, place in pairs)
    gradings.objects.using(here).bulk_create(rows, batch_size=1000, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("appraisals", "0019_grades")]
    operations = [
        migrations.RunPython(guard, unguard),
        migrations.RunPython(add_gradings, migrations.RunPython.noop),
    ]
