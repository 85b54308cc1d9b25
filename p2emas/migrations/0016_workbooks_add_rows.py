"""Which rows a workbook added, so that undoing it deletes them again."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('p2emas', '0015_long_lists'),
    ]

    operations = [
        migrations.AddField(
            model_name='laneupload',
            name='added',
            field=models.JSONField(blank=True, null=True, verbose_name='baris yang ditambahkan'),
        ),
    ]
