"""What was approved stays public while a report is corrected: a copy in tables of its own."""

import django.db.models.deletion
import p2emas.schema
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('districts', '0008_fill_measures'),
        ('programs', '0015_months_of_plan_lines'),
    ]

    operations = [
        migrations.CreateModel(
            name='KeptLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('spent_to_date', models.BigIntegerField(null=True, verbose_name='realisasi keuangan')),
                ('physical_to_date', models.DecimalField(decimal_places=2, max_digits=5, null=True, verbose_name='realisasi fisik')),
                ('nil_reason', models.CharField(blank=True, max_length=300, verbose_name='alasan nihil')),
                ('video_url', models.CharField(blank=True, max_length=300, verbose_name='tautan video')),
                ('carried', models.CharField(blank=True, editable=False, max_length=6, verbose_name='dibawa')),
                ('plan_line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programs.planline', verbose_name='baris rencana')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='kept_lines', to='programs.progressreport', verbose_name='laporan')),
            ],
            options={
                'verbose_name': 'salinan baris laporan',
                'verbose_name_plural': 'salinan baris laporan',
                'ordering': ['report', 'plan_line', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('report', 'plan_line'), name='programs_keptline_once', violation_error_message='Baris ini sudah ada dalam salinan laporan.'), models.CheckConstraint(condition=models.Q(('spent_to_date', None), ('spent_to_date__gte', 0), _connector='OR'), name='programs_keptline_spent', violation_error_message='Realisasi keuangan tidak boleh negatif.'), models.CheckConstraint(condition=models.Q(('physical_to_date', None), models.Q(('physical_to_date__gte', 0), ('physical_to_date__lte', 100)), _connector='OR'), name='programs_keptline_physical', violation_error_message='Realisasi fisik antara 0 dan 100 persen.')],
            },
        ),
        migrations.CreateModel(
            name='KeptReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('approved_at', models.DateTimeField(editable=False, verbose_name='disetujui')),
                ('kept_at', models.DateTimeField(default=p2emas.schema.now, editable=False, verbose_name='disalin')),
                ('lines', models.PositiveIntegerField(editable=False, verbose_name='jumlah baris')),
                ('values', models.PositiveIntegerField(editable=False, verbose_name='jumlah nilai indikator')),
                ('spent', models.BigIntegerField(editable=False, verbose_name='jumlah realisasi keuangan')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programs.workplan', verbose_name='rencana kerja')),
                ('report', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='kept', to='programs.progressreport', verbose_name='laporan')),
            ],
            options={
                'verbose_name': 'salinan laporan yang disetujui',
                'verbose_name_plural': 'salinan laporan yang disetujui',
                'constraints': [models.CheckConstraint(condition=models.Q(('spent__gte', 0)), name='programs_keptreport_spent', violation_error_message='Realisasi keuangan tidak boleh negatif.')],
            },
        ),
        migrations.CreateModel(
            name='KeptValue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.DecimalField(decimal_places=3, max_digits=16, null=True, verbose_name='nilai')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programs.indicator', verbose_name='indikator')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='kept_values', to='programs.progressreport', verbose_name='laporan')),
                ('village', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='districts.village', verbose_name='desa')),
            ],
            options={
                'verbose_name': 'salinan nilai indikator',
                'verbose_name_plural': 'salinan nilai indikator',
                'ordering': ['report', 'indicator', 'village', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('village__isnull', False)), fields=('report', 'indicator', 'village'), name='programs_keptvalue_village_once', violation_error_message='Nilai indikator untuk desa ini sudah ada dalam salinan.'), models.UniqueConstraint(condition=models.Q(('village', None)), fields=('report', 'indicator'), name='programs_keptvalue_once', violation_error_message='Nilai indikator ini sudah ada dalam salinan.')],
            },
        ),
    ]
