"""Agencies, who signs for them, and the days on which offices are closed."""

from datetime import date, timedelta
from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from p2emas.history.records import EditHistory
from p2emas.ui.workdays import add_working_days

nip_validator = RegexValidator(r"^\d{18}$", "NIP terdiri atas 18 angka tanpa spasi.")


class AgencyQuerySet(models.QuerySet):
    def members(self, on: date) -> "AgencyQuerySet":
        """Agencies of the members of the programme on day ``on``: they plan and report."""
        return self.filter(Q(member_until=None) | Q(member_until__gte=on), member_from__lte=on)

    def for_user(self, user: models.Model) -> "AgencyQuerySet":
        """The list of agencies is public; what they write is not."""
        return self


class Agency(models.Model):
    """A local government body: SKPD, secretariat, inspectorate or the office of a kecamatan."""

    class Kind(models.TextChoices):
        BADAN = "BADAN", "Badan"
        DINAS = "DINAS", "Dinas"
        SEKRETARIAT = "SEKRETARIAT", "Sekretariat"
        INSPEKTORAT = "INSPEKTORAT", "Inspektorat"
        KECAMATAN = "KECAMATAN", "Kecamatan"

    code = models.SlugField(
        "kode", max_length=30, unique=True, help_text="Kode pendek untuk alamat, misalnya distanbun."
    )
    name = models.CharField("nama", max_length=160, help_text="Nama lengkap menurut peraturan daerah.")
    short_name = models.CharField("nama pendek", max_length=60, help_text="Dipakai di tabel dan daftar.")
    kind = models.CharField("jenis", max_length=12, choices=Kind.choices, help_text="Menurut susunan perangkat daerah.")
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="dilanjutkan oleh",
        help_text="Perangkat daerah yang meneruskan tugasnya setelah penataan organisasi.",
    )
    member_from = models.DateField(
        "anggota sejak",
        null=True,
        blank=True,
        help_text="Hanya anggota program, yang mengisi rencana dan laporan.",
    )
    member_until = models.DateField("anggota sampai", null=True, blank=True, help_text="Kosongkan bila masih anggota.")
    is_sample = models.BooleanField("data contoh", default=False, help_text="Tandai bila rekaan untuk demo.")

    objects = AgencyQuerySet.as_manager()
    history = EditHistory()

    class Meta:
        verbose_name = "perangkat daerah"
        verbose_name_plural = "perangkat daerah"
        ordering = ["short_name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(member_until=None) | Q(member_from__lte=F("member_until")),
                name="p2emas_agency_member_dates",
                violation_error_message="Tanggal akhir keanggotaan tidak boleh sebelum tanggal mulainya.",
            )
        ]

    def __str__(self) -> str:
        return self.short_name

    def was_member(self, first: date, last: date) -> bool:
        """Whether it belonged to the programme on any day from ``first`` to ``last``."""
        joined = self.member_from is not None and self.member_from <= last
        return joined and (self.member_until is None or self.member_until >= first)


class DatedQuerySet(models.QuerySet):
    """Rows that hold from ``valid_from`` to ``valid_until`` (open when empty), both days included."""

    def in_force(self, on: date):
        return self.filter(Q(valid_until=None) | Q(valid_until__gte=on), valid_from__lte=on)

    def standing(self):
        """Rows that nothing has ended yet."""
        return self.filter(valid_until=None)

    def overlapping(self, start: date, end: date | None):
        """Rows that hold on some day from ``start`` to ``end`` (for good when None)."""
        rows = self.filter(Q(valid_until=None) | Q(valid_until__gte=start))
        return rows if end is None else rows.filter(valid_from__lte=end)


class OfficialQuerySet(DatedQuerySet):
    def heads(self) -> "dict[int, Official]":
        """Agency -> who signs for it: the one in office for longest, or who acts in that office meanwhile."""
        found: dict[int, Official] = {}
        acting: dict[tuple[int, str], Official] = {}
        rows: list[Any] = list(self.order_by("agency", "valid_from", "pk"))
        for official in rows:
            if official.is_acting:
                acting[official.agency_id, official.title.casefold()] = official
            else:
                found.setdefault(official.agency_id, official)
        heads = {pk: acting.get((pk, head.title.casefold()), head) for pk, head in found.items()}
        return {agency: each for (agency, _title), each in acting.items()} | heads  # an office that is vacant


class Official(models.Model):
    """Who signs for an agency. Documents copy the name, so that a later change leaves them as signed."""

    class Capacity(models.TextChoices):
        DEFINITIVE = "DEFINITIVE", "Definitif"
        PLT = "PLT", "Plt."
        PLH = "PLH", "Plh."

    agency = models.ForeignKey(
        Agency,
        models.PROTECT,
        related_name="officials",
        verbose_name="perangkat daerah",
        help_text="Tempat pejabat ini menandatangani.",
    )
    name = models.CharField("nama", max_length=120, help_text="Nama lengkap dengan gelar.")
    nip = models.CharField(
        "NIP",
        max_length=18,
        blank=True,
        validators=[nip_validator],
        help_text="18 angka, kosongkan bila tidak ada.",
    )
    rank = models.CharField("pangkat", max_length=60, blank=True, help_text="Misalnya Pembina Utama Muda.")
    title = models.CharField("jabatan", max_length=120, help_text="Misalnya Kepala Dinas.")
    capacity = models.CharField(
        "kedudukan",
        max_length=12,
        choices=Capacity.choices,
        default=Capacity.DEFINITIVE,
        help_text="Definitif, pelaksana tugas, atau pelaksana harian.",
    )
    valid_from = models.DateField("sejak", help_text="Hari pertama menjabat.")
    valid_until = models.DateField("sampai", null=True, blank=True, help_text="Kosongkan bila masih menjabat.")
    is_sample = models.BooleanField("data contoh", default=False, help_text="Tandai bila rekaan untuk demo.")

    objects = OfficialQuerySet.as_manager()
    history = EditHistory()

    class Meta:
        verbose_name = "pejabat"
        verbose_name_plural = "pejabat"
        ordering = ["agency", "-valid_from", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_from__lte=F("valid_until")),
                name="p2emas_official_dates",
                violation_error_message="Tanggal akhir jabatan tidak boleh sebelum tanggal mulainya.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.signed_title}"

    @property
    def is_acting(self) -> bool:
        return self.capacity != self.Capacity.DEFINITIVE

    @property
    def signed_title(self) -> str:
        """The office as it is written under a signature: "Plt. Kepala Dinas"."""
        return f"{self.get_capacity_display()} {self.title}" if self.is_acting else self.title


LONGEST_BREAK = timedelta(days=60)  # more than any number of holidays in a row


class HolidayQuerySet(models.QuerySet):
    def dates_around(self, first: date, last: date) -> frozenset[date]:
        """Holidays between two days, as the set that the working-day functions take."""
        return frozenset(self.between(first, last).values_list("date", flat=True))

    def working_day_after(self, day: date, count: int) -> date:
        """The ``count``-th working day after ``day``; one query."""
        return add_working_days(day, count, self.dates_around(day, day + timedelta(days=2 * count) + LONGEST_BREAK))

    def between(self, first: date, last: date) -> "HolidayQuerySet":
        return self.filter(date__range=(first, last))


class Holiday(models.Model):
    """A day on which offices are closed; weekends need no row."""

    date = models.DateField("tanggal", unique=True, help_text="Libur nasional atau cuti bersama.")
    name = models.CharField("nama", max_length=120, help_text="Misalnya Hari Raya Natal.")

    objects = HolidayQuerySet.as_manager()
    history = EditHistory()

    class Meta:
        verbose_name = "hari libur"
        verbose_name_plural = "hari libur"
        ordering = ["date"]

    def __str__(self) -> str:
        return f"{self.date:%d-%m-%Y} {self.name}"
