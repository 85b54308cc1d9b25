"""How the files of an office are laid out: asked once, kept for each office and kind, and changeable."""

from typing import Any

from django.conf import settings
from django.db import models

from p2emas import clock, schema
from p2emas.accounts.models import Agency, User
from p2emas.accounts.roles import AGENCY_STAFF, COORDINATORS, Role
from p2emas.history.records import EditHistory
from p2emas.workflow.models import StepNotAllowed


class TableLayoutQuerySet(models.QuerySet):
    def of(self, agency: Agency, kind: str) -> "TableLayoutQuerySet":
        return self.filter(agency=agency, kind=kind)


class TableLayout(models.Model):
    """The answers of one office about its files of one kind: headings of columns, names in BPS tables."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="kantor")
    kind = models.CharField("jenis", max_length=30)
    known = models.JSONField("susunan", default=dict)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="disimpan oleh"
    )
    saved_at = models.DateTimeField("disimpan", default=schema.now)

    objects = TableLayoutQuerySet.as_manager()
    history = EditHistory()

    class Meta:
        verbose_name = "susunan kolom"
        verbose_name_plural = "susunan kolom"
        ordering = ["agency", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "kind"],
                name="p2emas_tablelayout_once",
                violation_error_message="Susunan kolom kantor ini untuk jenis itu sudah ada.",
            )
        ]

    def __str__(self) -> str:
        return f"Susunan kolom {self.kind}, {self.agency}"


def office_of(user: User) -> Agency:
    """For whom a person imports: the lead agency before the office of a kecamatan, and that before an agency."""
    for roles in (COORDINATORS, {Role.DISTRICT_ADMIN}, AGENCY_STAFF):
        for held in user.current_assignments:
            if held.role in roles:
                return held.agency
    raise StepNotAllowed("Anda tidak berwenang untuk langkah ini.")


def known_to(agency: Agency, kind: str) -> dict[str, Any]:
    """What an office has answered about files of a kind, {} where it was never asked."""
    kept = TableLayout.objects.of(agency, kind).first()
    return kept.known if kept else {}


def keep_layout(agency: Agency, kind: str, known: dict[str, Any], by: User) -> None:
    """Instead of what was known before; the history keeps that."""
    kept = {"known": known, "saved_by": by, "saved_at": clock.now()}
    TableLayout.objects.update_or_create(agency=agency, kind=kind, defaults=kept)
