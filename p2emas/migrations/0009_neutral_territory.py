"""Words of labels that hold for a kabupaten and for a kota alike."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('p2emas', '0008_neutral_words'),
    ]

    operations = [
        migrations.AlterField(
            model_name='assignment',
            name='village_slug',
            field=models.CharField(blank=True, help_text='Hanya pendamping: slug desa, atau * untuk konsultan seluruh daerah.', max_length=80, verbose_name='desa'),
        ),
        migrations.AlterField(
            model_name='historicalassignment',
            name='village_slug',
            field=models.CharField(blank=True, help_text='Hanya pendamping: slug desa, atau * untuk konsultan seluruh daerah.', max_length=80, verbose_name='desa'),
        ),
    ]
