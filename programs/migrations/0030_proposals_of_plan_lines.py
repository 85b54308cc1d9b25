"""A line may name a proposal of the Musrenbang."""

import django.db.models.deletion
import p2emas.schema
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('programs', '0029_ways_of_procurement'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalplanline',
            name='proposal_no',
            field=models.CharField(blank=True, db_default='', default='', max_length=60, verbose_name='nomor usulan Musrenbang'),
        ),
        migrations.AddField(
            model_name='historicalplanline',
            name='proposal_text',
            field=models.CharField(blank=True, db_default='', default='', max_length=300, verbose_name='usulan Musrenbang'),
        ),
        migrations.AddField(
            model_name='planline',
            name='proposal_no',
            field=models.CharField(blank=True, db_default='', default='', max_length=60, verbose_name='nomor usulan Musrenbang'),
        ),
        migrations.AddField(
            model_name='planline',
            name='proposal_text',
            field=models.CharField(blank=True, db_default='', default='', max_length=300, verbose_name='usulan Musrenbang'),
        ),
    ]
