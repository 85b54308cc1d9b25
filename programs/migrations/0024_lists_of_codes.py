"""Lists of codes by version, a crosswalk between them, and activities that name any version."""

import django.core.validators
import django.db.models.deletion
import re
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('programs', '0023_money_of_the_rka'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='NomenclatureEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.CharField(choices=[('URUSAN', 'Urusan'), ('BIDANG', 'Bidang urusan'), ('PROGRAM', 'Program'), ('KEGIATAN', 'Kegiatan'), ('SUB_KEGIATAN', 'Sub kegiatan')], help_text='Tingkat dalam daftar.', max_length=12, verbose_name='tingkat')),
                ('code', models.CharField(help_text='Lengkap dari urusan, misalnya 2.01.XX.15.02.', max_length=30, validators=[django.core.validators.RegexValidator(re.compile('^[0-9X]{1,2}(\\.[0-9X]{1,4}){0,7}$'), 'Tulis kode dengan titik, misalnya 2.01.XX.15.02; X menggantikan nomor yang bebas.')], verbose_name='kode')),
                ('name', models.CharField(help_text='Seperti tertulis dalam peraturan.', max_length=300, verbose_name='nama')),
                ('parent_code', models.CharField(blank=True, help_text='Kode tingkat di atasnya; kosong untuk urusan.', max_length=30, verbose_name='kode induk')),
            ],
            options={
                'verbose_name': 'kode nomenklatur',
                'verbose_name_plural': 'kode nomenklatur',
                'ordering': ['version', 'code', 'pk'],
            },
        ),
        migrations.AlterField(
            model_name='activity',
            name='nomenclature',
            field=models.CharField(default='13/2006', help_text='Aturan kode: 13/2006 sampai 2020, 90/2019 dan pemutakhirannya sejak 2021.', max_length=20, verbose_name='nomenklatur'),
        ),
        migrations.AlterField(
            model_name='historicalactivity',
            name='nomenclature',
            field=models.CharField(default='13/2006', help_text='Aturan kode: 13/2006 sampai 2020, 90/2019 dan pemutakhirannya sejak 2021.', max_length=20, verbose_name='nomenklatur'),
        ),
        migrations.CreateModel(
            name='HistoricalNomenclatureVersion',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('code', models.CharField(db_index=True, help_text='Nomor singkat, misalnya 050-5889.', max_length=20, validators=[django.core.validators.RegexValidator('^[0-9A-Z][0-9A-Z./-]*\\Z', 'Kode nomenklatur hanya huruf besar, angka, titik, dan garis.')], verbose_name='kode')),
                ('regulation', models.CharField(help_text='Nama lengkap peraturannya.', max_length=200, verbose_name='peraturan')),
                ('first_year', models.PositiveSmallIntegerField(help_text='Tahun anggaran pertama yang memakainya.', validators=[django.core.validators.MinValueValidator(1900), django.core.validators.MaxValueValidator(2100)], verbose_name='sejak tahun anggaran')),
                ('last_year', models.PositiveSmallIntegerField(blank=True, help_text='Kosong: masih dipakai.', null=True, validators=[django.core.validators.MinValueValidator(1900), django.core.validators.MaxValueValidator(2100)], verbose_name='sampai tahun anggaran')),
                ('completeness', models.CharField(choices=[('LENGKAP', 'Lengkap'), ('SEBAGIAN', 'Sebagian')], default='SEBAGIAN', help_text='Lengkap: kode di luar daftar ditolak. Sebagian: kode di luar daftar diterima dan ditandai.', max_length=8, verbose_name='kelengkapan daftar')),
                ('source', models.CharField(blank=True, help_text='Berkas atau alamat asal daftar.', max_length=200, verbose_name='sumber daftar')),
                ('position', models.PositiveSmallIntegerField(default=100, help_text='Pembaruan sesudah yang diperbarui.', verbose_name='urutan')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical versi nomenklatur',
                'verbose_name_plural': 'historical versi nomenklatur',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalCodeCrosswalk',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('note', models.CharField(blank=True, help_text='Misalnya digabung, dipecah.', max_length=200, verbose_name='catatan')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('from_entry', models.ForeignKey(blank=True, db_constraint=False, help_text='Kode dalam versi yang lebih lama.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='programs.nomenclatureentry', verbose_name='kode lama')),
                ('to_entry', models.ForeignKey(blank=True, db_constraint=False, help_text='Kode dalam versi yang lebih baru.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='programs.nomenclatureentry', verbose_name='kode baru')),
            ],
            options={
                'verbose_name': 'historical padanan kode',
                'verbose_name_plural': 'historical padanan kode',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='NomenclatureVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(help_text='Nomor singkat, misalnya 050-5889.', max_length=20, unique=True, validators=[django.core.validators.RegexValidator('^[0-9A-Z][0-9A-Z./-]*\\Z', 'Kode nomenklatur hanya huruf besar, angka, titik, dan garis.')], verbose_name='kode')),
                ('regulation', models.CharField(help_text='Nama lengkap peraturannya.', max_length=200, verbose_name='peraturan')),
                ('first_year', models.PositiveSmallIntegerField(help_text='Tahun anggaran pertama yang memakainya.', validators=[django.core.validators.MinValueValidator(1900), django.core.validators.MaxValueValidator(2100)], verbose_name='sejak tahun anggaran')),
                ('last_year', models.PositiveSmallIntegerField(blank=True, help_text='Kosong: masih dipakai.', null=True, validators=[django.core.validators.MinValueValidator(1900), django.core.validators.MaxValueValidator(2100)], verbose_name='sampai tahun anggaran')),
                ('completeness', models.CharField(choices=[('LENGKAP', 'Lengkap'), ('SEBAGIAN', 'Sebagian')], default='SEBAGIAN', help_text='Lengkap: kode di luar daftar ditolak. Sebagian: kode di luar daftar diterima dan ditandai.', max_length=8, verbose_name='kelengkapan daftar')),
                ('source', models.CharField(blank=True, help_text='Berkas atau alamat asal daftar.', max_length=200, verbose_name='sumber daftar')),
                ('position', models.PositiveSmallIntegerField(default=100, help_text='Pembaruan sesudah yang diperbarui.', verbose_name='urutan')),
            ],
            options={
                'verbose_name': 'versi nomenklatur',
                'verbose_name_plural': 'versi nomenklatur',
                'ordering': ['first_year', 'position', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('last_year', None), ('first_year__lte', models.F('last_year')), _connector='OR'), name='programs_nomenclatureversion_years', violation_error_message='Tahun terakhir tidak boleh sebelum tahun pertama.')],
            },
        ),
        migrations.AddField(
            model_name='nomenclatureentry',
            name='version',
            field=models.ForeignKey(help_text='Peraturan yang memuatnya.', on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='programs.nomenclatureversion', verbose_name='versi nomenklatur'),
        ),
        migrations.CreateModel(
            name='HistoricalNomenclatureEntry',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('level', models.CharField(choices=[('URUSAN', 'Urusan'), ('BIDANG', 'Bidang urusan'), ('PROGRAM', 'Program'), ('KEGIATAN', 'Kegiatan'), ('SUB_KEGIATAN', 'Sub kegiatan')], help_text='Tingkat dalam daftar.', max_length=12, verbose_name='tingkat')),
                ('code', models.CharField(help_text='Lengkap dari urusan, misalnya 2.01.XX.15.02.', max_length=30, validators=[django.core.validators.RegexValidator(re.compile('^[0-9X]{1,2}(\\.[0-9X]{1,4}){0,7}$'), 'Tulis kode dengan titik, misalnya 2.01.XX.15.02; X menggantikan nomor yang bebas.')], verbose_name='kode')),
                ('name', models.CharField(help_text='Seperti tertulis dalam peraturan.', max_length=300, verbose_name='nama')),
                ('parent_code', models.CharField(blank=True, help_text='Kode tingkat di atasnya; kosong untuk urusan.', max_length=30, verbose_name='kode induk')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('version', models.ForeignKey(blank=True, db_constraint=False, help_text='Peraturan yang memuatnya.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='programs.nomenclatureversion', verbose_name='versi nomenklatur')),
            ],
            options={
                'verbose_name': 'historical kode nomenklatur',
                'verbose_name_plural': 'historical kode nomenklatur',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='CodeCrosswalk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('note', models.CharField(blank=True, help_text='Misalnya digabung, dipecah.', max_length=200, verbose_name='catatan')),
                ('from_entry', models.ForeignKey(help_text='Kode dalam versi yang lebih lama.', on_delete=django.db.models.deletion.PROTECT, related_name='became', to='programs.nomenclatureentry', verbose_name='kode lama')),
                ('to_entry', models.ForeignKey(help_text='Kode dalam versi yang lebih baru.', on_delete=django.db.models.deletion.PROTECT, related_name='came_from', to='programs.nomenclatureentry', verbose_name='kode baru')),
            ],
            options={
                'verbose_name': 'padanan kode',
                'verbose_name_plural': 'padanan kode',
                'ordering': ['from_entry', 'to_entry'],
                'constraints': [models.UniqueConstraint(fields=('from_entry', 'to_entry'), name='programs_codecrosswalk_once', violation_error_message='Padanan ini sudah ada.'), models.CheckConstraint(condition=models.Q(('from_entry', models.F('to_entry')), _negated=True), name='programs_codecrosswalk_two_codes', violation_error_message='Kode lama dan kode baru harus dua kode yang berbeda.')],
            },
        ),
        migrations.AddIndex(
            model_name='nomenclatureentry',
            index=models.Index(fields=['version', 'parent_code'], name='programs_entry_children'),
        ),
        migrations.AddIndex(
            model_name='nomenclatureentry',
            index=models.Index(fields=['code'], name='programs_entry_code'),
        ),
        migrations.AddConstraint(
            model_name='nomenclatureentry',
            constraint=models.UniqueConstraint(fields=('version', 'code'), name='programs_nomenclatureentry_code_once', violation_error_message='Kode ini sudah ada dalam versi itu.'),
        ),
        migrations.AddConstraint(
            model_name='nomenclatureentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('level', 'URUSAN'), ('parent_code', '')), models.Q(models.Q(('level', 'URUSAN'), _negated=True), models.Q(('parent_code', ''), _negated=True)), _connector='OR'), name='programs_nomenclatureentry_parent', violation_error_message='Urusan tidak punya induk, tingkat lain punya.'),
        ),
    ]
