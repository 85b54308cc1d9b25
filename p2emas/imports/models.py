"""An import and its rows: enough to show what would happen, to do it, and to take it back."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.urls import reverse

from p2emas import clock, schema
from p2emas.accounts.models import Agency, User
from p2emas.accounts.roles import AGENCY_STAFF, COORDINATORS, SEES_EVERYTHING, Role
from p2emas.documents.kinds import ODS, XLSX
from p2emas.documents.models import PrivateFile
from p2emas.history.records import EditHistory
from p2emas.imports.numbers import LONGEST, NumberFormat
from p2emas.workflow.hooks import Hook
from p2emas.workflow.models import COORDINATOR_STEP, Chain, Step, StepNotAllowed

UNDO_HOURS = 24
CSV = "text/csv"
OFFICE_STAFF = AGENCY_STAFF | {Role.DISTRICT_ADMIN}  # they see and do what their own office uploaded
IMPORTERS = COORDINATOR_STEP | OFFICE_STAFF

Stored = TypeVar("Stored")


kinds_unread_by: "Hook[[User], Collection[str]]" = Hook("the kinds of imports that a person does not read")
kinds_not_made_by: "Hook[[User], Collection[str]]" = Hook("the kinds of imports that a person does not make")


class ImportQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "ImportQuerySet":
        """A person who sees everything sees all; others those of their own office, of kinds that they make too.

        Some kinds are read by fewer people than the others: tables of people by those who read the list of people.
        """
        unread = set(kinds_unread_by(user))
        if user.sees_everything:
            return self.exclude(kind__in=unread) if unread else self
        of_office = self.filter(agency__in=user.agency_ids(*OFFICE_STAFF))
        return of_office.exclude(kind__in=unread.union(kinds_not_made_by(user)))

    def being_checked(self) -> "ImportQuerySet":
        return self.filter(status=Import.Status.CHECKING)

    def being_applied(self) -> "ImportQuerySet":
        return self.filter(status=Import.Status.APPLYING)

    def in_state(self, status: str) -> "ImportQuerySet":
        return self.filter(status=status)

    def of_kind(self, kind: str) -> "ImportQuerySet":
        return self.filter(kind=kind)

    def still_open(self, user: User, sha256: str) -> "ImportQuerySet":
        """What ``user`` made of a file and has neither applied nor cancelled."""
        unfinished = [Import.Status.CHECKING, Import.Status.ASKING, Import.Status.READY, Import.Status.APPLYING]
        return self.filter(uploaded_by=user, files__sha256=sha256, status__in=unfinished)

    def for_table(self) -> "ImportQuerySet":
        return self.select_related("uploaded_by", "agency").prefetch_related("files")


class Import(Chain):
    """One uploaded table on its way from a file to the records."""

    class Status(models.TextChoices):
        CHECKING = "CHECKING", "Diperiksa"
        ASKING = "ASKING", "Menunggu jawaban"
        READY = "READY", "Siap diterapkan"
        APPLYING = "APPLYING", "Sedang diterapkan"
        APPLIED = "APPLIED", "Diterapkan"
        FAILED = "FAILED", "Galat"
        CANCELLED = "CANCELLED", "Dibatalkan"

    STEPS = {
        "finish": Step(
            "Selesai diperiksa", "Selesai diperiksa", (Status.CHECKING,), Status.READY, frozenset(), own_page=True
        ),
        "ask": Step(
            "Menanyakan cara membaca berkas",
            "Cara membaca berkas ditanyakan",
            (Status.CHECKING,),
            Status.ASKING,
            frozenset(),
            own_page=True,
        ),
        "answer": Step(
            "Jawab cara membaca berkas",
            "Cara membaca berkas dijawab",
            (Status.ASKING,),
            Status.CHECKING,
            IMPORTERS,
            own_page=True,
        ),
        "rearrange": Step(
            "Tanyakan lagi kolom berkas ini",
            "Kolom berkas ditanyakan lagi",
            (Status.READY,),
            Status.CHECKING,
            IMPORTERS,
            own_page=True,
            help="Untuk berkas ini ditanyakan lagi kolom mana berisi apa. Data yang tersimpan tidak berubah.",
        ),
        "fail": Step(
            "Berhenti karena galat",
            "Berhenti karena galat",
            (Status.CHECKING,),
            Status.FAILED,
            frozenset(),
            own_page=True,
        ),
        "hand_over": Step(
            "Mulai menerapkan", "Penerapan dimulai", (Status.READY,), Status.APPLYING, IMPORTERS, own_page=True
        ),
        "hand_back": Step(
            "Tidak jadi diterapkan",
            "Tidak jadi diterapkan",
            (Status.APPLYING,),
            Status.READY,
            frozenset(),
            own_page=True,
        ),
        "apply": Step(
            "Terapkan", "Diterapkan", (Status.READY, Status.APPLYING), Status.APPLIED, IMPORTERS, own_page=True
        ),
        "cancel": Step(
            "Batalkan unggahan",
            "Unggahan dibatalkan",
            (Status.CHECKING, Status.ASKING, Status.READY),
            Status.CANCELLED,
            IMPORTERS,
            help="Isi berkas ini tidak diterapkan. Data yang tersimpan tidak berubah.",
        ),
        "undo": Step(
            "Batalkan impor",
            "Impor dibatalkan",
            (Status.APPLIED,),
            Status.CANCELLED,
            IMPORTERS,
            own_page=True,
            help="Semua baris kembali seperti sebelum impor ini diterapkan.",
        ),
    }
    OF_THE_JOB = frozenset(
        {"finish", "ask", "fail", "hand_back"}
    )  # taken by the server in the name of the person who uploaded

    kind = models.CharField("jenis", max_length=30)
    status = models.CharField("status", max_length=10, choices=Status.choices, default=Status.CHECKING, editable=False)
    agency = models.ForeignKey(
        Agency,
        models.PROTECT,
        related_name="+",
        verbose_name="kantor",
        help_text="Kantor pengunggah; menentukan siapa yang melihatnya.",
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="diunggah oleh"
    )
    uploaded_at = models.DateTimeField("diunggah", default=schema.now)
    job = models.CharField("pekerjaan", max_length=64, blank=True, editable=False)
    done = models.PositiveIntegerField("baris selesai", default=0, editable=False)
    total = models.PositiveIntegerField("jumlah baris", null=True, editable=False)
    problem = models.CharField("galat", max_length=500, blank=True, editable=False)
    number_format = models.CharField(
        "cara menulis angka", max_length=5, choices=NumberFormat.choices, blank=True, editable=False
    )
    asked_cell = models.CharField("sel yang ditanyakan", max_length=12, blank=True, editable=False)
    asked_text = models.CharField("isi sel yang ditanyakan", max_length=LONGEST, blank=True, editable=False)
    notices = models.TextField("catatan", blank=True, editable=False)  # of the whole file, a line each
    asked = models.JSONField(null=True, editable=False)  # of a foreign table, what the page asks; see shapes.py
    layout = models.JSONField(null=True, editable=False)  # the answer: which column is which
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    applied_at = models.DateTimeField("diterapkan", null=True, editable=False)
    last_edit = models.BigIntegerField(null=True, editable=False)  # newest history row of its records when applied

    objects = ImportQuerySet.as_manager()
    history = EditHistory(
        excluded_fields=[
            "status",
            "job",
            "done",
            "total",
            "problem",
            "number_format",
            "asked_cell",
            "asked_text",
            "asked",
            "layout",
            "notices",
            "applied_by",
            "applied_at",
            "last_edit",
        ]
    )

    class Meta:
        verbose_name = "impor"
        verbose_name_plural = "impor"
        ordering = ["-uploaded_at", "-pk"]
        indexes = [models.Index(fields=["agency", "-uploaded_at"], name="p2emas_import_of_agency")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="APPLIED") | Q(applied_by__isnull=False, applied_at__isnull=False),
                name="p2emas_import_applied_by_whom",
                violation_error_message="Impor yang diterapkan harus mencatat siapa dan kapan.",
            ),
            models.CheckConstraint(
                condition=~Q(status="FAILED") | ~Q(problem=""),
                name="p2emas_import_failure_explained",
                violation_error_message="Impor yang galat harus menyebut sebabnya.",
            ),
            models.CheckConstraint(
                condition=~Q(status="ASKING") | ~Q(asked_text=""),
                name="p2emas_import_question_shown",
                violation_error_message="Impor yang menunggu jawaban harus menyebut sel yang ditanyakan.",
            ),
            models.CheckConstraint(
                condition=Q(number_format__in=["", *NumberFormat.values]),
                name="p2emas_import_number_format_known",
                violation_error_message="Angka ditulis dengan koma desimal atau titik desimal.",
            ),
        ]

    def __str__(self) -> str:
        return f"Impor {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("imports:import-detail", args=[self.pk])

    @property
    def file(self) -> "ImportFile":
        return self.files.all()[0]

    @property
    def undo_until(self) -> datetime | None:
        return self.applied_at + timedelta(hours=UNDO_HOURS) if self.applied_at else None

    def is_undoable(self, now: datetime) -> bool:
        return self.status == self.Status.APPLIED and self.undo_until is not None and now <= self.undo_until

    @property
    def by_cell(self) -> bool:
        """Whether each of its rows is one cell of the file."""
        return bool(self.layout and self.layout.get("by_cell"))

    def counts(self) -> dict[str, int]:
        """How many rows there are of each action, and with a notice (key ""), in one query."""
        of_each = self.rows.order_by().values_list("action")
        rows = list(of_each.annotate(all=Count("pk"), noticed=Count("pk", filter=~Q(notice=""))))
        found = {action: count for action, count, _noticed in rows}
        counts = {action: found.get(action, 0) for action in ImportRow.Action.values}
        return counts | {"": sum(noticed for _action, _count, noticed in rows)}

    def roles_of(self, user: User) -> frozenset[str]:
        """Staff of a kecamatan or an agency act on what their own office uploaded; ``may_take`` asks the kind, too."""
        if user.is_superuser:
            return frozenset()
        return frozenset(
            held.role
            for held in user.current_assignments
            if held.role in SEES_EVERYTHING or (held.role in OFFICE_STAFF and held.agency_id == self.agency_id)
        )

    def may_take(self, user: User | None, name: str) -> bool:
        if name in self.OF_THE_JOB:  # also when the person has left meanwhile: a job must be able to end
            return user is not None and not user.is_superuser and user.pk == self.uploaded_by_id
        return super().may_take(user, name) and user is not None and self.kind not in kinds_not_made_by(user)

    def check_step(self, name: str) -> None:
        if name in ("apply", "hand_over") and not self.rows.to_apply().exists():
            raise StepNotAllowed("Tidak ada baris yang dapat diterapkan.")
        if name == "undo" and (self.undo_until is None or clock.now() > self.undo_until):
            raise StepNotAllowed(f"Impor hanya dapat dibatalkan dalam {UNDO_HOURS} jam setelah diterapkan.")

    def step_stamp(self, name: str, actor: User | None) -> Mapping[str, Any]:
        return {"applied_by": actor, "applied_at": clock.now()} if name == "apply" else {}


def may_import(user: User) -> bool:
    """What most kinds ask; one that agencies keep asks more."""
    return not user.is_superuser and user.has_role(*COORDINATORS, Role.DISTRICT_ADMIN)


def may_read_imports(user: User) -> bool:
    return user.sees_everything or user.has_role(*OFFICE_STAFF)


class ImportFileQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "ImportFileQuerySet":
        return self.filter(batch__in=Import.objects.for_user(user))


class ImportFile(PrivateFile):
    """The file as it was uploaded: what an import was made from stays readable."""

    OWNER = "batch"
    ALLOWED = frozenset({XLSX, ODS, CSV})

    batch = models.ForeignKey(Import, models.PROTECT, related_name="files", verbose_name="impor")

    objects = ImportFileQuerySet.as_manager()

    class Meta(PrivateFile.Meta):
        verbose_name = "berkas impor"
        verbose_name_plural = "berkas impor"


class ImportRowQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "ImportRowQuerySet":
        return self.filter(batch__in=Import.objects.for_user(user))

    def to_apply(self) -> "ImportRowQuerySet":
        return self.filter(action__in=[ImportRow.Action.NEW, ImportRow.Action.CHANGE])

    def wrong(self) -> "ImportRowQuerySet":
        return self.filter(action=ImportRow.Action.ERROR)

    def doing(self, action: str) -> "ImportRowQuerySet":
        return self.filter(action=action)

    def noticed(self) -> "ImportRowQuerySet":
        """Rows of which something was taken otherwise than the file has it."""
        return self.exclude(notice="")

    def moved(self) -> "ImportRowQuerySet":
        """Rows whose record changed between the preview and the attempt to apply."""
        return self.filter(moved=True)


class ImportRow(models.Model):
    """One row of the file and what becomes of it."""

    class Action(models.TextChoices):
        NEW = "NEW", "Baru"
        CHANGE = "CHANGE", "Diubah"
        SKIP = "SKIP", "Dilewati"
        ERROR = "ERROR", "Galat"

    batch = models.ForeignKey(Import, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField("baris")
    action = models.CharField("tindakan", max_length=6, choices=Action.choices)
    key = models.CharField("data", max_length=300)
    object_id = models.BigIntegerField(null=True, blank=True)
    before = models.JSONField(null=True, blank=True)
    after = models.JSONField(null=True, blank=True)
    cells = models.JSONField(default=list, blank=True)  # what the row said, kept for rows with an error
    message = models.TextField(blank=True)
    notice = models.TextField(blank=True)  # what was taken otherwise than the file has it, a line each
    moved = models.BooleanField(default=False)

    objects = ImportRowQuerySet.as_manager()

    class Meta:
        verbose_name = "baris impor"
        verbose_name_plural = "baris impor"
        ordering = ["batch", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "number"],
                name="p2emas_importrow_once",
                violation_error_message="Baris ini sudah dibaca.",
            ),
            models.CheckConstraint(
                condition=~Q(action="ERROR") | ~Q(message=""),
                name="p2emas_importrow_error_explained",
                violation_error_message="Baris yang galat harus menyebut sebabnya.",
            ),
        ]
        indexes = [models.Index(fields=["batch", "action", "number"], name="p2emas_importrow_by_action")]

    def __str__(self) -> str:
        return f"baris {self.number}"

    # Of rows to apply, of which the import wrote what they need; a row with an error has none of it.
    @property
    def new_values(self) -> dict[str, Any]:
        return _there(self.after)

    @property
    def old_values(self) -> dict[str, Any]:
        """Of a row that changes a record."""
        return _there(self.before)

    @property
    def record_pk(self) -> int:
        """Of a row that changes a record."""
        return _there(self.object_id)


def _there(value: Stored | None) -> Stored:
    if value is None:
        raise ValueError("this row of an import is not one to apply")
    return value
