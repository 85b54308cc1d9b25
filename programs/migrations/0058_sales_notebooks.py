"""The sales notebook of a group."""

import django.db.models.deletion
import p2emas.schema
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('districts', '0014_criteria_that_do_not_apply'),
        ('programs', '0057_work_that_had_not_begun'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SalesEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('client_token', models.UUIDField(editable=False, unique=True, verbose_name='kode dari HP')),
                ('month', models.DateField(editable=False, verbose_name='bulan')),
                ('sold_on', models.DateField(blank=True, null=True, verbose_name='tanggal')),
                ('item', models.CharField(max_length=80, verbose_name='barang')),
                ('quantity', models.DecimalField(decimal_places=2, max_digits=11, verbose_name='jumlah')),
                ('unit', models.CharField(max_length=30, verbose_name='satuan')),
                ('price', models.BigIntegerField(verbose_name='harga satuan (Rp)')),
                ('cost', models.BigIntegerField(blank=True, null=True, verbose_name='biaya (Rp)')),
                ('buyer', models.CharField(choices=[('VILLAGER', 'Warga desa'), ('COLLECTOR', 'Pengepul'), ('OUTSIDE', 'Luar desa, langsung'), ('GOVERNMENT', 'Pemerintah')], max_length=10, verbose_name='pembeli')),
                ('received_at', models.DateTimeField(default=p2emas.schema.now, editable=False, verbose_name='diterima')),
                ('struck_at', models.DateTimeField(editable=False, null=True, verbose_name='dicoret')),
                ('is_sample', models.BooleanField(default=False, editable=False, verbose_name='data contoh')),
                ('author', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='pendamping')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sales', to='districts.communitygroup', verbose_name='kelompok')),
            ],
            options={
                'verbose_name': 'catatan penjualan',
                'verbose_name_plural': 'catatan penjualan',
                'ordering': ['-month', '-pk'],
                'indexes': [models.Index(fields=['group', 'month'], name='programs_salesentry_month')],
                'constraints': [models.CheckConstraint(condition=models.Q(('quantity__gt', 0), models.Q(('quantity', 0), ('sold_on', None)), _connector='OR'), name='programs_salesentry_quantity', violation_error_message='Jumlah lebih dari nol; 0 hanya untuk sebulan tanpa penjualan.'), models.CheckConstraint(condition=models.Q(('price__gte', 0), models.Q(('cost', None), ('cost__gte', 0), _connector='OR')), name='programs_salesentry_not_negative', violation_error_message='Harga dan biaya tidak boleh negatif.'), models.CheckConstraint(condition=models.Q(('month__endswith', '-01')), name='programs_salesentry_first_of_month', violation_error_message='Bulan ditulis dengan tanggal pertamanya.')],
            },
        ),
    ]
