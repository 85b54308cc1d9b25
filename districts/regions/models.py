"""The map in rows: regency, kecamatan, desa and kelurahan, and their old names."""

import re
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Count, Exists, Q

from p2emas import clock
from p2emas.accounts.models import Agency, User
from p2emas.accounts.roles import Role
from p2emas.history.records import EditHistory
from p2emas.ui.links import lettered

PLACE_WORD = re.compile(r"^(kecamatan|desa|kelurahan|kec|ds|kel)(\.\s*|\s+)", re.IGNORECASE)  # how people write names
SHAPE = "Tulis kode dengan titik, seperti pada contoh."
LATITUDES = [MinValueValidator(-90), MaxValueValidator(90)]
LONGITUDES = [MinValueValidator(-180), MaxValueValidator(180)]
YEARS = [MinValueValidator(1900), MaxValueValidator(2100)]


def place_name(text: str) -> str:
    """What people type or paste as a place, without the word for its kind and with single spaces."""
    return PLACE_WORD.sub("", " ".join(text.split()))


class Regency(models.Model):
    code = models.CharField(
        "kode",
        max_length=5,
        unique=True,
        validators=[RegexValidator(r"^[0-9]{2}\.[0-9]{2}$", SHAPE)],
        help_text="Kode Kemendagri, misalnya 61.05.",
    )
    name = models.CharField("nama", max_length=80, help_text="Lengkap, dengan kata Kabupaten atau Kota.")

    history = EditHistory()

    class Meta:
        verbose_name = "kabupaten atau kota"
        verbose_name_plural = "kabupaten atau kota"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class DistrictQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "DistrictQuerySet":
        """Everybody may read where kecamatan are; kecamatan staff work in their own only."""
        return self

    def own(self, user: User) -> "DistrictQuerySet":
        """Kecamatan whose data ``user`` may write."""
        if user.is_superuser or user.has_role(Role.COORDINATOR, Role.COORDINATOR_HEAD):
            return self
        return self.filter(office__in=user.agency_ids(Role.DISTRICT_ADMIN))

    def visible_in_office(self, user: User) -> "DistrictQuerySet":
        """Kecamatan that the back office shows ``user``: all to those who see everything, else their own."""
        return self if user.sees_everything else self.own(user)

    def search(self, text: str) -> "DistrictQuerySet":
        """Kecamatan whose name contains ``text``, with or without the word kecamatan, or that have it as code."""
        text = place_name(text)
        return self.filter(Q(name__icontains=text) | Q(code=text)) if text else self

    def with_boundary(self) -> "DistrictQuerySet":
        """With the outline of each, where one was imported."""
        return self.select_related("boundary")

    def with_village_counts(self) -> "DistrictQuerySet":
        """With ``desa_count`` and ``kelurahan_count`` of the active ones."""
        active = {kind: Q(villages__active=True, villages__kind=kind) for kind in Village.Kind}
        return self.annotate(
            desa_count=Count("villages", filter=active[Village.Kind.DESA]),
            kelurahan_count=Count("villages", filter=active[Village.Kind.KELURAHAN]),
        )


class District(models.Model):
    """A kecamatan. Its office is an agency, through which its staff is assigned."""

    regency = models.ForeignKey(
        Regency,
        models.PROTECT,
        related_name="districts",
        verbose_name="kabupaten atau kota",
        help_text="Daerah induk.",
    )
    code = models.CharField(
        "kode",
        max_length=8,
        unique=True,
        validators=[RegexValidator(r"^[0-9]{2}(\.[0-9]{2}){2}$", SHAPE)],
        help_text="Kode Kemendagri, misalnya 61.05.19.",
    )
    name = models.CharField("nama", max_length=80, help_text="Tanpa kata kecamatan.")
    office = models.OneToOneField(
        Agency,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="district",
        verbose_name="kantor",
        help_text="Kantor camat sebagai perangkat daerah.",
    )
    lat = models.DecimalField(
        "lintang",
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=LATITUDES,
        help_text="Titik pusat kecamatan, derajat, misalnya 0,166.",
    )
    lng = models.DecimalField(
        "bujur",
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=LONGITUDES,
        help_text="Titik pusat kecamatan, derajat, misalnya 111,729.",
    )

    desa_count: int  # read by ``with_village_counts``, as the next one
    kelurahan_count: int

    objects = DistrictQuerySet.as_manager()
    history = EditHistory()

    class Meta:
        verbose_name = "kecamatan"
        verbose_name_plural = "kecamatan"
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return lettered("profiles:district-detail", self.code)

    @property
    def short_code(self) -> str:
        """The last two digits, by which the tile map places it."""
        return self.code[-2:]


class VillageQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "VillageQuerySet":
        """Villages whose data ``user`` works on: kecamatan staff their own, facilitators theirs, coordinators all."""
        if user.sees_everything:
            return self
        seen = Q(district__office__in=user.agency_ids(Role.DISTRICT_ADMIN))
        if user.has_role(Role.FACILITATOR):
            scopes = user.village_scopes.in_force(clock.today())
            seen |= Q(pk__in=scopes.of_villages().values("village")) | Q(Exists(scopes.of_the_regency()))
        return self.filter(seen)

    def public(self) -> "VillageQuerySet":
        return self.filter(active=True)

    def of(self, district: District) -> "VillageQuerySet":
        return self.filter(district=district)

    def only_this(self, pk: int) -> "VillageQuerySet":
        """One village as a queryset, for a form that offers no other."""
        return self.filter(pk=pk)

    def search(self, text: str) -> "VillageQuerySet":
        """Villages whose name or an alias contains ``text``, with or without the word desa, or that have it as code."""
        text = place_name(text)
        if not text:
            return self
        by_alias = VillageAlias.objects.filter(name__icontains=text).values("village")
        return self.filter(Q(name__icontains=text) | Q(code=text) | Q(pk__in=by_alias))


class Village(models.Model):
    """A desa or kelurahan. A village whose border is disputed has no code."""

    class Kind(models.TextChoices):
        DESA = "DESA", "Desa"
        KELURAHAN = "KELURAHAN", "Kelurahan"

    district = models.ForeignKey(
        District, models.PROTECT, related_name="villages", verbose_name="kecamatan", help_text="Kecamatan induk."
    )
    code = models.CharField(
        "kode",
        max_length=13,
        unique=True,
        null=True,
        blank=True,
        validators=[RegexValidator(r"^[0-9]{2}(\.[0-9]{2}){2}\.[0-9]{4}$", SHAPE)],
        help_text="Kode Kemendagri, misalnya 61.05.19.2005. Kosong bila batasnya belum ditetapkan.",
    )
    name = models.CharField("nama", max_length=80, help_text="Tanpa kata desa atau kelurahan.")
    kind = models.CharField(
        "jenis", max_length=10, choices=Kind.choices, default=Kind.DESA, help_text="Menurut kode Kemendagri."
    )
    slug = models.SlugField(
        "alamat halaman", max_length=80, unique=True, help_text="Bagian alamat web; tidak pernah diubah."
    )
    lat = models.DecimalField(
        "lintang",
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=LATITUDES,
        help_text="Titik pusat desa, derajat, misalnya 0,166.",
    )
    lng = models.DecimalField(
        "bujur",
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=LONGITUDES,
        help_text="Titik pusat desa, derajat, misalnya 111,729.",
    )
    contact_name = models.CharField(
        "nama kontak", max_length=120, blank=True, help_text="Kepala desa atau petugas; tidak dipublikasikan."
    )
    contact_phone = models.CharField("telepon kontak", max_length=20, blank=True, help_text="Tidak dipublikasikan.")
    active = models.BooleanField("aktif", default=True, help_text="Matikan bila desa digabung atau dihapus.")

    objects = VillageQuerySet.as_manager()
    history = EditHistory()

    class Meta:
        verbose_name = "desa atau kelurahan"
        verbose_name_plural = "desa dan kelurahan"
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["district", "name"], name="districts_village_by_district")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return lettered("profiles:village-detail", self.slug)


class ThroughVillageQuerySet(models.QuerySet):
    def for_user(self, user: User) -> Self:
        if user.sees_everything:  # a list of all villages in the statement leads a database to begin with it
            return self
        return self.filter(village__in=Village.objects.for_user(user))


class DistrictAliasQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "DistrictAliasQuerySet":
        """As the kecamatan itself."""
        return self.filter(district__in=District.objects.for_user(user))


class DistrictAlias(models.Model):
    """Another name or spelling of a kecamatan, as tables of other offices have it."""

    district = models.ForeignKey(District, models.CASCADE, related_name="aliases", verbose_name="kecamatan")
    name = models.CharField("nama lain", max_length=80, db_index=True, help_text="Nama lama atau ejaan lain.")

    objects = DistrictAliasQuerySet.as_manager()
    history = EditHistory()

    class Meta:
        verbose_name = "nama lain kecamatan"
        verbose_name_plural = "nama lain kecamatan"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["name"],
                name="districts_districtalias_once",
                violation_error_message="Nama lain ini sudah dicatat. Satu nama hanya untuk satu kecamatan.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class VillageAlias(models.Model):
    """An older or misspelt name that search finds."""

    village = models.ForeignKey(Village, models.CASCADE, related_name="aliases", verbose_name="desa")
    name = models.CharField("nama lain", max_length=80, db_index=True, help_text="Nama lama atau ejaan lain.")
    until_year = models.PositiveSmallIntegerField(
        "dipakai sampai tahun",
        null=True,
        blank=True,
        validators=YEARS,
        help_text="Kosongkan bila tidak diketahui.",
    )

    objects = ThroughVillageQuerySet.as_manager()
    history = EditHistory()

    class Meta:
        verbose_name = "nama lain desa"
        verbose_name_plural = "nama lain desa"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["village", "name"],
                name="districts_villagealias_once",
                violation_error_message="Nama lain ini sudah dicatat.",
            )
        ]

    def __str__(self) -> str:
        return self.name
