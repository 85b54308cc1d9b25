"""An emblem for the papers of the head of the region, and one for those of the office."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("p2emas", "0031_words_by_kind")]

    operations = [
        migrations.AddField(
            model_name="identity",
            name="emblem_of_head",
            field=models.BinaryField(blank=True, null=True, verbose_name="lambang naskah kepala daerah"),
        ),
        migrations.AddField(
            model_name="identity",
            name="emblem_of_office",
            field=models.BinaryField(blank=True, null=True, verbose_name="lambang naskah kantor"),
        ),
        migrations.AddField(
            model_name="identity",
            name="emblems",
            field=models.CharField(blank=True, default="", editable=False, max_length=80, verbose_name="lambang naskah"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="historicalidentity",
            name="emblems",
            field=models.CharField(blank=True, default="", editable=False, max_length=80, verbose_name="lambang naskah"),
            preserve_default=False,
        ),
    ]
