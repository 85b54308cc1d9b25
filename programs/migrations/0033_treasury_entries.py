"""What the treasury has paid, as its files say it."""

import django.core.validators
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('p2emas', '0015_long_lists'),
        ('programs', '0032_first_ways_of_procurement'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalTreasuryEntry',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1900), django.core.validators.MaxValueValidator(2100)], verbose_name='tahun anggaran')),
                ('sp2d_no', models.CharField(max_length=60, verbose_name='nomor SP2D')),
                ('paid_on', models.DateField(verbose_name='tanggal SP2D')),
                ('amount', models.BigIntegerField(help_text='Rupiah bulat; negatif berarti pengembalian.', verbose_name='jumlah')),
                ('account', models.CharField(blank=True, max_length=40, verbose_name='kode rekening')),
                ('text', models.CharField(blank=True, max_length=300, verbose_name='uraian')),
                ('is_sample', models.BooleanField(default=False, verbose_name='data contoh')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('activity', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='programs.activity', verbose_name='kegiatan')),
                ('agency', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='p2emas.agency', verbose_name='SKPD')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical SP2D',
                'verbose_name_plural': 'historical SP2D',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='TreasuryEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1900), django.core.validators.MaxValueValidator(2100)], verbose_name='tahun anggaran')),
                ('sp2d_no', models.CharField(max_length=60, verbose_name='nomor SP2D')),
                ('paid_on', models.DateField(verbose_name='tanggal SP2D')),
                ('amount', models.BigIntegerField(help_text='Rupiah bulat; negatif berarti pengembalian.', verbose_name='jumlah')),
                ('account', models.CharField(blank=True, max_length=40, verbose_name='kode rekening')),
                ('text', models.CharField(blank=True, max_length=300, verbose_name='uraian')),
                ('is_sample', models.BooleanField(default=False, verbose_name='data contoh')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='treasury_entries', to='programs.activity', verbose_name='kegiatan')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='treasury_entries', to='p2emas.agency', verbose_name='SKPD')),
                ('batch', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='treasury_entries', to='p2emas.import', verbose_name='impor')),
            ],
            options={
                'verbose_name': 'SP2D',
                'verbose_name_plural': 'SP2D',
                'ordering': ['-paid_on', '-pk'],
                'indexes': [models.Index(fields=['year', '-paid_on', '-id'], name='programs_treasury_of_year'), models.Index(fields=['agency', 'year', '-paid_on', '-id'], name='programs_treasury_of_agency')],
                'constraints': [models.UniqueConstraint(fields=('agency', 'year', 'sp2d_no', 'activity', 'account'), name='programs_treasuryentry_once', violation_error_message='SP2D ini untuk kegiatan dan kode rekening itu sudah ada.'), models.CheckConstraint(condition=models.Q(('sp2d_no', ''), _negated=True), name='programs_treasuryentry_numbered', violation_error_message='Tulis nomor SP2D.'), models.CheckConstraint(condition=models.Q(('amount__gte', -999999999999999), ('amount__lte', 999999999999999)), name='programs_treasuryentry_amount', violation_error_message='Jumlah terlalu besar. Tulis dalam rupiah.')],
            },
        ),
    ]
