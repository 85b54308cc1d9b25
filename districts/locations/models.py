"""Target locations (lokasi sasaran): which villages a decree has fixed, from when until when, and how far each is."""

from datetime import date

from django.db import models
from django.db.models import Count, F, Q

from districts.competencies.models import CompetencyDetermination, CoreCompetency
from districts.locations.candidates.models import Candidate
from districts.locations.rounds.models import SelectionRound
from districts.regions.models import Village
from p2emas import clock
from p2emas.accounts.models import User
from p2emas.documents.models import Decree
from p2emas.history.records import EditHistory
from p2emas.workflow.hooks import Hook
from p2emas.workflow.models import COORDINATOR_STEP, HEAD_STEP, Chain, Step, StepNotAllowed

may_be_passed_on: "Hook[[TargetLocation], bool]" = Hook("whether a verdict lets a location be passed on")


class TargetLocationQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "TargetLocationQuerySet":
        """Target locations are public: a decree fixed them."""
        return self

    def in_force(self, on: date) -> "TargetLocationQuerySet":
        return self.filter(Q(valid_until=None) | Q(valid_until__gte=on), valid_from__lte=on)

    def received(self) -> "TargetLocationQuerySet":
        """Those that a success was passed on to, with their parents."""
        own = ("village__district", "decree", "replicated_from__village__district", "replicated_from__decree")
        return self.filter(replicated_from__isnull=False).select_related(
            *own, "replicated_from__core_competency__commodity"
        )

    def in_family_of(self, village: Village) -> "TargetLocationQuerySet":
        """Of those that received a success: in ``village``, or from it."""
        return self.filter(Q(village=village) | Q(replicated_from__village=village))

    def standing(self) -> "TargetLocationQuerySet":
        """Rows that no decree has ended yet."""
        return self.filter(valid_until=None)

    def standing_of(self, selection: SelectionRound) -> "TargetLocationQuerySet":
        """Those of a round that no decree has closed."""
        return self.filter(candidate__round=selection, valid_until=None).for_table()

    def for_table(self) -> "TargetLocationQuerySet":
        return self.select_related("village__district", "core_competency__commodity", "decree")

    def for_map(self) -> "TargetLocationQuerySet":
        """Names, stage and days of each: of a whole regency's locations nothing more is read."""
        return self.select_related("village__district", "core_competency__commodity").only(
            "status",
            "valid_from",
            "valid_until",
            "is_sample",
            "village__name",
            "village__slug",
            "village__district__name",
            "village__district__code",
            "core_competency__commodity__name",
        )

    def for_matrix(self) -> "TargetLocationQuerySet":
        """Stage, days and village of each, for a reader that has the kecamatan and their competencies at hand."""
        names = ("status", "valid_from", "valid_until", "is_sample", "core_competency")
        place = ("village__name", "village__code", "village__slug", "village__district")
        return self.select_related("village").only(*names, *place)

    def counted(self) -> dict[str, int]:
        """``places``, in how many ``districts``, and how many are ``invented``; one query."""
        return self.order_by().aggregate(
            places=Count("pk"),
            districts=Count("village__district", distinct=True),
            invented=Count("pk", filter=Q(is_sample=True)),
        )


class TargetLocation(Chain):
    """A village that a decree made a target location on the core competency of its kecamatan."""

    class Status(models.TextChoices):
        FIXED = "FIXED", "Lokasi sasaran"
        RUNNING = "RUNNING", "Berjalan"
        POSTPONED = "POSTPONED", "Tertunda"
        READY = "READY", "Siap ditularkan"
        CLOSED = "CLOSED", "Selesai"

    STEPS = {
        "start": Step(
            "Tandai berjalan", "Dinyatakan berjalan", (Status.FIXED, Status.POSTPONED), Status.RUNNING, COORDINATOR_STEP
        ),
        "postpone": Step(
            "Tandai tertunda",
            "Ditunda",
            (Status.FIXED, Status.RUNNING),
            Status.POSTPONED,
            COORDINATOR_STEP,
            note_required=True,
        ),
        "make_ready": Step(
            "Nyatakan siap ditularkan",
            "Dinyatakan siap ditularkan",
            (Status.RUNNING,),
            Status.READY,
            HEAD_STEP,
            note_required=True,
            own_page=True,  # by a verdict that was decided
        ),
        "close": Step(
            "Tutup dengan keputusan",
            "Ditutup dengan keputusan",
            (Status.FIXED, Status.RUNNING, Status.POSTPONED, Status.READY),
            Status.CLOSED,
            HEAD_STEP,
            own_page=True,
        ),
    }

    village = models.ForeignKey(Village, models.PROTECT, related_name="target_locations", verbose_name="desa")
    core_competency = models.ForeignKey(CoreCompetency, models.PROTECT, related_name="locations")
    decree = models.ForeignKey(Decree, models.PROTECT, related_name="locations", verbose_name="keputusan")
    candidate = models.ForeignKey(
        Candidate, models.PROTECT, null=True, blank=True, related_name="locations", verbose_name="calon"
    )
    replicated_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replications")
    valid_from = models.DateField("berlaku sejak")
    valid_until = models.DateField("berlaku sampai", null=True, blank=True)
    closed_by = models.ForeignKey(Decree, models.PROTECT, null=True, blank=True, related_name="closed_locations")
    is_sample = models.BooleanField("data contoh", default=False)
    status = models.CharField("status", max_length=10, choices=Status.choices, default=Status.FIXED, editable=False)

    objects = TargetLocationQuerySet.as_manager()
    history = EditHistory(excluded_fields=["status"])

    class Meta:
        verbose_name = "lokasi sasaran"
        verbose_name_plural = "lokasi sasaran"
        ordering = ["village__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["village"],
                condition=Q(valid_until=None),
                name="districts_targetlocation_one_open",
                violation_error_message="Desa ini sudah menjadi lokasi sasaran.",
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_from__lte=F("valid_until")),
                name="districts_targetlocation_dates",
                violation_error_message="Akhir masa berlaku tidak boleh sebelum mulainya.",
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None, closed_by=None) | Q(valid_until__isnull=False, closed_by__isnull=False),
                name="districts_targetlocation_closed_by_decree",
                violation_error_message="Baris hanya ditutup oleh sebuah keputusan.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.village)

    def get_absolute_url(self) -> str:
        return self.village.get_absolute_url()

    def check_step(self, name: str) -> None:
        if name == "make_ready" and not may_be_passed_on(self):
            raise StepNotAllowed("Siap ditularkan dinyatakan dengan putusan kesiapan, bukan tersendiri.")

    def check_may_be_passed_on(self) -> None:
        """Raises ``StepNotAllowed`` with a sentence where no verdict lets its success be passed on."""
        if self.status != self.Status.READY:
            word = self.get_status_display()
            raise StepNotAllowed(f"{self.village} berstatus {word}. Hanya lokasi yang siap ditularkan menjadi sumber.")

    @property
    def rests_on_sample(self) -> bool:
        """Also where only the decree that set it is one."""
        return self.is_sample or self.decree.is_sample

    @property
    def holds_until(self) -> date | None:
        """Its last day, while a decree that has closed it leaves it in force."""
        return self.valid_until if self.status == self.Status.CLOSED and self.is_in_force() else None

    def is_in_force(self, on: date | None = None) -> bool:
        on = on or clock.today()
        return self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)


class DecreeItemQuerySet(models.QuerySet):
    def confirming(self) -> "DecreeItemQuerySet":
        return self.filter(action=DecreeItem.Action.CONFIRM).select_related("decree", "determination")

    def confirmations(self) -> "DecreeItemQuerySet":
        """Those of decrees in force that repeat a competency, the first one first."""
        found = self.confirming().filter(decree__status=Decree.Status.IN_FORCE)
        return found.order_by("decree__valid_from", "pk")


class DecreeItem(models.Model):
    """One thing that a decree will do when it is enacted: open or close a competency or a target location.

    An item that confirms has the determination that repeats a competency and the row in force, which keeps its dates.
    """

    class Action(models.TextChoices):
        OPEN = "OPEN", "Menetapkan"
        CLOSE = "CLOSE", "Mengakhiri"
        CONFIRM = "CONFIRM", "Menguatkan"

    decree = models.ForeignKey(Decree, models.CASCADE, related_name="items", verbose_name="keputusan")
    action = models.CharField(
        "tindakan", max_length=7, choices=Action.choices, help_text="Tiap baris tentang tepat satu hal."
    )
    determination = models.ForeignKey(
        CompetencyDetermination,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decree_items",
        verbose_name="penetapan kompetensi",
        help_text="Untuk menetapkan kompetensi inti sebuah kecamatan.",
    )
    village = models.ForeignKey(
        Village,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decree_items",
        verbose_name="desa",
        help_text="Untuk menetapkan desa sebagai lokasi sasaran.",
    )
    candidate = models.ForeignKey(
        Candidate,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decree_items",
        verbose_name="calon",
        help_text="Calon terpilih yang menjadi dasar penetapan desa ini.",
    )
    core_competency = models.ForeignKey(
        CoreCompetency,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decree_items",
        verbose_name="kompetensi yang diakhiri",
        help_text="Hanya yang masih berlaku.",
    )
    target_location = models.ForeignKey(
        TargetLocation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decree_items",
        verbose_name="lokasi yang diakhiri",
        help_text="Hanya yang masih berlaku.",
    )
    is_sample = models.BooleanField(
        "data contoh", default=False, help_text="Tandai bila desa atau kecamatan ini pilihan demo."
    )
    in_draft = models.BooleanField("dalam konsep", default=True, editable=False)  # until its decree is put in force

    objects = DecreeItemQuerySet.as_manager()
    history = EditHistory(excluded_fields=["in_draft"])

    class Meta:
        verbose_name = "isi keputusan"
        verbose_name_plural = "isi keputusan"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(
                        action="OPEN",
                        determination__isnull=False,
                        village=None,
                        core_competency=None,
                        target_location=None,
                    )
                    | Q(
                        action="OPEN",
                        determination=None,
                        village__isnull=False,
                        core_competency=None,
                        target_location=None,
                    )
                    | Q(
                        action="CLOSE",
                        determination=None,
                        village=None,
                        core_competency__isnull=False,
                        target_location=None,
                    )
                    | Q(
                        action="CLOSE",
                        determination=None,
                        village=None,
                        core_competency=None,
                        target_location__isnull=False,
                    )
                    | Q(
                        action="CONFIRM",
                        determination__isnull=False,
                        village=None,
                        core_competency__isnull=False,
                        target_location=None,
                    )
                ),
                name="districts_decreeitem_one_thing",
                violation_error_message="Tiap baris menetapkan, mengakhiri, atau menguatkan tepat satu hal.",
            ),
            models.CheckConstraint(
                condition=Q(candidate=None) | Q(village__isnull=False),
                name="districts_decreeitem_candidate_of_village",
                violation_error_message="Calon hanya menjadi dasar penetapan desa.",
            ),
            models.UniqueConstraint(
                fields=["determination"],
                condition=Q(in_draft=True),
                name="districts_decreeitem_determination_in_one_draft",
                violation_error_message="Penetapan ini sudah ada dalam konsep lain.",
            ),
            models.UniqueConstraint(
                fields=["candidate"],
                condition=Q(in_draft=True),
                name="districts_decreeitem_candidate_in_one_draft",
                violation_error_message="Calon ini sudah ada dalam konsep lain.",
            ),
            models.UniqueConstraint(
                fields=["core_competency"],
                condition=Q(in_draft=True),
                name="districts_decreeitem_competency_in_one_draft",
                violation_error_message="Kompetensi ini sudah ada dalam konsep lain.",
            ),
            models.UniqueConstraint(
                fields=["target_location"],
                condition=Q(in_draft=True),
                name="districts_decreeitem_location_in_one_draft",
                violation_error_message="Lokasi ini sudah ada dalam konsep lain.",
            ),
        ]

    def __str__(self) -> str:
        thing = self.determination or self.village or self.core_competency or self.target_location
        return f"{self.get_action_display()} {thing}"

    @property
    def closed(self) -> CoreCompetency | TargetLocation:
        """What an item that closes ends."""
        thing = self.target_location or self.core_competency
        assert thing is not None  # districts_decreeitem_one_thing
        return thing
