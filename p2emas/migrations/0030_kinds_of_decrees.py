"""Minutes are no kind of decree any more."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('p2emas', '0029_minutes_leave_the_decrees'),
    ]

    operations = [
        migrations.AlterField(
            model_name='decree',
            name='about',
            field=models.CharField(help_text='Judul naskah, tanpa kata tentang.', max_length=300, verbose_name='tentang'),
        ),
        migrations.AlterField(
            model_name='decree',
            name='kind',
            field=models.CharField(choices=[('SK', 'Surat Keputusan'), ('PERBUP', 'Peraturan kepala daerah')], default='SK', help_text='Menurut judul naskahnya.', max_length=12, verbose_name='jenis'),
        ),
        migrations.AlterField(
            model_name='historicaldecree',
            name='about',
            field=models.CharField(help_text='Judul naskah, tanpa kata tentang.', max_length=300, verbose_name='tentang'),
        ),
        migrations.AlterField(
            model_name='historicaldecree',
            name='kind',
            field=models.CharField(choices=[('SK', 'Surat Keputusan'), ('PERBUP', 'Peraturan kepala daerah')], default='SK', help_text='Menurut judul naskahnya.', max_length=12, verbose_name='jenis'),
        ),
    ]
