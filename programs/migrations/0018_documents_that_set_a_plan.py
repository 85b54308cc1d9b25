"""By which documents a plan was set: date of the budget document, regulation on the Renja."""

from django.db import migrations, models

class Migration(migrations.Migration):

    dependencies = [
        ('programs', '0017_words_of_the_budget_document'),
    ]

    operations = [
        migrations.AddField(
            model_name='workplan',
            name='budget_doc_date',
            field=models.DateField(blank=True, null=True, verbose_name='tanggal DPA/DPPA'),
        ),
        migrations.AddField(
            model_name='workplan',
            name='regulation_date',
            field=models.DateField(blank=True, null=True, verbose_name='tanggal peraturan kepala daerah tentang Renja'),
        ),
        migrations.AddField(
            model_name='workplan',
            name='regulation_no',
            field=models.CharField(blank=True, db_default='', default='', max_length=80, verbose_name='nomor peraturan kepala daerah tentang Renja'),
        ),
        migrations.AddConstraint(
            model_name='workplan',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('regulation_date', None), ('regulation_no', '')), models.Q(models.Q(('regulation_no', ''), _negated=True), ('regulation_date__isnull', False)), _connector='OR'), name='programs_workplan_regulation_whole', violation_error_message='Isi nomor dan tanggal peraturan bersama-sama, atau kosongkan keduanya.'),
        ),
    ]
