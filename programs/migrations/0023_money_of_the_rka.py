"""The amount of the draft budget (RKA), beside that of the budget document."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('programs', '0022_renstra'),
    ]

    operations = [
        migrations.AddField(
            model_name='workplan',
            name='rka_amount',
            field=models.BigIntegerField(blank=True, null=True, verbose_name='pagu RKA'),
        ),
        migrations.AddConstraint(
            model_name='workplan',
            constraint=models.CheckConstraint(condition=models.Q(('rka_amount', None), ('rka_amount__gte', 0), _connector='OR'), name='programs_workplan_rka_amount', violation_error_message='Pagu RKA tidak boleh negatif.'),
        ),
    ]
