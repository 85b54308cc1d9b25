"""An official comes to a meeting, and does what was promised there."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('p2emas', '0026_absences'),
        ('programs', '0045_codes_of_activities'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='meetingattendance',
            name='programs_meetingattendance_who',
        ),
        migrations.AddField(
            model_name='actionitem',
            name='official',
            field=models.ForeignKey(blank=True, help_text='Bila satu orang di sana yang mengerjakan.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='p2emas.official', verbose_name='pejabat'),
        ),
        migrations.AddField(
            model_name='historicalactionitem',
            name='official',
            field=models.ForeignKey(blank=True, db_constraint=False, help_text='Bila satu orang di sana yang mengerjakan.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='p2emas.official', verbose_name='pejabat'),
        ),
        migrations.AddField(
            model_name='meetingattendance',
            name='official',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='p2emas.official', verbose_name='pejabat'),
        ),
        migrations.AddConstraint(
            model_name='meetingattendance',
            constraint=models.UniqueConstraint(fields=('meeting', 'official'), name='programs_meetingattendance_official_once', violation_error_message='Pejabat ini sudah tercatat.'),
        ),
        migrations.AddConstraint(
            model_name='meetingattendance',
            constraint=models.CheckConstraint(condition=models.Q(('agency__isnull', False), ('official__isnull', False), models.Q(('name', ''), _negated=True), _connector='OR'), name='programs_meetingattendance_who', violation_error_message='Tulis nama yang hadir.'),
        ),
    ]
