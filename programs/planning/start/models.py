"""Ways of procurement: how many working days pass before work can begin. Reference data of the office."""

from django.db import models
from django.db.models import Q

from p2emas.history.records import EditHistory


class ProcurementMethod(models.Model):
    """A way of procurement with its usual length. Without ``source`` the days are a setting of the office."""

    name = models.CharField("cara pengadaan", max_length=60, unique=True, help_text="Misalnya Tender.")
    working_days = models.PositiveSmallIntegerField(
        "hari kerja", help_text="Dari persiapan sampai pekerjaan dapat dimulai."
    )
    source = models.CharField(
        "sumber",
        max_length=200,
        blank=True,
        help_text="Ketentuan yang menyebut lamanya. Kosong berarti setelan kantor, bukan ketentuan.",
    )
    active = models.BooleanField(
        "ditawarkan", default=True, help_text="Tanpa centang tidak lagi ditawarkan; baris yang memakainya tetap."
    )

    history = EditHistory()

    class Meta:
        verbose_name = "cara pengadaan"
        verbose_name_plural = "cara pengadaan"
        ordering = ["working_days", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(working_days__lte=260),
                name="programs_procurement_days",
                violation_error_message="Paling lama 260 hari kerja, setahun penuh.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
