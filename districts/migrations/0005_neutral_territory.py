"""Words of labels that hold for a kabupaten and for a kota alike."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('districts', '0004_kinds_of_groups'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='historicalregency',
            options={'get_latest_by': ('history_date', 'history_id'), 'ordering': ('-history_date', '-history_id'), 'verbose_name': 'historical kabupaten atau kota', 'verbose_name_plural': 'historical kabupaten atau kota'},
        ),
        migrations.AlterModelOptions(
            name='regency',
            options={'ordering': ['code'], 'verbose_name': 'kabupaten atau kota', 'verbose_name_plural': 'kabupaten atau kota'},
        ),
        migrations.AlterField(
            model_name='areafigure',
            name='regency',
            field=models.ForeignKey(blank=True, help_text='Isi tepat satu wilayah.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='figures', to='districts.regency', verbose_name='kabupaten atau kota'),
        ),
        migrations.AlterField(
            model_name='determinationcriterion',
            name='figure',
            field=models.CharField(blank=True, choices=[('LQ', 'LQ rata-rata'), ('DLQ', 'DLQ'), ('DISTRICT_SHARE', 'Bagian dari kecamatan (%)'), ('REGENCY_SHARE', 'Bagian dari seluruh daerah (%)'), ('COMPETITIVE', 'Keunggulan daya saing (% dari angka awal)')], max_length=14, verbose_name='angka'),
        ),
        migrations.AlterField(
            model_name='district',
            name='regency',
            field=models.ForeignKey(help_text='Daerah induk.', on_delete=django.db.models.deletion.PROTECT, related_name='districts', to='districts.regency', verbose_name='kabupaten atau kota'),
        ),
        migrations.AlterField(
            model_name='historicalareafigure',
            name='regency',
            field=models.ForeignKey(blank=True, db_constraint=False, help_text='Isi tepat satu wilayah.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='districts.regency', verbose_name='kabupaten atau kota'),
        ),
        migrations.AlterField(
            model_name='historicaldeterminationcriterion',
            name='figure',
            field=models.CharField(blank=True, choices=[('LQ', 'LQ rata-rata'), ('DLQ', 'DLQ'), ('DISTRICT_SHARE', 'Bagian dari kecamatan (%)'), ('REGENCY_SHARE', 'Bagian dari seluruh daerah (%)'), ('COMPETITIVE', 'Keunggulan daya saing (% dari angka awal)')], max_length=14, verbose_name='angka'),
        ),
        migrations.AlterField(
            model_name='historicaldistrict',
            name='regency',
            field=models.ForeignKey(blank=True, db_constraint=False, help_text='Daerah induk.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='districts.regency', verbose_name='kabupaten atau kota'),
        ),
        migrations.AlterConstraint(
            model_name='areafigure',
            name='districts_areafigure_one_area',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('district', None), ('regency__isnull', False), ('village', None)), models.Q(('district__isnull', False), ('regency', None), ('village', None)), models.Q(('district', None), ('regency', None), ('village__isnull', False)), _connector='OR'), name='districts_areafigure_one_area', violation_error_message='Pilih tepat satu wilayah: kabupaten atau kota, kecamatan, atau desa.'),
        ),
    ]
