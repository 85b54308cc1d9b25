"""Contracts, and who works where from when until when. A placement writes and ends the user's right."""

from datetime import date, timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from districts.locations.models import TargetLocation
from districts.regions.models import Village
from districts.regions.scopes import VillageScope
from facilitators.recruitment.result.people import Facilitator
from facilitators.training.models import may_manage_facilitators
from p2emas import clock
from p2emas.accounts.models import Assignment, User
from p2emas.history.records import EditHistory
from p2emas.naming import said


class ContractQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "ContractQuerySet":
        """Those who see everything; a facilitator their own contracts."""
        if not user.is_authenticated:
            return self.none()
        return self if user.sees_everything else self.filter(facilitator__user=user)

    def ending_between(self, first: date, last: date) -> "ContractQuerySet":
        return self.filter(ends__range=(first, last)).select_related("facilitator")


class Contract(models.Model):
    """The work contract of a facilitator. Its number comes from the agenda book: typed, never generated."""

    facilitator = models.ForeignKey(Facilitator, models.PROTECT, related_name="contracts", verbose_name="pendamping")
    number = models.CharField(
        "nomor kontrak",
        max_length=80,
        unique=True,
        help_text="Dari buku agenda.",
        error_messages={"unique": "Nomor kontrak ini sudah dipakai."},
    )
    dated = models.DateField("tanggal kontrak")
    starts = models.DateField("berlaku sejak")
    ends = models.DateField("berlaku sampai")
    monthly_pay = models.BigIntegerField(
        "honor per bulan (Rp)", null=True, blank=True, validators=[MinValueValidator(0)]
    )
    signer_name = models.CharField("penanda tangan", max_length=120, help_text="Pejabat yang mengikat kontrak.")
    signer_nip = models.CharField("NIP penanda tangan", max_length=18, blank=True)
    signer_title = models.CharField("jabatan penanda tangan", max_length=120)
    is_sample = models.BooleanField("data contoh", default=False)

    objects = ContractQuerySet.as_manager()
    history = EditHistory()

    class Meta:
        verbose_name = "kontrak pendamping"
        verbose_name_plural = "kontrak pendamping"
        ordering = ["-starts", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts__lte=F("ends")),
                name="facilitators_contract_dates",
                violation_error_message="Kontrak tidak boleh berakhir sebelum mulai.",
            ),
            models.CheckConstraint(
                condition=Q(monthly_pay=None) | Q(monthly_pay__gte=0),
                name="facilitators_contract_pay",
                violation_error_message="Honor tidak boleh negatif.",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("placements:facilitator-detail", args=[self.facilitator_id])


class PlacementQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "PlacementQuerySet":
        """The office sees all, a facilitator their own; the public reads three facts (``public``)."""
        if not user.is_authenticated:
            return self.none()
        return self if user.sees_everything else self.filter(facilitator__user=user)

    def of_user(self, user: User) -> "PlacementQuerySet":
        return self.filter(facilitator__user=user)

    def of_facilitator(self, facilitator: Facilitator) -> "PlacementQuerySet":
        return self.filter(facilitator=facilitator).for_table().order_by("-starts", "-pk")

    def overlapping(self, starts: date, ends: date) -> "PlacementQuerySet":
        """Placements that hold on at least one day from ``starts`` to ``ends``."""
        return self.begun_or_to_begin().filter(
            Q(ended_on=None) | Q(ended_on__gte=starts), starts__lte=ends, ends__gte=starts
        )

    def begun_or_to_begin(self) -> "PlacementQuerySet":
        """Without those that were called off before their first day."""
        return self.filter(Q(ended_on=None) | Q(ended_on__gte=F("starts")))

    def in_villages(self) -> "PlacementQuerySet":
        return self.filter(target_location__isnull=False)

    def as_consultant(self) -> "PlacementQuerySet":
        return self.filter(target_location=None)

    def ending_within(self, on: date, days: int) -> "PlacementQuerySet":
        """In force on ``on``, with a contract that ends at most ``days`` later."""
        return self.in_force(on).filter(contract__ends__lte=on + timedelta(days=days))

    def in_force(self, on: date) -> "PlacementQuerySet":
        """Placements that hold on day ``on``: begun, not ended early, the last day not over."""
        return self.filter(Q(ended_on=None) | Q(ended_on__gte=on), starts__lte=on, ends__gte=on)

    def open(self, on: date) -> "PlacementQuerySet":
        """In force on ``on`` or still to begin."""
        return self.begun_or_to_begin().filter(Q(ended_on=None) | Q(ended_on__gte=on), ends__gte=on)

    def outlived(self, on: date) -> "PlacementQuerySet":
        """In force on ``on`` in a target location that a decree has ended before that day."""
        return self.in_force(on).filter(target_location__valid_until__lt=on)

    def in_village(self, village: Village) -> "PlacementQuerySet":
        return self.filter(target_location__village=village)

    def open_in(self, location: TargetLocation, on: date) -> "PlacementQuerySet":
        return self.open(on).filter(target_location=location).for_table().order_by("starts", "pk")

    def public(self, on: date) -> "PlacementQuerySet":
        """In force in a village: name, village and office phone are public, nothing else."""
        return self.in_force(on).filter(target_location__isnull=False).for_table()

    def for_table(self) -> "PlacementQuerySet":
        return self.select_related(
            "facilitator",
            "contract",
            "target_location__village__district",
            "target_location__core_competency__commodity",
        )


class Placement(models.Model):
    """A facilitator in a target location, or (without one) as consultant of the regency."""

    class EndReason(models.TextChoices):
        REPLACED = "REPLACED", "Diganti"
        RESIGNED = "RESIGNED", "Mengundurkan diri"
        DISMISSED = "DISMISSED", "Diberhentikan"
        LOCATION_CLOSED = "LOCATION_CLOSED", "Lokasi berakhir"
        OTHER = "OTHER", "Lainnya"

    facilitator = models.ForeignKey(Facilitator, models.PROTECT, related_name="placements", verbose_name="pendamping")
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="placements", verbose_name="kontrak")
    target_location = models.ForeignKey(
        TargetLocation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="placements",
        verbose_name="lokasi sasaran",
        help_text="Kosong: konsultan seluruh daerah.",
    )
    starts = models.DateField("mulai bertugas")
    ends = models.DateField("bertugas sampai")
    ended_on = models.DateField("berakhir lebih awal", null=True, blank=True)
    end_reason = models.CharField("alasan berakhir", max_length=15, choices=EndReason.choices, blank=True)
    end_note = models.TextField("keterangan", blank=True)
    handover = models.TextField(
        "serah terima", blank=True, help_text="Apa yang sedang berjalan, janji kepada kelompok, dan berkasnya."
    )
    untrained_reason = models.CharField(
        "alasan menempatkan sebelum lulus",
        max_length=300,
        blank=True,
        help_text="Hanya bila ia belum lulus satu pelatihan pun.",
    )
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="menggantikan"
    )
    scope = models.OneToOneField(
        VillageScope, models.PROTECT, null=True, blank=True, editable=False, related_name="placement"
    )
    assignment = models.ForeignKey(
        Assignment, models.PROTECT, null=True, blank=True, editable=False, related_name="placements"
    )
    is_sample = models.BooleanField("data contoh", default=False)

    objects = PlacementQuerySet.as_manager()
    history = EditHistory(excluded_fields=["scope"])  # it has a history of its own

    class Meta:
        verbose_name = "penempatan"
        verbose_name_plural = "penempatan"
        ordering = ["-starts", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts__lte=F("ends")),
                name="facilitators_placement_dates",
                violation_error_message="Penempatan tidak boleh berakhir sebelum mulai.",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None, end_reason="") | (Q(ended_on__isnull=False) & ~Q(end_reason="")),
                name="facilitators_placement_end_reasoned",
                violation_error_message="Pilih alasan berakhir.",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__lte=F("ends")),
                name="facilitators_placement_end_within",
                violation_error_message="Akhir lebih awal tidak boleh sesudah akhir penempatan.",
            ),
            models.CheckConstraint(
                condition=Q(replaces=None) | ~Q(replaces=F("pk")),
                name="facilitators_placement_not_replaces_itself",
                violation_error_message="Penempatan tidak menggantikan dirinya sendiri.",
            ),
            models.UniqueConstraint(
                fields=["facilitator", "target_location", "starts"],
                name="facilitators_placement_once",
                violation_error_message="Penempatan ini sudah tercatat.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.facilitator}, {self.place_name}"

    def get_absolute_url(self) -> str:
        return reverse("placements:placement-detail", args=[self.pk])

    @property
    def place_name(self) -> str:
        return str(self.target_location) if self.target_location_id else said("Konsultan {territory}")

    @property
    def last_day(self) -> date:
        return self.ended_on or self.ends

    @property
    def never_began(self) -> bool:
        return self.last_day < self.starts

    @property
    def location_ended(self) -> date | None:
        """The last day of the target location, when this placement continues after it."""
        until = self.target_location.valid_until if self.target_location else None
        return until if until and until < self.last_day else None

    @property
    def is_consultant(self) -> bool:
        return self.target_location_id is None

    @property
    def days_of_contract_left(self) -> int:
        return (self.contract.ends - clock.today()).days

    def is_in_force(self, on: date) -> bool:
        return self.starts <= on <= self.last_day

    def has_begun(self, on: date) -> bool:
        return self.starts <= on

    def may_end(self, user: User) -> bool:
        """While nobody has ended it, it can be ended, replaced, appraised and extended."""
        return self.ended_on is None and may_manage_facilitators(user)


class Appraisal(models.Model):
    """How the work went, and what follows: an extension needs one."""

    class Advice(models.TextChoices):
        EXTEND = "EXTEND", "Diperpanjang"
        END = "END", "Tidak diperpanjang"

    placement = models.ForeignKey(Placement, models.PROTECT, related_name="appraisals")
    appraised_on = models.DateField("tanggal penilaian")
    score = models.PositiveSmallIntegerField(
        "nilai kinerja (0-100)", validators=[MinValueValidator(0), MaxValueValidator(100)]
    )
    findings = models.TextField("catatan kinerja")
    advice = models.CharField("usul", max_length=6, choices=Advice.choices)

    history = EditHistory()

    class Meta:
        verbose_name = "penilaian kinerja"
        verbose_name_plural = "penilaian kinerja"
        ordering = ["-appraised_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(score__gte=0, score__lte=100),
                name="facilitators_appraisal_score",
                violation_error_message="Nilai kinerja antara 0 dan 100.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.placement}, {self.appraised_on:%d-%m-%Y}"
