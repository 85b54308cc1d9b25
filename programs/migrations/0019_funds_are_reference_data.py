"""Funds become rows that BAPPEDA keeps; a plan line keeps the code of its fund as text."""

import django.core.validators
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('programs', '0018_documents_that_set_a_plan'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='historicalplanline',
            name='fund',
            field=models.CharField(default='DAU', max_length=10, verbose_name='sumber dana'),
        ),
        migrations.AlterField(
            model_name='planline',
            name='fund',
            field=models.CharField(default='DAU', max_length=10, verbose_name='sumber dana'),
        ),
        migrations.CreateModel(
            name='Fund',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(help_text='Huruf besar, misalnya DAK_FISIK.', max_length=10, unique=True, validators=[django.core.validators.RegexValidator('^[A-Z][A-Z0-9_]*\\Z', 'Kode sumber dana hanya huruf besar, angka, dan garis bawah.')], verbose_name='kode')),
                ('label', models.CharField(help_text='Seperti tertulis dalam DPA.', max_length=80, unique=True, verbose_name='nama')),
                ('group', models.CharField(choices=[('OWN', 'Pendapatan daerah'), ('TRANSFER', 'Transfer pusat'), ('OTHER_BUDGET', 'Anggaran provinsi dan pusat'), ('VILLAGE', 'Anggaran desa (APBDes)'), ('COMMUNITY', 'Masyarakat dan usaha')], help_text='Judul dalam daftar pilihan.', max_length=12, verbose_name='kelompok')),
                ('counts_in_absorption', models.BooleanField(default=True, help_text='Tidak dicentang: pagu dan realisasinya ditampilkan di samping, di luar jumlah SKPD.', verbose_name='masuk serapan SKPD')),
                ('first_year', models.PositiveSmallIntegerField(blank=True, help_text='Kosong: sejak awal.', null=True, validators=[django.core.validators.MinValueValidator(1900), django.core.validators.MaxValueValidator(2100)], verbose_name='sejak tahun')),
                ('last_year', models.PositiveSmallIntegerField(blank=True, help_text='Kosong: masih dipakai.', null=True, validators=[django.core.validators.MinValueValidator(1900), django.core.validators.MaxValueValidator(2100)], verbose_name='sampai tahun')),
                ('active', models.BooleanField(default=True, help_text='Tidak dicentang: baris lama tetap, pilihan baru tidak.', verbose_name='ditawarkan')),
                ('position', models.PositiveSmallIntegerField(default=100, help_text='Yang kecil tampil dahulu.', verbose_name='urutan')),
            ],
            options={
                'verbose_name': 'sumber dana',
                'verbose_name_plural': 'sumber dana',
                'ordering': ['position', 'label'],
                'constraints': [models.CheckConstraint(condition=models.Q(('first_year', None), ('last_year', None), ('first_year__lte', models.F('last_year')), _connector='OR'), name='programs_fund_years', violation_error_message='Tahun terakhir tidak boleh sebelum tahun pertama.')],
            },
        ),
        migrations.CreateModel(
            name='HistoricalFund',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('code', models.CharField(db_index=True, help_text='Huruf besar, misalnya DAK_FISIK.', max_length=10, validators=[django.core.validators.RegexValidator('^[A-Z][A-Z0-9_]*\\Z', 'Kode sumber dana hanya huruf besar, angka, dan garis bawah.')], verbose_name='kode')),
                ('label', models.CharField(db_index=True, help_text='Seperti tertulis dalam DPA.', max_length=80, verbose_name='nama')),
                ('group', models.CharField(choices=[('OWN', 'Pendapatan daerah'), ('TRANSFER', 'Transfer pusat'), ('OTHER_BUDGET', 'Anggaran provinsi dan pusat'), ('VILLAGE', 'Anggaran desa (APBDes)'), ('COMMUNITY', 'Masyarakat dan usaha')], help_text='Judul dalam daftar pilihan.', max_length=12, verbose_name='kelompok')),
                ('counts_in_absorption', models.BooleanField(default=True, help_text='Tidak dicentang: pagu dan realisasinya ditampilkan di samping, di luar jumlah SKPD.', verbose_name='masuk serapan SKPD')),
                ('first_year', models.PositiveSmallIntegerField(blank=True, help_text='Kosong: sejak awal.', null=True, validators=[django.core.validators.MinValueValidator(1900), django.core.validators.MaxValueValidator(2100)], verbose_name='sejak tahun')),
                ('last_year', models.PositiveSmallIntegerField(blank=True, help_text='Kosong: masih dipakai.', null=True, validators=[django.core.validators.MinValueValidator(1900), django.core.validators.MaxValueValidator(2100)], verbose_name='sampai tahun')),
                ('active', models.BooleanField(default=True, help_text='Tidak dicentang: baris lama tetap, pilihan baru tidak.', verbose_name='ditawarkan')),
                ('position', models.PositiveSmallIntegerField(default=100, help_text='Yang kecil tampil dahulu.', verbose_name='urutan')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical sumber dana',
                'verbose_name_plural': 'historical sumber dana',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
    ]
