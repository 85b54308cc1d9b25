"""Letters about a report are a kind of their own in the outbox."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('p2emas', '0016_workbooks_add_rows'),
    ]

    operations = [
        migrations.AlterField(
            model_name='outboxmessage',
            name='kind',
            field=models.CharField(choices=[('invitation', 'Undangan akun'), ('password_reset', 'Kata sandi baru'), ('notice', 'Pemberitahuan keamanan'), ('reminder', 'Pengingat'), ('interview', 'Undangan wawancara'), ('selection', 'Hasil seleksi pendamping'), ('report', 'Kabar laporan')], max_length=40, verbose_name='jenis'),
        ),
    ]
