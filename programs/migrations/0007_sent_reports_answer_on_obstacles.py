"""What was sent says whether there are obstacles; the box, which could also mean "not asked yet", goes.

The code before this migration reads the column: close the site until the new code runs.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('programs', '0006_fill_answer_on_obstacles'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='historicalprogressreport',
            name='no_obstacles',
        ),
        migrations.RemoveField(
            model_name='progressreport',
            name='no_obstacles',
        ),
        migrations.AddConstraint(
            model_name='progressreport',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ('NOT_STARTED', 'DRAFT', 'RETURNED')), ('has_obstacles__isnull', False), _connector='OR'), name='programs_report_sent_says_obstacles', violation_error_message='Laporan yang terkirim menyatakan ada atau tidak ada kendala.'),
        ),
    ]
