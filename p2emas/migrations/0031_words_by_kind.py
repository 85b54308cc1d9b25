"""The words of one kind as a range of an index, for questions that many records answer."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('p2emas', '0030_kinds_of_decrees'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='searchword',
            index=models.Index(fields=['kind', 'whole', 'word', 'record'], name='p2emas_searchword_of_kind'),
        ),
    ]
