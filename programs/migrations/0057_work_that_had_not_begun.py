"""Whether a visit found that the work of a line had not begun."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('programs', '0056_released_parts_of_visits'),
    ]

    operations = [
        migrations.AddField(
            model_name='visitedline',
            name='not_begun',
            field=models.BooleanField(db_default=False, default=False, verbose_name='belum mulai di lapangan'),
        ),
    ]
