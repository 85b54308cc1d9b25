"""Who works with the programme: people, agencies, the assignments that scope them, and the office calendar."""

from datetime import date
from functools import cached_property

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from p2emas import clock
from p2emas.accounts.roles import AGENCY_STAFF, BACK_OFFICE, NEEDS_SECOND_FACTOR, SEES_EVERYTHING, Role
from p2emas.history import EditHistory

nip_validator = RegexValidator(r"^\d{18}$", _("NIP terdiri atas 18 angka tanpa spasi."))


class UserQuerySet(models.QuerySet):
    def for_user(self, user: "User") -> "UserQuerySet":
        """People whom ``user`` may look up: heads and the auditor see all, others themselves."""
        if user.is_superuser or user.has_role(Role.COORDINATOR_HEAD, Role.AUDITOR):
            return self
        return self.filter(pk=user.pk)


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    def create_user(self, username: str, password: str | None = None, **fields) -> "User":
        if fields.get("email"):
            fields["email"] = self.normalize_email(fields["email"]).lower()
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str | None = None, **fields) -> "User":
        fields.setdefault("name", username)
        return self.create_user(username, password, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in. Roles come from assignments, never from flags on the user."""

    username = models.CharField(
        _("nama pengguna"),
        max_length=60,
        unique=True,
        validators=[UnicodeUsernameValidator()],
        error_messages={"unique": _("Nama pengguna ini sudah dipakai.")},
    )
    name = models.CharField(_("nama"), max_length=120)
    email = models.EmailField(_("alamat surel"), null=True, blank=True)
    phone = models.CharField(_("nomor telepon"), max_length=20, blank=True)
    nip = models.CharField(_("NIP"), max_length=18, blank=True, validators=[nip_validator])
    is_active = models.BooleanField(_("aktif"), default=True)
    date_joined = models.DateTimeField(_("dibuat"), default=timezone.now)

    objects = UserManager()
    history = EditHistory(excluded_fields=["password", "last_login"])

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("pengguna")
        verbose_name_plural = _("pengguna")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("username"),
                name="p2emas_user_username_once",
                violation_error_message=_("Nama pengguna ini sudah dipakai."),
            ),
            models.UniqueConstraint(
                Lower("email"),
                name="p2emas_user_email_once",
                violation_error_message=_("Alamat surel ini sudah dipakai pengguna lain."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.username

    def get_absolute_url(self) -> str:
        return reverse("staffing:user-detail", args=[self.pk])

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    @cached_property
    def current_assignments(self) -> list["Assignment"]:
        """Assignments in force today, read once per request: a changed one acts on the next request."""
        if not self.is_active:
            return []
        return list(self.assignments.in_force(clock.today()).select_related("agency"))

    @property
    def role_codes(self) -> frozenset[str]:
        return frozenset(assignment.role for assignment in self.current_assignments)

    def has_role(self, *roles: str) -> bool:
        return not self.role_codes.isdisjoint(roles)

    def agency_ids(self, *roles: str) -> set[int]:
        """Agencies where the user holds one of ``roles`` today (any role when none is named)."""
        return {a.agency_id for a in self.current_assignments if not roles or a.role in roles}

    @property
    def staff_agency_ids(self) -> set[int]:
        """Agencies that the user fills plans and reports for."""
        return self.agency_ids(*AGENCY_STAFF)

    @property
    def village_slugs(self) -> set[str]:
        """Slugs of the villages that a facilitator is placed in; ``*`` stands for the whole regency."""
        return {a.village_slug for a in self.current_assignments if a.role == Role.FACILITATOR and a.village_slug}

    @property
    def sees_everything(self) -> bool:
        return self.is_superuser or not self.role_codes.isdisjoint(SEES_EVERYTHING)

    @property
    def is_staff(self) -> bool:
        """Django's word for "may enter the back office"."""
        return self.is_active and (self.is_superuser or not self.role_codes.isdisjoint(BACK_OFFICE))

    @property
    def needs_second_factor(self) -> bool:
        return self.is_superuser or not self.role_codes.isdisjoint(NEEDS_SECOND_FACTOR)


class AgencyQuerySet(models.QuerySet):
    def members(self, on: date) -> "AgencyQuerySet":
        """Agencies of the "SKPD persemakmuran" on day ``on``: they plan and report."""
        return self.filter(Q(member_until=None) | Q(member_until__gte=on), member_from__lte=on)

    def for_user(self, user: User) -> "AgencyQuerySet":
        """The list of agencies is public; what they write is not."""
        return self


class Agency(models.Model):
    """A local government body: SKPD, secretariat, inspectorate or the office of a kecamatan."""

    class Kind(models.TextChoices):
        BADAN = "BADAN", _("Badan")
        DINAS = "DINAS", _("Dinas")
        SEKRETARIAT = "SEKRETARIAT", _("Sekretariat")
        INSPEKTORAT = "INSPEKTORAT", _("Inspektorat")
        KECAMATAN = "KECAMATAN", _("Kecamatan")

    code = models.SlugField(
        _("kode"), max_length=30, unique=True, help_text=_("Kode pendek untuk alamat, misalnya distanbun.")
    )
    name = models.CharField(_("nama"), max_length=160, help_text=_("Nama lengkap menurut peraturan daerah."))
    short_name = models.CharField(_("nama pendek"), max_length=60, help_text=_("Dipakai di tabel dan daftar."))
    kind = models.CharField(
        _("jenis"), max_length=12, choices=Kind.choices, help_text=_("Menurut susunan perangkat daerah.")
    )
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("dilanjutkan oleh"),
        help_text=_("Perangkat daerah yang meneruskan tugasnya setelah penataan organisasi."),
    )
    member_from = models.DateField(
        _("anggota sejak"), null=True, blank=True, help_text=_("Kosongkan bila bukan SKPD persemakmuran.")
    )
    member_until = models.DateField(
        _("anggota sampai"), null=True, blank=True, help_text=_("Kosongkan bila masih anggota.")
    )
    is_sample = models.BooleanField(_("data contoh"), default=False, help_text=_("Tandai bila rekaan untuk demo."))

    objects = AgencyQuerySet.as_manager()
    history = EditHistory()

    class Meta:
        verbose_name = _("perangkat daerah")
        verbose_name_plural = _("perangkat daerah")
        ordering = ["short_name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(member_until=None) | Q(member_from__lte=F("member_until")),
                name="p2emas_agency_member_dates",
                violation_error_message=_("Tanggal akhir keanggotaan tidak boleh sebelum tanggal mulainya."),
            )
        ]

    def __str__(self) -> str:
        return self.short_name


class DatedQuerySet(models.QuerySet):
    """Rows that hold from ``valid_from`` to ``valid_until`` (open when empty), both days included."""

    def in_force(self, on: date):
        return self.filter(Q(valid_until=None) | Q(valid_until__gte=on), valid_from__lte=on)


class Official(models.Model):
    """Who signs for an agency. Documents copy the name, so that a later change leaves them as signed."""

    class Capacity(models.TextChoices):
        DEFINITIVE = "DEFINITIVE", _("Definitif")
        PLT = "PLT", _("Plt.")
        PLH = "PLH", _("Plh.")

    agency = models.ForeignKey(
        Agency,
        models.PROTECT,
        related_name="officials",
        verbose_name=_("perangkat daerah"),
        help_text=_("Tempat pejabat ini menandatangani."),
    )
    name = models.CharField(_("nama"), max_length=120, help_text=_("Nama lengkap dengan gelar."))
    nip = models.CharField(
        _("NIP"),
        max_length=18,
        blank=True,
        validators=[nip_validator],
        help_text=_("18 angka, kosongkan bila tidak ada."),
    )
    rank = models.CharField(_("pangkat"), max_length=60, blank=True, help_text=_("Misalnya Pembina Utama Muda."))
    title = models.CharField(_("jabatan"), max_length=120, help_text=_("Misalnya Kepala Dinas."))
    capacity = models.CharField(
        _("kedudukan"),
        max_length=12,
        choices=Capacity.choices,
        default=Capacity.DEFINITIVE,
        help_text=_("Definitif, pelaksana tugas, atau pelaksana harian."),
    )
    valid_from = models.DateField(_("sejak"), help_text=_("Hari pertama menjabat."))
    valid_until = models.DateField(_("sampai"), null=True, blank=True, help_text=_("Kosongkan bila masih menjabat."))
    is_sample = models.BooleanField(_("data contoh"), default=False, help_text=_("Tandai bila rekaan untuk demo."))

    objects = DatedQuerySet.as_manager()
    history = EditHistory()

    class Meta:
        verbose_name = _("pejabat")
        verbose_name_plural = _("pejabat")
        ordering = ["agency", "-valid_from", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_from__lte=F("valid_until")),
                name="p2emas_official_dates",
                violation_error_message=_("Tanggal akhir jabatan tidak boleh sebelum tanggal mulainya."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.title}"


class Assignment(models.Model):
    """What one user may do, for which agency, from when until when. A mutation is a new row, never an edit."""

    user = models.ForeignKey(User, models.PROTECT, related_name="assignments", verbose_name=_("pengguna"))
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="assignments", verbose_name=_("perangkat daerah"))
    role = models.CharField(_("peran"), max_length=20, choices=Role.choices)
    village_slug = models.CharField(
        _("desa"),
        max_length=80,
        blank=True,
        help_text=_("Hanya pendamping: slug desa, atau * untuk konsultan kabupaten."),
    )
    valid_from = models.DateField(_("sejak"))
    valid_until = models.DateField(_("sampai"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()
    history = EditHistory()

    class Meta:
        verbose_name = _("penugasan")
        verbose_name_plural = _("penugasan")
        ordering = ["-valid_from", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_from__lte=F("valid_until")),
                name="p2emas_assignment_dates",
                violation_error_message=_("Tanggal akhir penugasan tidak boleh sebelum tanggal mulainya."),
            ),
            models.CheckConstraint(
                condition=Q(village_slug="") | Q(role=Role.FACILITATOR),
                name="p2emas_assignment_village_only_facilitator",
                violation_error_message=_("Hanya pendamping yang ditugaskan di satu desa."),
            ),
            models.UniqueConstraint(
                fields=["user", "agency", "role", "village_slug"],
                condition=Q(valid_until=None),
                name="p2emas_assignment_open_once",
                violation_error_message=_("Penugasan yang sama masih berjalan."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}, {self.agency}"


class HolidayQuerySet(models.QuerySet):
    def dates_around(self, first: date, last: date) -> frozenset[date]:
        """Holidays between two days, as the set that the working-day functions take."""
        return frozenset(self.filter(date__range=(first, last)).values_list("date", flat=True))


class Holiday(models.Model):
    """A day on which offices are closed; weekends need no row."""

    date = models.DateField(_("tanggal"), unique=True, help_text=_("Libur nasional atau cuti bersama."))
    name = models.CharField(_("nama"), max_length=120, help_text=_("Misalnya Hari Raya Natal."))

    objects = HolidayQuerySet.as_manager()
    history = EditHistory()

    class Meta:
        verbose_name = _("hari libur")
        verbose_name_plural = _("hari libur")
        ordering = ["date"]

    def __str__(self) -> str:
        return f"{self.date:%d-%m-%Y} {self.name}"
