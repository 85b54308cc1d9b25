"""An indicator says which figure of the sales notebook it takes."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('programs', '0059_model_packages'),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalindicator',
            name='notebook',
            field=models.CharField(blank=True, choices=[('SALES', 'Penjualan per anggota per bulan'), ('INCOME', 'Pendapatan per anggota per bulan')], db_default='', default='', help_text='Untuk nilai akhir dalam Rp, Rp ribu, atau Rp juta per bulan; diambil saat mengisi laporan.', max_length=6, verbose_name='diambil dari buku penjualan'),
        ),
        migrations.AddField(
            model_name='indicator',
            name='notebook',
            field=models.CharField(blank=True, choices=[('SALES', 'Penjualan per anggota per bulan'), ('INCOME', 'Pendapatan per anggota per bulan')], db_default='', default='', help_text='Untuk nilai akhir dalam Rp, Rp ribu, atau Rp juta per bulan; diambil saat mengisi laporan.', max_length=6, verbose_name='diambil dari buku penjualan'),
        ),
        migrations.AddConstraint(
            model_name='indicator',
            constraint=models.CheckConstraint(condition=models.Q(('notebook', ''), models.Q(('formula', 'end_value'), ('ledger', 'WELFARE'), ('notebook__in', ('SALES', 'INCOME')), ('unit__startswith', 'Rp')), _connector='OR'), name='programs_indicator_of_notebook', violation_error_message='Dari buku penjualan diambil indikator kesejahteraan berjenis nilai akhir, dengan satuan Rp.'),
        ),
    ]
