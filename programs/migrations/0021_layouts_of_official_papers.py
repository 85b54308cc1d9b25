"""Version, labels, deadline and intervals of an official paper."""

import django.core.validators
import django.db.models.deletion
import simple_history.models
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('p2emas', '0015_long_lists'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('programs', '0020_fill_funds'),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalRecapLabel',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('number', models.CharField(help_text='Nomor pada bentuk itu, misalnya 12.', max_length=4, verbose_name='nomor kolom')),
                ('label', models.CharField(blank=True, help_text='Kosong: judul bawaan. {year} menjadi tahun periode, {before} tahun sebelumnya.', max_length=120, verbose_name='judul kolom')),
                ('hidden', models.BooleanField(default=False, help_text='Centang bila kolom ini tidak dipakai.', verbose_name='tidak dicetak')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical judul kolom',
                'verbose_name_plural': 'historical judul kolom',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalRecapLayout',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('paper', models.CharField(choices=[('e81', 'E.81 Evaluasi Renja, 16 kolom'), ('e81-17', 'E.81 Evaluasi Renja, 17 kolom'), ('rkpd', 'Evaluasi RKPD, 17 kolom'), ('rfk', 'RFK bulanan')], db_index=True, help_text='Tiap bentuk diatur satu kali.', max_length=8, verbose_name='bentuk')),
                ('version', models.CharField(blank=True, help_text='Tercetak di kaki bentuk, misalnya 2019-1.', max_length=40, verbose_name='versi tata letak')),
                ('rule', models.CharField(blank=True, help_text='Misalnya Permendagri 86/2017. Tercetak di kaki bentuk.', max_length=160, verbose_name='dasar aturan')),
                ('title', models.CharField(blank=True, help_text='Kosong: judul bawaan.', max_length=200, verbose_name='judul')),
                ('due_days', models.PositiveSmallIntegerField(blank=True, help_text='Hari kerja sesudah periode berakhir. Kosong: sama dengan batas laporan.', null=True, validators=[django.core.validators.MaxValueValidator(250)], verbose_name='batas penyampaian')),
                ('falling', models.CharField(choices=[('ratio', 'Target dibagi realisasi'), ('gap', 'Dua kali target dikurangi realisasi, dibagi target')], db_default='ratio', default='ratio', help_text='Cara menghitung capaian bila makin kecil makin baik.', max_length=5, verbose_name='capaian tren negatif')),
                ('very_high', models.DecimalField(decimal_places=2, default=Decimal('91'), help_text='Persen, dibandingkan sebelum dibulatkan.', max_digits=5, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='Sangat Tinggi mulai')),
                ('high', models.DecimalField(decimal_places=2, default=Decimal('76'), help_text='Persen.', max_digits=5, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='Tinggi mulai')),
                ('moderate', models.DecimalField(decimal_places=2, default=Decimal('66'), help_text='Persen.', max_digits=5, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='Sedang mulai')),
                ('low', models.DecimalField(decimal_places=2, default=Decimal('51'), help_text='Persen. Di bawahnya Sangat Rendah.', max_digits=5, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='Rendah mulai')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical tata letak rekap',
                'verbose_name_plural': 'historical tata letak rekap',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='RecapLabel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(help_text='Nomor pada bentuk itu, misalnya 12.', max_length=4, verbose_name='nomor kolom')),
                ('label', models.CharField(blank=True, help_text='Kosong: judul bawaan. {year} menjadi tahun periode, {before} tahun sebelumnya.', max_length=120, verbose_name='judul kolom')),
                ('hidden', models.BooleanField(default=False, help_text='Centang bila kolom ini tidak dipakai.', verbose_name='tidak dicetak')),
            ],
            options={
                'verbose_name': 'judul kolom',
                'verbose_name_plural': 'judul kolom',
                'ordering': ['layout', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='RecapLayout',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('paper', models.CharField(choices=[('e81', 'E.81 Evaluasi Renja, 16 kolom'), ('e81-17', 'E.81 Evaluasi Renja, 17 kolom'), ('rkpd', 'Evaluasi RKPD, 17 kolom'), ('rfk', 'RFK bulanan')], help_text='Tiap bentuk diatur satu kali.', max_length=8, unique=True, verbose_name='bentuk')),
                ('version', models.CharField(blank=True, help_text='Tercetak di kaki bentuk, misalnya 2019-1.', max_length=40, verbose_name='versi tata letak')),
                ('rule', models.CharField(blank=True, help_text='Misalnya Permendagri 86/2017. Tercetak di kaki bentuk.', max_length=160, verbose_name='dasar aturan')),
                ('title', models.CharField(blank=True, help_text='Kosong: judul bawaan.', max_length=200, verbose_name='judul')),
                ('due_days', models.PositiveSmallIntegerField(blank=True, help_text='Hari kerja sesudah periode berakhir. Kosong: sama dengan batas laporan.', null=True, validators=[django.core.validators.MaxValueValidator(250)], verbose_name='batas penyampaian')),
                ('falling', models.CharField(choices=[('ratio', 'Target dibagi realisasi'), ('gap', 'Dua kali target dikurangi realisasi, dibagi target')], db_default='ratio', default='ratio', help_text='Cara menghitung capaian bila makin kecil makin baik.', max_length=5, verbose_name='capaian tren negatif')),
                ('very_high', models.DecimalField(decimal_places=2, default=Decimal('91'), help_text='Persen, dibandingkan sebelum dibulatkan.', max_digits=5, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='Sangat Tinggi mulai')),
                ('high', models.DecimalField(decimal_places=2, default=Decimal('76'), help_text='Persen.', max_digits=5, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='Tinggi mulai')),
                ('moderate', models.DecimalField(decimal_places=2, default=Decimal('66'), help_text='Persen.', max_digits=5, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='Sedang mulai')),
                ('low', models.DecimalField(decimal_places=2, default=Decimal('51'), help_text='Persen. Di bawahnya Sangat Rendah.', max_digits=5, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='Rendah mulai')),
            ],
            options={
                'verbose_name': 'tata letak rekap',
                'verbose_name_plural': 'tata letak rekap',
                'ordering': ['paper', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='historicalrecaplabel',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalrecaplayout',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='recaplayout',
            constraint=models.CheckConstraint(condition=models.Q(('high__gt', models.F('moderate')), ('low__gte', 0), ('moderate__gt', models.F('low')), ('very_high__gt', models.F('high'))), name='programs_recaplayout_intervals_fall', violation_error_message='Batas predikat harus menurun: Sangat Tinggi, Tinggi, Sedang, Rendah.'),
        ),
        migrations.AddField(
            model_name='recaplabel',
            name='layout',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='labels', to='programs.recaplayout', verbose_name='tata letak'),
        ),
        migrations.AddField(
            model_name='historicalrecaplabel',
            name='layout',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='programs.recaplayout', verbose_name='tata letak'),
        ),
        migrations.AddConstraint(
            model_name='recaplabel',
            constraint=models.UniqueConstraint(fields=('layout', 'number'), name='programs_recaplabel_once', violation_error_message='Kolom ini sudah diatur.'),
        ),
        migrations.AddConstraint(
            model_name='recaplabel',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('label', ''), _negated=True), ('hidden', True), _connector='OR'), name='programs_recaplabel_says_something', violation_error_message='Tulis judul kolom, atau centang tidak dicetak.'),
        ),
    ]
