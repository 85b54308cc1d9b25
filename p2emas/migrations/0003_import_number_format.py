"""An import keeps how its file writes numbers, asks when no cell tells, and says what it took otherwise than written."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("p2emas", "0002_sessions_end_by_a_mark")]

    operations = [
        migrations.AddField(
            "import",
            "asked_cell",
            models.CharField(blank=True, editable=False, max_length=12, verbose_name="sel yang ditanyakan"),
        ),
        migrations.AddField(
            "import",
            "asked_text",
            models.CharField(blank=True, editable=False, max_length=40, verbose_name="isi sel yang ditanyakan"),
        ),
        migrations.AddField(
            "import", "notices", models.TextField(blank=True, editable=False, verbose_name="catatan")
        ),
        migrations.AddField(
            "import",
            "number_format",
            models.CharField(
                blank=True,
                choices=[("COMMA", "koma desimal (1.234,56)"), ("POINT", "titik desimal (1,234.56)")],
                editable=False,
                max_length=5,
                verbose_name="cara menulis angka",
            ),
        ),
        migrations.AddField("importrow", "notice", models.TextField(blank=True)),
        migrations.AlterField(
            "import",
            "status",
            models.CharField(
                choices=[
                    ("CHECKING", "Diperiksa"),
                    ("ASKING", "Menunggu jawaban"),
                    ("READY", "Siap diterapkan"),
                    ("APPLIED", "Diterapkan"),
                    ("FAILED", "Galat"),
                    ("CANCELLED", "Dibatalkan"),
                ],
                default="CHECKING",
                editable=False,
                max_length=10,
                verbose_name="status",
            ),
        ),
        migrations.AddConstraint(
            "import",
            models.CheckConstraint(
                condition=models.Q(("status", "ASKING"), _negated=True) | models.Q(("asked_text", ""), _negated=True),
                name="p2emas_import_question_shown",
                violation_error_message="Impor yang menunggu jawaban harus menyebut sel yang ditanyakan.",
            ),
        ),
        migrations.AddConstraint(
            "import",
            models.CheckConstraint(
                condition=models.Q(number_format__in=["", "COMMA", "POINT"]),
                name="p2emas_import_number_format_known",
                violation_error_message="Angka ditulis dengan koma desimal atau titik desimal.",
            ),
        ),
    ]
