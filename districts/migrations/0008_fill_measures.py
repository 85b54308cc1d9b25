"""The measures that the product knew as choices, and those that livestock, fisheries and tables of BPS need."""

from django.db import migrations

FIRST = [
    ("TON", "Produksi (ton)", "ton", "produksi"),
    ("HECTARE", "Luas (ha)", "ha", "luas"),
    ("RUPIAH", "Nilai produksi (Rp)", "Rp", "nilai"),
    ("WORKERS", "Tenaga kerja (orang)", "orang", "tenaga-kerja"),
    ("KUINTAL", "Produksi (kuintal)", "kuintal", "kuintal"),
    ("EKOR", "Populasi (ekor)", "ekor", "ekor"),
    ("M2", "Luas (m2)", "m2", "m2"),
    ("BUTIR", "Produksi (butir)", "butir", "butir"),
    ("LITER", "Produksi (liter)", "liter", "liter"),
]


def fill(apps, schema_editor):
    measure = apps.get_model("districts", "EvidenceMeasure")
    rows = [
        measure(code=code, label=label, unit=unit, slug=slug, position=position)
        for position, (code, label, unit, slug) in enumerate(FIRST, start=1)
    ]
    measure.objects.bulk_create(rows, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("districts", "0007_measures_and_aliases")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
