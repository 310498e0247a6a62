from django.db import migrations
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

COUNTED = {
    "due": Q(is_due=True),
    "present": Q(status="present"),
    "on_leave": Q(is_due=True, status="on_leave"),
    "voting_due": Q(may_vote=True),
    "voting_present": Q(may_vote=True, status="present"),
    "freed": Q(is_due=False),
    "freed_voting": Q(is_due=False, may_vote=True),
}


def count_the_lists(apps, schema_editor):
    """Records that were written before they kept their numbers."""
    lines = (
        apps.get_model("meetings", "Attendance")
        .objects.using(schema_editor.connection.alias)
        .order_by()
        .values("meeting")
    )

    def number_of(which):
        here = lines.filter(which, meeting=OuterRef("pk")).annotate(n=Count("pk")).values("n")
        return Coalesce(Subquery(here), 0)

    rows = apps.get_model("meetings", "Meeting").objects.using(schema_editor.connection.alias)
    rows.update(**{name: number_of(which) for name, which in COUNTED.items()})


class Migration(migrations.Migration):
    dependencies = [("meetings", "0003_numbers_of_the_list")]
    operations = [migrations.RunPython(count_the_lists, migrations.RunPython.noop)]
