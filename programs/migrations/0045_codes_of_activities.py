from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("programs", "0044_note_of_a_month")]

    operations = [
        migrations.AddIndex(
            model_name="activity",
            index=models.Index(fields=["nomenclature", "level", "code"], name="programs_activity_listed"),
        )
    ]
