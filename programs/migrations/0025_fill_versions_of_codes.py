"""The regulations whose codes an activity may carry: their names are facts, their lists come from files."""

from django.db import migrations

# code, regulation, first and last budget year
FIRST = [
    ("13/2006", "Permendagri Nomor 13 Tahun 2006 tentang Pedoman Pengelolaan Keuangan Daerah", 2007, 2020),
    (
        "90/2019",
        "Permendagri Nomor 90 Tahun 2019 tentang Klasifikasi, Kodefikasi, dan Nomenklatur Perencanaan Pembangunan "
        "dan Keuangan Daerah",
        2021,
        None,
    ),
    ("050-3708", "Kepmendagri Nomor 050-3708 Tahun 2020 (pemutakhiran Permendagri 90/2019)", 2021, None),
    ("050-5889", "Kepmendagri Nomor 050-5889 Tahun 2021 (pemutakhiran Permendagri 90/2019)", 2022, None),
    ("900.1.15.5-1317", "Kepmendagri Nomor 900.1.15.5-1317 Tahun 2023 (perubahan atas 050-5889)", 2024, None),
]


def fill(apps, schema_editor):
    version = apps.get_model("programs", "NomenclatureVersion")
    rows = [
        version(code=code, regulation=regulation, first_year=first, last_year=last, position=position)
        for position, (code, regulation, first, last) in enumerate(FIRST, start=1)
    ]
    version.objects.bulk_create(rows, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("programs", "0024_lists_of_codes")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
