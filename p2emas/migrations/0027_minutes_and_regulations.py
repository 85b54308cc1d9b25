"""Tables of minutes and of regulations that fix nothing, beside decrees."""

import uuid

import django.db.models.deletion
import p2emas.schema
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('p2emas', '0026_absences'),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalMinutes',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('number', models.CharField(blank=True, help_text='Dari buku agenda, misalnya 050/123/2017.', max_length=80, verbose_name='nomor')),
                ('dated', models.DateField(blank=True, help_text='Tanggal penandatanganan.', null=True, verbose_name='tanggal')),
                ('about', models.CharField(help_text='Judul naskah, tanpa kata tentang.', max_length=300, verbose_name='tentang')),
                ('signer_name', models.CharField(blank=True, help_text='Nama dengan gelar, seperti tertulis di naskah.', max_length=120, verbose_name='penanda tangan')),
                ('signer_nip', models.CharField(blank=True, help_text='18 angka, kosongkan bila tidak ada.', max_length=18, verbose_name='NIP penanda tangan')),
                ('signer_rank', models.CharField(blank=True, help_text='Misalnya Pembina Utama Muda.', max_length=60, verbose_name='pangkat penanda tangan')),
                ('signer_title', models.CharField(blank=True, help_text='Seperti tertulis di naskah.', max_length=120, verbose_name='jabatan penanda tangan')),
                ('source', models.CharField(blank=True, help_text='Dari mana isi ini diketahui.', max_length=300, verbose_name='sumber')),
                ('is_sample', models.BooleanField(default=False, help_text='Tandai bila nomor atau isinya rekaan.', verbose_name='data contoh')),
                ('place', models.CharField(blank=True, help_text='Tempat rapat.', max_length=160, verbose_name='tempat')),
                ('text', models.TextField(blank=True, help_text='Pokok pembahasan dan kesepakatan.', max_length=12000, verbose_name='isi')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical berita acara',
                'verbose_name_plural': 'historical berita acara',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalRegulation',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('number', models.CharField(blank=True, help_text='Dari buku agenda, misalnya 050/123/2017.', max_length=80, verbose_name='nomor')),
                ('dated', models.DateField(blank=True, help_text='Tanggal penandatanganan.', null=True, verbose_name='tanggal')),
                ('about', models.CharField(help_text='Judul naskah, tanpa kata tentang.', max_length=300, verbose_name='tentang')),
                ('signer_name', models.CharField(blank=True, help_text='Nama dengan gelar, seperti tertulis di naskah.', max_length=120, verbose_name='penanda tangan')),
                ('signer_nip', models.CharField(blank=True, help_text='18 angka, kosongkan bila tidak ada.', max_length=18, verbose_name='NIP penanda tangan')),
                ('signer_rank', models.CharField(blank=True, help_text='Misalnya Pembina Utama Muda.', max_length=60, verbose_name='pangkat penanda tangan')),
                ('signer_title', models.CharField(blank=True, help_text='Seperti tertulis di naskah.', max_length=120, verbose_name='jabatan penanda tangan')),
                ('source', models.CharField(blank=True, help_text='Dari mana isi ini diketahui.', max_length=300, verbose_name='sumber')),
                ('is_sample', models.BooleanField(default=False, help_text='Tandai bila nomor atau isinya rekaan.', verbose_name='data contoh')),
                ('text', models.TextField(blank=True, help_text='Hanya bila perlu; naskahnya ada pada pindaian.', max_length=12000, verbose_name='catatan isi')),
                ('is_public', models.BooleanField(default=False, help_text='Centang setelah diundangkan; nomor dan tanggalnya wajib.', verbose_name='tampil untuk umum')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical peraturan',
                'verbose_name_plural': 'historical peraturan',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Minutes',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(blank=True, help_text='Dari buku agenda, misalnya 050/123/2017.', max_length=80, verbose_name='nomor')),
                ('dated', models.DateField(blank=True, help_text='Tanggal penandatanganan.', null=True, verbose_name='tanggal')),
                ('about', models.CharField(help_text='Judul naskah, tanpa kata tentang.', max_length=300, verbose_name='tentang')),
                ('signer_name', models.CharField(blank=True, help_text='Nama dengan gelar, seperti tertulis di naskah.', max_length=120, verbose_name='penanda tangan')),
                ('signer_nip', models.CharField(blank=True, help_text='18 angka, kosongkan bila tidak ada.', max_length=18, verbose_name='NIP penanda tangan')),
                ('signer_rank', models.CharField(blank=True, help_text='Misalnya Pembina Utama Muda.', max_length=60, verbose_name='pangkat penanda tangan')),
                ('signer_title', models.CharField(blank=True, help_text='Seperti tertulis di naskah.', max_length=120, verbose_name='jabatan penanda tangan')),
                ('source', models.CharField(blank=True, help_text='Dari mana isi ini diketahui.', max_length=300, verbose_name='sumber')),
                ('is_sample', models.BooleanField(default=False, help_text='Tandai bila nomor atau isinya rekaan.', verbose_name='data contoh')),
                ('created_at', models.DateTimeField(default=p2emas.schema.now, editable=False)),
                ('place', models.CharField(blank=True, help_text='Tempat rapat.', max_length=160, verbose_name='tempat')),
                ('present', models.TextField(blank=True, help_text='Satu nama atau SKPD satu baris.', max_length=6000, verbose_name='yang hadir')),
                ('text', models.TextField(blank=True, help_text='Pokok pembahasan dan kesepakatan.', max_length=12000, verbose_name='isi')),
                ('signed_at', models.DateTimeField(editable=False, null=True, verbose_name='dicatat ditandatangani')),
                ('moved_from', models.PositiveBigIntegerField(editable=False, null=True, unique=True)),
                ('status', models.CharField(choices=[('DRAFT', 'Konsep'), ('SIGNED', 'Ditandatangani'), ('CANCELLED', 'Dibatalkan')], default='DRAFT', editable=False, max_length=10, verbose_name='status')),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'berita acara',
                'verbose_name_plural': 'berita acara',
                'ordering': ['-dated', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='MinutesFile',
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
                ('minutes', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='p2emas.minutes', verbose_name='berita acara')),
                ('uploaded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'pindaian berita acara',
                'verbose_name_plural': 'pindaian berita acara',
                'ordering': ['uploaded_at', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Regulation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(blank=True, help_text='Dari buku agenda, misalnya 050/123/2017.', max_length=80, verbose_name='nomor')),
                ('dated', models.DateField(blank=True, help_text='Tanggal penandatanganan.', null=True, verbose_name='tanggal')),
                ('about', models.CharField(help_text='Judul naskah, tanpa kata tentang.', max_length=300, verbose_name='tentang')),
                ('signer_name', models.CharField(blank=True, help_text='Nama dengan gelar, seperti tertulis di naskah.', max_length=120, verbose_name='penanda tangan')),
                ('signer_nip', models.CharField(blank=True, help_text='18 angka, kosongkan bila tidak ada.', max_length=18, verbose_name='NIP penanda tangan')),
                ('signer_rank', models.CharField(blank=True, help_text='Misalnya Pembina Utama Muda.', max_length=60, verbose_name='pangkat penanda tangan')),
                ('signer_title', models.CharField(blank=True, help_text='Seperti tertulis di naskah.', max_length=120, verbose_name='jabatan penanda tangan')),
                ('source', models.CharField(blank=True, help_text='Dari mana isi ini diketahui.', max_length=300, verbose_name='sumber')),
                ('is_sample', models.BooleanField(default=False, help_text='Tandai bila nomor atau isinya rekaan.', verbose_name='data contoh')),
                ('created_at', models.DateTimeField(default=p2emas.schema.now, editable=False)),
                ('text', models.TextField(blank=True, help_text='Hanya bila perlu; naskahnya ada pada pindaian.', max_length=12000, verbose_name='catatan isi')),
                ('is_public', models.BooleanField(default=False, help_text='Centang setelah diundangkan; nomor dan tanggalnya wajib.', verbose_name='tampil untuk umum')),
                ('moved_from', models.PositiveBigIntegerField(editable=False, null=True, unique=True)),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'peraturan',
                'verbose_name_plural': 'peraturan',
                'ordering': ['-dated', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='RegulationFile',
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
                ('regulation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='p2emas.regulation', verbose_name='peraturan')),
                ('uploaded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'pindaian peraturan',
                'verbose_name_plural': 'pindaian peraturan',
                'ordering': ['uploaded_at', 'pk'],
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='minutes',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'SIGNED'), _negated=True), models.Q(models.Q(('number', ''), _negated=True), ('dated__isnull', False), ('signed_at__isnull', False)), _connector='OR'), name='p2emas_minutes_numbered_when_signed', violation_error_message='Berita acara yang ditandatangani harus bernomor dan bertanggal.'),
        ),
        migrations.AddConstraint(
            model_name='minutes',
            constraint=models.UniqueConstraint(condition=models.Q(('number', ''), _negated=True), fields=('number', 'dated'), name='p2emas_minutes_number_once', violation_error_message='Berita acara dengan nomor dan tanggal ini sudah ada.'),
        ),
        migrations.AddConstraint(
            model_name='regulation',
            constraint=models.CheckConstraint(condition=models.Q(('is_public', False), models.Q(models.Q(('number', ''), _negated=True), ('dated__isnull', False)), _connector='OR'), name='p2emas_regulation_numbered_when_public', violation_error_message='Peraturan yang tampil untuk umum harus bernomor dan bertanggal.'),
        ),
        migrations.AddConstraint(
            model_name='regulation',
            constraint=models.UniqueConstraint(condition=models.Q(('number', ''), _negated=True), fields=('number', 'dated'), name='p2emas_regulation_number_once', violation_error_message='Peraturan dengan nomor dan tanggal ini sudah ada.'),
        ),
    ]
