"""The database holds it: the kecamatan of a home only where the village is unknown.

The code before this migration writes both: close the site until the new code runs.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('facilitators', '0012_one_home'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(('home_village', None), ('home_district', None), _connector='OR'), name='facilitators_application_one_home', violation_error_message='Kecamatan domisili dicatat hanya bila desanya tidak diketahui.'),
        ),
        migrations.AddConstraint(
            model_name='facilitator',
            constraint=models.CheckConstraint(condition=models.Q(('home_village', None), ('home_district', None), _connector='OR'), name='facilitators_facilitator_one_home', violation_error_message='Kecamatan domisili dicatat hanya bila desanya tidak diketahui.'),
        ),
    ]
