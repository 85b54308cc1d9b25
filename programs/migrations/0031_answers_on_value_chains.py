"""Answers of agencies to links of a village that are empty or there twice."""

import django.db.models.deletion
import p2emas.schema
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('districts', '0008_fill_measures'),
        ('p2emas', '0015_long_lists'),
        ('programs', '0030_proposals_of_plan_lines'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ChainAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='tahun')),
                ('link', models.CharField(choices=[('SEED', 'Bibit'), ('TOOLS', 'Sarana'), ('TRAINING', 'Pelatihan'), ('PRODUCTION', 'Produksi'), ('PROCESSING', 'Olahan'), ('CAPITAL', 'Modal'), ('MARKET', 'Pasar')], max_length=12, verbose_name='mata rantai')),
                ('text', models.CharField(max_length=300, verbose_name='jawaban')),
                ('answered_at', models.DateTimeField(default=p2emas.schema.now, editable=False, verbose_name='dijawab pada')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='chain_answers', to='p2emas.agency', verbose_name='SKPD')),
                ('answered_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dijawab oleh')),
                ('group', models.ForeignKey(blank=True, help_text='Kosong: jawaban atas mata rantai yang kosong.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='chain_answers', to='districts.communitygroup', verbose_name='kelompok')),
                ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='chain_answers', to='districts.village', verbose_name='desa')),
            ],
            options={
                'verbose_name': 'jawaban rantai nilai',
                'verbose_name_plural': 'jawaban rantai nilai',
                'ordering': ['year', 'village', 'link', 'pk'],
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('group', None)), fields=('year', 'village', 'link', 'agency'), name='programs_chainanswer_gap_once', violation_error_message='SKPD ini sudah menjawab mata rantai itu.'),
                    models.UniqueConstraint(condition=models.Q(('group__isnull', False)), fields=('year', 'village', 'link', 'agency', 'group'), name='programs_chainanswer_twice_once', violation_error_message='SKPD ini sudah menjawab tentang kelompok itu.'),
                    models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='programs_chainanswer_text', violation_error_message='Tulis jawaban dalam satu kalimat.'),
                ],
            },
        ),
        migrations.CreateModel(
            name='HistoricalChainAnswer',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='tahun')),
                ('link', models.CharField(choices=[('SEED', 'Bibit'), ('TOOLS', 'Sarana'), ('TRAINING', 'Pelatihan'), ('PRODUCTION', 'Produksi'), ('PROCESSING', 'Olahan'), ('CAPITAL', 'Modal'), ('MARKET', 'Pasar')], max_length=12, verbose_name='mata rantai')),
                ('text', models.CharField(max_length=300, verbose_name='jawaban')),
                ('answered_at', models.DateTimeField(default=p2emas.schema.now, editable=False, verbose_name='dijawab pada')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('agency', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='p2emas.agency', verbose_name='SKPD')),
                ('answered_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dijawab oleh')),
                ('group', models.ForeignKey(blank=True, db_constraint=False, help_text='Kosong: jawaban atas mata rantai yang kosong.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='districts.communitygroup', verbose_name='kelompok')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('village', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='districts.village', verbose_name='desa')),
            ],
            options={
                'verbose_name': 'historical jawaban rantai nilai',
                'verbose_name_plural': 'historical jawaban rantai nilai',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
    ]
