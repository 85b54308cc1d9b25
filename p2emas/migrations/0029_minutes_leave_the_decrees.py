"""What moved to tables of its own leaves the decrees. There is no way back from here.

A row that fixes or ends something stays, under the title of a decree, and its source says what its paper is called.
"""

from importlib import import_module

from django.db import migrations

moving = import_module("p2emas.migrations.0028_minutes_move")
CALLED = "Naskahnya berjudul berita acara."


def leave(apps, schema_editor):
    Decree, History = (apps.get_model("p2emas", name) for name in ("Decree", "HistoricalDecree"))
    moved = set()
    for name in ("Minutes", "Regulation"):
        rows = apps.get_model("p2emas", name).objects.exclude(moved_from=None)
        moved |= set(rows.values_list("moved_from", flat=True))
    others = set(Decree.objects.filter(kind="SK").values_list("pk", flat=True))
    gone = moved - moving.fixed(apps) - others
    for row in Decree.objects.filter(amends__in=gone).order_by("pk"):
        say(History, row, f"Tercatat mengubah berita acara {row.amends.number}.".replace(" .", "."), amends_id=None)
    for row in Decree.objects.filter(kind="BERITA_ACARA").exclude(pk__in=gone).order_by("pk"):
        same = Decree.objects.filter(kind="SK", number=row.number, dated=row.dated).exclude(number="").exists()
        number = f"{row.number[:60]} (berita acara)" if same else row.number
        say(History, row, CALLED, kind="SK", number=number)
    decree = apps.get_model("contenttypes", "ContentType").objects.filter(app_label="p2emas", model="decree").first()
    apps.get_model("p2emas", "FormDraft").objects.filter(content_type=decree, object_id__in=gone).delete()
    apps.get_model("p2emas", "SearchWord").objects.filter(kind="decree", record__in=gone).delete()
    History.objects.filter(id__in=gone).delete()
    apps.get_model("p2emas", "DecreeFile").objects.filter(decree__in=gone).delete()
    Decree.objects.filter(pk__in=gone).delete()


def say(history, row, words, **values):
    """Change the row and the last edit that its history has, which says what the row says."""
    values["source"] = f"{row.source} {words}".strip()[-300:]
    last = history.objects.filter(id=row.pk).order_by("history_id").last()
    for record in filter(None, (row, last)):
        for name, value in values.items():
            setattr(record, name, value)
        record.save()


class Migration(migrations.Migration):
    dependencies = [
        ("p2emas", "0028_minutes_move"),
        ("districts", "0013_minutes_of_decisions"),
        ("facilitators", "0014_minutes_of_rounds"),
        ("programs", "0048_minutes_of_their_own"),
    ]

    operations = [migrations.RunPython(leave)]
