"""Sign-ins, downloads of lists of people and links to a new password leave rows."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('p2emas', '0009_neutral_territory'),
    ]

    operations = [
        migrations.CreateModel(
            name='AccountTrace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('SIGNED_IN', 'Masuk'), ('EXPORTED', 'Mengunduh daftar nama'), ('LINK', 'Mengirim tautan kata sandi')], max_length=10, verbose_name='apa')),
                ('network', models.CharField(blank=True, max_length=43, verbose_name='jaringan')),
                ('device', models.CharField(blank=True, max_length=60, verbose_name='perangkat')),
                ('detail', models.CharField(blank=True, max_length=120, verbose_name='rincian')),
                ('at', models.DateTimeField(verbose_name='waktu')),
                ('about', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='kepada')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='traces', to=settings.AUTH_USER_MODEL, verbose_name='siapa')),
            ],
            options={
                'verbose_name': 'jejak akun',
                'verbose_name_plural': 'jejak akun',
                'ordering': ['-at', '-pk'],
                'indexes': [models.Index(fields=['user', 'kind', '-at'], name='p2emas_trace_by_user'), models.Index(fields=['kind', '-at'], name='p2emas_trace_by_kind'), models.Index(fields=['-at'], name='p2emas_trace_by_time')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind', 'LINK'), _negated=True), ('about__isnull', False), _connector='OR'), name='p2emas_accounttrace_link_to_somebody', violation_error_message='Tautan kata sandi selalu kepada seseorang.'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'EXPORTED'), _negated=True), models.Q(('detail', ''), _negated=True), _connector='OR'), name='p2emas_accounttrace_export_named', violation_error_message='Sebut berkas yang diunduh.')],
            },
        ),
    ]
