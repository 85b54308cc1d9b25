"""A report keeps what was spent on work that its plan no longer has, against a ceiling of 0."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('programs', '0011_videos_of_lines'),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalreportline',
            name='carried',
            field=models.CharField(blank=True, choices=[('BEFORE', 'dari laporan sebelumnya'), ('OWN', 'dari triwulan ini')], db_default='', default='', editable=False, max_length=6, verbose_name='dibawa'),
        ),
        migrations.AddField(
            model_name='reportline',
            name='carried',
            field=models.CharField(blank=True, choices=[('BEFORE', 'dari laporan sebelumnya'), ('OWN', 'dari triwulan ini')], db_default='', default='', editable=False, max_length=6, verbose_name='dibawa'),
        ),
        migrations.AddConstraint(
            model_name='reportline',
            constraint=models.CheckConstraint(condition=models.Q(('carried__in', ('', 'BEFORE', 'OWN'))), name='programs_reportline_carried', violation_error_message='Baris dibawa dari laporan sebelumnya atau dari triwulan ini.'),
        ),
        migrations.AddConstraint(
            model_name='reportline',
            constraint=models.CheckConstraint(condition=models.Q(('carried', ''), models.Q(('spent_to_date__gt', 0), ('spent_to_date__isnull', False)), models.Q(('physical_to_date__gt', 0), ('physical_to_date__isnull', False)), _connector='OR'), name='programs_reportline_carried_has_begun', violation_error_message='Hanya kegiatan dengan realisasi yang dibawa sampai akhir tahun.'),
        ),
    ]
