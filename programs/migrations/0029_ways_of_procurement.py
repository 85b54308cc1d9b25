"""Ways of procurement with their working days; a line names one, and its season."""

import django.db.models.deletion
import p2emas.schema
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('districts', '0008_fill_measures'),
        ('p2emas', '0015_long_lists'),
        ('programs', '0028_closed_list_of_kept_lines'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalProcurementMethod',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('name', models.CharField(db_index=True, help_text='Misalnya Tender.', max_length=60, verbose_name='cara pengadaan')),
                ('working_days', models.PositiveSmallIntegerField(help_text='Dari persiapan sampai pekerjaan dapat dimulai.', verbose_name='hari kerja')),
                ('source', models.CharField(blank=True, help_text='Ketentuan yang menyebut lamanya. Kosong berarti setelan kantor, bukan ketentuan.', max_length=200, verbose_name='sumber')),
                ('active', models.BooleanField(default=True, help_text='Tanpa centang tidak lagi ditawarkan; baris yang memakainya tetap.', verbose_name='ditawarkan')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical cara pengadaan',
                'verbose_name_plural': 'historical cara pengadaan',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='ProcurementMethod',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='Misalnya Tender.', max_length=60, unique=True, verbose_name='cara pengadaan')),
                ('working_days', models.PositiveSmallIntegerField(help_text='Dari persiapan sampai pekerjaan dapat dimulai.', verbose_name='hari kerja')),
                ('source', models.CharField(blank=True, help_text='Ketentuan yang menyebut lamanya. Kosong berarti setelan kantor, bukan ketentuan.', max_length=200, verbose_name='sumber')),
                ('active', models.BooleanField(default=True, help_text='Tanpa centang tidak lagi ditawarkan; baris yang memakainya tetap.', verbose_name='ditawarkan')),
            ],
            options={
                'verbose_name': 'cara pengadaan',
                'verbose_name_plural': 'cara pengadaan',
                'ordering': ['working_days', 'name'],
                'constraints': [models.CheckConstraint(condition=models.Q(('working_days__lte', 260)), name='programs_procurement_days', violation_error_message='Paling lama 260 hari kerja, setahun penuh.')],
            },
        ),
        migrations.AddField(
            model_name='historicalplanline',
            name='season_first',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='musim dari bulan'),
        ),
        migrations.AddField(
            model_name='historicalplanline',
            name='season_last',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='musim sampai bulan'),
        ),
        migrations.AddField(
            model_name='planline',
            name='season_first',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='musim dari bulan'),
        ),
        migrations.AddField(
            model_name='planline',
            name='season_last',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='musim sampai bulan'),
        ),
        migrations.AddField(
            model_name='historicalplanline',
            name='procurement',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='programs.procurementmethod', verbose_name='cara pengadaan'),
        ),
        migrations.AddField(
            model_name='planline',
            name='procurement',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='plan_lines', to='programs.procurementmethod', verbose_name='cara pengadaan'),
        ),
        migrations.AddConstraint(
            model_name='planline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('season_first', None), ('season_last', None)), models.Q(('season_first__gte', 1), ('season_first__lte', 12), ('season_last__gte', 1), ('season_last__lte', 12)), _connector='OR'), name='programs_planline_season', violation_error_message='Isi bulan awal dan akhir musim, keduanya 1 sampai 12.'),
        ),
    ]
