"""Whether a report has obstacles becomes an answer of its own: yes, no, or not given yet."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('programs', '0004_indexes_of_the_few'),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalprogressreport',
            name='has_obstacles',
            field=models.BooleanField(editable=False, null=True, verbose_name='ada kendala'),
        ),
        migrations.AddField(
            model_name='progressreport',
            name='has_obstacles',
            field=models.BooleanField(editable=False, null=True, verbose_name='ada kendala'),
        ),
    ]
