"""Why a kept line is carried is one of a closed list, as on the line itself."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('programs', '0027_edits_of_photos'),
    ]

    operations = [
        migrations.AlterField(
            model_name='keptline',
            name='carried',
            field=models.CharField(blank=True, choices=[('BEFORE', 'dari laporan sebelumnya'), ('OWN', 'dari triwulan ini')], editable=False, max_length=6, verbose_name='dibawa'),
        ),
    ]
