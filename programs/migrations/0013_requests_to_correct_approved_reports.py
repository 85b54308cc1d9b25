"""An agency asks to correct a report that was approved already; a head opens it."""

import django.db.models.deletion
import p2emas.schema
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('programs', '0012_lines_carried_to_the_end_of_the_year'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalReopenRequest',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('reason', models.CharField(max_length=1000, verbose_name='alasan')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('report', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='programs.progressreport', verbose_name='laporan')),
            ],
            options={
                'verbose_name': 'historical permintaan buka kembali',
                'verbose_name_plural': 'historical permintaan buka kembali',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='ReopenRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=1000, verbose_name='alasan')),
                ('status', models.CharField(choices=[('ASKED', 'Diminta'), ('OPENED', 'Dibuka'), ('REFUSED', 'Ditolak'), ('WITHDRAWN', 'Ditarik')], default='ASKED', editable=False, max_length=10, verbose_name='status')),
                ('asked_at', models.DateTimeField(default=p2emas.schema.now, editable=False, verbose_name='diminta')),
                ('decided_at', models.DateTimeField(editable=False, null=True, verbose_name='diputuskan')),
                ('asked_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reopen_requests', to='programs.progressreport', verbose_name='laporan')),
            ],
            options={
                'verbose_name': 'permintaan buka kembali',
                'verbose_name_plural': 'permintaan buka kembali',
                'ordering': ['-asked_at', '-pk'],
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('status', 'ASKED')), fields=('report',), name='programs_reopenrequest_one_asked', violation_error_message='Laporan ini sudah diminta dibuka kembali.'),
                    models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='programs_reopenrequest_reasoned', violation_error_message='Tulis alasan mengapa laporan perlu dikoreksi.'),
                    models.CheckConstraint(condition=models.Q(('decided_by', None), models.Q(('decided_by', models.F('asked_by')), _negated=True), _connector='OR'), name='programs_reopenrequest_asker_not_decider', violation_error_message='Yang meminta tidak boleh memutus permintaannya.'),
                    models.CheckConstraint(condition=models.Q(models.Q(('status__in', ('OPENED', 'REFUSED')), _negated=True), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='programs_reopenrequest_decided', violation_error_message='Permintaan yang diputus punya pemutus dan waktu putusan.'),
                ],
            },
        ),
    ]
