"""An office may be delegated for a time.

SQLite builds the table anew for a CHECK and loses its triggers on the way: the guard of 0002 is taken down and put up.
"""

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

triggers = import_module("branches.migrations.0002_administrators_hold_no_grant")


class Migration(migrations.Migration):
    dependencies = [("branches", "0008_rosters")]
    operations = [
        migrations.RunPython(triggers.unguard, triggers.guard),
        migrations.AddField(
            model_name="grant",
            name="delegated_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="delegations",
                to=settings.AUTH_USER_MODEL,
                verbose_name="Delegated by",
            ),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(
                condition=Q(delegated_by=None) | (Q(office="secretary") & Q(until__isnull=False)),
                name="grant_delegated_is_an_office_for_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(
                condition=Q(delegated_by=None) | ~Q(delegated_by=models.F("user")), name="grant_delegated_to_another"
            ),
        ),
        migrations.RunPython(triggers.guard, triggers.unguard),
    ]
