"""The five years of an agency's strategic plan, to which a year's activities and indicators point."""

import django.core.validators
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('p2emas', '0015_long_lists'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('programs', '0021_layouts_of_official_papers'),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalRenstraActivity',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('code', models.CharField(max_length=30, verbose_name='kode')),
                ('programme_name', models.CharField(blank=True, max_length=200, verbose_name='nama program')),
                ('name', models.CharField(max_length=200, verbose_name='nama kegiatan')),
                ('first_year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1900), django.core.validators.MaxValueValidator(2100)], verbose_name='tahun pertama')),
                ('last_year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1900), django.core.validators.MaxValueValidator(2100)], verbose_name='tahun terakhir')),
                ('money', models.BigIntegerField(blank=True, null=True, verbose_name='pagu Renstra')),
                ('realised_until', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1900), django.core.validators.MaxValueValidator(2100)], verbose_name='realisasi awal sampai tahun')),
                ('realised_money', models.BigIntegerField(blank=True, null=True, verbose_name='realisasi awal keuangan')),
                ('is_sample', models.BooleanField(default=False, verbose_name='data contoh')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical kegiatan Renstra',
                'verbose_name_plural': 'historical kegiatan Renstra',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalRenstraTarget',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='indikator')),
                ('unit', models.CharField(max_length=30, verbose_name='satuan')),
                ('formula', models.CharField(choices=[('increasing', 'Tren positif (tahun dijumlahkan)'), ('decreasing', 'Tren negatif (makin kecil makin baik)'), ('percentage', 'Persentase (nilai terakhir, tidak boleh turun)'), ('end_value', 'Nilai akhir (boleh turun)')], max_length=12, verbose_name='jenis rumus')),
                ('target', models.DecimalField(blank=True, decimal_places=3, max_digits=16, null=True, verbose_name='target akhir periode')),
                ('realised', models.DecimalField(blank=True, decimal_places=3, max_digits=16, null=True, verbose_name='realisasi awal')),
                ('is_sample', models.BooleanField(default=False, verbose_name='data contoh')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical target Renstra',
                'verbose_name_plural': 'historical target Renstra',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='RenstraActivity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=30, verbose_name='kode')),
                ('programme_name', models.CharField(blank=True, max_length=200, verbose_name='nama program')),
                ('name', models.CharField(max_length=200, verbose_name='nama kegiatan')),
                ('first_year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1900), django.core.validators.MaxValueValidator(2100)], verbose_name='tahun pertama')),
                ('last_year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1900), django.core.validators.MaxValueValidator(2100)], verbose_name='tahun terakhir')),
                ('money', models.BigIntegerField(blank=True, null=True, verbose_name='pagu Renstra')),
                ('realised_until', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1900), django.core.validators.MaxValueValidator(2100)], verbose_name='realisasi awal sampai tahun')),
                ('realised_money', models.BigIntegerField(blank=True, null=True, verbose_name='realisasi awal keuangan')),
                ('is_sample', models.BooleanField(default=False, verbose_name='data contoh')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                'verbose_name': 'kegiatan Renstra',
                'verbose_name_plural': 'kegiatan Renstra',
                'ordering': ['agency', 'first_year', 'code', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='RenstraTarget',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='indikator')),
                ('unit', models.CharField(max_length=30, verbose_name='satuan')),
                ('formula', models.CharField(choices=[('increasing', 'Tren positif (tahun dijumlahkan)'), ('decreasing', 'Tren negatif (makin kecil makin baik)'), ('percentage', 'Persentase (nilai terakhir, tidak boleh turun)'), ('end_value', 'Nilai akhir (boleh turun)')], max_length=12, verbose_name='jenis rumus')),
                ('target', models.DecimalField(blank=True, decimal_places=3, max_digits=16, null=True, verbose_name='target akhir periode')),
                ('realised', models.DecimalField(blank=True, decimal_places=3, max_digits=16, null=True, verbose_name='realisasi awal')),
                ('is_sample', models.BooleanField(default=False, verbose_name='data contoh')),
            ],
            options={
                'verbose_name': 'target Renstra',
                'verbose_name_plural': 'target Renstra',
                'ordering': ['activity', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='historicalrenstraactivity',
            name='agency',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='p2emas.agency', verbose_name='SKPD'),
        ),
        migrations.AddField(
            model_name='historicalrenstraactivity',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalrenstratarget',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='renstraactivity',
            name='agency',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='renstra_activities', to='p2emas.agency', verbose_name='SKPD'),
        ),
        migrations.AddField(
            model_name='historicalrenstratarget',
            name='activity',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='programs.renstraactivity', verbose_name='kegiatan Renstra'),
        ),
        migrations.AddField(
            model_name='activity',
            name='renstra',
            field=models.ForeignKey(blank=True, help_text='Kegiatan lima tahun yang dilanjutkan kegiatan ini.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='programs.renstraactivity', verbose_name='kegiatan Renstra'),
        ),
        migrations.AddField(
            model_name='historicalactivity',
            name='renstra',
            field=models.ForeignKey(blank=True, db_constraint=False, help_text='Kegiatan lima tahun yang dilanjutkan kegiatan ini.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='programs.renstraactivity', verbose_name='kegiatan Renstra'),
        ),
        migrations.AddField(
            model_name='renstratarget',
            name='activity',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='targets', to='programs.renstraactivity', verbose_name='kegiatan Renstra'),
        ),
        migrations.AddField(
            model_name='historicalindicator',
            name='renstra_target',
            field=models.ForeignKey(blank=True, db_constraint=False, help_text='Indikator lima tahun yang sama.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='programs.renstratarget', verbose_name='indikator Renstra'),
        ),
        migrations.AddField(
            model_name='indicator',
            name='renstra_target',
            field=models.ForeignKey(blank=True, help_text='Indikator lima tahun yang sama.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='indicators', to='programs.renstratarget', verbose_name='indikator Renstra'),
        ),
        migrations.AddConstraint(
            model_name='renstraactivity',
            constraint=models.UniqueConstraint(fields=('agency', 'first_year', 'code'), name='programs_renstraactivity_code_once', violation_error_message='Kode ini sudah ada dalam Renstra SKPD itu.'),
        ),
        migrations.AddConstraint(
            model_name='renstraactivity',
            constraint=models.CheckConstraint(condition=models.Q(('first_year__lte', models.F('last_year'))), name='programs_renstraactivity_years', violation_error_message='Tahun terakhir tidak boleh sebelum tahun pertama.'),
        ),
        migrations.AddConstraint(
            model_name='renstraactivity',
            constraint=models.CheckConstraint(condition=models.Q(('realised_until__lte', models.F('last_year'))), name='programs_renstraactivity_realised_until', violation_error_message='Realisasi awal tidak boleh sampai sesudah tahun terakhir.'),
        ),
        migrations.AddConstraint(
            model_name='renstraactivity',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('money', None), ('money__gte', 0), _connector='OR'), models.Q(('realised_money', None), ('realised_money__gte', 0), _connector='OR')), name='programs_renstraactivity_money', violation_error_message='Pagu dan realisasi Renstra tidak boleh negatif.'),
        ),
        migrations.AddConstraint(
            model_name='renstratarget',
            constraint=models.UniqueConstraint(fields=('activity', 'name'), name='programs_renstratarget_name_once', violation_error_message='Indikator ini sudah ada pada kegiatan Renstra itu.'),
        ),
        migrations.AddConstraint(
            model_name='renstratarget',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('target', None), ('target__gte', 0), _connector='OR'), models.Q(('realised', None), ('realised__gte', 0), _connector='OR')), name='programs_renstratarget_not_negative', violation_error_message='Target dan realisasi awal diisi 0 atau lebih.'),
        ),
    ]
