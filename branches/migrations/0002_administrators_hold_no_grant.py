"""An administrator's account can hold no grant, and an account with a grant cannot become an administrator's."""

from django.db import migrations

RULES = {
    # trigger: (table, verbs, the condition that refuses)
    "grant_not_for_administrators": (
        "branches_grant",
        ("INSERT", "UPDATE"),
        "EXISTS (SELECT 1 FROM branches_user u WHERE u.id = NEW.user_id AND u.admin_role <> '')",
    ),
    "administrator_without_grants": (
        "branches_user",
        ("UPDATE",),
        "NEW.admin_role <> '' AND EXISTS (SELECT 1 FROM branches_grant g WHERE g.user_id = NEW.id)",
    ),
}


def guard(apps, schema_editor):
    for name, (table, verbs, refused) in RULES.items():
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {refused} THEN "
                f"RAISE EXCEPTION '{name}' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
                "RETURN NEW; END $$"
            )
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE {' OR '.join(verbs)} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
            )
        else:
            for verb in verbs:
                schema_editor.execute(
                    f"CREATE TRIGGER {name}_{verb.lower()} BEFORE {verb} ON {table} WHEN {refused} "
                    f"BEGIN SELECT RAISE(ABORT, '{name}'); END"
                )


def unguard(apps, schema_editor):
    for name, (table, verbs, _) in RULES.items():
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER {name} ON {table}")
            schema_editor.execute(f"DROP FUNCTION {name}()")
        else:
            for verb in verbs:
                schema_editor.execute(f"DROP TRIGGER {name}_{verb.lower()}")


class Migration(migrations.Migration):
    dependencies = [("branches", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]
