"""Every person on a ballot is rated among the members of a branch: in a transaction after the one that filled it in."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("appraisals", "0021_branches_voting_along")]

    operations = [
        migrations.AlterField(
            model_name="subject",
            name="branch",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="branches.organisation"
            ),
        ),
    ]
