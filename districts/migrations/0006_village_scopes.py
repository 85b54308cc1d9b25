"""Where facilitators work: a table of its own instead of a text in their assignments."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('districts', '0005_neutral_territory'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalVillageScope',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('whole_regency', models.BooleanField(default=False, verbose_name='seluruh daerah')),
                ('valid_from', models.DateField(verbose_name='sejak')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='sampai')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='pengguna')),
                ('village', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='districts.village', verbose_name='desa')),
            ],
            options={
                'verbose_name': 'historical cakupan desa',
                'verbose_name_plural': 'historical cakupan desa',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='VillageScope',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('whole_regency', models.BooleanField(default=False, verbose_name='seluruh daerah')),
                ('valid_from', models.DateField(verbose_name='sejak')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='sampai')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='village_scopes', to=settings.AUTH_USER_MODEL, verbose_name='pengguna')),
                ('village', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='scopes', to='districts.village', verbose_name='desa')),
            ],
            options={
                'verbose_name': 'cakupan desa',
                'verbose_name_plural': 'cakupan desa',
                'ordering': ['-valid_from', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('village', None), ('whole_regency', True)), models.Q(('village__isnull', False), ('whole_regency', False)), _connector='OR'), name='districts_villagescope_one_place', violation_error_message='Pilih satu desa atau seluruh daerah.'), models.CheckConstraint(condition=models.Q(('valid_until', None), ('valid_from__lte', models.F('valid_until')), _connector='OR'), name='districts_villagescope_dates', violation_error_message='Tanggal akhir cakupan tidak boleh sebelum tanggal mulainya.')],
            },
        ),
    ]
