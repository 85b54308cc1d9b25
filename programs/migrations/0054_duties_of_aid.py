"""What a group passes on or gives back, and what went from group to group."""

import django.db.models.deletion
import simple_history.models
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('districts', '0013_minutes_of_decisions'),
        ('programs', '0053_verdicts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AidDuty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('PASS_ON', 'Digulirkan'), ('RETURN', 'Dikembalikan')], default='PASS_ON', max_length=7, verbose_name='kewajiban')),
                ('quantity', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='jumlah')),
                ('due_on', models.DateField(verbose_name='batas waktu')),
                ('clause', models.CharField(blank=True, max_length=200, verbose_name='isi klausul')),
                ('is_sample', models.BooleanField(default=False, editable=False, verbose_name='data contoh')),
                ('package', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='duties', to='programs.aidpackage', verbose_name='paket bantuan')),
                ('to_group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='districts.communitygroup', verbose_name='kepada kelompok')),
            ],
            options={
                'verbose_name': 'kewajiban paket bantuan',
                'verbose_name_plural': 'kewajiban paket bantuan',
                'ordering': ['due_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='HistoricalAidDuty',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('kind', models.CharField(choices=[('PASS_ON', 'Digulirkan'), ('RETURN', 'Dikembalikan')], default='PASS_ON', max_length=7, verbose_name='kewajiban')),
                ('quantity', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='jumlah')),
                ('due_on', models.DateField(verbose_name='batas waktu')),
                ('clause', models.CharField(blank=True, max_length=200, verbose_name='isi klausul')),
                ('is_sample', models.BooleanField(default=False, editable=False, verbose_name='data contoh')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('package', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='programs.aidpackage', verbose_name='paket bantuan')),
                ('to_group', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='districts.communitygroup', verbose_name='kepada kelompok')),
            ],
            options={
                'verbose_name': 'historical kewajiban paket bantuan',
                'verbose_name_plural': 'historical kewajiban paket bantuan',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalRevolvingStep',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('moved_on', models.DateField(verbose_name='tanggal')),
                ('quantity', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='jumlah')),
                ('is_sample', models.BooleanField(default=False, editable=False, verbose_name='data contoh')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('duty', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='programs.aidduty', verbose_name='kewajiban')),
                ('from_group', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='districts.communitygroup', verbose_name='dari kelompok')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('to_group', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='districts.communitygroup', verbose_name='kepada kelompok')),
            ],
            options={
                'verbose_name': 'historical langkah bergulir',
                'verbose_name_plural': 'historical langkah bergulir',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='RevolvingStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('moved_on', models.DateField(verbose_name='tanggal')),
                ('quantity', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='jumlah')),
                ('is_sample', models.BooleanField(default=False, editable=False, verbose_name='data contoh')),
                ('duty', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='programs.aidduty', verbose_name='kewajiban')),
                ('from_group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='districts.communitygroup', verbose_name='dari kelompok')),
                ('to_group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='districts.communitygroup', verbose_name='kepada kelompok')),
                ('written_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='pencatat')),
            ],
            options={
                'verbose_name': 'langkah bergulir',
                'verbose_name_plural': 'langkah bergulir',
                'ordering': ['moved_on', 'pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='aidduty',
            constraint=models.UniqueConstraint(fields=('package', 'kind'), name='programs_aidduty_once', violation_error_message='Kewajiban itu sudah dicatat untuk paket ini.'),
        ),
        migrations.AddConstraint(
            model_name='aidduty',
            constraint=models.CheckConstraint(condition=models.Q(('quantity__gt', 0), ('quantity__lte', Decimal('1000000000'))), name='programs_aidduty_quantity', violation_error_message='Jumlah yang wajib lebih dari nol.'),
        ),
        migrations.AddConstraint(
            model_name='aidduty',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'PASS_ON'), ('to_group', None), _connector='OR'), name='programs_aidduty_returned_to_nobody', violation_error_message='Yang dikembalikan tidak memilih kelompok.'),
        ),
        migrations.AddConstraint(
            model_name='revolvingstep',
            constraint=models.CheckConstraint(condition=models.Q(('quantity__gt', 0), ('quantity__lte', Decimal('1000000000'))), name='programs_revolvingstep_quantity', violation_error_message='Jumlah yang berpindah lebih dari nol.'),
        ),
        migrations.AddConstraint(
            model_name='revolvingstep',
            constraint=models.CheckConstraint(condition=models.Q(('to_group', None), models.Q(('to_group', models.F('from_group')), _negated=True), _connector='OR'), name='programs_revolvingstep_elsewhere', violation_error_message='Pilih kelompok lain.'),
        ),
        migrations.AddConstraint(
            model_name='revolvingstep',
            constraint=models.UniqueConstraint(fields=('duty', 'from_group', 'to_group', 'moved_on'), name='programs_revolvingstep_once', violation_error_message='Perpindahan hari itu sudah dicatat.'),
        ),
    ]
