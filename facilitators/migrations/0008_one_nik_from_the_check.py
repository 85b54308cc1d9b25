"""One NIK passes the check once; sending one that somebody sent already is taken, so that it tells nothing."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('districts', '0004_kinds_of_groups'),
        ('facilitators', '0007_consent_names_who_asks'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='application',
            name='facilitators_application_nik_once',
        ),
        migrations.AlterField(
            model_name='application',
            name='rejected_for',
            field=models.CharField(blank=True, choices=[('FILES', 'Berkas tidak lengkap'), ('DOUBLE', 'Lamaran lain dari orang yang sama diperiksa'), ('REQUIREMENT', 'Syarat tidak terpenuhi'), ('TEST', 'Nilai tes di bawah batas lulus'), ('ABSENT', 'Tidak hadir tes atau wawancara'), ('RANK', 'Nilai akhir di bawah yang diterima')], max_length=11, verbose_name='alasan tidak lolos'),
        ),
        migrations.AddIndex(
            model_name='application',
            index=models.Index(fields=['round', 'nik_fingerprint'], name='facilitators_app_by_nik'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.UniqueConstraint(condition=models.Q(models.Q(('nik_fingerprint', ''), _negated=True), ('status__in', ('PASSED_FILES', 'PASSED_TEST', 'INVITED', 'ACCEPTED', 'RESERVE'))), fields=('round', 'nik_fingerprint'), name='facilitators_application_nik_once', violation_error_message='NIK ini sudah dipakai satu lamaran yang lolos administrasi.'),
        ),
    ]
