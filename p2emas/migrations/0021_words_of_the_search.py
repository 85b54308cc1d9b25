"""Words by which the search finds records, and spellings of the words of names; `rebuild_search` fills both."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('p2emas', '0020_copied_invitations'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.CharField(max_length=80, verbose_name='kata')),
                ('kind', models.CharField(max_length=20, verbose_name='jenis')),
                ('record', models.BigIntegerField(verbose_name='nomor data')),
                ('whole', models.BooleanField(verbose_name='seluruh nama')),
            ],
            options={
                'verbose_name': 'kata pencarian',
                'verbose_name_plural': 'kata pencarian',
                'ordering': ['word', 'kind', 'record'],
                'indexes': [models.Index(fields=['kind', 'record', 'word'], name='p2emas_searchword_of_record')],
                'constraints': [models.UniqueConstraint(fields=('word', 'kind', 'record'), name='p2emas_searchword_once', violation_error_message='Kata ini sudah dicatat untuk data itu.')],
            },
        ),
        migrations.CreateModel(
            name='Spelling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=80, verbose_name='ejaan')),
                ('word', models.CharField(max_length=80, verbose_name='kata')),
            ],
            options={
                'verbose_name': 'ejaan',
                'verbose_name_plural': 'ejaan',
                'ordering': ['key', 'word'],
                'constraints': [models.UniqueConstraint(fields=('key', 'word'), name='p2emas_spelling_once', violation_error_message='Ejaan ini sudah dicatat untuk kata itu.')],
            },
        ),
    ]
