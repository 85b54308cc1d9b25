"""A decree may repeat a competency without closing anything: its item has the determination and the row in force."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('districts', '0011_one_draft_a_record'),
        ('p2emas', '0025_legal_basis_of_drafts'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='decreeitem',
            name='districts_decreeitem_one_thing',
        ),
        migrations.AlterField(
            model_name='decreeitem',
            name='action',
            field=models.CharField(choices=[('OPEN', 'Menetapkan'), ('CLOSE', 'Mengakhiri'), ('CONFIRM', 'Menguatkan')], help_text='Tiap baris tentang tepat satu hal.', max_length=7, verbose_name='tindakan'),
        ),
        migrations.AlterField(
            model_name='historicaldecreeitem',
            name='action',
            field=models.CharField(choices=[('OPEN', 'Menetapkan'), ('CLOSE', 'Mengakhiri'), ('CONFIRM', 'Menguatkan')], help_text='Tiap baris tentang tepat satu hal.', max_length=7, verbose_name='tindakan'),
        ),
        migrations.AddConstraint(
            model_name='decreeitem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('action', 'OPEN'), ('core_competency', None), ('determination__isnull', False), ('target_location', None), ('village', None)), models.Q(('action', 'OPEN'), ('core_competency', None), ('determination', None), ('target_location', None), ('village__isnull', False)), models.Q(('action', 'CLOSE'), ('core_competency__isnull', False), ('determination', None), ('target_location', None), ('village', None)), models.Q(('action', 'CLOSE'), ('core_competency', None), ('determination', None), ('target_location__isnull', False), ('village', None)), models.Q(('action', 'CONFIRM'), ('core_competency__isnull', False), ('determination__isnull', False), ('target_location', None), ('village', None)), _connector='OR'), name='districts_decreeitem_one_thing', violation_error_message='Tiap baris menetapkan, mengakhiri, atau menguatkan tepat satu hal.'),
        ),
    ]
