"""What official papers print of a report while it is corrected; no released version has copies yet."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('programs', '0039_sentences_about_obstacles'),
    ]

    operations = [
        migrations.AddField(
            model_name='keptreport',
            name='hindering_factor',
            field=models.TextField(blank=True, db_default='', default='', verbose_name='faktor penghambat'),
        ),
        migrations.AddField(
            model_name='keptreport',
            name='letter_date',
            field=models.DateField(editable=False, null=True, verbose_name='tanggal surat pengantar'),
        ),
        migrations.AddField(
            model_name='keptreport',
            name='next_plan_step',
            field=models.TextField(blank=True, db_default='', default='', verbose_name='tindak lanjut Renja berikutnya'),
        ),
        migrations.AddField(
            model_name='keptreport',
            name='next_step',
            field=models.TextField(blank=True, db_default='', default='', verbose_name='tindak lanjut triwulan berikutnya'),
        ),
        migrations.AddField(
            model_name='keptreport',
            name='signer_name',
            field=models.CharField(blank=True, db_default='', default='', editable=False, max_length=120),
        ),
        migrations.AddField(
            model_name='keptreport',
            name='signer_nip',
            field=models.CharField(blank=True, db_default='', default='', editable=False, max_length=18),
        ),
        migrations.AddField(
            model_name='keptreport',
            name='signer_rank',
            field=models.CharField(blank=True, db_default='', default='', editable=False, max_length=60),
        ),
        migrations.AddField(
            model_name='keptreport',
            name='signer_title',
            field=models.CharField(blank=True, db_default='', default='', editable=False, max_length=140),
        ),
        migrations.AddField(
            model_name='keptreport',
            name='submitted_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='dikirim'),
        ),
        migrations.AddField(
            model_name='keptreport',
            name='supporting_factor',
            field=models.TextField(blank=True, db_default='', default='', verbose_name='faktor pendorong'),
        ),
    ]
