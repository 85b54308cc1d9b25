"""What belongs in the Renja of the next year, as form E.81 asks; reports so far have not said it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('programs', '0034_files_of_whole_plans'),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalprogressreport',
            name='next_plan_step',
            field=models.TextField(blank=True, db_default='', default='', max_length=2000, verbose_name='tindak lanjut Renja berikutnya'),
        ),
        migrations.AddField(
            model_name='progressreport',
            name='next_plan_step',
            field=models.TextField(blank=True, db_default='', default='', max_length=2000, verbose_name='tindak lanjut Renja berikutnya'),
        ),
    ]
