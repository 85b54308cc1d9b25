"""A line may link several videos, each on a line of its own."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('programs', '0025_fill_versions_of_codes'),
    ]

    operations = [
        migrations.AlterField(
            model_name='historicalreportline',
            name='video_url',
            field=models.CharField(blank=True, db_default='', default='', max_length=1505, verbose_name='tautan video'),
        ),
        migrations.AlterField(
            model_name='keptline',
            name='video_url',
            field=models.CharField(blank=True, max_length=1505, verbose_name='tautan video'),
        ),
        migrations.AlterField(
            model_name='reportline',
            name='video_url',
            field=models.CharField(blank=True, db_default='', default='', max_length=1505, verbose_name='tautan video'),
        ),
    ]
