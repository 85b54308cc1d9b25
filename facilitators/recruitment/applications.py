"""Applications: what a person sent, what was found in it, and the chain to a place.

Nothing here keeps an edit history: it would hold personal data that must be erasable. ``StatusChange`` has the steps,
``PersonalDataAccess`` who opened what.
"""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from districts.evidence.models import Commodity
from districts.regions.models import District, Village
from facilitators.recruitment.application_queries import ApplicationQuerySet
from facilitators.recruitment.requirements import Education, Place
from facilitators.recruitment.rounds import RecruitmentRound
from p2emas import schema
from p2emas.accounts.models import User
from p2emas.workflow.models import COORDINATOR_STEP, HEAD_STEP, Chain, Step, StepNotAllowed
from p2emas.workflow.riwayat import Entry


class Application(Chain):
    """One person's application in one round. The applicant (no account) is known by ``code`` and phone number."""

    class Status(models.TextChoices):
        DRAFT = "DRAFT", _("Draf")
        SENT = "SENT", _("Terkirim")
        INCOMPLETE = "INCOMPLETE", _("Berkas kurang")
        PASSED_FILES = "PASSED_FILES", _("Lolos administrasi")
        PASSED_TEST = "PASSED_TEST", _("Lolos tertulis")
        INVITED = "INVITED", _("Diundang wawancara")
        ACCEPTED = "ACCEPTED", _("Diterima")
        RESERVE = "RESERVE", _("Cadangan")
        REJECTED = "REJECTED", _("Tidak lolos")
        WITHDRAWN = "WITHDRAWN", _("Mengundurkan diri")
        DROPPED = "DROPPED", _("Gugur pratugas")

    class Choice(models.TextChoices):
        """Marked, and unseen by applicants until everything is decided together."""

        ACCEPT = "ACCEPT", _("Diterima")
        RESERVE = "RESERVE", _("Cadangan")
        REJECT = "REJECT", _("Tidak lolos")

    class Reason(models.TextChoices):
        """The category that a refused applicant reads; the sentence behind it stays with the office."""

        FILES = "FILES", _("Berkas tidak lengkap")
        DOUBLE = "DOUBLE", _("Lamaran lain dari orang yang sama diperiksa")
        REQUIREMENT = "REQUIREMENT", _("Syarat tidak terpenuhi")
        TEST = "TEST", _("Nilai tes di bawah batas lulus")
        ABSENT = "ABSENT", _("Tidak hadir tes atau wawancara")
        RANK = "RANK", _("Nilai akhir di bawah yang diterima")

    Education = Education
    BEING_CHECKED = (Status.SENT, Status.INCOMPLETE)
    SCORED = (Status.PASSED_FILES, Status.PASSED_TEST, Status.INVITED, Status.ACCEPTED, Status.RESERVE)
    OPEN_TO_CHOICE = (Status.PASSED_FILES, Status.PASSED_TEST, Status.INVITED)
    HEARD = (Status.INVITED, Status.ACCEPTED, Status.RESERVE)
    OUTCOMES = (Status.ACCEPTED, Status.RESERVE, Status.REJECTED)
    FINISHED = (Status.ACCEPTED, Status.RESERVE, Status.REJECTED, Status.WITHDRAWN, Status.DROPPED)
    WITHDRAWABLE = (*BEING_CHECKED, *OPEN_TO_CHOICE, Status.ACCEPTED, Status.RESERVE)

    NOBODY: frozenset[str] = frozenset()  # steps of the applicant, who has no account
    APPLICANT_STEPS = frozenset({"send", "send_again", "withdraw"})
    STEPS = {
        "send": Step(_("Kirim lamaran"), (Status.DRAFT,), Status.SENT, NOBODY, own_page=True),
        "send_again": Step(_("Kirim kelengkapan"), (Status.INCOMPLETE,), Status.SENT, NOBODY, own_page=True),
        "withdraw": Step(_("Undurkan diri"), WITHDRAWABLE, Status.WITHDRAWN, NOBODY, own_page=True),
        "ask_completion": Step(
            _("Minta kelengkapan"),
            (Status.SENT,),
            Status.INCOMPLETE,
            COORDINATOR_STEP,
            note_required=True,
            help=_("Pelamar melihat apa yang kurang dan sampai kapan dapat melengkapinya."),
            own_page=True,
        ),
        "pass_files": Step(
            _("Loloskan administrasi"), BEING_CHECKED, Status.PASSED_FILES, COORDINATOR_STEP, own_page=True
        ),
        "refuse_files": Step(
            _("Tolak berkas"), BEING_CHECKED, Status.REJECTED, COORDINATOR_STEP, note_required=True, own_page=True
        ),
        "recheck_files": Step(
            _("Periksa ulang berkas"),
            (Status.PASSED_FILES, Status.REJECTED),
            Status.SENT,
            COORDINATOR_STEP,
            note_required=True,
            help=_("Hanya selama pemeriksaan berkas belum ditutup."),
        ),
        "pass_test": Step(
            _("Loloskan tes"), (Status.PASSED_FILES,), Status.PASSED_TEST, COORDINATOR_STEP, own_page=True
        ),
        "fail_test": Step(
            _("Gugurkan di tes"), (Status.PASSED_FILES,), Status.REJECTED, COORDINATOR_STEP, own_page=True
        ),
        "undo_test": Step(
            _("Batalkan hasil tes"),
            (Status.PASSED_TEST, Status.REJECTED),
            Status.PASSED_FILES,
            COORDINATOR_STEP,
            note_required=True,
            help=_("Hanya yang gugur atau lolos karena nilai tes, selama seleksi berjalan."),
        ),
        "invite": Step(_("Undang wawancara"), (Status.PASSED_TEST,), Status.INVITED, COORDINATOR_STEP, own_page=True),
        "accept": Step(_("Terima"), (Status.INVITED,), Status.ACCEPTED, HEAD_STEP, own_page=True),
        "reserve": Step(_("Jadikan cadangan"), (Status.INVITED,), Status.RESERVE, HEAD_STEP, own_page=True),
        "reject": Step(_("Tidak loloskan"), OPEN_TO_CHOICE, Status.REJECTED, HEAD_STEP, own_page=True),
        "promote": Step(
            _("Ganti: tetapkan cadangan"),
            (Status.RESERVE,),
            Status.ACCEPTED,
            HEAD_STEP,
            note_required=True,
            own_page=True,
        ),
        "drop": Step(
            _("Gugurkan dari pembekalan"),
            (Status.ACCEPTED,),
            Status.DROPPED,
            COORDINATOR_STEP,
            note_required=True,
            own_page=True,
        ),
    }

    round = models.ForeignKey(RecruitmentRound, models.PROTECT, related_name="applications")
    code = models.CharField(_("kode lamaran"), max_length=10, unique=True, default=schema.receipt_code, editable=False)
    number = models.CharField(_("nomor lamaran"), max_length=40, blank=True, editable=False)
    client_token = models.UUIDField(null=True, unique=True, editable=False)
    # --- the person (personal data, erasable) ---
    name = models.CharField(_("nama lengkap"), max_length=120, blank=True)
    phone = models.CharField(_("nomor HP"), max_length=20, blank=True)
    email = models.EmailField(_("surel"), blank=True)
    nik_sealed = models.TextField(blank=True, editable=False)
    nik_fingerprint = models.CharField(max_length=64, blank=True, editable=False)
    nik_last4 = models.CharField(_("NIK (4 angka terakhir)"), max_length=4, blank=True, editable=False)
    birth_date = models.DateField(_("tanggal lahir"), null=True, blank=True)
    address = models.CharField(_("alamat"), max_length=300, blank=True)
    home_village = models.ForeignKey(
        Village, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("desa domisili")
    )
    home_district = models.ForeignKey(
        District, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("kecamatan domisili")
    )
    education = models.CharField(_("pendidikan"), max_length=3, choices=Education.choices, blank=True)
    school = models.CharField(_("sekolah atau perguruan tinggi"), max_length=160, blank=True)
    major = models.CharField(_("jurusan"), max_length=120, blank=True)
    graduated = models.PositiveSmallIntegerField(_("tahun lulus"), null=True, blank=True)
    languages = models.CharField(_("bahasa"), max_length=200, blank=True)
    skills = models.ManyToManyField(Commodity, blank=True, related_name="+", verbose_name=_("komoditas yang dikuasai"))
    experience = models.TextField(_("pengalaman"), blank=True)
    motivation = models.TextField(_("alasan melamar"), blank=True)
    # told that an answer lies outside a stated requirement, and going on all the same
    knows_age = models.BooleanField(_("tahu umurnya di luar syarat"), default=False, editable=False)
    knows_education = models.BooleanField(_("tahu pendidikannya di bawah syarat"), default=False, editable=False)
    anywhere = models.BooleanField(_("bersedia di mana saja"), default=False)
    # --- consent and sending ---
    consent_version = models.CharField(_("versi persetujuan"), max_length=20, blank=True)
    consented_to = models.CharField(_("disetujui kepada"), max_length=260, blank=True, editable=False)
    consented_at = models.DateTimeField(_("disetujui"), null=True, editable=False)
    declared_at = models.DateTimeField(_("pernyataan kebenaran"), null=True, editable=False)
    started_at = models.DateTimeField(default=schema.now, editable=False)
    sent_at = models.DateTimeField(_("dikirim"), null=True, editable=False)
    complete_by = models.DateTimeField(_("lengkapi sebelum"), null=True, editable=False)
    # --- judging ---
    panel = models.PositiveSmallIntegerField(_("panel"), default=1)
    choice = models.CharField(_("pilihan"), max_length=7, choices=Choice.choices, blank=True)
    choice_reason = models.TextField(_("alasan pilihan"), blank=True)
    reserve_rank = models.PositiveSmallIntegerField(_("urutan cadangan"), null=True, blank=True)
    placed_at = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="applications", verbose_name=_("formasi")
    )
    rejected_for = models.CharField(_("alasan tidak lolos"), max_length=11, choices=Reason.choices, blank=True)
    erased_at = models.DateTimeField(_("data pribadi dihapus"), null=True, editable=False)
    is_sample = models.BooleanField(_("data contoh"), default=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    status = models.CharField(_("status"), max_length=12, choices=Status.choices, default=Status.DRAFT, editable=False)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("lamaran")
        verbose_name_plural = _("lamaran")
        ordering = ["number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "nik_fingerprint"],
                # not before the check: a refused sending would tell whoever knows a NIK that its owner applied
                condition=~Q(nik_fingerprint="")
                & Q(status__in=("PASSED_FILES", "PASSED_TEST", "INVITED", "ACCEPTED", "RESERVE")),
                name="facilitators_application_nik_once",
                violation_error_message=_("NIK ini sudah dipakai satu lamaran yang lolos administrasi."),
            ),
            models.UniqueConstraint(
                fields=["round", "number"],
                condition=~Q(number=""),
                name="facilitators_application_number_once",
                violation_error_message=_("Nomor lamaran ini sudah dipakai."),
            ),
            models.CheckConstraint(
                condition=Q(status="DRAFT") | (~Q(number="") & Q(sent_at__isnull=False)),
                name="facilitators_application_sent_numbered",
                violation_error_message=_("Lamaran terkirim harus bernomor dan berwaktu kirim."),
            ),
            models.CheckConstraint(
                condition=Q(status="DRAFT") | (~Q(consent_version="") & Q(consented_at__isnull=False)),
                name="facilitators_application_consented",
                violation_error_message=_("Persetujuan pelamar harus tercatat."),
            ),
            models.CheckConstraint(
                condition=~Q(status="ACCEPTED") | Q(placed_at__isnull=False),
                name="facilitators_application_accepted_placed",
                violation_error_message=_("Yang diterima harus punya formasi."),
            ),
            models.CheckConstraint(
                condition=~Q(status="REJECTED") | ~Q(rejected_for=""),
                name="facilitators_application_rejected_reasoned",
                violation_error_message=_("Pilih alasan tidak lolos."),
            ),
        ]
        indexes = [
            models.Index(fields=["round", "status", "number"], name="facilitators_app_by_status"),
            models.Index(fields=["round", "nik_fingerprint"], name="facilitators_app_by_nik"),
        ]

    def __str__(self) -> str:
        return self.number or str(_("Lamaran (draf)"))

    def get_absolute_url(self) -> str:
        return reverse("recruitment:application-detail", args=[self.round.code, self.pk])

    def may_take(self, user: User | None, name: str) -> bool:
        """The applicant's steps are taken by nobody who signs in, and the office's by nobody with a seat."""
        if name in self.APPLICANT_STEPS:
            return user is None
        return super().may_take(user, name) and not self.round.seats_of(user)  # type: ignore[arg-type]

    def may_edit(self) -> bool:
        return self.status == self.Status.DRAFT

    def may_manage_data(self, user: User) -> bool:
        """Copies, corrections and erasures are the head's, unless a seat stands between him and the round."""
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
                raise StepNotAllowed(_("Pemeriksaan berkas tahap seleksi ini sudah ditutup."))
        elif name in {"pass_test", "fail_test", "undo_test", "invite"}:
            if status != RecruitmentRound.Status.SELECTION:
                raise StepNotAllowed(_("Langkah ini hanya selama seleksi berjalan."))
        elif name in {"promote", "drop"} and status != RecruitmentRound.Status.ANNOUNCED:
            raise StepNotAllowed(_("Langkah ini baru terbuka setelah hasil diumumkan."))
        if name in {"pass_files", "undo_test"} and (other := self.same_nik().in_running().first()):
            raise StepNotAllowed(
                _(
                    "NIK-nya sama dengan lamaran %s, yang sudah lolos administrasi. "
                    "Satu orang lolos dengan satu lamaran: tolak yang ini, atau periksa ulang lamaran itu dahulu."
                )
                % other
            )

    def same_nik(self) -> ApplicationQuerySet:
        """Other applications of the round with this NIK that were sent and not withdrawn."""
        return Application.objects.standing_with(self.round, self.nik_fingerprint).exclude(pk=self.pk)

    def riwayat_extra(self) -> list[Entry]:
        """Corrections of locked scores: from what to what, by which minutes."""
        if self.round.status not in RecruitmentRound.JUDGED:
            return []
        from facilitators.recruitment.correction_records import ScoreCorrection  # it points back here

        return [row.entry for row in ScoreCorrection.objects.of_round(self.round).of_application(self.pk)]

    @property
    def masked_nik(self) -> str:
        return f"{'*' * 12}{self.nik_last4}" if self.nik_last4 else ""
