"""What is known of the people's economy: the tree of commodities and the groups that already work."""

from django.db import models
from django.db.models import Q

from districts.regions.models import YEARS, District, ThroughVillageQuerySet, Village
from p2emas.accounts.models import User
from p2emas.history.records import EditHistory


class CommodityQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "CommodityQuerySet":
        """Reference data, read by everybody."""
        return self


class Commodity(models.Model):
    """A commodity or craft, in a tree: cabai counts for hortikultura because it descends from it."""

    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name="termasuk",
        help_text="Kelompok yang lebih luas, misalnya hortikultura untuk cabai.",
    )
    name = models.CharField("nama", max_length=80, unique=True, help_text="Misalnya cabai, tenun ikat.")
    sector = models.CharField("sektor", max_length=60, help_text="Misalnya perkebunan, peternakan, kerajinan.")
    unit = models.CharField("satuan", max_length=20, help_text="Satuan yang biasa dipakai, misalnya ton.")

    objects = CommodityQuerySet.as_manager()
    history = EditHistory()

    class Meta:
        verbose_name = "komoditas"
        verbose_name_plural = "komoditas"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=models.F("pk")),
                name="districts_commodity_not_own_parent",
                violation_error_message="Komoditas tidak dapat menjadi bagian dari dirinya sendiri.",
            )
        ]

    def __str__(self) -> str:
        return self.name


def descendants(commodity_id: int, tree: dict[int, int | None]) -> set[int]:
    """Ids of a commodity and of all below it; ``tree`` maps id -> parent id. A loop in bad data ends."""
    found = {commodity_id}
    grew = True
    while grew:
        below = {child for child, parent in tree.items() if parent in found} - found
        found |= below
        grew = bool(below)
    return found


def commodity_tree() -> dict[int, int | None]:
    """id -> parent id of every commodity, in one query."""
    return dict(Commodity.objects.values_list("pk", "parent_id"))


class CommunityGroupQuerySet(ThroughVillageQuerySet):
    def own(self, user: User) -> "CommunityGroupQuerySet":
        """Groups that ``user`` may write: of every kecamatan for BAPPEDA, of their own for its staff."""
        return self.filter(village__district__in=District.objects.own(user))


class CommunityGroup(models.Model):
    """A farmers' or crafts group, cooperative or village enterprise: the activity that "does not start from zero"."""

    class Kind(models.TextChoices):
        POKTAN = "POKTAN", "Kelompok tani"
        GAPOKTAN = "GAPOKTAN", "Gabungan kelompok tani"
        KWT = "KWT", "Kelompok wanita tani"
        TERNAK = "TERNAK", "Kelompok ternak"
        POKDAKAN = "POKDAKAN", "Kelompok pembudi daya ikan"
        UPPKA = "UPPKA", "Kelompok UPPKA"
        KUB = "KUB", "Kelompok usaha bersama"
        KOPERASI = "KOPERASI", "Koperasi"
        BUMDES = "BUMDES", "BUM Desa"

    village = models.ForeignKey(
        Village, models.PROTECT, related_name="groups", verbose_name="desa", help_text="Tempat kelompok bekerja."
    )
    name = models.CharField("nama", max_length=120, help_text="Seperti tertulis pada SK kelompok.")
    kind = models.CharField("jenis", max_length=10, choices=Kind.choices, help_text="Bentuk kelompok menurut SK-nya.")
    registration_no = models.CharField(
        "nomor registrasi", max_length=60, blank=True, help_text="ID Simluhtan atau nomor SK pengukuhan."
    )
    commodity = models.ForeignKey(
        Commodity,
        models.PROTECT,
        related_name="groups",
        verbose_name="komoditas",
        help_text="Usaha utama kelompok.",
    )
    members_m = models.PositiveIntegerField(
        "anggota laki-laki", null=True, blank=True, help_text="Kosongkan bila belum ada data."
    )
    members_f = models.PositiveIntegerField(
        "anggota perempuan", null=True, blank=True, help_text="Kosongkan bila belum ada data."
    )
    active_since = models.PositiveSmallIntegerField(
        "aktif sejak tahun", null=True, blank=True, validators=YEARS, help_text="Tahun kegiatan dimulai."
    )
    contact_name = models.CharField("nama kontak", max_length=120, blank=True, help_text="Tidak dipublikasikan.")
    contact_phone = models.CharField("telepon kontak", max_length=20, blank=True, help_text="Tidak dipublikasikan.")
    active = models.BooleanField("aktif", default=True, help_text="Matikan bila kelompok bubar.")
    is_sample = models.BooleanField("data contoh", default=False, help_text="Tandai bila rekaan.")

    objects = CommunityGroupQuerySet.as_manager()
    history = EditHistory()

    class Meta:
        verbose_name = "kelompok masyarakat"
        verbose_name_plural = "kelompok masyarakat"
        ordering = ["village", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["village", "name"],
                name="districts_communitygroup_once",
                violation_error_message="Kelompok dengan nama ini sudah ada di desa itu.",
            )
        ]

    def __str__(self) -> str:
        return self.name
