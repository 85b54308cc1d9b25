from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('programs', '0008_bounds_of_indicators'),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalreportline',
            name='over_budget_reason',
            field=models.CharField(blank=True, db_default='', default='', max_length=300, verbose_name='alasan di atas pagu'),
        ),
        migrations.AddField(
            model_name='reportcomment',
            name='finding',
            field=models.CharField(blank=True, db_default='', default='', editable=False, max_length=30, verbose_name='temuan'),
        ),
        migrations.AddField(
            model_name='reportline',
            name='over_budget_reason',
            field=models.CharField(blank=True, db_default='', default='', max_length=300, verbose_name='alasan di atas pagu'),
        ),
    ]
