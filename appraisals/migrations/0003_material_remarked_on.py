from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("appraisals", "0002_material_order")]

    operations = [
        migrations.AddField(
            model_name="material", name="remarked_on", field=models.DateField(editable=False, null=True)
        ),
    ]
