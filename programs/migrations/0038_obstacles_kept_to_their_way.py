from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('programs', '0037_old_obstacles_go_back'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='obstacle',
            index=models.Index(fields=['status', 'due_on'], name='programs_obstacle_waiting'),
        ),
        migrations.AddConstraint(
            model_name='obstacle',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ('ROUTED', 'ANSWERED')), _negated=True), models.Q(('due_on__isnull', False), ('responsible__isnull', False), ('routed_at__isnull', False)), _connector='OR'), name='programs_obstacle_sent_to_whom', violation_error_message='Kendala yang diteruskan menyebut penanggung jawab dan batas waktunya.'),
        ),
        migrations.AddConstraint(
            model_name='obstacle',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'ANSWERED'), _negated=True), models.Q(models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='programs_obstacle_answered_what', violation_error_message='Kendala yang dijawab memuat jawabannya.'),
        ),
        migrations.AddConstraint(
            model_name='obstacle',
            constraint=models.CheckConstraint(condition=models.Q(('standalone', False), ('village__isnull', False), ('activity__isnull', False), _connector='OR'), name='programs_obstacle_has_a_place', violation_error_message='Pilih desa atau kegiatan yang terkendala.'),
        ),
    ]
