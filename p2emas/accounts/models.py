"""Who works with the programme: people, agencies, the assignments that scope them, and the office calendar."""

from datetime import date
from functools import cached_property

from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from p2emas import clock, naming
from p2emas.accounts.agencies import Agency, DatedQuerySet, Holiday, Official, nip_validator
from p2emas.accounts.roles import AGENCY_STAFF, BACK_OFFICE, COORDINATORS, NEEDS_SECOND_FACTOR, SEES_EVERYTHING, Role
from p2emas.history.records import EditHistory


class UserQuerySet(models.QuerySet):
    def for_user(self, user: "User") -> "UserQuerySet":
        """People whom ``user`` may look up: heads and the auditor see all, others themselves."""
        if user.is_superuser or user.has_role(Role.COORDINATOR_HEAD, Role.AUDITOR):
            return self
        return self.filter(pk=user.pk)

    def without_superusers(self) -> "UserQuerySet":
        """Who may hold roles: a superuser repairs data and never takes a step."""
        return self.filter(is_superuser=False)

    def with_assignments(self, on: date) -> "UserQuerySet":
        """``assignments_today`` of each person by one query, for lists."""
        held = Assignment.objects.in_force(on).select_related("agency")
        return self.prefetch_related(models.Prefetch("assignments", held, to_attr="assignments_today"))

    def matching(self, words: str) -> "UserQuerySet":
        return self.filter(Q(name__icontains=words) | Q(username__icontains=words) | Q(email__icontains=words))

    def holding(self, on: date, *, role: str | None = None, agency: "Agency | None" = None) -> "UserQuerySet":
        """People who hold ``role`` and work at ``agency`` on day ``on``, in one and the same assignment."""
        held = Assignment.objects.in_force(on)
        held = held.filter(role=role) if role else held
        held = held.filter(agency=agency) if agency else held
        return self.filter(pk__in=held.values("user"))

    def in_condition(self, condition: str) -> "UserQuerySet":
        """People in one of ``User.Condition``."""
        invited = Q(password="") | Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
        if condition == User.Condition.INACTIVE:
            return self.filter(is_active=False)
        active = self.filter(is_active=True)
        return active.filter(invited) if condition == User.Condition.INVITED else active.exclude(invited)


_Rows = models.Manager.from_queryset(UserQuerySet)


class UserManager(BaseUserManager["User"], _Rows):
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

    class Condition(models.TextChoices):
        ACTIVE = "active", "Aktif"
        INVITED = "invited", "Diundang, belum punya kata sandi"
        INACTIVE = "inactive", "Nonaktif"

    username = models.CharField(
        "nama pengguna",
        max_length=60,
        unique=True,
        help_text="Dipakai untuk masuk: huruf, angka, titik, atau garis bawah.",
        validators=[UnicodeUsernameValidator()],
        error_messages={"unique": "Nama pengguna ini sudah dipakai."},
    )
    name = models.CharField("nama", max_length=120, help_text="Nama lengkap, boleh dengan gelar.")
    email = models.EmailField(
        "alamat surel", null=True, blank=True, help_text="Untuk undangan dan tautan kata sandi baru."
    )
    phone = models.CharField(
        "nomor telepon",
        max_length=20,
        blank=True,
        help_text="Untuk dihubungi koordinator, tidak ditampilkan umum.",
    )
    nip = models.CharField(
        "NIP", max_length=18, blank=True, validators=[nip_validator], help_text="18 angka tanpa spasi."
    )
    is_active = models.BooleanField("aktif", default=True, help_text="Yang tidak aktif tidak dapat masuk.")
    date_joined = models.DateTimeField("dibuat", default=timezone.now, editable=False)
    # Part of the hash of each session: a new mark ends them all.
    session_mark = models.CharField(max_length=16, blank=True, editable=False)

    objects = UserManager()
    history = EditHistory(excluded_fields=["password", "last_login", "session_mark"])

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = "pengguna"
        verbose_name_plural = "pengguna"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("username"),
                name="p2emas_user_username_once",
                violation_error_message="Nama pengguna ini sudah dipakai.",
            ),
            models.UniqueConstraint(
                Lower("email"),
                name="p2emas_user_email_once",
                violation_error_message="Alamat surel ini sudah dipakai pengguna lain.",
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

    @property
    def condition(self) -> str:
        if not self.is_active:
            return self.Condition.INACTIVE
        return self.Condition.ACTIVE if self.has_usable_password() else self.Condition.INVITED

    @property
    def condition_label(self) -> str:
        return self.Condition(self.condition).label

    @cached_property
    def current_assignments(self) -> list["Assignment"]:
        """Assignments in force today, read once per request: a changed one acts on the next request.

        A coordinator's rights depend on the lead office: who was assigned at the one before it has none.
        """
        if not self.is_active:
            return []
        held = self.assignments.in_force(clock.today()).select_related("agency")
        return [
            each for each in held if each.role not in COORDINATORS or each.agency_id == naming.current().lead_agency_id
        ]

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
    def sees_everything(self) -> bool:
        return self.is_superuser or not self.role_codes.isdisjoint(SEES_EVERYTHING)

    @property
    def is_staff(self) -> bool:
        """Django's word for "may enter the back office"."""
        return self.is_active and (self.is_superuser or not self.role_codes.isdisjoint(BACK_OFFICE))

    @property
    def needs_second_factor(self) -> bool:
        return self.is_superuser or not self.role_codes.isdisjoint(NEEDS_SECOND_FACTOR)

    @cached_property
    def has_second_factor(self) -> bool:
        """The person who signs in brings it along (``PasswordBackend.get_user``)."""
        return is_mfa_enabled(self)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """A session ends with its password, and when the person's mark is changed."""
        salt = "p2emas.accounts.models.User.session"
        return salted_hmac(salt, f"{self.password}{self.session_mark}", secret=secret, algorithm="sha256").hexdigest()


def _lead_only() -> str:
    if naming.current().lead_agency_id is None:
        return "Kantor pengelola program belum dipilih. Pilih dahulu di halaman Identitas."
    return naming.said("Koordinator bertugas di kantor pengelola program ({office}).")


def why_not_together(role: str, agency: Agency, on: date) -> str | None:
    """Why this role is not held at this agency, or None."""
    if role in COORDINATORS and agency.pk != naming.current().lead_agency_id:
        return _lead_only()
    if role == Role.DISTRICT_ADMIN and agency.kind != Agency.Kind.KECAMATAN:
        return "Admin kecamatan bertugas di kantor kecamatan. Pilih kecamatannya."
    if role in AGENCY_STAFF and not Agency.objects.members(on).filter(pk=agency.pk).exists():
        return "Perangkat daerah ini bukan anggota program pada tanggal itu."
    if role == Role.AUDITOR and agency.kind != Agency.Kind.INSPEKTORAT:
        return "Peran ini untuk Inspektorat."
    return None


class VillageOfOldAssignments(models.Model):
    """What the history says of a facilitator's village from before ``districts.VillageScope``: kept as text."""

    village_slug = models.CharField("desa", max_length=80, blank=True, default="", editable=False)

    class Meta:
        abstract = True


class Assignment(models.Model):
    """What one user may do, for which agency, from when until when. A mutation is a new row, never an edit.

    A facilitator holds the role once, however many villages the placements name; those are in ``VillageScope``.
    """

    user = models.ForeignKey(
        User,
        models.PROTECT,
        related_name="assignments",
        verbose_name="pengguna",
        help_text="Siapa yang ditugaskan.",
    )
    agency = models.ForeignKey(
        Agency,
        models.PROTECT,
        related_name="assignments",
        verbose_name="perangkat daerah",
        help_text="Tempat bertugas; untuk admin kecamatan kantor kecamatannya.",
    )
    role = models.CharField("peran", max_length=20, choices=Role.choices, help_text="Menentukan haknya.")
    valid_from = models.DateField("sejak", help_text="Hari pertama bertugas.")
    valid_until = models.DateField(
        "sampai", null=True, blank=True, help_text="Hari terakhir bertugas; kosongkan bila belum ditentukan."
    )

    objects = DatedQuerySet.as_manager()
    history = EditHistory(bases=[VillageOfOldAssignments])

    class Meta:
        verbose_name = "penugasan"
        verbose_name_plural = "penugasan"
        ordering = ["-valid_from", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_from__lte=F("valid_until")),
                name="p2emas_assignment_dates",
                violation_error_message="Tanggal akhir penugasan tidak boleh sebelum tanggal mulainya.",
            ),
            models.UniqueConstraint(
                fields=["user", "agency", "role"],
                condition=Q(valid_until=None),
                name="p2emas_assignment_open_once",
                violation_error_message="Penugasan yang sama masih berjalan.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.words}"

    @property
    def words(self) -> str:
        """ "Operator SKPD, Perindagkop UKM"; a role that is named after its office is said once."""
        role, office = self.get_role_display(), str(self.agency)
        return role if role == office else f"{role}, {office}"

    def clean(self) -> None:
        if self.agency_id and self.role and self.valid_from:
            refusal = why_not_together(self.role, self.agency, self.valid_from)
            if refusal:
                raise ValidationError({"agency": refusal})

    def is_open(self, on: date) -> bool:
        """Whether the assignment holds on day ``on`` or will begin after it."""
        return self.valid_until is None or self.valid_until >= on


__all__ = ["Agency", "Assignment", "DatedQuerySet", "Holiday", "Official", "User", "UserQuerySet", "why_not_together"]
