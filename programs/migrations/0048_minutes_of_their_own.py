"""Meetings point to minutes, which have a table of their own and keep who was there."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('programs', '0047_who_was_there'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='meeting',
            name='present',
        ),
        migrations.AlterField(
            model_name='meeting',
            name='minutes',
            field=models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='meeting', to='p2emas.minutes', verbose_name='berita acara'),
        ),
    ]
