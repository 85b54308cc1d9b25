"""A placement names its scope, and placements may share an assignment."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('districts', '0006_village_scopes'),
        ('facilitators', '0009_neutral_territory'),
        ('p2emas', '0010_traces_of_accounts'),
    ]

    operations = [
        migrations.AddField(
            model_name='placement',
            name='scope',
            field=models.OneToOneField(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='placement', to='districts.villagescope'),
        ),
        migrations.AlterField(
            model_name='placement',
            name='assignment',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='placements', to='p2emas.assignment'),
        ),
    ]
