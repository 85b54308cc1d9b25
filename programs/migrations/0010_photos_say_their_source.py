from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('programs', '0009_reasons_of_returns'),
    ]

    operations = [
        migrations.AddField(
            model_name='reportattachment',
            name='from_device',
            field=models.BooleanField(db_default=False, default=False, editable=False, verbose_name='waktu dan tempat dari HP'),
        ),
    ]
