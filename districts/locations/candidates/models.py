"""Candidate villages of a round: the activity that already exists, values, and what became of them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from districts.competencies.models import CoreCompetency
from districts.evidence.models import Commodity, CommunityGroup
from districts.locations.rounds.criteria import Criterion
from districts.locations.rounds.models import SelectionRound
from districts.locations.rounds.replicating import refusal
from districts.regions.models import YEARS, Village
from p2emas import clock, schema
from p2emas.accounts.models import User
from p2emas.accounts.roles import Role
from p2emas.accounts.signed_in import Anyone
from p2emas.history.records import EditHistory
from p2emas.workflow.models import COORDINATOR_STEP, HEAD_STEP, Chain, Step, StepNotAllowed


class CandidateQuerySet(models.QuerySet):
    def for_user(self, user: Anyone) -> "CandidateQuerySet":
        """BAPPEDA's; kecamatan staff those of their own villages; everybody once the round's result is public."""
        if not user.is_authenticated:
            return self.public()
        if user.sees_everything:
            return self
        if user.has_role(Role.DISTRICT_ADMIN):
            return self.filter(
                Q(village__in=Village.objects.for_user(user)) | Q(round__in=SelectionRound.objects.public())
            )
        return self.public()

    def public(self) -> "CandidateQuerySet":
        return self.filter(round__in=SelectionRound.objects.public())

    def for_table(self) -> "CandidateQuerySet":
        return self.select_related("village__district", "commodity", "group", "round")

    def open_to_choice(self) -> "CandidateQuerySet":
        """Past the gate and not decided yet."""
        return self.filter(status__in=Candidate.OPEN_TO_CHOICE)

    def marked(self) -> "CandidateQuerySet":
        """With a choice, pending or decided; reserves in their order."""
        return self.exclude(choice="").order_by("choice", "reserve_rank", "village__name", "pk")

    def proposed(self) -> "CandidateQuerySet":
        """Whose gate is not checked yet."""
        return self.filter(status=Candidate.Status.PROPOSED)

    def search(self, text: str) -> "CandidateQuerySet":
        return self.filter(village__in=Village.objects.search(text)) if text.strip() else self

    def ranked(self) -> "CandidateQuerySet":
        """Candidates that passed the gate, in the fixed order that every calculation uses."""
        return self.filter(status__in=Candidate.PASSED).order_by("village__name", "pk")

    def codes(self) -> dict[int, tuple[str | None, str]]:
        """Candidate -> codes of its village (None while its border is disputed) and kecamatan; one query."""
        rows = self.order_by().values_list("pk", "village__code", "village__district__code")
        return {pk: (village, district) for pk, village, district in rows}


class Candidate(Chain):
    """A village proposed in a round, with the proof that its activity does not start from zero."""

    class Status(models.TextChoices):
        PROPOSED = "PROPOSED", "Diusulkan"
        ELIGIBLE = "ELIGIBLE", "Lolos syarat"
        INELIGIBLE = "INELIGIBLE", "Tidak lolos syarat"
        SURVEYED = "SURVEYED", "Disurvei"
        CHOSEN = "CHOSEN", "Terpilih"
        RESERVE = "RESERVE", "Cadangan"
        NOT_CHOSEN = "NOT_CHOSEN", "Tidak terpilih"

    class Choice(models.TextChoices):
        CHOSEN = "CHOSEN", "Terpilih"
        RESERVE = "RESERVE", "Cadangan"
        NOT_CHOSEN = "NOT_CHOSEN", "Tidak terpilih"

    OPEN_TO_CHOICE = (Status.ELIGIBLE, Status.SURVEYED)
    PASSED = (Status.ELIGIBLE, Status.SURVEYED, Status.CHOSEN, Status.RESERVE, Status.NOT_CHOSEN)

    STEPS = {
        "pass_gate": Step("Lolos syarat", "Lolos syarat", (Status.PROPOSED,), Status.ELIGIBLE, COORDINATOR_STEP),
        "fail_gate": Step(
            "Tidak lolos syarat",
            "Tidak lolos syarat",
            (Status.PROPOSED,),
            Status.INELIGIBLE,
            COORDINATOR_STEP,
            note_required=True,
        ),
        "recheck_gate": Step(
            "Periksa ulang syarat",
            "Pemeriksaan syarat diulang",
            (Status.ELIGIBLE, Status.INELIGIBLE),
            Status.PROPOSED,
            COORDINATOR_STEP,
            note_required=True,
        ),
        "survey": Step(
            "Catat sudah disurvei",
            "Survei dicatat",
            (Status.ELIGIBLE,),
            Status.SURVEYED,
            COORDINATOR_STEP,
            keeps_drafts=True,
        ),
        "choose": Step("Pilih", "Dipilih", OPEN_TO_CHOICE, Status.CHOSEN, HEAD_STEP, own_page=True),
        "reserve": Step(
            "Jadikan cadangan", "Dijadikan cadangan", OPEN_TO_CHOICE, Status.RESERVE, HEAD_STEP, own_page=True
        ),
        "pass_over": Step("Tidak pilih", "Tidak dipilih", OPEN_TO_CHOICE, Status.NOT_CHOSEN, HEAD_STEP, own_page=True),
        "promote": Step(
            "Tetapkan cadangan",
            "Cadangan ditetapkan",
            (Status.RESERVE,),
            Status.CHOSEN,
            HEAD_STEP,
            note_required=True,
            own_page=True,
        ),
    }
    GATE_STEPS = ("pass_gate", "fail_gate", "recheck_gate", "survey")
    STEP_OF_CHOICE = {Choice.CHOSEN: "choose", Choice.RESERVE: "reserve", Choice.NOT_CHOSEN: "pass_over"}

    round = models.ForeignKey(
        SelectionRound,
        models.PROTECT,
        related_name="candidates",
        verbose_name="penjaringan",
        help_text="Penjaringan yang sedang menerima usulan.",
    )
    village = models.ForeignKey(
        Village,
        models.PROTECT,
        related_name="candidacies",
        verbose_name="desa",
        help_text="Satu desa diusulkan sekali dalam satu penjaringan.",
    )
    commodity = models.ForeignKey(
        Commodity, models.PROTECT, related_name="+", verbose_name="komoditas", help_text="Usaha yang diusulkan."
    )
    group = models.ForeignKey(
        CommunityGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="candidacies",
        verbose_name="kelompok",
        help_text="Kelompok di desa ini yang sudah menjalankan usaha.",
    )
    existing_activity = models.TextField(
        "kegiatan yang sudah berjalan", help_text="Apa yang sudah dikerjakan warga, dengan alat dan lahan apa."
    )
    members = models.PositiveIntegerField(
        "jumlah anggota", null=True, blank=True, help_text="Kosongkan bila belum ada data."
    )
    active_since = models.PositiveSmallIntegerField(
        "berjalan sejak tahun", null=True, blank=True, validators=YEARS, help_text="Misalnya 2012."
    )
    output = models.CharField(
        "hasil", max_length=160, blank=True, help_text="Banyaknya hasil, dengan satuan dan waktunya."
    )
    price = models.BigIntegerField("harga jual (Rp)", null=True, blank=True, help_text="Untuk satu satuan hasil.")
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    proposed_at = models.DateTimeField(default=schema.now, editable=False)
    choice = models.CharField("pilihan", max_length=10, choices=Choice.choices, blank=True)
    reserve_rank = models.PositiveSmallIntegerField("urutan cadangan", null=True, blank=True)
    reason = models.TextField("alasan", blank=True)
    source = models.CharField(
        "sumber", max_length=300, blank=True, help_text="Dari mana keterangan ini, misalnya kunjungan petugas."
    )
    is_sample = models.BooleanField("data contoh", default=False)
    status = models.CharField("status", max_length=10, choices=Status.choices, default=Status.PROPOSED, editable=False)

    objects = CandidateQuerySet.as_manager()
    history = EditHistory(excluded_fields=["status", "proposed_at"])

    class Meta:
        verbose_name = "calon lokasi"
        verbose_name_plural = "calon lokasi"
        ordering = ["village__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "village"],
                name="districts_candidate_once",
                violation_error_message="Desa ini sudah diusulkan dalam penjaringan ini.",
            ),
            models.CheckConstraint(
                condition=Q(choice="") | ~Q(reason=""),
                name="districts_candidate_reasoned",
                violation_error_message="Tulis alasan tiap pilihan.",
            ),
            models.CheckConstraint(
                condition=Q(price=None) | Q(price__gte=0),
                name="districts_candidate_price",
                violation_error_message="Harga tidak boleh negatif.",
            ),
            models.CheckConstraint(
                condition=Q(choice="RESERVE") | Q(reserve_rank=None),
                name="districts_candidate_reserve_rank",
                violation_error_message="Hanya cadangan yang punya urutan.",
            ),
            models.UniqueConstraint(
                fields=["round", "reserve_rank"],
                condition=Q(reserve_rank__isnull=False),
                name="districts_candidate_reserve_once",
                violation_error_message="Urutan cadangan ini sudah dipakai desa lain.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.village)

    def get_absolute_url(self) -> str:
        return reverse("locations:candidate-detail", args=[self.round_id, self.pk])

    def may_edit(self, user: User) -> bool:
        """Kecamatan staff until the gate is checked and while proposals are open; BAPPEDA while the round works."""
        if self.round.may_work(user):
            return self.status in (self.Status.PROPOSED, self.Status.ELIGIBLE, self.Status.SURVEYED)
        return (
            self.status == self.Status.PROPOSED
            and self.round.status == SelectionRound.Status.OPEN
            and self._is_of_own_village(user)
        )

    def is_worked_by(self, user: User) -> bool:
        """Whether ``user`` keeps its evidence at all, no matter which state it is in."""
        return self.round.is_worked_by(user) or self._is_of_own_village(user)

    def _is_of_own_village(self, user: User) -> bool:
        own = Village.objects.for_user(user).filter(pk=self.village_id)
        return user.has_role(Role.DISTRICT_ADMIN) and own.exists()

    def may_visit(self, user: User) -> bool:
        return self.status in self.OPEN_TO_CHOICE and self.round.may_measure(user)

    def refused_there(self) -> str:
        """Why the success of the round is not passed on to this kecamatan, "" where nothing refuses it."""
        if not self.round.is_replication:
            return ""
        district = self.village.district
        there = CoreCompetency.objects.in_force(clock.today()).filter(district=district).select_related("commodity")
        return next((refusal(self.round, district, row.commodity) for row in there), "")

    def check_step(self, name: str) -> None:
        if name in self.GATE_STEPS and not SelectionRound.objects.working().filter(pk=self.round_id).exists():
            raise StepNotAllowed("Penjaringan ini tidak sedang menerima perubahan calon.")
        if name == "pass_gate" and not (self.existing_activity.strip() and self.members and self.active_since):
            raise StepNotAllowed(
                "Bukti tidak dari nol belum lengkap: isi kegiatan, jumlah anggota, dan sejak tahun berapa."
            )
        if name == "pass_gate" and (refused := self.refused_there()):
            raise StepNotAllowed(refused)
        if name == "survey" and not self.visits.exists():
            raise StepNotAllowed("Catat kunjungan survei dulu.")


class ThroughCandidateQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "ThroughCandidateQuerySet":
        return self.filter(candidate__in=Candidate.objects.for_user(user))

    def for_page(self) -> "ThroughCandidateQuerySet":
        return self.select_related("candidate__village__district", "candidate__round")


class CandidateValue(models.Model):
    """The value of one candidate on one criterion, with its source. No value: "belum lengkap", never 0."""

    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="values")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="values", verbose_name="kriteria")
    value = models.DecimalField("nilai", max_digits=16, decimal_places=4, null=True, blank=True)
    source = models.CharField("sumber", max_length=200, blank=True)
    is_sample = models.BooleanField("data contoh", default=False)

    objects = ThroughCandidateQuerySet.as_manager()
    history = EditHistory()

    class Meta:
        verbose_name = "nilai calon"
        verbose_name_plural = "nilai calon"
        ordering = ["candidate", "criterion"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "criterion"],
                name="districts_candidatevalue_once",
                violation_error_message="Nilai kriteria ini sudah diisi.",
            ),
            models.CheckConstraint(
                condition=Q(value=None) | ~Q(source=""),
                name="districts_candidatevalue_sourced",
                violation_error_message="Tulis sumber nilainya.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.candidate}, {self.criterion}: {self.value}"
