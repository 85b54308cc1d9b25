"""The versions of a plan are called by their budget document: DPA, DPA pergeseran, DPPA."""

import django.db.models.deletion
from django.db import migrations, models

class Migration(migrations.Migration):

    dependencies = [
        ('programs', '0016_approved_figures_during_corrections'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='historicalworkplan',
            options={'get_latest_by': ('history_date', 'history_id'), 'ordering': ('-history_date', '-history_id'), 'verbose_name': 'historical rencana kerja dan anggaran', 'verbose_name_plural': 'historical rencana kerja dan anggaran'},
        ),
        migrations.AlterModelOptions(
            name='workplan',
            options={'ordering': ['-year', 'agency', '-sequence', 'pk'], 'verbose_name': 'rencana kerja dan anggaran', 'verbose_name_plural': 'rencana kerja dan anggaran'},
        ),
        migrations.AlterField(
            model_name='historicalprogressreport',
            name='plan',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='programs.workplan', verbose_name='rencana kerja dan anggaran'),
        ),
        migrations.AlterField(
            model_name='historicalworkplan',
            name='kind',
            field=models.CharField(choices=[('INDUK', 'DPA'), ('PERGESERAN', 'DPA pergeseran'), ('PERUBAHAN', 'DPPA')], default='INDUK', max_length=10, verbose_name='dokumen anggaran'),
        ),
        migrations.AlterField(
            model_name='progressreport',
            name='plan',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='programs.workplan', verbose_name='rencana kerja dan anggaran'),
        ),
        migrations.AlterField(
            model_name='workplan',
            name='kind',
            field=models.CharField(choices=[('INDUK', 'DPA'), ('PERGESERAN', 'DPA pergeseran'), ('PERUBAHAN', 'DPPA')], default='INDUK', max_length=10, verbose_name='dokumen anggaran'),
        ),
        migrations.AlterConstraint(
            model_name='workplan',
            name='programs_workplan_change_supersedes',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'INDUK'), ('supersedes', None)), models.Q(models.Q(('kind', 'INDUK'), _negated=True), ('supersedes__isnull', False)), _connector='OR'), name='programs_workplan_change_supersedes', violation_error_message='DPA pergeseran dan DPPA menggantikan versi yang sudah ditetapkan.'),
        ),
    ]
