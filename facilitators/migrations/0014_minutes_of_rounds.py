"""Rounds point to minutes, which have a table of their own."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('facilitators', '0013_one_home_checked'),
        ('p2emas', '0028_minutes_move'),
    ]

    operations = [
        migrations.AlterField(
            model_name='historicalrecruitmentround',
            name='minutes',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='p2emas.minutes', verbose_name='berita acara'),
        ),
        migrations.AlterField(
            model_name='recruitmentround',
            name='minutes',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='p2emas.minutes', verbose_name='berita acara'),
        ),
    ]
