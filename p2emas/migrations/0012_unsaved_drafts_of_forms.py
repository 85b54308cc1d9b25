"""Fields of forms that somebody typed and has not saved yet are rows."""

import django.db.models.deletion
import p2emas.schema
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        ('p2emas', '0011_assignments_without_villages'),
    ]

    operations = [
        migrations.CreateModel(
            name='FormDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(editable=False)),
                ('form', models.CharField(max_length=40, verbose_name='formulir')),
                ('object_id', models.PositiveBigIntegerField()),
                ('part', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='bagian')),
                ('page', models.CharField(max_length=200, verbose_name='halaman')),
                ('version', models.PositiveBigIntegerField(verbose_name='versi awal')),
                ('sealed', models.TextField(verbose_name='isian tersegel')),
                ('saved_at', models.DateTimeField(default=p2emas.schema.now, verbose_name='disimpan')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='berakhir')),
                ('ended_by', models.CharField(blank=True, max_length=60, verbose_name='diakhiri langkah')),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='contenttypes.contenttype')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='form_drafts', to=settings.AUTH_USER_MODEL, verbose_name='pengisi')),
            ],
            options={
                'verbose_name': 'isian belum tersimpan',
                'verbose_name_plural': 'isian belum tersimpan',
                'ordering': ['-saved_at', '-pk'],
                'indexes': [models.Index(fields=['content_type', 'object_id', 'form'], name='p2emas_formdraft_record'), models.Index(fields=['saved_at'], name='p2emas_formdraft_by_time')],
                'constraints': [models.UniqueConstraint(fields=('user', 'key'), name='p2emas_formdraft_key_once', violation_error_message='Isian ini sudah ada.'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('ended_by', '')), models.Q(('ended_at__isnull', False), models.Q(('ended_by', ''), _negated=True)), _connector='OR'), name='p2emas_formdraft_ended_by_a_step', violation_error_message='Isian yang berakhir menyebut langkah yang mengakhirinya.')],
            },
        ),
    ]
