"""Items of decrees in force are in no draft; of a record that older drafts share, the first one has it."""

from django.db import migrations

RECORDS = ("determination", "candidate", "core_competency", "target_location")


def mark(apps, schema_editor):
    items = apps.get_model("districts", "DecreeItem").objects
    items.exclude(decree__status="DRAFT").update(in_draft=False)
    for name in RECORDS:
        seen = set()
        drafted = items.filter(in_draft=True, **{f"{name}__isnull": False}).order_by("pk")
        for key, record in list(drafted.values_list("pk", f"{name}_id")):
            if record in seen:
                items.filter(pk=key).update(in_draft=False)
            seen.add(record)


class Migration(migrations.Migration):
    dependencies = [("districts", "0009_items_of_open_drafts")]

    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
