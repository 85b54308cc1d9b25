"""Why a cumulative figure is lower than in the report before."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('programs', '0013_requests_to_correct_approved_reports'),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalreportline',
            name='correction',
            field=models.CharField(blank=True, choices=[('REFUND', 'Pengembalian ke kas daerah'), ('CORRECTION', 'Koreksi pembukuan'), ('TYPING', 'Salah ketik')], db_default='', default='', max_length=10, verbose_name='sebab turun'),
        ),
        migrations.AddField(
            model_name='historicalreportline',
            name='correction_reason',
            field=models.CharField(blank=True, db_default='', default='', max_length=300, verbose_name='alasan turun'),
        ),
        migrations.AddField(
            model_name='reportline',
            name='correction',
            field=models.CharField(blank=True, choices=[('REFUND', 'Pengembalian ke kas daerah'), ('CORRECTION', 'Koreksi pembukuan'), ('TYPING', 'Salah ketik')], db_default='', default='', max_length=10, verbose_name='sebab turun'),
        ),
        migrations.AddField(
            model_name='reportline',
            name='correction_reason',
            field=models.CharField(blank=True, db_default='', default='', max_length=300, verbose_name='alasan turun'),
        ),
        migrations.AddConstraint(
            model_name='reportline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('correction', ''), ('correction_reason', '')), models.Q(('correction__in', ('REFUND', 'CORRECTION', 'TYPING')), models.Q(('correction_reason', ''), _negated=True)), _connector='OR'), name='programs_reportline_correction_reasoned', violation_error_message='Angka yang turun punya sebab dan alasan.'),
        ),
    ]
