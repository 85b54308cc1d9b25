"""Codes on papers of a handover, what their holders say, and who confirms it."""

import django.db.models.deletion
import p2emas.schema
import uuid
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('programs', '0051_visits'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HandoverSlip',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=p2emas.schema.receipt_code, editable=False, max_length=10, unique=True)),
                ('printed_at', models.DateTimeField(default=p2emas.schema.now, verbose_name='pertama dicetak')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='diganti')),
                ('package', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='slips', to='programs.aidpackage', verbose_name='paket bantuan')),
                ('printed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'lembar serah terima',
                'verbose_name_plural': 'lembar serah terima',
                'ordering': ['-printed_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='HolderStatement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('arrived', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='yang datang')),
                ('condition', models.CharField(choices=[('GOOD', 'Baik semua'), ('PARTLY', 'Sebagian rusak atau mati'), ('BAD', 'Rusak atau mati semua'), ('REFUSED', 'Kami menolak barang ini')], max_length=7, verbose_name='keadaan')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='keterangan')),
                ('counts', models.BooleanField(default=False, verbose_name='dipakai')),
                ('stated_at', models.DateTimeField(default=p2emas.schema.now, verbose_name='dinyatakan')),
                ('package', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='programs.aidpackage', verbose_name='paket bantuan')),
                ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('slip', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='programs.handoverslip')),
            ],
            options={
                'verbose_name': 'pernyataan pemegang BAST',
                'verbose_name_plural': 'pernyataan pemegang BAST',
                'ordering': ['-stated_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='HolderPhoto',
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
                ('uploaded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('statement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='photos', to='programs.holderstatement', verbose_name='pernyataan')),
            ],
            options={
                'verbose_name': 'foto pernyataan',
                'verbose_name_plural': 'foto pernyataan',
                'ordering': ['uploaded_at', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='StatementWitness',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('VISIT', 'kunjungan pendamping'), ('CALL', 'telepon')], max_length=5, verbose_name='cara')),
                ('seen_on', models.DateField(verbose_name='tanggal')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='catatan')),
                ('statement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='witnesses', to='programs.holderstatement', verbose_name='pernyataan')),
                ('written_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'penguat pernyataan',
                'verbose_name_plural': 'penguat pernyataan',
                'ordering': ['seen_on', 'pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='handoverslip',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('package',), name='programs_handoverslip_one_open', violation_error_message='Paket ini sudah punya kode yang berlaku.'),
        ),
        migrations.AddConstraint(
            model_name='holderstatement',
            constraint=models.UniqueConstraint(condition=models.Q(('counts', True)), fields=('package',), name='programs_holderstatement_one_counts', violation_error_message='Satu jawaban yang dipakai untuk satu paket.'),
        ),
        migrations.AddConstraint(
            model_name='holderstatement',
            constraint=models.CheckConstraint(condition=models.Q(('arrived__gte', 0), ('arrived__lte', Decimal('1000000000'))), name='programs_holderstatement_arrived', violation_error_message='Jumlah yang datang tidak boleh negatif.'),
        ),
        migrations.AddConstraint(
            model_name='statementwitness',
            constraint=models.UniqueConstraint(fields=('statement', 'kind', 'seen_on'), name='programs_statementwitness_once', violation_error_message='Kunjungan atau telepon hari itu sudah dicatat.'),
        ),
    ]
