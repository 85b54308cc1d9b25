"""Words of labels that hold for a kabupaten and for a kota alike."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('districts', '0005_neutral_territory'),
        ('facilitators', '0008_one_nik_from_the_check'),
    ]

    operations = [
        migrations.AlterField(
            model_name='historicalplacement',
            name='target_location',
            field=models.ForeignKey(blank=True, db_constraint=False, help_text='Kosong: konsultan seluruh daerah.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='districts.targetlocation', verbose_name='lokasi sasaran'),
        ),
        migrations.AlterField(
            model_name='placement',
            name='target_location',
            field=models.ForeignKey(blank=True, help_text='Kosong: konsultan seluruh daerah.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='placements', to='districts.targetlocation', verbose_name='lokasi sasaran'),
        ),
    ]
