"""Two formal relations of a member never share a day: nobody is counted twice on any day, past or to come.

A later change of branches_relation on SQLite makes the table anew and must put these triggers back.
"""

from django.db import migrations

NAME = "relation_never_overlaps"
END = "9999-12-31"
OTHER = f"""
SELECT 1 FROM branches_relation r
WHERE r.member_id = NEW.member_id AND r.kind = 'formal' AND r.id <> NEW.id
  AND r.since <= COALESCE(NEW.until, '{END}') AND COALESCE(r.until, '{END}') >= NEW.since
"""
VERBS = {"insert": "INSERT", "update": "UPDATE OF since, until, kind, member_id"}

SQLITE = """
CREATE TRIGGER {name}_{verb} AFTER {when} ON branches_relation WHEN NEW.kind = 'formal' AND EXISTS ({other})
BEGIN SELECT RAISE(ABORT, '{name}'); END
"""
# The row of the member is locked first, so that of two writers at once the second one sees the first.
POSTGRESQL_FUNCTION = """
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF NEW.kind = 'formal' THEN
    PERFORM 1 FROM branches_member WHERE id = NEW.member_id FOR NO KEY UPDATE;
    IF EXISTS ({other}) THEN
      RAISE EXCEPTION '{name}' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
  END IF;
  RETURN NULL;
END $$
"""
POSTGRESQL = "CREATE TRIGGER {name}_{verb} AFTER {when} ON branches_relation FOR EACH ROW EXECUTE FUNCTION {name}()"


def guard(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    if postgresql:
        schema_editor.execute(POSTGRESQL_FUNCTION.format(name=NAME, other=OTHER), params=None)
    for verb, when in VERBS.items():
        words = POSTGRESQL if postgresql else SQLITE
        schema_editor.execute(words.format(name=NAME, verb=verb, when=when, other=OTHER), params=None)


def unguard(apps, schema_editor):
    for verb in VERBS:
        of_table = " ON branches_relation" if schema_editor.connection.vendor == "postgresql" else ""
        schema_editor.execute(f"DROP TRIGGER {NAME}_{verb}{of_table}")
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP FUNCTION {NAME}()")


class Migration(migrations.Migration):
    dependencies = [("branches", "0005_changes")]
    operations = [migrations.RunPython(guard, unguard)]
