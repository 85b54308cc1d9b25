"""An item of a decree knows whether its decree is a draft still, so that a rule can ask for it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('districts', '0008_fill_measures'),
        ('p2emas', '0025_legal_basis_of_drafts'),
    ]

    operations = [
        migrations.AddField(
            model_name='decreeitem',
            name='in_draft',
            field=models.BooleanField(default=True, editable=False, verbose_name='dalam konsep'),
        ),
    ]
