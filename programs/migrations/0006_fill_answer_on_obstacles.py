"""The answer of each report: yes where obstacles are recorded, no where the box said so, else none.

A report that was sent without either stops the migration and is named: nobody may answer in place of the agency.
"""

from django.core.management.base import CommandError
from django.db import migrations
from django.db.models import Exists, OuterRef

UNSENT = ["NOT_STARTED", "DRAFT", "RETURNED"]


def fill(apps, schema_editor) -> None:
    Report = apps.get_model("programs", "ProgressReport")
    rows = Report.obstacles.through.objects.filter(progressreport=OuterRef("pk"))
    silent = Report.objects.exclude(status__in=UNSENT).filter(~Exists(rows), no_obstacles=False).order_by("pk")
    if numbers := [str(pk) for pk in silent.values_list("pk", flat=True)]:
        raise CommandError(
            f"Laporan terkirim tanpa jawaban tentang kendala: nomor {', '.join(numbers)}. Tidak ada yang diubah. "
            "Kembalikan laporan itu agar SKPD menjawabnya, lalu jalankan migrate lagi."
        )
    Report.objects.filter(no_obstacles=True).update(has_obstacles=False)
    Report.objects.filter(Exists(rows)).update(has_obstacles=True)
    # The history had no answer "yes": of a report with obstacles it is read from the first row on.
    history = apps.get_model("programs", "HistoricalProgressReport").objects
    history.filter(no_obstacles=True).update(has_obstacles=False)
    with_obstacles = list(Report.objects.filter(has_obstacles=True).values_list("pk", flat=True))
    history.filter(no_obstacles=False, id__in=with_obstacles).update(has_obstacles=True)


def back_to_the_box(apps, schema_editor) -> None:
    for model in ("ProgressReport", "HistoricalProgressReport"):
        rows = apps.get_model("programs", model).objects
        rows.filter(has_obstacles=False).update(no_obstacles=True)
        rows.exclude(has_obstacles=False).update(no_obstacles=False)


class Migration(migrations.Migration):

    dependencies = [
        ('programs', '0005_answer_on_obstacles'),
    ]

    operations = [migrations.RunPython(fill, back_to_the_box)]
