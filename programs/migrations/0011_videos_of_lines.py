from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('programs', '0010_photos_say_their_source'),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalreportline',
            name='video_url',
            field=models.CharField(blank=True, db_default='', default='', max_length=300, verbose_name='tautan video'),
        ),
        migrations.AddField(
            model_name='reportline',
            name='video_url',
            field=models.CharField(blank=True, db_default='', default='', max_length=300, verbose_name='tautan video'),
        ),
    ]
