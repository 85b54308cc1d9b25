"""What of visits a person releases to the public; the line of consent names public pages too."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('programs', '0055_comparison_sets'),
    ]

    operations = [
        migrations.AlterField(
            model_name='fieldreport',
            name='consent',
            field=models.BooleanField(default=False, verbose_name='orang pada foto setuju difoto untuk laporan dan halaman umum'),
        ),
        migrations.CreateModel(
            name='StoryPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('UNPUBLISHED', 'Tidak terbit'), ('PUBLISHED', 'Terbit'), ('WITHDRAWN', 'Ditarik')], default='UNPUBLISHED', editable=False, max_length=11, verbose_name='status')),
                ('photo', models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='story_part', to='programs.fieldphoto', verbose_name='foto')),
                ('report', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='story_parts', to='programs.fieldreport', verbose_name='kunjungan')),
            ],
            options={
                'verbose_name': 'bagian kisah',
                'verbose_name_plural': 'bagian kisah',
                'ordering': ['report', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('photo', None)), fields=('report',), name='programs_storypart_text_once', violation_error_message='Tulisan kunjungan ini sudah tercatat.')],
            },
        ),
    ]
