"""Action items (tindak lanjut): what was promised at a meeting, by whom and until when. A disposisi has no meeting."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.text import Truncator

from p2emas import clock, schema
from p2emas.accounts.models import Agency, Official, User
from p2emas.accounts.roles import AGENCY_STAFF, COORDINATORS, Role
from p2emas.history.records import EditHistory
from p2emas.workflow.models import AGENCY_STEP, COORDINATOR_STEP, Chain, Step
from programs.coordination.models import Meeting
from programs.coordination.querysets import ActionItemQuerySet
from programs.obstacles.models import Obstacle

CLOSE_STEP = AGENCY_STEP | COORDINATOR_STEP | {Role.DISTRICT_ADMIN}


class ActionItem(Chain):
    class Status(models.TextChoices):
        OPEN = "OPEN", "Terbuka"
        DONE = "DONE", "Selesai"
        CANCELLED = "CANCELLED", "Dibatalkan"

    STEPS = {
        "close": Step(
            "Tutup: sudah dikerjakan",
            "Sudah dikerjakan",
            (Status.OPEN,),
            Status.DONE,
            CLOSE_STEP,
            note_required=True,
            help="Tulis apa yang sudah dikerjakan. Kalimat ini terbaca pada agenda rapat berikutnya.",
        ),
        "reopen": Step(
            "Buka kembali",
            "Dibuka kembali",
            (Status.DONE,),
            Status.OPEN,
            COORDINATOR_STEP,
            note_required=True,
            help="Tulis apa yang masih kurang. Penerimanya melihatnya lagi di beranda.",
        ),
        "cancel": Step(
            "Batalkan",
            "Dibatalkan",
            (Status.OPEN,),
            Status.CANCELLED,
            COORDINATOR_STEP,
            note_required=True,
            help="Tidak perlu dikerjakan lagi. Tulis alasannya.",
            ends_for_good=True,
        ),
    }

    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="action_items", verbose_name="rapat"
    )
    obstacle = models.ForeignKey(
        Obstacle, models.PROTECT, null=True, blank=True, related_name="action_items", verbose_name="kendala"
    )
    text = models.CharField("apa", max_length=500)
    responsible = models.ForeignKey(
        Agency, models.PROTECT, related_name="action_items", verbose_name="kepada", help_text="Yang mengerjakan."
    )
    official = models.ForeignKey(
        Official, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="pejabat",
        help_text="Bila satu orang di sana yang mengerjakan.",
    )  # fmt: skip
    due_on = models.DateField("paling lambat")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+")
    created_at = models.DateTimeField(default=schema.now, editable=False)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+")
    ended_at = models.DateTimeField("selesai", null=True, editable=False)
    is_sample = models.BooleanField("data contoh", default=False)
    status = models.CharField("status", max_length=10, choices=Status.choices, default=Status.OPEN, editable=False)

    objects = ActionItemQuerySet.as_manager()
    history = EditHistory(excluded_fields=["status", "created_at", "created_by", "ended_by", "ended_at"])

    class Meta:
        verbose_name = "tindak lanjut rapat"
        verbose_name_plural = "tindak lanjut rapat"
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["status", "due_on"], name="programs_actionitem_waiting")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="programs_actionitem_says_what",
                violation_error_message="Tulis apa yang dikerjakan.",
            ),
            models.CheckConstraint(
                condition=Q(status="OPEN") | Q(ended_at__isnull=False),
                name="programs_actionitem_ended_when",
                violation_error_message="Tindak lanjut yang berakhir mencatat waktunya.",
            ),
        ]

    def __str__(self) -> str:
        """Part of a sentence: on its history and in the title of its page, so without a full stop."""
        return Truncator(self.text).chars(80).rstrip(".")

    def get_absolute_url(self) -> str:
        return reverse("coordination:item-detail", args=[self.pk])

    @property
    def addressee(self) -> str:
        """Who does it: an official of the agency, or the agency."""
        if self.official is None:
            return self.responsible.short_name
        return f"{self.official.signed_title}, {self.responsible.short_name}"

    def scope_agency_id(self) -> int | None:
        return self.responsible_id

    def roles_of(self, user: User) -> frozenset[str]:
        """Roles at the agency that it is addressed to, the office of a kecamatan too."""
        if user.is_superuser:
            return frozenset()
        here = [a for a in user.current_assignments if a.agency_id == self.responsible_id]
        held = {a.role for a in here if a.role in AGENCY_STAFF or a.role == Role.DISTRICT_ADMIN}
        return super().roles_of(user) | held

    def is_overdue(self, on: date) -> bool:
        return self.status == self.Status.OPEN and self.due_on < on

    @staticmethod
    def may_write(user: User) -> bool:
        return not user.is_superuser and user.has_role(*COORDINATORS)

    def step_stamp(self, name: str, actor: User | None) -> Mapping[str, Any]:
        if name == "reopen":
            return {"ended_by": None, "ended_at": None}
        return {"ended_by": actor, "ended_at": clock.now()}
