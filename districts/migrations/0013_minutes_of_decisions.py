"""What was discussed points to minutes, which have a table of their own."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('districts', '0012_items_that_confirm'),
        ('p2emas', '0028_minutes_move'),
    ]

    operations = [
        migrations.AlterField(
            model_name='competencydetermination',
            name='minutes',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='p2emas.minutes', verbose_name='berita acara'),
        ),
        migrations.AlterField(
            model_name='historicalcompetencydetermination',
            name='minutes',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='p2emas.minutes', verbose_name='berita acara'),
        ),
        migrations.AlterField(
            model_name='historicalselectionround',
            name='minutes',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='p2emas.minutes', verbose_name='berita acara'),
        ),
        migrations.AlterField(
            model_name='selectionround',
            name='minutes',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='p2emas.minutes', verbose_name='berita acara'),
        ),
    ]
