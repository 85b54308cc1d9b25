"""What is asked and answered about the columns of a table that an office made itself, for a form of many rows."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("p2emas", "0032_emblems_of_papers")]

    operations = [
        migrations.AddField(
            model_name="laneupload",
            name="asked",
            field=models.JSONField(blank=True, null=True, verbose_name="kolom yang ditanyakan"),
        ),
        migrations.AddField(
            model_name="laneupload",
            name="layout",
            field=models.JSONField(blank=True, null=True, verbose_name="susunan kolom"),
        ),
        migrations.AlterField(
            model_name="laneupload",
            name="status",
            field=models.CharField(
                choices=[
                    ("READING", "Dibaca"),
                    ("ASKING", "Kolom ditanyakan"),
                    ("READY", "Siap dipakai"),
                    ("FAILED", "Galat"),
                    ("APPLIED", "Dipakai"),
                    ("UNDONE", "Dibatalkan"),
                ],
                default="READY",
                max_length=8,
                verbose_name="status",
            ),
        ),
    ]
