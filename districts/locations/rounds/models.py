"""A round that chooses target villages: quota, schedule, gate, and the chain of its decision."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from districts.regions.models import YEARS
from p2emas import clock
from p2emas.accounts.models import User
from p2emas.accounts.roles import COORDINATORS, Role
from p2emas.accounts.signed_in import Anyone
from p2emas.documents.models import Decree
from p2emas.history.records import EditHistory
from p2emas.instruments.models import OnMinutes
from p2emas.workflow.models import COORDINATOR_STEP, HEAD_STEP, DecidedChain, Step, StepNotAllowed


class RoundQuerySet(models.QuerySet):
    def for_user(self, user: Anyone) -> "RoundQuerySet":
        """BAPPEDA's from the start; kecamatan staff from the opening on; public once a decree has set its result."""
        if not user.is_authenticated:
            return self.public()
        if user.sees_everything:
            return self
        if user.has_role(Role.DISTRICT_ADMIN):
            return self.exclude(status__in=(SelectionRound.Status.DRAFT, SelectionRound.Status.CANCELLED))
        return self.public()

    def public(self) -> "RoundQuerySet":
        return self.filter(status__in=SelectionRound.PUBLISHED)

    def going_on(self) -> "RoundQuerySet":
        """Without those that were called off."""
        return self.exclude(status=SelectionRound.Status.CANCELLED)

    def accepting(self, on: date) -> "RoundQuerySet":
        """Rounds that take candidates on day ``on``."""
        return self.filter(status=SelectionRound.Status.OPEN, opens__lte=on, closes__gte=on)

    def unfinished(self) -> "RoundQuerySet":
        return self.filter(status__in=SelectionRound.UNFINISHED)

    def working(self) -> "RoundQuerySet":
        return self.filter(status__in=SelectionRound.WORKING)

    def in_state(self, status: str) -> "RoundQuerySet":
        return self.filter(status=status) if status else self

    def search(self, text: str) -> "RoundQuerySet":
        return self.filter(name__icontains=text.strip()) if text.strip() else self

    def proposable(self, user: User, on: date) -> "RoundQuerySet":
        """Rounds in which ``user`` may propose a village on day ``on``, as ``may_propose`` says of one."""
        if not user.is_superuser and user.has_role(*COORDINATORS):
            return self.filter(status__in=SelectionRound.PROPOSING)
        return self.accepting(on) if user.has_role(Role.DISTRICT_ADMIN) else self.none()

    def for_table(self) -> "RoundQuerySet":
        source = ("source__village__district", "source__core_competency__commodity")
        return self.select_related("decree", "minutes", *source)

    def for_ranking(self) -> "RoundQuerySet":
        """With what a decision rests on."""
        return self.select_related("decree", "minutes", "run")

    def with_counts(self) -> "RoundQuerySet":
        return self.annotate(candidate_count=models.Count("candidates"))


class SelectionRound(DecidedChain, OnMinutes):
    """One round of choosing villages for a year: quota, schedule, criteria, candidates, and the decision on them.

    A round of kind PENULARAN chooses the villages that receive the success of ``source``, a target location.
    """

    class Kind(models.TextChoices):
        SELECTION = "PEMILIHAN", "Pemilihan"
        REPLICATION = "PENULARAN", "Penularan"

    class Status(models.TextChoices):
        DRAFT = "DRAFT", "Konsep"
        OPEN = "OPEN", "Dibuka"
        SURVEY = "SURVEY", "Survei"
        SCORING = "SCORING", "Penilaian"
        SUBMITTED = "SUBMITTED", "Diajukan"
        DECIDED = "DECIDED", "Diputuskan"
        ENACTED = "ENACTED", "Ditetapkan"
        REVOKED = "REVOKED", "Dicabut"
        CANCELLED = "CANCELLED", "Dibatalkan"

    UNFINISHED = (Status.DRAFT, Status.OPEN, Status.SURVEY, Status.SCORING, Status.SUBMITTED, Status.DECIDED)
    PUBLISHED = (Status.ENACTED, Status.REVOKED)
    WORKING = (Status.OPEN, Status.SURVEY, Status.SCORING)
    PROPOSING = (Status.OPEN, Status.SURVEY)  # for BAPPEDA; kecamatan staff only while proposals are open
    MEASURING = (Status.SURVEY, Status.SCORING)

    STEPS = {
        "open": Step(
            "Buka penjaringan",
            "Penjaringan dibuka",
            (Status.DRAFT,),
            Status.OPEN,
            COORDINATOR_STEP,
            help="Kriteria, bobot, batas nilai, dan kuota terkunci. Kecamatan mulai mengusulkan desa.",
        ),
        "start_survey": Step(
            "Mulai survei",
            "Survei dimulai",
            (Status.OPEN,),
            Status.SURVEY,
            COORDINATOR_STEP,
            help="Usulan ditutup. Desa yang lolos syarat dikunjungi.",
        ),
        "start_scoring": Step(
            "Mulai penilaian",
            "Penilaian dimulai",
            (Status.SURVEY,),
            Status.SCORING,
            COORDINATOR_STEP,
            help="Nilai tiap kriteria dilengkapi, lalu peringkat dibaca dan pilihan ditandai.",
        ),
        "back_to_survey": Step(
            "Kembali ke survei",
            "Dikembalikan ke survei",
            (Status.SCORING,),
            Status.SURVEY,
            COORDINATOR_STEP,
            note_required=True,
        ),
        "submit": Step(
            "Ajukan",
            "Diajukan",
            (Status.SCORING,),
            Status.SUBMITTED,
            COORDINATOR_STEP,
            help="Pilihan, cadangan, dan alasannya diserahkan kepada kepala untuk diputuskan sekaligus.",
            own_page=True,
        ),
        "send_back": Step(
            "Kembalikan ke penilaian",
            "Dikembalikan ke penilaian",
            (Status.SUBMITTED,),
            Status.SCORING,
            HEAD_STEP,
            note_required=True,
        ),
        "decide": Step(
            "Putuskan",
            "Diputuskan",
            (Status.SUBMITTED,),
            Status.DECIDED,
            HEAD_STEP,
            help="Semua pilihan berlaku sekaligus. Desa yang terpilih siap dibuatkan SK.",
            own_page=True,
        ),
        "cancel": Step("Batalkan", "Dibatalkan", UNFINISHED, Status.CANCELLED, COORDINATOR_STEP, note_required=True),
        "enact": Step("Tetapkan", "Ditetapkan", (Status.DECIDED,), Status.ENACTED, HEAD_STEP, own_page=True),
        "revoke": Step("Cabut", "Dicabut", (Status.ENACTED,), Status.REVOKED, HEAD_STEP, own_page=True),
    }

    kind = models.CharField(
        "jenis", max_length=9, choices=Kind.choices, default=Kind.SELECTION, db_default="PEMILIHAN", editable=False
    )
    source = models.ForeignKey(
        "TargetLocation",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="replication_rounds",
        verbose_name="lokasi sumber",
    )
    name = models.CharField("nama penjaringan", max_length=120, help_text="Misalnya Lokasi sasaran 2018.")
    year = models.PositiveSmallIntegerField("tahun kerja", validators=YEARS, help_text="Tahun desa mulai dibina.")
    quota = models.PositiveSmallIntegerField("kuota desa", help_text="Berapa desa yang dipilih.")
    opens = models.DateField("usulan dibuka")
    closes = models.DateField("usulan ditutup")
    gate = models.TextField(
        "syarat dasar", blank=True, help_text="Syarat yang harus dipenuhi setiap calon: usahanya tidak dari nol."
    )
    tie_break = models.ForeignKey(
        "Criterion",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="penentu bila nilai sama",
        help_text="Ditetapkan sebelum data masuk. Kosong: nilai yang sama tetap ditampilkan seri.",
    )
    seed = models.PositiveIntegerField(
        "angka awal simulasi", default=2017, help_text="Agar uji kepekaan dapat diulang."
    )
    discussion = models.TextField("catatan pembahasan", blank=True)
    decree = models.ForeignKey(
        Decree, models.PROTECT, null=True, blank=True, related_name="rounds", verbose_name="keputusan"
    )
    run = models.ForeignKey(
        "RankingRun",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="hitungan yang menjadi dasar",
    )
    sources = models.TextField("sumber", blank=True)
    is_sample = models.BooleanField("data contoh", default=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    status = models.CharField("status", max_length=10, choices=Status.choices, default=Status.DRAFT, editable=False)

    objects = RoundQuerySet.as_manager()
    # ``decree`` and ``run`` are set by steps, so the steps are their history
    history = EditHistory(
        excluded_fields=[
            "status",
            *DecidedChain.STAMPS,
            "decree",
            "run",
            "version",
        ]
    )

    class Meta:
        verbose_name = "penjaringan lokasi"
        verbose_name_plural = "penjaringan lokasi"
        ordering = ["-year", "-opens", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(opens__lte=F("closes")),
                name="districts_selectionround_dates",
                violation_error_message="Penutupan tidak boleh sebelum pembukaan.",
            ),
            models.CheckConstraint(
                condition=Q(quota__gte=1),
                name="districts_selectionround_quota",
                violation_error_message="Isi kuota sedikitnya 1 desa.",
            ),
            models.CheckConstraint(
                condition=Q(submitted_by=None) | Q(decided_by=None) | ~Q(submitted_by=F("decided_by")),
                name="districts_selectionround_submitter_not_decider",
                violation_error_message="Yang mengajukan tidak boleh memutuskan.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=("DRAFT", "OPEN", "SURVEY", "SCORING", "CANCELLED")) | Q(run__isnull=False),
                name="districts_selectionround_keeps_run",
                violation_error_message="Hitungan yang menjadi dasar harus tersimpan sebelum diajukan.",
            ),
            models.CheckConstraint(
                condition=Q(kind="PENULARAN", source__isnull=False) | Q(kind="PEMILIHAN", source=None),
                name="districts_selectionround_replication_has_source",
                violation_error_message="Penularan, dan hanya penularan, berasal dari sebuah lokasi sasaran.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("locations:round-detail", args=[self.pk])

    def is_worked_by(self, user: User) -> bool:
        """Whether ``user`` works on rounds at all, no matter which state this one is in."""
        return bool(COORDINATOR_STEP & self.roles_of(user))

    def may_edit(self, user: User) -> bool:
        """Its frame (criteria, goalposts, quota) may be written only before it opens."""
        return self.status == self.Status.DRAFT and self.is_worked_by(user)

    def may_work(self, user: User) -> bool:
        """Candidates, visits and values are recorded while the round works."""
        return self.status in self.WORKING and self.is_worked_by(user)

    def may_read_ranking(self, user: Anyone) -> bool:
        """Those who see everything compare villages and read marks; everybody does once the result is public."""
        return self.status in self.PUBLISHED or (user.is_authenticated and user.sees_everything)

    def may_reschedule(self, user: User) -> bool:
        """The closing day may still move while proposals come in; the rest is locked."""
        return self.status == self.Status.OPEN and self.is_worked_by(user)

    def may_measure(self, user: User) -> bool:
        """Visits and values are recorded once proposals are closed."""
        return self.status in self.MEASURING and self.is_worked_by(user)

    def may_propose(self, user: User, on: date) -> bool:
        """Kecamatan staff while proposals are open; BAPPEDA until the scoring begins."""
        if self.is_worked_by(user):
            return self.status in self.PROPOSING
        return user.has_role(Role.DISTRICT_ADMIN) and self.is_accepting(on)

    def is_proposed_in_by(self, user: User) -> bool:
        """Whether ``user`` proposes villages at all, whether or not this round takes any now."""
        return self.is_worked_by(user) or user.has_role(Role.DISTRICT_ADMIN)

    def is_accepting(self, on: date) -> bool:
        return self.status == self.Status.OPEN and self.opens <= on <= self.closes

    def may_choose(self, user: User) -> bool:
        return self.status == self.Status.SCORING and self.is_worked_by(user)

    @property
    def is_replication(self) -> bool:
        return self.kind == self.Kind.REPLICATION

    def step_stamp(self, name: str, actor: User | None) -> dict[str, object]:
        if name == "submit":
            return {"submitted_by": actor, "submitted_at": clock.now()}
        if name == "send_back":
            return {"submitted_by": None, "submitted_at": None, "run": None}
        return {"decided_by": actor, "decided_at": clock.now()} if name == "decide" else {}

    def may_take(self, user: User | None, name: str) -> bool:
        if name == "decide" and user is not None and user.pk == self.submitted_by_id:
            return False
        return super().may_take(user, name)

    def check_step(self, name: str) -> None:
        if name == "open":
            weights = list(self.criteria.values_list("weight", flat=True))
            if len(weights) < 2 or not sum(weights):
                raise StepNotAllowed("Isi sedikitnya dua kriteria dengan bobot sebelum membuka penjaringan.")
            if not self.gate.strip():
                raise StepNotAllowed("Tulis syarat dasar sebelum membuka penjaringan.")
            if self.source is not None:
                self.source.check_may_be_passed_on()
        if name == "start_survey" and not self.candidates.exists():
            raise StepNotAllowed("Belum ada desa yang diusulkan.")
        if name == "submit":
            self.check_has_minutes()


class ThroughRoundQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "ThroughRoundQuerySet":
        return self.filter(round__in=SelectionRound.objects.for_user(user))
