"""What was decided, and what is ended, is in one open draft at most."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('districts', '0010_mark_items_of_open_drafts'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='decreeitem',
            constraint=models.UniqueConstraint(condition=models.Q(('in_draft', True)), fields=('determination',), name='districts_decreeitem_determination_in_one_draft', violation_error_message='Penetapan ini sudah ada dalam konsep lain.'),
        ),
        migrations.AddConstraint(
            model_name='decreeitem',
            constraint=models.UniqueConstraint(condition=models.Q(('in_draft', True)), fields=('candidate',), name='districts_decreeitem_candidate_in_one_draft', violation_error_message='Calon ini sudah ada dalam konsep lain.'),
        ),
        migrations.AddConstraint(
            model_name='decreeitem',
            constraint=models.UniqueConstraint(condition=models.Q(('in_draft', True)), fields=('core_competency',), name='districts_decreeitem_competency_in_one_draft', violation_error_message='Kompetensi ini sudah ada dalam konsep lain.'),
        ),
        migrations.AddConstraint(
            model_name='decreeitem',
            constraint=models.UniqueConstraint(condition=models.Q(('in_draft', True)), fields=('target_location',), name='districts_decreeitem_location_in_one_draft', violation_error_message='Lokasi ini sudah ada dalam konsep lain.'),
        ),
    ]
