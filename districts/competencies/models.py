"""Core competency of a kecamatan: how it was decided, and what is in force."""

from datetime import date

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.urls import reverse

from districts.evidence.measures import measure_label
from districts.evidence.models import Commodity
from districts.regions.models import YEARS, District
from p2emas import clock
from p2emas.accounts.models import DatedQuerySet, User
from p2emas.accounts.signed_in import Anyone
from p2emas.documents.models import Decree
from p2emas.history.records import EditHistory
from p2emas.instruments.models import OnMinutes
from p2emas.workflow.models import COORDINATOR_STEP, HEAD_STEP, DecidedChain, Step, StepNotAllowed


class DeterminationQuerySet(models.QuerySet):
    def for_user(self, user: Anyone) -> "DeterminationQuerySet":
        """What is being decided is BAPPEDA's and its assessors'; what a decree has set is public."""
        if not user.is_authenticated:
            return self.public()
        if user.sees_everything:
            return self
        return self.filter(
            Q(status__in=CompetencyDetermination.PUBLISHED) | Q(pk__in=user.assessor_seats.values("determination"))
        )

    def public(self) -> "DeterminationQuerySet":
        return self.filter(status__in=CompetencyDetermination.PUBLISHED)

    def by_panel(self) -> "DeterminationQuerySet":
        return self.filter(method=CompetencyDetermination.Method.EVIDENCE_AND_PANEL)

    def recorded(self) -> "DeterminationQuerySet":
        return self.filter(method=CompetencyDetermination.Method.RECORDED)

    def with_results(self) -> "DeterminationQuerySet":
        return self.by_panel().filter(results__isnull=False)

    def ready_to_discuss(self) -> "DeterminationQuerySet":
        """Scoring that every seat has closed."""
        waiting = self.filter(seats__isnull=False, seats__scored_at=None)
        return (
            self.filter(status=CompetencyDetermination.Status.SCORED).exclude(pk__in=waiting.values("pk")).for_table()
        )

    def to_decide(self, user: User) -> "DeterminationQuerySet":
        """Submitted by somebody else, and not scored by ``user``."""
        submitted = self.filter(status=CompetencyDetermination.Status.SUBMITTED).exclude(submitted_by=user)
        return submitted.exclude(pk__in=user.assessor_seats.values("determination")).for_table()

    def unfinished(self) -> "DeterminationQuerySet":
        return self.filter(status__in=CompetencyDetermination.UNFINISHED)

    def for_page(self) -> "DeterminationQuerySet":
        """``last_day``: until when its competency is in force, once a decree ends it."""
        ended = CoreCompetency.objects.filter(determination=OuterRef("pk")).values("valid_until")[:1]
        return self.select_related("district", "chosen", "decree", "minutes").annotate(last_day=Subquery(ended))

    def for_table(self) -> "DeterminationQuerySet":
        """Without what it was computed from, which a list does not show."""
        return self.for_page().defer("inputs", "results")


PANEL_STEPS = {"open_scoring", "reopen_draft", "discuss", "reopen_scoring", "send_back_discussion"}


class CompetencyDetermination(DecidedChain, OnMinutes):
    """How ONE core competency was chosen for a kecamatan.

    EVIDENCE_AND_PANEL weighs figures and the assessors' scores (Konsep, Dinilai, Dibahas, Diajukan); RECORDED is a
    past decision entered as it was, which goes from Konsep to Diajukan at once.
    """

    class Method(models.TextChoices):
        RECORDED = "RECORDED", "Keputusan masa lalu yang dicatat"
        EVIDENCE_AND_PANEL = "EVIDENCE_AND_PANEL", "Angka dan penilaian panel"

    class Status(models.TextChoices):
        DRAFT = "DRAFT", "Konsep"
        SCORED = "SCORED", "Dinilai"
        DISCUSSED = "DISCUSSED", "Dibahas"
        SUBMITTED = "SUBMITTED", "Diajukan"
        DECIDED = "DECIDED", "Diputuskan"
        ENACTED = "ENACTED", "Ditetapkan"
        REVOKED = "REVOKED", "Dicabut"
        CANCELLED = "CANCELLED", "Dibatalkan"

    MOST = 12  # options, and criteria: each assessor answers every pair
    UNFINISHED = (Status.DRAFT, Status.SCORED, Status.DISCUSSED, Status.SUBMITTED, Status.DECIDED)
    PUBLISHED = (Status.ENACTED, Status.REVOKED)

    STEPS = {
        "open_scoring": Step(
            "Buka penilaian", "Penilaian dibuka", (Status.DRAFT,), Status.SCORED, COORDINATOR_STEP, own_page=True,
            help="Pilihan, kriteria, bobot, dan angkanya terkunci; anggota panel mulai memberi nilai.",
        ),
        "reopen_draft": Step(
            "Kembalikan ke konsep", "Dikembalikan ke konsep", (Status.SCORED,), Status.DRAFT, COORDINATOR_STEP,
            note_required=True, help="Hanya selama belum ada nilai yang disimpan.",
        ),
        "discuss": Step(
            "Tutup penilaian dan bahas", "Penilaian ditutup dan dibahas", (Status.SCORED,), Status.DISCUSSED,
            COORDINATOR_STEP, own_page=True,
            help="Hasil dihitung dan disimpan bersama angka yang dipakai. Nilai panel tidak dapat diubah lagi.",
        ),
        "reopen_scoring": Step(
            "Buka lagi penilaian", "Penilaian dibuka lagi", (Status.DISCUSSED,), Status.SCORED, COORDINATOR_STEP,
            note_required=True,
        ),
        "submit": Step("Ajukan", "Diajukan", (Status.DRAFT, Status.DISCUSSED), Status.SUBMITTED, COORDINATOR_STEP),
        "send_back": Step(
            "Kembalikan ke konsep", "Dikembalikan ke konsep", (Status.SUBMITTED,), Status.DRAFT, HEAD_STEP,
            note_required=True,
        ),
        "send_back_discussion": Step(
            "Kembalikan ke pembahasan", "Dikembalikan ke pembahasan", (Status.SUBMITTED,), Status.DISCUSSED, HEAD_STEP,
            note_required=True,
        ),
        "decide": Step("Putuskan", "Diputuskan", (Status.SUBMITTED,), Status.DECIDED, HEAD_STEP),
        "cancel": Step("Batalkan", "Dibatalkan", UNFINISHED, Status.CANCELLED, COORDINATOR_STEP, note_required=True),
        "enact": Step("Tetapkan", "Ditetapkan", (Status.DECIDED,), Status.ENACTED, HEAD_STEP, own_page=True),
        "revoke": Step("Cabut", "Dicabut", (Status.ENACTED,), Status.REVOKED, HEAD_STEP, own_page=True),
    }  # fmt: skip

    district = models.ForeignKey(District, models.PROTECT, related_name="determinations", verbose_name="kecamatan")
    year = models.PositiveSmallIntegerField("tahun")
    method = models.CharField("cara", max_length=24, choices=Method.choices, default=Method.RECORDED)
    chosen = models.ForeignKey(
        Commodity, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="kompetensi inti"
    )
    measure = models.CharField(
        "ukuran",
        max_length=8,
        blank=True,
        help_text="Satu ukuran untuk satu hitungan: ton barang yang berbeda tidak dapat dijumlahkan.",
    )
    first_year = models.PositiveSmallIntegerField("angka sejak tahun", null=True, blank=True, validators=YEARS)
    last_year = models.PositiveSmallIntegerField("angka sampai tahun", null=True, blank=True, validators=YEARS)
    inputs = models.JSONField("masukan yang dipakai", null=True, blank=True, editable=False)
    results = models.JSONField("hasil hitungan", null=True, blank=True, editable=False)
    computed_at = models.DateTimeField("dihitung", null=True, editable=False)
    discussion = models.TextField("catatan pembahasan", blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)
    decided_on = models.DateField("tanggal keputusan", null=True, blank=True)
    reason = models.TextField("alasan", blank=True)
    dissent = models.TextField("pendapat berbeda", blank=True)
    sources = models.TextField("sumber", blank=True, help_text="Dari mana keputusan ini diketahui.")
    decree = models.ForeignKey(
        Decree, models.PROTECT, null=True, blank=True, related_name="determinations", verbose_name="keputusan"
    )
    is_sample = models.BooleanField("data contoh", default=False)
    status = models.CharField("status", max_length=10, choices=Status.choices, default=Status.DRAFT, editable=False)

    last_day: date | None = None  # read by ``for_page``

    objects = DeterminationQuerySet.as_manager()
    # ``decree``, inputs and results are set by steps, so the steps are their history
    history = EditHistory(
        excluded_fields=[
            "status",
            *DecidedChain.STAMPS,
            "decree",
            "inputs",
            "results",
            "computed_at",
            "version",
        ]
    )

    class Meta:
        verbose_name = "penetapan kompetensi inti"
        verbose_name_plural = "penetapan kompetensi inti"
        ordering = ["-year", "district", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["district"],
                condition=Q(status__in=("DRAFT", "SCORED", "DISCUSSED", "SUBMITTED", "DECIDED")),
                name="districts_determination_one_unfinished",
                violation_error_message="Kecamatan ini masih punya penetapan yang belum selesai.",
            ),
            models.CheckConstraint(
                condition=Q(submitted_by=None) | Q(decided_by=None) | ~Q(submitted_by=F("decided_by")),
                name="districts_determination_submitter_not_decider",
                violation_error_message="Yang mengajukan tidak boleh memutuskan.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=("DRAFT", "SCORED", "DISCUSSED", "CANCELLED"))
                | (Q(chosen__isnull=False) & ~Q(reason="") & ~Q(sources="")),
                name="districts_determination_reasoned",
                violation_error_message="Isi kompetensi inti, alasan, dan sumbernya.",
            ),
            models.CheckConstraint(
                condition=Q(method="RECORDED", inputs__isnull=True, results__isnull=True)
                | Q(
                    ~Q(measure=""),
                    method="EVIDENCE_AND_PANEL",
                    first_year__isnull=False,
                    last_year__isnull=False,
                    first_year__lte=F("last_year"),
                ),
                name="districts_determination_method_parameters",
                violation_error_message="Isi ukuran serta tahun pertama dan terakhir angkanya.",
            ),
            models.CheckConstraint(
                condition=Q(method="RECORDED") | Q(status__in=("DRAFT", "CANCELLED")) | Q(inputs__isnull=False),
                name="districts_determination_keeps_inputs",
                violation_error_message="Masukan yang dipakai harus tersimpan sejak penilaian dibuka.",
            ),
            models.CheckConstraint(
                condition=Q(method="RECORDED")
                | Q(status__in=("DRAFT", "SCORED", "CANCELLED"))
                | Q(results__isnull=False),
                name="districts_determination_keeps_results",
                violation_error_message="Hasil hitungan harus tersimpan sebelum dibahas dan diajukan.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.district}, {self.year}"

    def get_measure_display(self) -> str:
        """In the words of the reference data."""
        return measure_label(self.measure)

    def get_absolute_url(self) -> str:
        return reverse("competencies:determination-detail", args=[self.pk])

    @property
    def public_url(self) -> str:
        """Where everybody reads why, once a decree has set it: the ranking with its figures, where there is one."""
        if self.is_recorded:
            return self.get_absolute_url()
        return reverse("competencies:result", args=[self.pk])

    def may_edit(self, user: User) -> bool:
        return self.status == self.Status.DRAFT and self.is_worked_by(user)

    def may_seat(self, user: User) -> bool:
        """Assessors come and go while scores are collected."""
        return self.status == self.Status.SCORED and self.is_worked_by(user)

    def may_discuss(self, user: User) -> bool:
        return self.status == self.Status.DISCUSSED and self.is_worked_by(user)

    def may_read_history(self, user: User) -> bool:
        return user.sees_everything

    def is_worked_by(self, user: User) -> bool:
        """Whether ``user`` works on determinations at all, no matter which state this one is in."""
        return bool(COORDINATOR_STEP & self.roles_of(user))

    @property
    def analysis_query(self) -> str:
        """Query string of the analysis of what this was decided on, with today's figures."""
        return f"kecamatan={self.district.code}&ukuran={self.measure}&sejak={self.first_year}&sampai={self.last_year}"

    def stored(self) -> "CompetencyDetermination":
        """As the database has it, without what a form has put on this instance."""
        return type(self).objects.get(pk=self.pk)

    @property
    def rests_on_sample(self) -> bool:
        """Also where only a figure that it was computed from is one; reads ``inputs``, which lists leave out."""
        inputs = self.inputs or {}
        figures = [each for part in inputs.get("analyses", [inputs]) for each in part.get("figures", [])]
        return self.is_sample or any(figure[4] for figure in figures)

    @property
    def holds_until(self) -> date | None:
        """Its last day, while a decree that has revoked it leaves its competency in force."""
        still = self.status == self.Status.REVOKED and self.last_day and self.last_day >= clock.today()
        return self.last_day if still else None

    @property
    def is_recorded(self) -> bool:
        return self.method == self.Method.RECORDED

    def step_stamp(self, name: str, actor: User | None) -> dict[str, object]:
        if name == "submit":
            return {"submitted_by": actor, "submitted_at": clock.now()}
        if name.startswith("send_back"):
            return {"submitted_by": None, "submitted_at": None}
        if name == "reopen_draft":
            return {"inputs": None}
        if name == "discuss":  # what was typed about an earlier result is a conflict now
            return {"version": F("version") + 1}
        if name == "reopen_scoring":
            return {"results": None, "computed_at": None}
        return {"decided_by": actor, "decided_at": clock.now()} if name == "decide" else {}

    def may_take(self, user: User | None, name: str) -> bool:
        """Scoring belongs to one method only; a person who submitted or scored does not decide."""
        if (name in PANEL_STEPS and self.is_recorded) or (name == "send_back" and not self.is_recorded):
            return False
        if name == "decide" and user is not None and self._took_part(user):
            return False
        return super().may_take(user, name)

    def _took_part(self, user: User) -> bool:
        return user.pk == self.submitted_by_id or self.seats.filter(user=user).exists()

    def check_step(self, name: str) -> None:
        if name == "submit":
            self._check_ready_to_submit()
        if name == "open_scoring":
            self._check_ready_to_score()
        if name == "reopen_draft" and self.seats.filter(scores__isnull=False).exists():
            raise StepNotAllowed("Sudah ada nilai yang disimpan, jadi pilihan dan kriterianya tidak dapat diubah.")
        if name == "discuss":
            self._check_all_scored()

    def _check_ready_to_submit(self) -> None:
        if not (self.chosen_id and self.reason.strip() and self.sources.strip()):
            raise StepNotAllowed("Isi kompetensi inti, alasan, dan sumbernya sebelum mengajukan.")
        if not self.is_recorded and self.results is None:
            raise StepNotAllowed("Penilaian belum ditutup, jadi hasilnya belum ada untuk diajukan.")
        if not self.is_recorded:  # one from the past names its sources
            self.check_has_minutes()

    def _check_all_scored(self) -> None:
        if waiting := self.seats.filter(scored_at=None).select_related("user"):
            names = ", ".join(str(seat.user) for seat in waiting)
            raise StepNotAllowed(f"Belum lengkap: nilai {names}. Tunggu, atau keluarkan dari penilai bila berhalangan.")

    def _check_ready_to_score(self) -> None:
        options, criteria = self.options.count(), list(self.criteria.all())
        if options < 2:
            raise StepNotAllowed("Pilih sedikitnya dua komoditas: dengan satu pilihan tidak ada yang dibandingkan.")
        if options > self.MOST or len(criteria) > self.MOST:
            raise StepNotAllowed(
                f"Pilih paling banyak {self.MOST} komoditas dan kriteria, agar panel dapat menimbangnya."
            )
        if not sum(criterion.weight for criterion in criteria):
            raise StepNotAllowed("Isi sedikitnya satu kriteria dengan bobot di atas 0.")
        if any(criterion.kind == "PANEL" for criterion in criteria) and not self.seats.exists():
            raise StepNotAllowed("Pilih sedikitnya satu penilai untuk kriteria yang dinilai panel.")


class CoreCompetency(models.Model):
    """The core competency of a kecamatan while a decree has it in force. Written only by ``enact_decree``."""

    district = models.ForeignKey(District, models.PROTECT, related_name="competencies", verbose_name="kecamatan")
    commodity = models.ForeignKey(Commodity, models.PROTECT, related_name="+", verbose_name="kompetensi inti")
    determination = models.ForeignKey(CompetencyDetermination, models.PROTECT, related_name="competencies")
    decree = models.ForeignKey(Decree, models.PROTECT, related_name="competencies", verbose_name="keputusan")
    valid_from = models.DateField("berlaku sejak")
    valid_until = models.DateField("berlaku sampai", null=True, blank=True)
    closed_by = models.ForeignKey(Decree, models.PROTECT, null=True, blank=True, related_name="closed_competencies")

    objects = DatedQuerySet.as_manager()
    history = EditHistory()

    class Meta:
        verbose_name = "kompetensi inti"
        verbose_name_plural = "kompetensi inti"
        ordering = ["district", "-valid_from", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["district"],
                condition=Q(valid_until=None),
                name="districts_corecompetency_one_open",
                violation_error_message="Kecamatan ini sudah punya kompetensi inti yang berlaku.",
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_from__lte=F("valid_until")),
                name="districts_corecompetency_dates",
                violation_error_message="Akhir masa berlaku tidak boleh sebelum mulainya.",
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None, closed_by=None) | Q(valid_until__isnull=False, closed_by__isnull=False),
                name="districts_corecompetency_closed_by_decree",
                violation_error_message="Baris hanya ditutup oleh sebuah keputusan.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.district}: {self.commodity}"

    def get_absolute_url(self) -> str:
        return self.district.get_absolute_url()

    def is_in_force(self, on: date | None = None) -> bool:
        on = on or clock.today()
        return self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)
