"""Applications: what a person sent, what was found in it, and the chain to a place.

Nothing here keeps an edit history: it would hold personal data that must be erasable. ``StatusChange`` has the steps,
``PersonalDataAccess`` who opened what.
"""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.urls import reverse

from districts.evidence.models import Commodity
from districts.regions.models import District, Village
from facilitators.recruitment.applications.querysets import ApplicationQuerySet
from facilitators.recruitment.rounds.models import RecruitmentRound
from facilitators.recruitment.rounds.requirements import Education, Place
from p2emas import schema
from p2emas.accounts.models import User
from p2emas.workflow.hooks import Hook
from p2emas.workflow.models import COORDINATOR_STEP, HEAD_STEP, Chain, Step, StepNotAllowed
from p2emas.workflow.riwayat import Entry

corrections_of: "Hook[[Application], list[Entry]]" = Hook("the corrections of an application's scores")


class Application(Chain):
    """One person's application in one round. The applicant (no account) is known by ``code`` and phone number."""

    class Status(models.TextChoices):
        DRAFT = "DRAFT", "Draf"
        SENT = "SENT", "Terkirim"
        INCOMPLETE = "INCOMPLETE", "Berkas kurang"
        PASSED_FILES = "PASSED_FILES", "Lolos administrasi"
        PASSED_TEST = "PASSED_TEST", "Lolos tertulis"
        INVITED = "INVITED", "Diundang wawancara"
        ACCEPTED = "ACCEPTED", "Diterima"
        RESERVE = "RESERVE", "Cadangan"
        REJECTED = "REJECTED", "Tidak lolos"
        WITHDRAWN = "WITHDRAWN", "Mengundurkan diri"
        DROPPED = "DROPPED", "Gugur pratugas"

    class Choice(models.TextChoices):
        """Marked, and unseen by applicants until everything is decided together."""

        ACCEPT = "ACCEPT", "Diterima"
        RESERVE = "RESERVE", "Cadangan"
        REJECT = "REJECT", "Tidak lolos"

    class Reason(models.TextChoices):
        """The category that a refused applicant reads; the sentence behind it stays with the office."""

        FILES = "FILES", "Berkas tidak lengkap"
        DOUBLE = "DOUBLE", "Lamaran lain dari orang yang sama diperiksa"
        REQUIREMENT = "REQUIREMENT", "Syarat tidak terpenuhi"
        TEST = "TEST", "Nilai tes di bawah batas lulus"
        ABSENT = "ABSENT", "Tidak hadir tes atau wawancara"
        RANK = "RANK", "Nilai akhir di bawah yang diterima"

    Education = Education
    BEING_CHECKED = (Status.SENT, Status.INCOMPLETE)
    SCORED = (Status.PASSED_FILES, Status.PASSED_TEST, Status.INVITED, Status.ACCEPTED, Status.RESERVE)
    OPEN_TO_CHOICE = (Status.PASSED_FILES, Status.PASSED_TEST, Status.INVITED)
    INTERVIEWEES = (Status.INVITED, Status.ACCEPTED, Status.RESERVE)
    OUTCOMES = (Status.ACCEPTED, Status.RESERVE, Status.REJECTED)
    FINISHED = (Status.ACCEPTED, Status.RESERVE, Status.REJECTED, Status.WITHDRAWN, Status.DROPPED)
    WITHDRAWABLE = (*BEING_CHECKED, *OPEN_TO_CHOICE, Status.ACCEPTED, Status.RESERVE)

    NOBODY: frozenset[str] = frozenset()  # steps of the applicant, who has no account
    APPLICANT_STEPS = frozenset({"send", "send_again", "withdraw"})
    STEPS = {
        "send": Step("Kirim lamaran", "Lamaran dikirim", (Status.DRAFT,), Status.SENT, NOBODY, own_page=True),
        "send_again": Step(
            "Kirim kelengkapan", "Kelengkapan dikirim", (Status.INCOMPLETE,), Status.SENT, NOBODY, own_page=True
        ),
        "withdraw": Step("Undurkan diri", "Mengundurkan diri", WITHDRAWABLE, Status.WITHDRAWN, NOBODY, own_page=True),
        "ask_completion": Step(
            "Minta kelengkapan",
            "Kelengkapan diminta",
            (Status.SENT,),
            Status.INCOMPLETE,
            COORDINATOR_STEP,
            note_required=True,
            help="Pelamar melihat apa yang kurang dan sampai kapan dapat melengkapinya.",
            own_page=True,
        ),
        "pass_files": Step(
            "Loloskan administrasi",
            "Lolos administrasi",
            BEING_CHECKED,
            Status.PASSED_FILES,
            COORDINATOR_STEP,
            own_page=True,
        ),
        "refuse_files": Step(
            "Tolak berkas",
            "Berkas ditolak",
            BEING_CHECKED,
            Status.REJECTED,
            COORDINATOR_STEP,
            note_required=True,
            own_page=True,
        ),
        "recheck_files": Step(
            "Periksa ulang berkas",
            "Pemeriksaan berkas diulang",
            (Status.PASSED_FILES, Status.REJECTED),
            Status.SENT,
            COORDINATOR_STEP,
            note_required=True,
            help="Hanya selama pemeriksaan berkas belum ditutup.",
        ),
        "pass_test": Step(
            "Loloskan tes", "Lolos tes", (Status.PASSED_FILES,), Status.PASSED_TEST, COORDINATOR_STEP, own_page=True
        ),
        "fail_test": Step(
            "Gugurkan di tes", "Gugur di tes", (Status.PASSED_FILES,), Status.REJECTED, COORDINATOR_STEP, own_page=True
        ),
        "undo_test": Step(
            "Batalkan hasil tes",
            "Hasil tes dibatalkan",
            (Status.PASSED_TEST, Status.REJECTED),
            Status.PASSED_FILES,
            COORDINATOR_STEP,
            note_required=True,
            help="Hanya yang gugur atau lolos karena nilai tes, selama seleksi berjalan.",
        ),
        "invite": Step(
            "Undang wawancara",
            "Diundang wawancara",
            (Status.PASSED_TEST,),
            Status.INVITED,
            COORDINATOR_STEP,
            own_page=True,
        ),
        "accept": Step("Terima", "Diterima", (Status.INVITED,), Status.ACCEPTED, HEAD_STEP, own_page=True),
        "reserve": Step(
            "Jadikan cadangan", "Dijadikan cadangan", (Status.INVITED,), Status.RESERVE, HEAD_STEP, own_page=True
        ),
        "reject": Step("Tidak loloskan", "Tidak diloloskan", OPEN_TO_CHOICE, Status.REJECTED, HEAD_STEP, own_page=True),
        "promote": Step(
            "Ganti: tetapkan cadangan",
            "Cadangan ditetapkan",
            (Status.RESERVE,),
            Status.ACCEPTED,
            HEAD_STEP,
            note_required=True,
            own_page=True,
        ),
        "drop": Step(
            "Gugurkan dari pembekalan",
            "Gugur dari pembekalan",
            (Status.ACCEPTED,),
            Status.DROPPED,
            COORDINATOR_STEP,
            note_required=True,
            own_page=True,
        ),
    }

    round = models.ForeignKey(RecruitmentRound, models.PROTECT, related_name="applications")
    code = models.CharField("kode lamaran", max_length=10, unique=True, default=schema.receipt_code, editable=False)
    number = models.CharField("nomor lamaran", max_length=40, blank=True, editable=False)
    client_token = models.UUIDField(null=True, unique=True, editable=False)
    # --- the person (personal data, erasable) ---
    name = models.CharField("nama lengkap", max_length=120, blank=True)
    phone = models.CharField("nomor HP", max_length=20, blank=True)
    email = models.EmailField("surel", blank=True)
    nik_sealed = models.TextField(blank=True, editable=False)
    nik_fingerprint = models.CharField(max_length=64, blank=True, editable=False)
    nik_last4 = models.CharField("NIK (4 angka terakhir)", max_length=4, blank=True, editable=False)
    birth_date = models.DateField("tanggal lahir", null=True, blank=True)
    address = models.CharField("alamat", max_length=300, blank=True)
    home_village = models.ForeignKey(
        Village, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="desa domisili"
    )
    home_district = models.ForeignKey(
        District, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="kecamatan domisili"
    )
    education = models.CharField("pendidikan", max_length=3, choices=Education.choices, blank=True)
    school = models.CharField("sekolah atau perguruan tinggi", max_length=160, blank=True)
    major = models.CharField("jurusan", max_length=120, blank=True)
    graduated = models.PositiveSmallIntegerField("tahun lulus", null=True, blank=True)
    languages = models.CharField("bahasa", max_length=200, blank=True)
    skills = models.ManyToManyField(Commodity, blank=True, related_name="+", verbose_name="komoditas yang dikuasai")
    experience = models.TextField("pengalaman", blank=True)
    motivation = models.TextField("alasan melamar", blank=True)
    # told that an answer is outside a stated requirement, and applying all the same
    knows_age = models.BooleanField("tahu umurnya di luar syarat", default=False, editable=False)
    knows_education = models.BooleanField("tahu pendidikannya di bawah syarat", default=False, editable=False)
    anywhere = models.BooleanField("bersedia di mana saja", default=False)
    # --- consent and sending ---
    consent_version = models.CharField("versi persetujuan", max_length=20, blank=True)
    consented_to = models.CharField("disetujui kepada", max_length=260, blank=True, editable=False)
    consented_at = models.DateTimeField("disetujui", null=True, editable=False)
    declared_at = models.DateTimeField("pernyataan kebenaran", null=True, editable=False)
    started_at = models.DateTimeField(default=schema.now, editable=False)
    sent_at = models.DateTimeField("dikirim", null=True, editable=False)
    complete_by = models.DateTimeField("lengkapi sebelum", null=True, editable=False)
    # --- judging ---
    panel = models.PositiveSmallIntegerField("panel", default=1)
    choice = models.CharField("pilihan", max_length=7, choices=Choice.choices, blank=True)
    choice_reason = models.TextField("alasan pilihan", blank=True)
    reserve_rank = models.PositiveSmallIntegerField("urutan cadangan", null=True, blank=True)
    placed_at = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="applications", verbose_name="formasi"
    )
    rejected_for = models.CharField("alasan tidak lolos", max_length=11, choices=Reason.choices, blank=True)
    erased_at = models.DateTimeField("data pribadi dihapus", null=True, editable=False)
    is_sample = models.BooleanField("data contoh", default=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    status = models.CharField("status", max_length=12, choices=Status.choices, default=Status.DRAFT, editable=False)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = "lamaran"
        verbose_name_plural = "lamaran"
        ordering = ["number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "nik_fingerprint"],
                # not before the check: a refused sending would tell anyone who knows a NIK that its owner applied
                condition=~Q(nik_fingerprint="")
                & Q(status__in=("PASSED_FILES", "PASSED_TEST", "INVITED", "ACCEPTED", "RESERVE")),
                name="facilitators_application_nik_once",
                violation_error_message="NIK ini sudah dipakai satu lamaran yang lolos administrasi.",
            ),
            models.UniqueConstraint(
                fields=["round", "number"],
                condition=~Q(number=""),
                name="facilitators_application_number_once",
                violation_error_message="Nomor lamaran ini sudah dipakai.",
            ),
            models.CheckConstraint(
                condition=Q(status="DRAFT") | (~Q(number="") & Q(sent_at__isnull=False)),
                name="facilitators_application_sent_numbered",
                violation_error_message="Lamaran terkirim harus bernomor dan berwaktu kirim.",
            ),
            models.CheckConstraint(
                condition=Q(status="DRAFT") | (~Q(consent_version="") & Q(consented_at__isnull=False)),
                name="facilitators_application_consented",
                violation_error_message="Persetujuan pelamar harus tercatat.",
            ),
            models.CheckConstraint(
                condition=~Q(status="ACCEPTED") | Q(placed_at__isnull=False),
                name="facilitators_application_accepted_placed",
                violation_error_message="Yang diterima harus punya formasi.",
            ),
            models.CheckConstraint(
                condition=~Q(status="REJECTED") | ~Q(rejected_for=""),
                name="facilitators_application_rejected_reasoned",
                violation_error_message="Pilih alasan tidak lolos.",
            ),
            models.CheckConstraint(
                condition=Q(home_village=None) | Q(home_district=None),
                name="facilitators_application_one_home",
                violation_error_message="Kecamatan domisili dicatat hanya bila desanya tidak diketahui.",
            ),
        ]
        indexes = [
            models.Index(fields=["round", "status", "number"], name="facilitators_app_by_status"),
            models.Index(fields=["round", "nik_fingerprint"], name="facilitators_app_by_nik"),
        ]

    def __str__(self) -> str:
        return self.number or "Lamaran (draf)"

    def get_absolute_url(self) -> str:
        return reverse("recruitment:application-detail", args=[self.round.code, self.pk])

    def may_take(self, user: User | None, name: str) -> bool:
        """Nobody who is signed in takes the steps of the applicant, and nobody with a seat those of the office."""
        if name in self.APPLICANT_STEPS:
            return user is None
        return user is not None and super().may_take(user, name) and not self.round.seats_of(user)

    def may_edit(self) -> bool:
        return self.status == self.Status.DRAFT

    def may_manage_data(self, user: User) -> bool:
        """Copies, corrections and erasures are for the head, but not for one with a seat in the round."""
        return bool(HEAD_STEP & self.roles_of(user)) and not self.round.seats_of(user)

    def is_sendable(self, at: datetime) -> bool:
        return self.status == self.Status.DRAFT and self.round.is_accepting(at)

    def is_completable(self, at: datetime) -> bool:
        """Whether missing papers may still be handed in at the moment ``at``."""
        return self.status == self.Status.INCOMPLETE and (self.complete_by is None or at < self.complete_by)

    def check_step(self, name: str) -> None:
        if name in self.APPLICANT_STEPS:
            return  # their services have checked, and in the last minute each question less counts
        status = self.round.status
        if name in {"ask_completion", "pass_files", "refuse_files", "recheck_files"}:
            if status not in RecruitmentRound.CHECKING:
                raise StepNotAllowed("Pemeriksaan berkas tahap seleksi ini sudah ditutup.")
        elif name in {"pass_test", "fail_test", "undo_test", "invite"}:
            if status != RecruitmentRound.Status.SELECTION:
                raise StepNotAllowed("Langkah ini hanya selama seleksi berjalan.")
        elif name in {"promote", "drop"} and status != RecruitmentRound.Status.ANNOUNCED:
            raise StepNotAllowed("Langkah ini baru terbuka setelah hasil diumumkan.")
        if name in {"pass_files", "undo_test"} and (other := self.same_nik().in_running().first()):
            raise StepNotAllowed(
                f"NIK-nya sama dengan lamaran {other}, yang sudah lolos administrasi. "
                "Satu orang lolos dengan satu lamaran: tolak yang ini, atau periksa ulang lamaran itu dahulu."
            )

    @property
    def place(self) -> Place:
        """The place of an accepted applicant; a constraint of the table demands it."""
        if self.placed_at is None:
            raise ValueError(f"{self} has no place")
        return self.placed_at

    def same_nik(self) -> ApplicationQuerySet:
        """Other applications of the round with this NIK that were sent and not withdrawn."""
        return Application.objects.standing_with(self.round, self.nik_fingerprint).exclude(pk=self.pk)

    def riwayat_extra(self) -> list[Entry]:
        """Corrections of locked scores: from what to what, by which minutes."""
        if self.round.status not in RecruitmentRound.JUDGED:
            return []
        return corrections_of(self)

    @property
    def district_of_home(self) -> District | None:
        return self.home_village.district if self.home_village else self.home_district

    @property
    def masked_nik(self) -> str:
        return f"{'*' * 12}{self.nik_last4}" if self.nik_last4 else ""
