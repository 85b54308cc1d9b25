"""Who is the deputy of a person on leave is a table of its own."""

import django.db.models.deletion
import p2emas.schema
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('p2emas', '0025_legal_basis_of_drafts'),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalAbsence',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('role', models.CharField(choices=[('coordinator', 'Koordinator'), ('coordinator_head', 'Kepala kantor atau bidang'), ('leader', 'Pimpinan daerah'), ('agency_operator', 'Operator SKPD'), ('agency_head', 'Kepala SKPD'), ('district_admin', 'Admin kecamatan'), ('facilitator', 'Pendamping'), ('panelist', 'Panelis atau penilai'), ('auditor', 'Inspektorat')], max_length=20, verbose_name='peran')),
                ('valid_from', models.DateField(verbose_name='sejak')),
                ('valid_until', models.DateField(verbose_name='sampai')),
                ('acting', models.CharField(blank=True, choices=[('PLH', 'Plh. (pejabatnya berhalangan sementara)'), ('PLT', 'Plt. (jabatannya kosong)')], max_length=3, verbose_name='kedudukan')),
                ('rank', models.CharField(blank=True, max_length=60, verbose_name='pangkat pengganti')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('agency', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='p2emas.agency', verbose_name='perangkat daerah')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='yang digantikan')),
                ('replaces', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='p2emas.official', verbose_name='jabatan yang diisi')),
                ('stand_in', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='pengganti')),
            ],
            options={
                'verbose_name': 'historical penggantian tugas',
                'verbose_name_plural': 'historical penggantian tugas',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Absence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('coordinator', 'Koordinator'), ('coordinator_head', 'Kepala kantor atau bidang'), ('leader', 'Pimpinan daerah'), ('agency_operator', 'Operator SKPD'), ('agency_head', 'Kepala SKPD'), ('district_admin', 'Admin kecamatan'), ('facilitator', 'Pendamping'), ('panelist', 'Panelis atau penilai'), ('auditor', 'Inspektorat')], max_length=20, verbose_name='peran')),
                ('valid_from', models.DateField(verbose_name='sejak')),
                ('valid_until', models.DateField(verbose_name='sampai')),
                ('acting', models.CharField(blank=True, choices=[('PLH', 'Plh. (pejabatnya berhalangan sementara)'), ('PLT', 'Plt. (jabatannya kosong)')], max_length=3, verbose_name='kedudukan')),
                ('rank', models.CharField(blank=True, max_length=60, verbose_name='pangkat pengganti')),
                ('asked_at', models.DateTimeField(default=p2emas.schema.now, editable=False, verbose_name='diminta')),
                ('named_at', models.DateTimeField(editable=False, null=True, verbose_name='ditetapkan')),
                ('status', models.CharField(choices=[('ASKED', 'Diminta'), ('NAMED', 'Ditetapkan'), ('DECLINED', 'Tidak disetujui'), ('WITHDRAWN', 'Ditarik'), ('ENDED', 'Diakhiri')], default='ASKED', editable=False, max_length=10, verbose_name='status')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='p2emas.agency', verbose_name='perangkat daerah')),
                ('asked_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='diminta oleh')),
                ('assignment', models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='absence', to='p2emas.assignment', verbose_name='penugasan')),
                ('named_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ditetapkan oleh')),
                ('official', models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='absence', to='p2emas.official', verbose_name='pejabat sementara')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='absences', to=settings.AUTH_USER_MODEL, verbose_name='yang digantikan')),
                ('replaces', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='p2emas.official', verbose_name='jabatan yang diisi')),
                ('stand_in', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stands_in', to=settings.AUTH_USER_MODEL, verbose_name='pengganti')),
            ],
            options={
                'verbose_name': 'penggantian tugas',
                'verbose_name_plural': 'penggantian tugas',
                'ordering': ['-valid_from', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_from__lte', models.F('valid_until'))), name='p2emas_absence_dates', violation_error_message='Tanggal akhir tidak boleh sebelum tanggal mulai.'), models.CheckConstraint(condition=models.Q(('person', models.F('stand_in')), _negated=True), name='p2emas_absence_two_people', violation_error_message='Pilih orang lain sebagai pengganti.'), models.CheckConstraint(condition=models.Q(('named_by', None), models.Q(('named_by', models.F('stand_in')), _negated=True), _connector='OR'), name='p2emas_absence_named_by_another', violation_error_message='Pengganti tidak menetapkan dirinya sendiri.'), models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['NAMED', 'ENDED']), _negated=True), models.Q(('named_at__isnull', False), ('named_by__isnull', False)), _connector='OR'), name='p2emas_absence_named_when', violation_error_message='Pengganti yang ditetapkan mencatat oleh siapa dan kapan.'), models.CheckConstraint(condition=models.Q(('status__in', ['NAMED', 'ENDED']), models.Q(('assignment', None), ('official', None)), _connector='OR'), name='p2emas_absence_rights_when_named', violation_error_message='Hak baru ada sesudah pengganti ditetapkan.'), models.CheckConstraint(condition=models.Q(models.Q(('acting', ''), ('replaces', None)), models.Q(models.Q(('acting', ''), _negated=True), ('replaces__isnull', False)), _connector='OR'), name='p2emas_absence_acts_in_an_office', violation_error_message='Plh. dan Plt. mengisi satu jabatan: isi keduanya, atau kosongkan keduanya.'), models.UniqueConstraint(condition=models.Q(('status__in', ['ASKED', 'NAMED'])), fields=('person', 'agency', 'role', 'valid_from'), name='p2emas_absence_once', violation_error_message='Pengganti sejak tanggal itu sudah diminta.')],
            },
        ),
    ]
