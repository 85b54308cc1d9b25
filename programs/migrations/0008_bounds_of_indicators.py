from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('programs', '0007_sent_reports_answer_on_obstacles'),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalindicator',
            name='largest_change',
            field=models.DecimalField(blank=True, decimal_places=3, help_text='Dalam satu triwulan; lebih dari itu ditandai bagi pemeriksa. Kosong: tidak dibatasi.', max_digits=16, null=True, verbose_name='perubahan terbesar yang wajar'),
        ),
        migrations.AddField(
            model_name='indicator',
            name='largest_change',
            field=models.DecimalField(blank=True, decimal_places=3, help_text='Dalam satu triwulan; lebih dari itu ditandai bagi pemeriksa. Kosong: tidak dibatasi.', max_digits=16, null=True, verbose_name='perubahan terbesar yang wajar'),
        ),
        migrations.AddConstraint(
            model_name='indicator',
            constraint=models.CheckConstraint(condition=models.Q(('largest_change', None), ('largest_change__gte', 0), _connector='OR'), name='programs_indicator_largest_change', violation_error_message='Perubahan terbesar yang wajar tidak boleh negatif.'),
        ),
    ]
