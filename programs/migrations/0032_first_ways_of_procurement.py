"""The ways of procurement that an office begins with. Their days are settings of the office, no rule says them."""

from django.db import migrations

FIRST = {"Swakelola": 5, "E-purchasing": 7, "Pengadaan langsung": 15, "Tender": 45}


def fill(apps, schema_editor):
    ProcurementMethod = apps.get_model("programs", "ProcurementMethod")
    for name, days in FIRST.items():
        ProcurementMethod.objects.get_or_create(name=name, defaults={"working_days": days})


class Migration(migrations.Migration):

    dependencies = [
        ('programs', '0031_answers_on_value_chains'),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
