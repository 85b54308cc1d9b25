"""Who put a photo on which line, and what was said of it."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('programs', '0026_several_videos_of_a_line'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalReportAttachment',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('original_name', models.CharField(max_length=120, verbose_name='nama berkas')),
                ('caption', models.CharField(blank=True, help_text='Singkat: apa yang tampak atau tertulis di dalamnya.', max_length=160, verbose_name='keterangan')),
                ('kind', models.CharField(choices=[('PHOTO', 'Foto kegiatan'), ('MINUTES', 'Berita acara'), ('LETTER', 'Surat pengantar bertanda tangan'), ('OTHER', 'Lainnya')], default='PHOTO', max_length=8, verbose_name='jenis')),
                ('from_device', models.BooleanField(db_default=False, default=False, editable=False, verbose_name='waktu dan tempat dari HP')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('line', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='programs.reportline', verbose_name='baris kegiatan')),
                ('report', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='programs.progressreport')),
            ],
            options={
                'verbose_name': 'historical lampiran laporan',
                'verbose_name_plural': 'historical lampiran laporan',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
    ]
