"""A decree is drafted here, or recorded from its signed paper with a source or a reason."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('p2emas', '0023_letters_to_leaders'),
    ]

    operations = [
        migrations.AddField(
            model_name='decree',
            name='origin',
            field=models.CharField(choices=[('DRAFTED', 'Disusun di sini'), ('RECORDED', 'Dicatat dari naskah')], default='DRAFTED', help_text='Dicatat dari naskah: keputusan yang sudah ditandatangani. Pindaian dan sumbernya wajib.', max_length=8, verbose_name='asal naskah'),
        ),
        migrations.AddField(
            model_name='decree',
            name='recorded_because',
            field=models.TextField(blank=True, editable=False, help_text='Mengapa naskah yang ditandatangani lain dari pemeriksaan.', verbose_name='alasan dicatat dari naskah'),
        ),
        migrations.AddField(
            model_name='historicaldecree',
            name='origin',
            field=models.CharField(choices=[('DRAFTED', 'Disusun di sini'), ('RECORDED', 'Dicatat dari naskah')], default='DRAFTED', help_text='Dicatat dari naskah: keputusan yang sudah ditandatangani. Pindaian dan sumbernya wajib.', max_length=8, verbose_name='asal naskah'),
        ),
        migrations.AddField(
            model_name='historicaldecree',
            name='recorded_because',
            field=models.TextField(blank=True, editable=False, help_text='Mengapa naskah yang ditandatangani lain dari pemeriksaan.', verbose_name='alasan dicatat dari naskah'),
        ),
        migrations.AddConstraint(
            model_name='decree',
            constraint=models.CheckConstraint(condition=models.Q(('origin', 'DRAFTED'), models.Q(('source', ''), _negated=True), models.Q(('recorded_because', ''), _negated=True), _connector='OR'), name='p2emas_decree_recorded_names_source', violation_error_message='Keputusan yang dicatat dari naskah menyebut sumbernya.'),
        ),
    ]
