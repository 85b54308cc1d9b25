"""The funds that the product knew as choices, and those that the papers on DAK, incentives and palm oil tell apart."""

from django.db import migrations

# code, name, group, counts in the absorption, first and last year, whether it is offered
FIRST = [
    ("PAD", "PAD", "OWN", True, None, None, True),
    ("DAU", "DAU", "TRANSFER", True, None, None, True),
    ("DAU_TENTU", "DAU yang ditentukan penggunaannya", "TRANSFER", True, 2023, None, True),
    ("DAK_FISIK", "DAK fisik", "TRANSFER", True, None, None, True),
    ("DAK_NFISIK", "DAK nonfisik", "TRANSFER", True, None, None, True),
    ("DAK", "DAK (lama, tanpa rincian)", "TRANSFER", True, None, None, False),
    ("DBH", "DBH", "TRANSFER", True, None, None, True),
    ("DBH_SAWIT", "DBH sawit", "TRANSFER", True, 2023, None, True),
    ("DID", "Dana insentif daerah (DID)", "TRANSFER", True, None, 2022, True),
    ("INSENTIF", "Insentif fiskal", "TRANSFER", True, 2023, None, True),
    ("APBD_PROV", "APBD provinsi", "OTHER_BUDGET", True, None, None, True),
    ("APBN", "APBN", "OTHER_BUDGET", True, None, None, True),
    ("ADD", "ADD", "VILLAGE", False, None, None, True),
    ("DD", "Dana Desa", "VILLAGE", False, None, None, True),
    ("CSR", "CSR", "COMMUNITY", True, None, None, True),
    ("SWADAYA", "Swadaya", "COMMUNITY", True, None, None, True),
]
NAMES = ("code", "label", "group", "counts_in_absorption", "first_year", "last_year", "active")


def fill(apps, schema_editor):
    fund = apps.get_model("programs", "Fund")
    rows = [
        fund(**dict(zip(NAMES, row, strict=True)), position=position) for position, row in enumerate(FIRST, start=1)
    ]
    fund.objects.bulk_create(rows, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("programs", "0019_funds_are_reference_data")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
