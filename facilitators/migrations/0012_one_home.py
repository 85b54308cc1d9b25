"""A kecamatan beside the village of a home says nothing new: it goes where the village is known."""

from django.db import migrations
from django.db.models import OuterRef, Subquery

MODELS = ["Application", "Facilitator"]


def forget_what_the_village_says(apps, schema_editor) -> None:
    for model in MODELS:
        rows = apps.get_model("facilitators", model).objects
        rows.filter(home_village__isnull=False, home_district__isnull=False).update(home_district=None)


def write_it_again(apps, schema_editor) -> None:
    villages = apps.get_model("districts", "Village").objects.filter(pk=OuterRef("home_village"))
    for model in MODELS:
        rows = apps.get_model("facilitators", model).objects.filter(home_village__isnull=False)
        rows.update(home_district=Subquery(villages.values("district")))


class Migration(migrations.Migration):

    dependencies = [
        ('districts', '0006_village_scopes'),
        ('facilitators', '0011_villages_from_assignments_to_scopes'),
    ]

    operations = [migrations.RunPython(forget_what_the_village_says, write_it_again)]
