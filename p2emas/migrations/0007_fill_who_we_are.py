"""The one row: filled by what the environment variables said until now, else it begins neutral."""

from email.utils import parseaddr

from django.conf import settings
from django.db import migrations


def fill(apps, schema_editor):
    Agency, Identity = apps.get_model("p2emas", "Agency"), apps.get_model("p2emas", "Identity")
    former = getattr(settings, "FORMER_IDENTITY", {})
    kind, _space, name = former.get("REGENCY_NAME", "").strip().partition(" ")
    kinds = {"kabupaten": "REGENCY", "kota": "CITY"}
    if kind.lower() not in kinds:
        kind, name = "Kabupaten", f"{kind} {name}".strip()
    lead = Agency.objects.filter(code=former.get("LEAD_AGENCY_CODE") or "bappeda").first()
    Identity.objects.get_or_create(
        pk=1,
        defaults={
            "kind": kinds[kind.lower()],
            "name": name.strip()[:60],
            "province": former.get("PROVINCE_NAME", "").strip().removeprefix("Provinsi ")[:60],
            "phones": former.get("CONTACT_LINE", "").strip()[:200],
            "lead_agency": lead,
            "sender_name": parseaddr(settings.DEFAULT_FROM_EMAIL)[0][:80],
        },
    )


class Migration(migrations.Migration):
    dependencies = [("p2emas", "0006_who_we_are")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
