"""The regulations with which the draft of a decree begins belong to who we are."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('p2emas', '0024_origin_of_decrees'),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalidentity',
            name='legal_basis',
            field=models.TextField(blank=True, help_text='Satu peraturan satu baris, dengan perubahan terakhirnya. Konsep keputusan mulai dari daftar ini.', max_length=6000, verbose_name='dasar hukum konsep keputusan'),
        ),
        migrations.AddField(
            model_name='identity',
            name='legal_basis',
            field=models.TextField(blank=True, help_text='Satu peraturan satu baris, dengan perubahan terakhirnya. Konsep keputusan mulai dari daftar ini.', max_length=6000, verbose_name='dasar hukum konsep keputusan'),
        ),
    ]
