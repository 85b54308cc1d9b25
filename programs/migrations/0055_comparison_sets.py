"""Villages without support that target locations are held against, frozen before their result."""

import django.core.validators
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('districts', '0014_criteria_that_do_not_apply'),
        ('programs', '0054_duties_of_aid'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ComparisonSet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('POPULATION', 'Penduduk'), ('HOUSEHOLDS', 'Rumah tangga'), ('AREA', 'Luas wilayah'), ('POVERTY', 'Angka kemiskinan')], max_length=12, verbose_name='ukuran')),
                ('unit', models.CharField(max_length=20, verbose_name='satuan')),
                ('earlier_year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1900), django.core.validators.MaxValueValidator(2100)], verbose_name='tahun awal')),
                ('later_year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1900), django.core.validators.MaxValueValidator(2100)], verbose_name='tahun akhir')),
                ('is_sample', models.BooleanField(default=False, editable=False, verbose_name='data contoh')),
                ('frozen_at', models.DateTimeField(editable=False, null=True, verbose_name='dibekukan')),
                ('after_results', models.BooleanField(editable=False, null=True, verbose_name='dipilih sesudah hasil diketahui')),
                ('status', models.CharField(choices=[('OPEN', 'Terbuka'), ('FROZEN', 'Dibekukan')], default='OPEN', editable=False, max_length=6, verbose_name='status')),
                ('frozen_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'pembanding',
                'verbose_name_plural': 'pembanding',
                'ordering': ['-later_year', 'kind', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ComparisonVillage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.CharField(choices=[('SUPPORTED', 'Lokasi sasaran'), ('COMPARED', 'Pembanding'), ('SPILLOVER', 'Daftar limpahan')], max_length=9, verbose_name='sisi')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='alasan')),
                ('comparison_set', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='programs.comparisonset', verbose_name='pembanding')),
                ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='districts.village', verbose_name='desa')),
            ],
            options={
                'verbose_name': 'desa dalam pembanding',
                'verbose_name_plural': 'desa dalam pembanding',
                'ordering': ['side', 'village__name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='HistoricalComparisonSet',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('kind', models.CharField(choices=[('POPULATION', 'Penduduk'), ('HOUSEHOLDS', 'Rumah tangga'), ('AREA', 'Luas wilayah'), ('POVERTY', 'Angka kemiskinan')], max_length=12, verbose_name='ukuran')),
                ('unit', models.CharField(max_length=20, verbose_name='satuan')),
                ('earlier_year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1900), django.core.validators.MaxValueValidator(2100)], verbose_name='tahun awal')),
                ('later_year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1900), django.core.validators.MaxValueValidator(2100)], verbose_name='tahun akhir')),
                ('is_sample', models.BooleanField(default=False, editable=False, verbose_name='data contoh')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical pembanding',
                'verbose_name_plural': 'historical pembanding',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddConstraint(
            model_name='comparisonset',
            constraint=models.CheckConstraint(condition=models.Q(('earlier_year__lt', models.F('later_year'))), name='programs_comparisonset_years', violation_error_message='Tahun akhir harus sesudah tahun awal.'),
        ),
        migrations.AddConstraint(
            model_name='comparisonset',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'FROZEN'), _negated=True), models.Q(('after_results__isnull', False), ('frozen_at__isnull', False), ('frozen_by__isnull', False)), _connector='OR'), name='programs_comparisonset_frozen', violation_error_message='Yang dibekukan mencatat siapa, kapan, dan apakah hasilnya sudah diketahui.'),
        ),
        migrations.AddConstraint(
            model_name='comparisonvillage',
            constraint=models.UniqueConstraint(fields=('comparison_set', 'village'), name='programs_comparisonvillage_once', violation_error_message='Desa ini sudah ada dalam pembanding.'),
        ),
        migrations.AddConstraint(
            model_name='comparisonvillage',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('side', 'SPILLOVER'), models.Q(('reason', ''), _negated=True)), models.Q(models.Q(('side', 'SPILLOVER'), _negated=True), ('reason', '')), _connector='OR'), name='programs_comparisonvillage_reason', violation_error_message='Tulis alasan untuk desa daftar limpahan, dan hanya untuk itu.'),
        ),
    ]
