"""An assignment is a role at an agency. Facilitators hold it once; their villages are in districts.VillageScope.

The code before this migration reads the column: close the site until the new code runs. The history keeps it as text.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('p2emas', '0010_traces_of_accounts'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='assignment',
            name='p2emas_assignment_village_only_facilitator',
        ),
        migrations.RemoveConstraint(
            model_name='assignment',
            name='p2emas_assignment_open_once',
        ),
        migrations.RemoveField(
            model_name='assignment',
            name='village_slug',
        ),
        migrations.AlterField(
            model_name='historicalassignment',
            name='village_slug',
            field=models.CharField(blank=True, default='', editable=False, max_length=80, verbose_name='desa'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.UniqueConstraint(condition=models.Q(('valid_until', None)), fields=('user', 'agency', 'role'), name='p2emas_assignment_open_once', violation_error_message='Penugasan yang sama masih berjalan.'),
        ),
    ]
