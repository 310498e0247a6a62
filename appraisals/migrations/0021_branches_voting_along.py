"""Branches that vote along, and of each person on a ballot the branch among whose members he is rated."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def fill(apps, editor):
    """So far a vote was of one branch alone."""
    subjects, votes = (apps.get_model("appraisals", name) for name in ("Subject", "Vote"))
    alias = editor.connection.alias
    own = votes.objects.using(alias).filter(pk=OuterRef("vote")).values("organisation")
    subjects.objects.using(alias).update(branch=Subquery(own))


class Migration(migrations.Migration):
    dependencies = [
        ("appraisals", "0020_grades_of_full_members"),
        ("branches", "0013_days_off"),
    ]

    operations = [
        migrations.CreateModel(
            name="Partner",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="branches.organisation"
                    ),
                ),
                (
                    "vote",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="partners", to="appraisals.vote"
                    ),
                ),
            ],
            options={
                "verbose_name": "branch voting along",
                "ordering": ["organisation__path"],
                "constraints": [models.UniqueConstraint(fields=("vote", "organisation"), name="partner_once_a_vote")],
            },
        ),
        migrations.RemoveConstraint(model_name="subject", name="subject_once_a_vote"),
        migrations.AddField(
            model_name="subject",
            name="branch",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="branches.organisation"
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="subject", index=models.Index(fields=["vote", "member"], name="subject_by_member")
        ),
    ]
