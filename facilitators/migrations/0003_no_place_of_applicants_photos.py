"""Applicants agreed to photos of their papers, not to where and when these were taken: what is stored of it goes."""

from django.db import migrations


def forget_places(apps, schema_editor):
    files = apps.get_model("facilitators", "ApplicationFile").objects.using(schema_editor.connection.alias)
    files.update(lat=None, lng=None, taken_at=None)


class Migration(migrations.Migration):
    dependencies = [("facilitators", "0002_current_words")]

    operations = [migrations.RunPython(forget_places, migrations.RunPython.noop)]
