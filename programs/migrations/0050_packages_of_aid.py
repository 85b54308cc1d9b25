"""Packages of aid, what was counted of them, and photos of it."""

import django.core.validators
import django.db.models.deletion
import p2emas.schema
import simple_history.models
import uuid
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('districts', '0013_minutes_of_decisions'),
        ('programs', '0049_sex_of_indicators'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AidCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.PositiveSmallIntegerField(choices=[(6, '6 bulan'), (12, '12 bulan'), (24, '24 bulan')], verbose_name='bulan ke-')),
                ('checked_on', models.DateField(verbose_name='tanggal pemeriksaan')),
                ('left', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='masih hidup atau dipakai')),
                ('condition', models.CharField(blank=True, choices=[('GOOD', 'Baik'), ('PARTLY', 'Sebagian rusak atau sakit'), ('BAD', 'Rusak atau mati')], max_length=6, verbose_name='keadaan')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='keterangan')),
                ('is_sample', models.BooleanField(default=False, editable=False, verbose_name='data contoh')),
                ('checked_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='pencatat')),
            ],
            options={
                'verbose_name': 'pemeriksaan paket bantuan',
                'verbose_name_plural': 'pemeriksaan paket bantuan',
                'ordering': ['package', 'month'],
            },
        ),
        migrations.CreateModel(
            name='AidCheckPhoto',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('file', models.FileField(max_length=80, upload_to=p2emas.schema.random_path, verbose_name='berkas')),
                ('thumbnail', models.FileField(blank=True, max_length=80, upload_to=p2emas.schema.random_path)),
                ('original_name', models.CharField(max_length=120, verbose_name='nama berkas')),
                ('content_type', models.CharField(max_length=80, verbose_name='jenis')),
                ('size', models.PositiveIntegerField(verbose_name='ukuran')),
                ('sha256', models.CharField(max_length=64)),
                ('caption', models.CharField(blank=True, help_text='Singkat: apa yang tampak atau tertulis di dalamnya.', max_length=160, verbose_name='keterangan')),
                ('taken_at', models.DateTimeField(blank=True, null=True, verbose_name='waktu pengambilan')),
                ('lat', models.DecimalField(blank=True, decimal_places=6, max_digits=9, null=True, verbose_name='lintang')),
                ('lng', models.DecimalField(blank=True, decimal_places=6, max_digits=9, null=True, verbose_name='bujur')),
                ('uploaded_at', models.DateTimeField(default=p2emas.schema.now, verbose_name='diunggah')),
                ('check_made', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='photos', to='programs.aidcheck', verbose_name='pemeriksaan')),
                ('uploaded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'foto pemeriksaan',
                'verbose_name_plural': 'foto pemeriksaan',
                'ordering': ['uploaded_at', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='AidPackage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('item', models.CharField(max_length=120, verbose_name='barang')),
                ('quantity', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='jumlah')),
                ('unit', models.CharField(max_length=30, verbose_name='satuan')),
                ('value', models.BigIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(999999999999999)], verbose_name='nilai (Rp)')),
                ('consumable', models.BooleanField(default=False, verbose_name='habis dipakai')),
                ('proposal_no', models.CharField(blank=True, max_length=80, verbose_name='nomor proposal')),
                ('proposal_on', models.DateField(blank=True, null=True, verbose_name='tanggal proposal')),
                ('recipient_decree_no', models.CharField(blank=True, max_length=80, verbose_name='nomor SK penerima')),
                ('recipient_decree_on', models.DateField(blank=True, null=True, verbose_name='tanggal SK penerima')),
                ('grant_no', models.CharField(blank=True, max_length=80, verbose_name='nomor NPHD')),
                ('grant_on', models.DateField(blank=True, null=True, verbose_name='tanggal NPHD')),
                ('handover_no', models.CharField(blank=True, max_length=80, verbose_name='nomor BAST')),
                ('handed_on', models.DateField(blank=True, null=True, verbose_name='tanggal BAST')),
                ('is_sample', models.BooleanField(default=False, verbose_name='data contoh')),
                ('created_at', models.DateTimeField(default=p2emas.schema.now, editable=False)),
                ('created_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='aid_packages', to='districts.communitygroup', verbose_name='kelompok penerima')),
                ('plan_line', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='aid_packages', to='programs.planline', verbose_name='baris rencana')),
            ],
            options={
                'verbose_name': 'paket bantuan',
                'verbose_name_plural': 'paket bantuan',
                'ordering': ['-handed_on', '-pk'],
            },
        ),
        migrations.AddField(
            model_name='aidcheck',
            name='package',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='checks', to='programs.aidpackage', verbose_name='paket bantuan'),
        ),
        migrations.CreateModel(
            name='HistoricalAidCheck',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('month', models.PositiveSmallIntegerField(choices=[(6, '6 bulan'), (12, '12 bulan'), (24, '24 bulan')], verbose_name='bulan ke-')),
                ('checked_on', models.DateField(verbose_name='tanggal pemeriksaan')),
                ('left', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='masih hidup atau dipakai')),
                ('condition', models.CharField(blank=True, choices=[('GOOD', 'Baik'), ('PARTLY', 'Sebagian rusak atau sakit'), ('BAD', 'Rusak atau mati')], max_length=6, verbose_name='keadaan')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='keterangan')),
                ('is_sample', models.BooleanField(default=False, editable=False, verbose_name='data contoh')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('package', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='programs.aidpackage', verbose_name='paket bantuan')),
            ],
            options={
                'verbose_name': 'historical pemeriksaan paket bantuan',
                'verbose_name_plural': 'historical pemeriksaan paket bantuan',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalAidPackage',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('item', models.CharField(max_length=120, verbose_name='barang')),
                ('quantity', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='jumlah')),
                ('unit', models.CharField(max_length=30, verbose_name='satuan')),
                ('value', models.BigIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(999999999999999)], verbose_name='nilai (Rp)')),
                ('consumable', models.BooleanField(default=False, verbose_name='habis dipakai')),
                ('proposal_no', models.CharField(blank=True, max_length=80, verbose_name='nomor proposal')),
                ('proposal_on', models.DateField(blank=True, null=True, verbose_name='tanggal proposal')),
                ('recipient_decree_no', models.CharField(blank=True, max_length=80, verbose_name='nomor SK penerima')),
                ('recipient_decree_on', models.DateField(blank=True, null=True, verbose_name='tanggal SK penerima')),
                ('grant_no', models.CharField(blank=True, max_length=80, verbose_name='nomor NPHD')),
                ('grant_on', models.DateField(blank=True, null=True, verbose_name='tanggal NPHD')),
                ('handover_no', models.CharField(blank=True, max_length=80, verbose_name='nomor BAST')),
                ('handed_on', models.DateField(blank=True, null=True, verbose_name='tanggal BAST')),
                ('is_sample', models.BooleanField(default=False, verbose_name='data contoh')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('group', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='districts.communitygroup', verbose_name='kelompok penerima')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('plan_line', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='programs.planline', verbose_name='baris rencana')),
            ],
            options={
                'verbose_name': 'historical paket bantuan',
                'verbose_name_plural': 'historical paket bantuan',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddIndex(
            model_name='aidpackage',
            index=models.Index(fields=['handed_on'], name='programs_aidpackage_handed'),
        ),
        migrations.AddConstraint(
            model_name='aidpackage',
            constraint=models.UniqueConstraint(fields=('plan_line', 'group', 'item', 'handover_no'), name='programs_aidpackage_once', violation_error_message='Paket dengan barang, kelompok, dan nomor BAST ini sudah tercatat.'),
        ),
        migrations.AddConstraint(
            model_name='aidpackage',
            constraint=models.CheckConstraint(condition=models.Q(('quantity__gt', 0), ('quantity__lte', Decimal('1000000000'))), name='programs_aidpackage_quantity', violation_error_message='Jumlah barang lebih dari nol dan paling banyak satu miliar.'),
        ),
        migrations.AddConstraint(
            model_name='aidpackage',
            constraint=models.CheckConstraint(condition=models.Q(('value', None), models.Q(('value__gte', 0), ('value__lte', 999999999999999)), _connector='OR'), name='programs_aidpackage_value', violation_error_message='Nilai paket tidak boleh negatif.'),
        ),
        migrations.AddConstraint(
            model_name='aidpackage',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('item', ''), _negated=True), models.Q(('unit', ''), _negated=True)), name='programs_aidpackage_named', violation_error_message='Tulis barang dan satuannya.'),
        ),
        migrations.AddConstraint(
            model_name='aidpackage',
            constraint=models.CheckConstraint(condition=models.Q(('handover_no', ''), ('handed_on__isnull', False), _connector='OR'), name='programs_aidpackage_handed_when', violation_error_message='BAST yang bernomor memuat tanggalnya.'),
        ),
        migrations.AddConstraint(
            model_name='aidcheck',
            constraint=models.UniqueConstraint(fields=('package', 'month'), name='programs_aidcheck_once', violation_error_message='Pemeriksaan bulan itu sudah dicatat.'),
        ),
        migrations.AddConstraint(
            model_name='aidcheck',
            constraint=models.CheckConstraint(condition=models.Q(('month__in', (6, 12, 24))), name='programs_aidcheck_month', violation_error_message='Pemeriksaan dilakukan pada bulan ke-6, ke-12, dan ke-24.'),
        ),
        migrations.AddConstraint(
            model_name='aidcheck',
            constraint=models.CheckConstraint(condition=models.Q(('left', None), ('left__gte', 0), _connector='OR'), name='programs_aidcheck_left', violation_error_message='Jumlah yang masih ada tidak boleh negatif.'),
        ),
        migrations.AddConstraint(
            model_name='aidcheck',
            constraint=models.CheckConstraint(condition=models.Q(('left__isnull', False), models.Q(models.Q(('note', ''), _negated=True), ('condition', '')), _connector='OR'), name='programs_aidcheck_lost_reasoned', violation_error_message='Tulis mengapa barangnya tidak dapat dihitung.'),
        ),
    ]
